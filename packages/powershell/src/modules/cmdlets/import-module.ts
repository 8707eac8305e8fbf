import { cmdletError } from '../../commands/cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../../commands/description.ts';
import { itemsOf, textsOf } from '../../commands/items-of.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetException } from '../../errors/net-exception.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { ModuleInfo } from '../../runtime/module-info.ts';
import { namedType, netTypes } from '../../types/intrinsic.ts';
import { bringIn, type ImportRequest, importModule, nameWarnings } from '../import-module.ts';
import { ManifestProblem, type ModuleSpecification, specification } from '../manifest.ts';
import { moduleObject } from '../module-object.ts';
import { isBuiltInModule } from '../module-path.ts';

const withoutEffect = { state: 'approximated', why: 'accepted and without effect' } as const;

export const importModuleCmdlet: CmdletDescription = {
  name: 'Import-Module',
  typeName: 'Microsoft.PowerShell.Commands.ImportModuleCommand',
  module: 'Microsoft.PowerShell.Core',
  defaultSet: 'Name',
  parameters: [
    { name: 'Global', type: 'switch' },
    { name: 'Prefix', type: 'string', validate: { notNull: true } },
    { name: 'Name', type: 'string[]', sets: ['Name'], mandatory: true, position: 0, fromPipeline: true },
    {
      name: 'FullyQualifiedName',
      type: 'object[]',
      sets: ['FullyQualifiedName'],
      mandatory: true,
    },
    { name: 'Function', type: 'string[]', validate: { notNull: true } },
    { name: 'Cmdlet', type: 'string[]', validate: { notNull: true }, coverage: withoutEffect },
    { name: 'Variable', type: 'string[]', validate: { notNull: true } },
    { name: 'Alias', type: 'string[]', validate: { notNull: true } },
    { name: 'Force', type: 'switch' },
    { name: 'SkipEditionCheck', type: 'switch', coverage: withoutEffect },
    { name: 'PassThru', type: 'switch' },
    { name: 'AsCustomObject', type: 'switch' },
    { name: 'MinimumVersion', type: 'string', aliases: ['Version'], sets: ['Name'] },
    { name: 'MaximumVersion', type: 'string', sets: ['Name'] },
    { name: 'RequiredVersion', type: 'string', sets: ['Name'] },
    {
      name: 'ModuleInfo',
      type: 'System.Management.Automation.PSModuleInfo[]',
      sets: ['ModuleInfo'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
    },
    { name: 'ArgumentList', type: 'object[]', aliases: ['Args'] },
    { name: 'DisableNameChecking', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    { name: 'Scope', type: 'string', validate: { set: ['Local', 'Global'] } },
  ],
  leftOut: {
    Assembly: 'compiled modules are not loaded',
    PSSession: 'there are no remote sessions',
    CimSession: 'there are no remote sessions',
    UseWindowsPowerShell: 'there is no Windows PowerShell beside the engine',
  },
  start: (call) => ({
    process() {
      for (const item of itemsOf(call.get('ModuleInfo'))) if (item instanceof ModuleInfo) importLoaded(call, item);
      for (const name of textsOf(call.get('Name'))) importNamed(call, { name, ...versions(call) });
      for (const item of itemsOf(call.get('FullyQualifiedName'))) importNamed(call, specification(call.session, item));
    },
  }),
};

function versions(call: CmdletCall): Omit<ModuleSpecification, 'name'> {
  const text = (parameter: string) => (call.has(parameter) ? call.session.text(call.get(parameter)) : undefined);
  // Text, so that `1.10` is not the number 1.1; what is no version is refused here.
  const version = (parameter: string) => {
    const given = text(parameter);
    return given === undefined ? undefined : call.session.text(call.session.convert(given, netTypes.version));
  };
  return {
    minimumVersion: version('MinimumVersion'),
    maximumVersion: text('MaximumVersion'),
    requiredVersion: version('RequiredVersion'),
  };
}

function requestOf(call: CmdletCall): ImportRequest {
  const { session, scope } = call;
  const isGlobal = call.isOn('Global') || textsOf(call.get('Scope'))[0]?.toLowerCase() === 'global';
  const isLocal = textsOf(call.get('Scope'))[0]?.toLowerCase() === 'local';
  const patterns = (parameter: string) => (call.has(parameter) ? textsOf(call.get(parameter)) : undefined);
  return {
    into: isGlobal ? session.global : scope.state,
    ...(isLocal ? { scope } : {}),
    force: call.isOn('Force'),
    args: itemsOf(call.get('ArgumentList')),
    streams: call.streams,
    functions: patterns('Function') ?? (call.has('Cmdlet') ? [] : undefined),
    variables: patterns('Variable'),
    aliases: patterns('Alias'),
    noClobber: call.isOn('NoClobber'),
    ...(call.has('Prefix') ? { prefix: call.session.text(call.get('Prefix')) } : {}),
  };
}

function importLoaded(call: CmdletCall, module: ModuleInfo): void {
  bringIn(call.session, module, requestOf(call));
  finish(call, module);
}

function importNamed(call: CmdletCall, wanted: ModuleSpecification): void {
  if (isBuiltInModule(wanted.name)) return;
  let module: ModuleInfo | undefined;
  try {
    module = importModule(call.session, wanted, requestOf(call));
  } catch (error) {
    failed(call, wanted.name, error);
    return;
  }
  if (module !== undefined) finish(call, module);
}

function failed(call: CmdletCall, name: string, error: unknown): void {
  if (error instanceof ManifestProblem) {
    call.writeError(error.record);
  } else if (error instanceof Thrown && error.record.category === 'ParserError') {
    // A module that does not parse is, after the parser's own error, one that was not found.
    call.writeError(parserError(error.record));
    const message = `The specified module '${name}' was not loaded because no valid module file was found in any module directory.`;
    call.writeError(
      cmdletError('Modules_ModuleNotFound', message, {
        type: 'System.IO.FileNotFoundException',
        category: 'ResourceUnavailable',
        target: name,
      }),
    );
  } else if (error instanceof Thrown) {
    const { record } = error;
    const named = new ErrorRecord(record.exception, record.errorId, record.category, record.target);
    named.invocation = record.invocation;
    named.commandName = importModuleCmdlet.typeName;
    call.fail(named);
  } else if (error instanceof NetFailure) {
    call.fail(new ErrorRecord(error.exception, error.exception.type.name, 'OpenError', name));
  } else throw error;
}

/** The parser's error as it is written: at its place in the module, without an exception of its own. */
function parserError({ exception, errorId, category, invocation }: ErrorRecord): ErrorRecord {
  const type = namedType('System.Management.Automation.ParentContainsErrorRecordException');
  const record = new ErrorRecord(new NetException(type, exception.message), errorId, category);
  record.invocation = invocation;
  return record;
}

function finish(call: CmdletCall, module: ModuleInfo): void {
  const prefix = call.has('Prefix') ? call.session.text(call.get('Prefix')) : module.prefix;
  if (!call.isOn('DisableNameChecking')) {
    for (const warning of nameWarnings(module, prefix)) call.writeWarning(warning);
  }
  if (call.isOn('AsCustomObject')) call.write(moduleObject(call.session, module));
  else if (call.isOn('PassThru')) call.write(module);
}
