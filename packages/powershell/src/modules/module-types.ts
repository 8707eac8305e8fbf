import { resolveNative } from '../commands/items/paths.ts';
import { runtimeError } from '../errors/raise.ts';
import type { AliasCommand, Command, FunctionCommand } from '../runtime/command.ts';
import { ModuleInfo } from '../runtime/module-info.ts';
import { Variable } from '../runtime/variable.ts';
import { parse } from '../syntax/parse.ts';
import { locationOf } from '../types/automation/path-info.ts';
import { dictionaryOf } from '../types/collections/dictionary.ts';
import { listOf } from '../types/collections/generic-list.ts';
import { readOnlyCollection } from '../types/collections/read-only-collection.ts';
import { namedType, netTypes } from '../types/intrinsic.ts';
import type { Overload, Property, TypeDescription } from '../types/net-type.ts';
import { sessionOf } from '../types/session-of.ts';
import { enumByLabel } from '../values/enum.ts';
import { Instance } from '../values/instance.ts';
import { ignoreCaseComparer } from '../values/key-comparer.ts';
import { as } from '../values/narrow.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import { type VariableObject, variableObject } from '../values/variable-object.ts';
import { ExecutionContext, SessionStateObject } from './execution-context.ts';

const space = 'System.Management.Automation';

function text(read: (module: ModuleInfo) => string): Property {
  return { type: 'string', get: (self) => read(as(self, ModuleInfo)) };
}

function textsOfModule(read: (module: ModuleInfo) => readonly string[]): Property {
  return {
    type: 'System.Collections.Generic.IEnumerable[string]',
    get: (self) => listOf(netTypes.string, [...read(as(self, ModuleInfo))]),
  };
}

function galleryText(module: ModuleInfo, name: string): string {
  return module.galleryData.get(name)?.[0] ?? '';
}

function galleryUri(name: string): Property {
  return {
    type: 'uri',
    get: (self, context) => {
      const given = galleryText(as(self, ModuleInfo), name);
      return given === '' ? null : context.convert(given, namedType('System.Uri'));
    },
  };
}

type Named = Command | VariableObject;

/** A dictionary of members by name, as `ExportedFunctions` and its kin are. */
function members(typeName: string, read: (module: ModuleInfo) => Iterable<readonly [string, Named]>): Property {
  return {
    type: `System.Collections.Generic.Dictionary[string,${typeName}]`,
    get: (self) => {
      const dictionary = dictionaryOf(netTypes.string, namedType(typeName), ignoreCaseComparer);
      for (const [name, member] of read(as(self, ModuleInfo))) dictionary.set(name, member);
      return dictionary;
    },
  };
}

function named<T extends FunctionCommand | AliasCommand>(commands: Iterable<T>): (readonly [string, T])[] {
  return [...commands].map((command) => [command.name, command] as const);
}

function variables(module: ModuleInfo): (readonly [string, VariableObject])[] {
  return [...module.exportedVariables.values()].map((one) => [one.name, variableObject(one)] as const);
}

function moduleList(read: (module: ModuleInfo) => Value[]): Property {
  return {
    type: `System.Collections.ObjectModel.ReadOnlyCollection[${space}.PSModuleInfo]`,
    get: (self) => readOnlyCollection(listOf(namedType(`${space}.PSModuleInfo`), read(as(self, ModuleInfo)))),
  };
}

function bound(module: ModuleInfo, block: Value): ScriptBlock {
  const { ast, text: source, isFilter } = as(block, ScriptBlock);
  return new ScriptBlock(ast, source, { state: module.state, isFilter });
}

const moduleMethods: Readonly<Record<string, readonly Overload[]>> = {
  Invoke: [
    {
      signature: 'System.Object Invoke(scriptblock sb, Params System.Object[] args)',
      invoke: (self, [block, args], context) => {
        const items = args instanceof Instance && 'items' in args && Array.isArray(args.items) ? args.items : [];
        return context.invoke(bound(as(self, ModuleInfo), block), items);
      },
    },
  ],
  NewBoundScriptBlock: [
    {
      signature: 'scriptblock NewBoundScriptBlock(scriptblock scriptBlockToBind)',
      invoke: (self, [block]) => bound(as(self, ModuleInfo), block),
    },
  ],
};

const moduleInfo: TypeDescription = {
  name: `${space}.PSModuleInfo`,
  kind: 'class',
  accelerators: ['psmoduleinfo'],
  properties: {
    Name: text((module) => module.name),
    Path: text((module) => module.path),
    ModuleBase: text((module) => module.moduleBase),
    Description: text((module) => module.description),
    Author: text((module) => module.author),
    CompanyName: text((module) => module.companyName),
    Copyright: text((module) => module.copyright),
    RootModule: text((module) => module.rootModule),
    Definition: text((module) => module.definition),
    Prefix: { type: 'string', get: (self) => as(self, ModuleInfo).prefix || null },
    CompatiblePSEditions: textsOfModule((module) => module.compatibleEditions),
    Tags: textsOfModule((module) => module.galleryData.get('tags') ?? []),
    ReleaseNotes: text((module) => galleryText(module, 'releasenotes')),
    ProjectUri: galleryUri('projecturi'),
    LicenseUri: galleryUri('licenseuri'),
    IconUri: galleryUri('iconuri'),
    PowerShellVersion: { type: 'version', get: () => null },
    AccessMode: { type: 'string', get: () => 'ReadWrite' },
    LogPipelineExecutionDetails: { type: 'bool', get: () => false },
    Version: {
      type: 'version',
      get: (self, context) => context.convert(as(self, ModuleInfo).version, netTypes.version),
    },
    Guid: { type: 'guid', get: (self, context) => context.convert(as(self, ModuleInfo).guid, netTypes.guid) },
    ModuleType: {
      type: `${space}.ModuleType`,
      get: (self) => enumByLabel(namedType(`${space}.ModuleType`), as(self, ModuleInfo).moduleType) ?? null,
    },
    PrivateData: {
      type: 'System.Object',
      get: (self) => as(self, ModuleInfo).privateData,
      set: (self, value) => {
        as(self, ModuleInfo).privateData = value;
      },
    },
    OnRemove: {
      type: 'scriptblock',
      get: (self) => as(self, ModuleInfo).onRemove ?? null,
      set: (self, value) => {
        as(self, ModuleInfo).onRemove = value instanceof ScriptBlock ? value : undefined;
      },
    },
    ExportedFunctions: members(`${space}.FunctionInfo`, (module) => named(module.exportedFunctions.values())),
    ExportedAliases: members(`${space}.AliasInfo`, (module) => named(module.exportedAliases.values())),
    ExportedCmdlets: members(`${space}.CmdletInfo`, () => []),
    ExportedVariables: members(`${space}.PSVariable`, variables),
    ExportedCommands: members(`${space}.CommandInfo`, (module) => [
      ...named(module.exportedFunctions.values()),
      ...named(module.exportedAliases.values()),
    ]),
    NestedModules: moduleList((module) => [...module.nestedModules]),
    RequiredModules: moduleList((module) => [...module.requiredModules]),
    SessionState: {
      type: `${space}.SessionState`,
      get: (self) => {
        const { state } = as(self, ModuleInfo);
        return state === undefined ? null : new SessionStateObject(state);
      },
    },
  },
  methods: moduleMethods,
  toText: (self) => as(self, ModuleInfo).name,
};

const moduleType: TypeDescription = {
  name: `${space}.ModuleType`,
  kind: 'enum',
  labels: { Script: 0, Binary: 1, Manifest: 2, Cim: 3, Workflow: 4 },
};

/** `SessionState.PSVariable`: variables by name. */
class VariableIntrinsics extends Instance {
  readonly owner: SessionStateObject;
  constructor(owner: SessionStateObject) {
    super();
    this.owner = owner;
  }
  get type() {
    return namedType(`${space}.PSVariableIntrinsics`);
  }
}

function find(self: Value, name: Value): Variable | undefined {
  return as(self, VariableIntrinsics).owner.state.current.find(String(name).toLowerCase());
}

const variableIntrinsics: TypeDescription = {
  name: `${space}.PSVariableIntrinsics`,
  kind: 'class',
  methods: {
    Get: [
      {
        signature: 'psvariable Get(string name)',
        invoke: (self, [name]) => {
          const variable = find(self, name);
          return variable === undefined ? null : variableObject(variable);
        },
      },
    ],
    GetValue: [
      { signature: 'System.Object GetValue(string name)', invoke: (self, [name]) => find(self, name)?.value ?? null },
      {
        signature: 'System.Object GetValue(string name, System.Object defaultValue)',
        invoke: (self, [name, otherwise]) => find(self, name)?.value ?? otherwise ?? null,
      },
    ],
    Set: [
      {
        signature: 'void Set(string name, System.Object value)',
        invoke: (self, [name, value]) => {
          const { current } = as(self, VariableIntrinsics).owner.state;
          const known = current.own(String(name).toLowerCase());
          if (known === undefined) current.add(new Variable(String(name), value ?? null));
          else if (known.readOnly || known.constant) throw notWritable(known.name);
          else known.value = known.check === undefined ? (value ?? null) : known.check(value ?? null);
          return undefined;
        },
      },
    ],
    Remove: [
      {
        signature: 'void Remove(string name)',
        invoke: (self, [name]) => {
          as(self, VariableIntrinsics).owner.state.current.remove(String(name).toLowerCase());
          return undefined;
        },
      },
    ],
  },
};

function notWritable(name: string): Error {
  return runtimeError('VariableNotWritable', `Cannot overwrite variable ${name} because it is read-only or constant.`, {
    type: `${space}.SessionStateUnauthorizedAccessException`,
    category: 'WriteError',
    target: name,
  });
}

const sessionState: TypeDescription = {
  name: `${space}.SessionState`,
  kind: 'class',
  properties: {
    Module: {
      type: `${space}.PSModuleInfo`,
      get: (self) => as(self, SessionStateObject).state.module ?? null,
    },
    PSVariable: {
      type: `${space}.PSVariableIntrinsics`,
      get: (self) => new VariableIntrinsics(as(self, SessionStateObject)),
    },
    Path: {
      type: `${space}.PathIntrinsics`,
      get: () => new PathIntrinsics(),
    },
    LanguageMode: { type: 'string', get: () => 'FullLanguage' },
  },
};

/** `SessionState.Path`. */
class PathIntrinsics extends Instance {
  get type() {
    return namedType(`${space}.PathIntrinsics`);
  }
}

const pathIntrinsics: TypeDescription = {
  name: `${space}.PathIntrinsics`,
  kind: 'class',
  properties: {
    CurrentLocation: {
      type: `${space}.PathInfo`,
      get: (_self, context) => locationOf(sessionOf(context).drive),
    },
    CurrentFileSystemLocation: {
      type: `${space}.PathInfo`,
      get: (_self, context) => locationOf(sessionOf(context).fileDrive),
    },
  },
  methods: {
    GetUnresolvedProviderPathFromPSPath: [
      {
        signature: 'string GetUnresolvedProviderPathFromPSPath(string path)',
        invoke: (_self, [path], context) => resolveNative(sessionOf(context), String(path)),
      },
    ],
  },
};

/** `$ExecutionContext.InvokeCommand`. */
class CommandIntrinsics extends Instance {
  get type() {
    return namedType(`${space}.CommandInvocationIntrinsics`);
  }
}

const commandIntrinsics: TypeDescription = {
  name: `${space}.CommandInvocationIntrinsics`,
  kind: 'class',
  methods: {
    ExpandString: [
      {
        signature: 'string ExpandString(string source)',
        invoke: (_self, [source], context) => {
          const script = `@"\n${String(source)}\n"@`;
          return context.text(
            context.invoke(new ScriptBlock(parse({ text: script, file: undefined }).ast, script), []),
          );
        },
      },
    ],
    NewScriptBlock: [
      {
        signature: 'scriptblock NewScriptBlock(string scriptText)',
        invoke: (_self, [source], context) => context.convert(source, netTypes.scriptBlock),
      },
    ],
  },
};

const engineIntrinsics: TypeDescription = {
  name: `${space}.EngineIntrinsics`,
  kind: 'class',
  properties: {
    SessionState: { type: `${space}.SessionState`, get: (self) => as(self, ExecutionContext).sessionState },
    InvokeCommand: { type: `${space}.CommandInvocationIntrinsics`, get: () => new CommandIntrinsics() },
  },
};

export const descriptions: readonly TypeDescription[] = [
  moduleInfo,
  moduleType,
  sessionState,
  variableIntrinsics,
  engineIntrinsics,
  commandIntrinsics,
  pathIntrinsics,
];
