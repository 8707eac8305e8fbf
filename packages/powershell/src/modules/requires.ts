import { posix } from 'node:path';
import { runtimeError } from '../errors/raise.ts';
import type { Thrown } from '../errors/thrown.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import type { Streams } from '../runtime/streams.ts';
import { parse } from '../syntax/parse.ts';
import type { CommandAst, ExpressionAst, ScriptBlockAst } from '../syntax/tree/index.ts';
import { importModule } from './import-module.ts';
import { compareVersions, ManifestProblem, type ModuleSpecification, powerShellVersion } from './manifest.ts';

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

function refuse(id: string, script: string, message: string): Thrown {
  return runtimeError(id, `The script '${script}' cannot be run because ${message}`, {
    type: 'System.Management.Automation.ScriptRequiresException',
    category: 'ResourceUnavailable',
    target: script,
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
  const missing: string[] = [];
  for (const one of wanted) {
    try {
      importModule(session, one, { into, streams, force: false, args: [] });
    } catch (error) {
      if (!(error instanceof ManifestProblem)) throw error;
      const version = one.requiredVersion ?? one.minimumVersion ?? one.maximumVersion;
      missing.push(
        version === undefined
          ? `The module '${one.name}' cannot be found.`
          : `The module '${one.name}' cannot be found with ModuleVersion '${version}'.`,
      );
    }
  }
  if (missing.length === 0) return;
  throw refuse(
    'ScriptRequiresMissingModules',
    script,
    `the following modules that are specified by the "#requires" statements of the script are missing: ${missing.join(' ')}.`,
  );
}
