import { allParameters } from '../../binding/common-parameters.ts';
import { parameterTableOf } from '../../binding/function-parameters.ts';
import { allParameterSets, type ParameterTable } from '../../binding/parameter.ts';
import {
  AliasCommand,
  CmdletCommand,
  type Command,
  FunctionCommand,
  ScriptFileCommand,
} from '../../runtime/command.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { EnumValue, enumByLabel } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { ignoreCaseComparer } from '../../values/key-comparer.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { dictionaryOf } from '../collections/dictionary.ts';
import { listOf } from '../collections/generic-list.ts';
import { readOnlyCollection } from '../collections/read-only-collection.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, NetType, Property, TypeDescription } from '../net-type.ts';

const space = 'System.Management.Automation';

function command(value: Value): Command {
  if (
    value instanceof FunctionCommand ||
    value instanceof CmdletCommand ||
    value instanceof AliasCommand ||
    value instanceof ScriptFileCommand
  ) {
    return value;
  }
  throw new Error('a command was expected');
}

/** `Parameters` of a command: one parameter. */
class ParameterMetadata extends Instance {
  readonly declaration: ParameterTable['parameters'][number];
  constructor(declaration: ParameterTable['parameters'][number]) {
    super();
    this.declaration = declaration;
  }
  get type(): NetType {
    return namedType(`${space}.ParameterMetadata`);
  }
}

const metadata = (value: Value): ParameterTable['parameters'][number] => as(value, ParameterMetadata).declaration;

function parametersOf(one: Command, context: CallContext): ParameterTable | undefined {
  if (one instanceof CmdletCommand) return one.parameters;
  if (one instanceof AliasCommand) {
    const resolved = resolve(one, context);
    return resolved === undefined ? undefined : parametersOf(resolved, context);
  }
  return parameterTableOf(one.block, sessionOf(context));
}

function resolve(alias: AliasCommand, context: CallContext): Command | undefined {
  const session = sessionOf(context);
  const found = session.findCommand(alias.definition, session.frame.scope.state);
  return found instanceof AliasCommand ? resolve(found, context) : found;
}

function moduleName(one: Command): string {
  return one instanceof CmdletCommand ? one.cmdlet.module : (one.module?.name ?? '');
}

function commandType(one: Command): string {
  if (one instanceof CmdletCommand) return 'Cmdlet';
  if (one instanceof AliasCommand) return 'Alias';
  if (one instanceof ScriptFileCommand) return 'ExternalScript';
  return one.isFilter ? 'Filter' : 'Function';
}

function definition(one: Command): string {
  if (one instanceof AliasCommand) return one.definition;
  if (one instanceof ScriptFileCommand) return one.path;
  return one instanceof CmdletCommand ? '' : one.block.text;
}

const optionBits = { ReadOnly: 1, Constant: 2, Private: 4, AllScope: 8 } as const;

function optionsOf(one: Command): EnumValue {
  let bits = 0;
  for (const option of one.options) bits |= optionBits[option];
  return new EnumValue(namedType(`${space}.ScopedItemOptions`), bits);
}

/** `Get` and `Item` of `Get-Item`. */
function nameParts(name: string): [verb: string, noun: string] {
  const at = name.indexOf('-');
  return at > 0 ? [name.slice(0, at), name.slice(at + 1)] : ['', ''];
}

function block(): Property {
  return {
    type: 'scriptblock',
    get: (value) => {
      const one = command(value);
      return one instanceof FunctionCommand || one instanceof ScriptFileCommand ? one.block : null;
    },
  };
}

const verbAndNoun: Readonly<Record<string, Property>> = {
  Verb: { type: 'string', get: (value) => nameParts(command(value).name)[0] },
  Noun: { type: 'string', get: (value) => nameParts(command(value).name)[1] },
};

const bindingProperties: Readonly<Record<string, Property>> = {
  DefaultParameterSet: {
    type: 'string',
    get: (value, context) => {
      const set = parametersOf(command(value), context)?.defaultSet;
      return set === undefined || set === allParameterSets ? null : set;
    },
  },
};

const functionProperties: Readonly<Record<string, Property>> = {
  ScriptBlock: block(),
  CmdletBinding: {
    type: 'bool',
    get: (value, context) => parametersOf(command(value), context)?.isAdvanced === true,
  },
  ...bindingProperties,
  ...verbAndNoun,
  HelpFile: { type: 'string', get: () => '' },
};

/** Kinds of commands, as `Get-Command` and `$MyInvocation.MyCommand` show them. */
export const commandInfoFamily: readonly TypeDescription[] = [
  {
    name: `${space}.CommandInfo`,
    kind: 'class',
    isAbstract: true,
    properties: {
      Name: { type: 'string', get: (value) => command(value).name },
      CommandType: {
        type: `${space}.CommandTypes`,
        get: (value) => enumByLabel(namedType(`${space}.CommandTypes`), commandType(command(value))) ?? null,
      },
      Source: {
        type: 'string',
        get: (value) => {
          const one = command(value);
          return one instanceof ScriptFileCommand ? one.path : moduleName(one);
        },
      },
      Version: {
        type: 'version',
        get: (value, context) => {
          const version = command(value).module?.version;
          return version === undefined ? null : context.convert(version, netTypes.version);
        },
      },
      Definition: { type: 'string', get: (value) => definition(command(value)) },
      Description: {
        type: 'string',
        get: (value) => command(value).description,
        set: (value, given) => {
          command(value).description = text(given);
        },
      },
      Options: { type: `${space}.ScopedItemOptions`, get: (value) => optionsOf(command(value)) },
      Visibility: {
        type: `${space}.SessionStateEntryVisibility`,
        get: () => new EnumValue(namedType(`${space}.SessionStateEntryVisibility`), 0),
      },
      ModuleName: { type: 'string', get: (value) => moduleName(command(value)) },
      Namespace: { type: 'string', addedAs: 'AliasProperty', get: (value) => moduleName(command(value)) },
      Module: { type: `${space}.PSModuleInfo`, get: (value) => command(value).module ?? null },
      Parameters: {
        type: `System.Collections.Generic.Dictionary[string,${space}.ParameterMetadata]`,
        get: (value, context) => {
          const type = namedType(`${space}.ParameterMetadata`);
          const dictionary = dictionaryOf(netTypes.string, type, ignoreCaseComparer);
          const table = parametersOf(command(value), context);
          for (const parameter of table === undefined ? [] : allParameters(table)) {
            dictionary.set(parameter.name, new ParameterMetadata(parameter));
          }
          return dictionary;
        },
      },
      OutputType: {
        type: `System.Collections.ObjectModel.ReadOnlyCollection[${space}.PSTypeName]`,
        get: () => readOnlyCollection(listOf(netTypes.object, [])),
      },
    },
    toText: (value) => command(value).name,
  },
  {
    name: `${space}.FunctionInfo`,
    kind: 'class',
    base: `${space}.CommandInfo`,
    properties: functionProperties,
  },
  { name: `${space}.FilterInfo`, kind: 'class', base: `${space}.FunctionInfo` },
  {
    name: `${space}.CmdletInfo`,
    kind: 'class',
    base: `${space}.CommandInfo`,
    properties: {
      ...verbAndNoun,
      ...bindingProperties,
      HelpFile: { type: 'string', get: () => '' },
      ImplementingType: { type: 'type', get: () => null },
    },
  },
  {
    name: `${space}.AliasInfo`,
    kind: 'class',
    base: `${space}.CommandInfo`,
    properties: {
      ReferencedCommand: {
        type: `${space}.CommandInfo`,
        get: (value, context) => {
          const one = command(value);
          return one instanceof AliasCommand ? (resolve(one, context) ?? null) : null;
        },
      },
      ResolvedCommand: {
        type: `${space}.CommandInfo`,
        get: (value, context) => {
          const one = command(value);
          return one instanceof AliasCommand ? (resolve(one, context) ?? null) : null;
        },
      },
      ResolvedCommandName: {
        type: 'string',
        addedAs: 'ScriptProperty',
        get: (value, context) => {
          const one = command(value);
          return one instanceof AliasCommand ? (resolve(one, context)?.name ?? null) : null;
        },
      },
      DisplayName: {
        type: 'string',
        addedAs: 'ScriptProperty',
        get: (value, context) => {
          const one = command(value);
          return `${one.name} -> ${one instanceof AliasCommand ? (resolve(one, context)?.name ?? one.definition) : ''}`;
        },
      },
    },
  },
  {
    name: `${space}.ExternalScriptInfo`,
    kind: 'class',
    base: `${space}.CommandInfo`,
    properties: {
      Path: { type: 'string', get: (value) => definition(command(value)) },
      ScriptBlock: block(),
      ScriptContents: {
        type: 'string',
        get: (value) => {
          const one = command(value);
          return one instanceof ScriptFileCommand ? one.block.text : null;
        },
      },
    },
  },
  {
    name: `${space}.ParameterMetadata`,
    kind: 'class',
    properties: {
      Name: { type: 'string', get: (value) => metadata(value).name },
      ParameterType: { type: 'type', get: (value) => metadata(value).type },
      Aliases: {
        type: 'System.Collections.ObjectModel.Collection[string]',
        get: (value) => listOf(netTypes.string, [...metadata(value).aliases]),
      },
      SwitchParameter: { type: 'bool', get: (value) => metadata(value).isSwitch },
      IsDynamic: { type: 'bool', get: () => false },
    },
  },
];
