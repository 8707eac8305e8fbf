import { posix } from 'node:path';
import { cmdletError } from '../commands/cmdlet-error.ts';
import { itemsOf } from '../commands/items-of.ts';
import { baseOf } from '../conversion/base.ts';
import type { ErrorRecord } from '../errors/error-record.ts';
import { Thrown } from '../errors/thrown.ts';
import { Collector } from '../runtime/output.ts';
import type { Session } from '../runtime/session.ts';
import type { Streams } from '../runtime/streams.ts';
import { netTypes } from '../types/intrinsic.ts';
import { Dictionary } from '../values/dictionary.ts';
import { List } from '../values/list.ts';
import type { Value } from '../values/value.ts';
import { manifestViolation } from './data-language.ts';
import { readScriptFile } from './script-file.ts';

const memberNames = [
  'ModuleToProcess',
  'NestedModules',
  'GUID',
  'Author',
  'CompanyName',
  'Copyright',
  'ModuleVersion',
  'Description',
  'PowerShellVersion',
  'PowerShellHostName',
  'PowerShellHostVersion',
  'CLRVersion',
  'DotNetFrameworkVersion',
  'ProcessorArchitecture',
  'RequiredModules',
  'TypesToProcess',
  'FormatsToProcess',
  'ScriptsToProcess',
  'PrivateData',
  'RequiredAssemblies',
  'ModuleList',
  'FileList',
  'FunctionsToExport',
  'VariablesToExport',
  'AliasesToExport',
  'CmdletsToExport',
  'DscResourcesToExport',
  'CompatiblePSEditions',
  'HelpInfoURI',
  'RootModule',
  'DefaultCommandPrefix',
];

/** A module another module needs: by name, or by a table of name and versions. */
export interface ModuleSpecification {
  readonly name: string;
  readonly minimumVersion?: string | undefined;
  readonly requiredVersion?: string | undefined;
  readonly maximumVersion?: string | undefined;
}

/** A module manifest (`.psd1`), read and checked. Lists that are not there are `undefined`. */
export interface Manifest {
  readonly path: string;
  readonly rootModule: string | undefined;
  readonly version: string;
  readonly texts: (name: string) => string;
  readonly list: (name: string) => readonly string[] | undefined;
  readonly nestedModules: readonly ModuleSpecification[];
  readonly requiredModules: readonly ModuleSpecification[];
  readonly privateData: Value;
  /** `PrivateData.PSData`: texts by folded name. */
  readonly galleryData: ReadonlyMap<string, readonly string[]>;
}

/** A manifest that cannot be used: the error that `Import-Module` writes. */
export class ManifestProblem extends Error {
  readonly record: ErrorRecord;
  constructor(record: ErrorRecord) {
    super(record.exception.message);
    this.record = record;
  }
}

function problem(path: string, id: string, type: string, message: string): ManifestProblem {
  return new ManifestProblem(cmdletError(id, message, { type, category: 'ResourceUnavailable', target: path }));
}

/** Reads a manifest. Throws {@link ManifestProblem}. */
export function readManifest(session: Session, path: string, streams: Streams): Manifest {
  const table = evaluate(session, path, streams);
  const unknown = [...table.items()]
    .map(({ key }) => session.text(key))
    .filter((name) => !memberNames.some((known) => known.toLowerCase() === name.toLowerCase()));
  if (unknown.length > 0) {
    const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
    throw new ManifestProblem(
      cmdletError(
        'Modules_InvalidManifestMember',
        `The '${path}' module cannot be imported because its manifest contains one or more members that are not valid. The valid manifest members are (${quoted(memberNames)}). Remove the members that are not valid (${quoted(unknown)}), then try to import the module again.`,
        { category: 'InvalidData', target: path },
      ),
    );
  }
  const list = (name: string) => textList(session, table.get(name));
  const text = (name: string) => session.text(baseOf(table.get(name)));
  const root = text('RootModule') || text('ModuleToProcess');
  checkPowerShellVersion(path, text('PowerShellVersion'));
  return {
    path,
    rootModule: root === '' ? undefined : root,
    version: versionOf(session, path, table),
    texts: text,
    list,
    nestedModules: specifications(session, table.get('NestedModules')),
    requiredModules: specifications(session, table.get('RequiredModules')),
    privateData: table.get('PrivateData') ?? null,
    galleryData: galleryData(session, table.get('PrivateData')),
  };
}

function evaluate(session: Session, path: string, streams: Streams): Dictionary {
  const refused = (detail: string) =>
    problem(
      path,
      'Modules_InvalidManifest',
      'System.MissingMemberException',
      `The module manifest '${path}' could not be processed because it is not a valid PowerShell module manifest file. Remove the elements that are not permitted: ${detail}`,
    );
  let result: Value;
  try {
    const block = readScriptFile(session, path, session.global);
    const violation = manifestViolation(block.ast);
    if (violation !== undefined) throw refused(violation);
    const out = new Collector();
    session.run(block, { newScope: true, out, streams });
    result = baseOf(out.items[0]);
  } catch (error) {
    if (error instanceof Thrown) throw refused(error.record.exception.message);
    throw error;
  }
  if (result instanceof Dictionary) return result;
  throw problem(
    path,
    'Modules_InvalidManifest',
    'System.ArgumentException',
    `Processing the module manifest file '${path}' did not result in a valid manifest object. Update the file to contain a valid PowerShell module manifest. A valid manifest can be created using the New-ModuleManifest cmdlet.`,
  );
}

function versionOf(session: Session, path: string, table: Dictionary): string {
  const given = baseOf(table.get('ModuleVersion'));
  if (given === null) {
    throw problem(
      path,
      'Modules_InvalidManifest',
      'System.MissingMemberException',
      `The member 'ModuleVersion' is not present in the module manifest. This member must exist and be assigned a version number of the form 'n.n.n.n'. Add the missing member to the file '${path}'.`,
    );
  }
  try {
    return session.text(session.convert(given, netTypes.version));
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    throw problem(
      path,
      'Modules_InvalidManifest',
      'System.ArgumentException',
      `The 'ModuleVersion' member is not valid in the module manifest file '${path}': ${error.record.exception.message}`,
    );
  }
}

/** The version that scripts and manifests may ask for: that of the language that the engine follows. */
export const powerShellVersion = '7.6.5';

function checkPowerShellVersion(path: string, wanted: string): void {
  if (wanted === '' || compareVersions(powerShellVersion, wanted) >= 0) return;
  throw problem(
    path,
    'Modules_InsufficientPowerShellVersion',
    'System.InvalidOperationException',
    `The version of PowerShell on this computer is '${powerShellVersion}'. The module '${path}' requires a minimum PowerShell version of '${wanted}' to run. Verify that you have the minimum required version of PowerShell installed, and then try again.`,
  );
}

/** Compares versions part by part; parts that are missing come before zero. */
export function compareVersions(left: string, right: string): number {
  const a = left.split('.').map(Number);
  const b = right.split('.').map(Number);
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = (a[at] ?? -1) - (b[at] ?? -1);
    if (order !== 0) return order;
  }
  return 0;
}

function textList(session: Session, value: Value): readonly string[] | undefined {
  const base = baseOf(value);
  if (base === null || base === undefined) return undefined;
  const items = base instanceof List ? base.items : itemsOf(base);
  return items.map((item) => session.text(item)).filter((text) => text !== '');
}

function galleryData(session: Session, privateData: Value): ReadonlyMap<string, readonly string[]> {
  const data = baseOf(privateData);
  const inner = data instanceof Dictionary ? baseOf(data.get('PSData')) : null;
  if (!(inner instanceof Dictionary)) return new Map();
  return new Map(
    [...inner.items()].map(({ key, value }) => [session.text(key).toLowerCase(), textList(session, value) ?? []]),
  );
}

function specifications(session: Session, value: Value): readonly ModuleSpecification[] {
  const base = baseOf(value);
  if (base === null || base === undefined) return [];
  return itemsOf(base).map((item) => specification(session, item));
}

/** A `ModuleSpecification` from text or a table of `ModuleName`, `ModuleVersion`, `RequiredVersion`, `MaximumVersion`. */
export function specification(session: Session, value: Value): ModuleSpecification {
  const base = baseOf(value);
  if (!(base instanceof Dictionary)) return { name: session.text(base) };
  const text = (name: string) => session.text(baseOf(base.get(name))) || undefined;
  return {
    name: text('ModuleName') ?? '',
    minimumVersion: text('ModuleVersion'),
    requiredVersion: text('RequiredVersion'),
    maximumVersion: text('MaximumVersion'),
  };
}

/** The name that a module file gives its module: that of the file without extension. */
export function moduleNameOf(path: string): string {
  return posix.basename(path, posix.extname(path));
}
