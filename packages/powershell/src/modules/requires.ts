import { posix } from 'node:path';
import { runtimeError } from '../errors/raise.ts';
import type { Thrown } from '../errors/thrown.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import type { Streams } from '../runtime/streams.ts';
import { parse } from '../syntax/parse.ts';
import type { CommandAst, ExpressionAst, ScriptBlockAst } from '../syntax/tree/index.ts';
import { listOf } from '../types/collections/generic-list.ts';
import { readVersion } from '../types/identity/version.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { Value } from '../values/value.ts';
import { importModule } from './import-module.ts';
import { compareVersions, ManifestProblem, type ModuleSpecification, powerShellVersion } from './manifest.ts';
import { isModulePath } from './module-path.ts';

/**
 * Does what the `#requires` lines of a script ask for, before it runs: its version and edition of PowerShell, its modules.
 * Throws `Thrown` (`ScriptRequires…`) where the engine cannot give what is asked.
 */
export function meetRequirements(session: Session, ast: ScriptBlockAst, into: SessionState, streams: Streams): void {
  const script = posix.basename(ast.source.file ?? '');
  for (const line of ast.requires) {
    for (const { name, values } of parametersOf(line)) {
      if ('version'.startsWith(name)) checkVersion(script, values[0]);
      else if ('psedition'.startsWith(name) && name.length > 1) checkEdition(script, values);
      else if ('modules'.startsWith(name)) importAll(session, script, values, { into, streams });
    }
  }
}

interface Requirement {
  readonly name: string;
  readonly values: readonly ModuleSpecification[];
}

/** The parameters of a line, read as those of a command. */
function parametersOf(line: string): Requirement[] {
  const { ast } = parse({ text: line, file: undefined });
  const [statement] = ast.endBlock?.statements ?? [];
  const [command] = statement?.kind === 'pipeline' ? statement.elements : [];
  return command?.kind === 'command' ? requirements(command) : [];
}

function requirements({ elements }: CommandAst): Requirement[] {
  const found: { readonly name: string; readonly values: ModuleSpecification[] }[] = [];
  for (const element of elements.slice(1)) {
    if (element.kind === 'parameter') found.push({ name: element.name.toLowerCase(), values: [] });
    const value = element.kind === 'parameter' ? element.argument : element;
    if (value !== undefined) found.at(-1)?.values.push(...specificationsOf(value));
  }
  return found;
}

function specificationsOf(value: ExpressionAst): ModuleSpecification[] {
  switch (value.kind) {
    case 'string':
      return [{ name: value.value }];
    case 'constant':
      return [{ name: value.text }];
    case 'arrayLiteral':
      return value.elements.flatMap(specificationsOf);
    case 'hashtable': {
      const texts = new Map<string, string>();
      for (const { key, value: item } of value.pairs) {
        const [element] = item.kind === 'pipeline' ? item.elements : [];
        const text = element?.kind === 'commandExpression' ? specificationsOf(element.expression)[0]?.name : undefined;
        if (key.kind === 'string' && text !== undefined) texts.set(key.value.toLowerCase(), text);
      }
      return [
        {
          name: texts.get('modulename') ?? '',
          minimumVersion: texts.get('moduleversion'),
          requiredVersion: texts.get('requiredversion'),
          maximumVersion: texts.get('maximumversion'),
        },
      ];
    }
    default:
      return [];
  }
}

function refuse(id: string, script: string, message: string, details: Readonly<Record<string, Value>>): Thrown {
  return runtimeError(id, `The script '${script}' cannot be run because ${message}`, {
    type: 'System.Management.Automation.ScriptRequiresException',
    category: 'ResourceUnavailable',
    target: script,
    details: { CommandName: script, ...details },
  });
}

function checkVersion(script: string, wanted: ModuleSpecification | undefined): void {
  const version = wanted?.name ?? '';
  if (version === '' || compareVersions(powerShellVersion, version) >= 0) return;
  const shown = version.includes('.') ? version : `${version}.0`;
  throw refuse(
    'ScriptRequiresUnmatchedPSVersion',
    script,
    `it contained a "#requires" statement for PowerShell ${shown}. The version of PowerShell that is required by the script does not match the currently running version of PowerShell ${powerShellVersion}.`,
    { RequiresPSVersion: readVersion(shown) },
  );
}

function checkEdition(script: string, wanted: readonly ModuleSpecification[]): void {
  if (wanted.some(({ name }) => name.toLowerCase() === 'core')) return;
  const editions = wanted.map(({ name }) => name).join(', ');
  throw runtimeError(
    'ScriptRequiresUnmatchedPSEdition',
    `The script '${script}' cannot be run because it contained a "#requires" statement for PowerShell editions '${editions}'. The edition of PowerShell that is required by the script does not match the currently running PowerShell Core edition.`,
    { target: script },
  );
}

function importAll(
  session: Session,
  script: string,
  wanted: readonly ModuleSpecification[],
  { into, streams }: { readonly into: SessionState; readonly streams: Streams },
): void {
  for (const one of wanted) {
    // A path that begins at the script or the location is looked for nowhere.
    if (isModulePath(one.name) && !posix.isAbsolute(one.name)) throw missingModule(script, one);
    try {
      importModule(session, one, { into, streams, force: false, args: [] });
    } catch (error) {
      throw error instanceof ManifestProblem ? missingModule(script, one) : error;
    }
  }
}

function missingModule(
  script: string,
  { name, requiredVersion, minimumVersion, maximumVersion }: ModuleSpecification,
): Thrown {
  const version =
    requiredVersion !== undefined
      ? ` with RequiredVersion '${requiredVersion}'`
      : minimumVersion !== undefined
        ? ` with ModuleVersion '${minimumVersion}'`
        : maximumVersion !== undefined
          ? ` with MaximumVersion '${maximumVersion}'`
          : '';
  const missing = `The module '${name}' cannot be found${version}.`;
  return refuse(
    'ScriptRequiresMissingModules',
    script,
    `the following modules that are specified by the "#requires" statements of the script are missing: ${missing}.`,
    { MissingPSSnapIns: listOf(netTypes.string, [missing]) },
  );
}
