import { posix } from 'node:path';
import { cmdletError } from '../../commands/cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../../commands/description.ts';
import { resolveNative } from '../../commands/items/paths.ts';
import { itemsOf, textsOf } from '../../commands/items-of.ts';
import { baseOf } from '../../conversion/base.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { Value } from '../../values/value.ts';
import { type ManifestKey, manifestText, quoted } from '../manifest-text.ts';

const plain = (name: string, type: string): CmdletParameter => ({ name, type });

export const newModuleManifest: CmdletDescription = {
  name: 'New-ModuleManifest',
  typeName: 'Microsoft.PowerShell.Commands.NewModuleManifestCommand',
  module: 'Microsoft.PowerShell.Core',
  supportsShouldProcess: true,
  parameters: [
    { name: 'Path', type: 'string', mandatory: true, position: 0 },
    { name: 'RootModule', type: 'string', aliases: ['ModuleToProcess'] },
    ...['NestedModules', 'RequiredModules', 'ModuleList'].map((name) => plain(name, 'object[]')),
    plain('Guid', 'guid'),
    ...['Author', 'CompanyName', 'Copyright', 'Description', 'PowerShellHostName', 'ProcessorArchitecture'].map(
      (name) => plain(name, 'string'),
    ),
    ...['ModuleVersion', 'PowerShellVersion', 'ClrVersion', 'DotNetFrameworkVersion', 'PowerShellHostVersion'].map(
      (name) => ({ ...plain(name, 'version'), numbersAsWritten: true }),
    ),
    ...[
      'TypesToProcess',
      'FormatsToProcess',
      'ScriptsToProcess',
      'RequiredAssemblies',
      'FileList',
      'FunctionsToExport',
      'AliasesToExport',
      'VariablesToExport',
      'CmdletsToExport',
      'DscResourcesToExport',
      'CompatiblePSEditions',
      'Tags',
      'ExternalModuleDependencies',
    ].map((name) => ({ ...plain(name, 'string[]'), allowEmptyCollection: true, allowNull: true })),
    plain('PrivateData', 'object'),
    ...['ProjectUri', 'LicenseUri', 'IconUri'].map((name) => plain(name, 'uri')),
    ...['ReleaseNotes', 'Prerelease', 'HelpInfoUri', 'DefaultCommandPrefix'].map((name) => plain(name, 'string')),
    plain('RequireLicenseAcceptance', 'switch'),
    plain('PassThru', 'switch'),
  ],
  start: (call) => ({
    end() {
      const { session } = call;
      const [path = ''] = textsOf(call.get('Path'));
      if (posix.extname(path).toLowerCase() !== '.psd1') {
        const message = `The module manifest path '${path}' is not valid. The value of the Path argument must resolve to a single file that has a '.psd1' extension. Change the value of the Path argument to point to a valid psd1 file, and then try again.`;
        const error = cmdletError('Modules_InvalidModuleManifestPath', message, {
          category: 'InvalidArgument',
          target: path,
        });
        call.fail(error);
      }
      const native = resolveNative(session, path);
      if (!call.shouldProcess(native, `Creating the module manifest file at ${native}.`)) return;
      const text = manifestText(keysOf(call), galleryOf(call));
      try {
        session.world.files.writeBytes(native, new TextEncoder().encode(text), 'truncate');
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        call.fail(new ErrorRecord(error.exception, 'FileOpenFailure', 'OpenError', native));
      }
      if (call.isOn('PassThru')) call.write(text);
    },
  }),
};

/** The keys of the manifest in their order: with a value as it is written, or left as a comment. */
function keysOf(call: CmdletCall): readonly ManifestKey[] {
  const { session } = call;
  const text = (parameter: string) => (call.has(parameter) ? session.text(call.get(parameter)) : undefined);
  const one = (key: string, fallback?: string, parameter = key): ManifestKey => {
    const value = text(parameter) ?? fallback;
    return { key, value: value === undefined ? undefined : quoted(value), empty: "''" };
  };
  const many = (key: string, fallback?: string): ManifestKey => {
    if (!call.has(key)) return { key, value: fallback, empty: '@()' };
    return { key, value: listOf(call, call.get(key)), empty: '@()' };
  };
  const author = text('Author') ?? session.world.environment.get('USER') ?? 'Unknown';
  const year = new Date(session.clock.now()).getUTCFullYear();
  // Where any kind of command is named, the others are not left out.
  const isNamed = ['FunctionsToExport', 'CmdletsToExport', 'AliasesToExport'].some((key) => call.has(key));
  const commands = isNamed ? "'*'" : '@()';
  return [
    one('RootModule'),
    one('ModuleVersion', '0.0.1'),
    many('CompatiblePSEditions'),
    one('GUID', uuid(session.random.bytes(16)), 'Guid'),
    one('Author', author),
    one('CompanyName', 'Unknown'),
    one('Copyright', `(c) ${year} ${author}. All rights reserved.`),
    one('Description'),
    one('PowerShellVersion'),
    one('PowerShellHostName'),
    one('PowerShellHostVersion'),
    one('DotNetFrameworkVersion'),
    one('ClrVersion'),
    one('ProcessorArchitecture'),
    many('RequiredModules'),
    many('RequiredAssemblies'),
    many('ScriptsToProcess'),
    many('TypesToProcess'),
    many('FormatsToProcess'),
    many('NestedModules'),
    many('FunctionsToExport', commands),
    many('CmdletsToExport', commands),
    many('VariablesToExport', "'*'"),
    many('AliasesToExport', commands),
    many('DscResourcesToExport'),
    many('ModuleList'),
    many('FileList'),
    one('HelpInfoURI', undefined, 'HelpInfoUri'),
    one('DefaultCommandPrefix'),
  ];
}

function galleryOf(call: CmdletCall): {
  readonly inner: readonly ManifestKey[];
  readonly outer: readonly ManifestKey[];
} {
  const text = (key: string): ManifestKey => ({
    key,
    value: call.has(key) ? quoted(call.session.text(call.get(key))) : undefined,
    empty: "''",
  });
  const list = (key: string): ManifestKey => ({
    key,
    value: call.has(key) ? listOf(call, call.get(key)) : undefined,
    empty: '@()',
  });
  const given = baseOf(call.get('PrivateData'));
  const outer = given instanceof Dictionary ? [...given.items()] : [];
  return {
    inner: [
      list('Tags'),
      text('LicenseUri'),
      text('ProjectUri'),
      text('IconUri'),
      text('ReleaseNotes'),
      text('Prerelease'),
      {
        key: 'RequireLicenseAcceptance',
        value: call.isOn('RequireLicenseAcceptance') ? '$true' : undefined,
        empty: '$false',
      },
      list('ExternalModuleDependencies'),
    ],
    outer: outer.map(({ key, value }) => ({
      key: call.session.text(key),
      value: quoted(call.session.text(value)),
      empty: "''",
    })),
  };
}

/** Texts and module specifications as data. */
function listOf(call: CmdletCall, value: Value): string {
  const items = itemsOf(baseOf(value)).map((item) => itemText(call, baseOf(item)));
  if (items.length === 0) return '@()';
  return items.some((item) => item.startsWith('@{')) ? `@(${items.join(', ')})` : items.join(', ');
}

function itemText({ session }: CmdletCall, item: Value): string {
  if (!(item instanceof Dictionary)) return quoted(session.text(item));
  const pairs = [...item.items()].map(({ key, value }) => `${session.text(key)} = ${quoted(session.text(value))}`);
  return `@{ ${pairs.join('; ')} }`;
}

function uuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
