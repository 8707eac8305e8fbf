import { baseOf } from '../../conversion/base.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { dictionaryOf } from '../../types/collections/dictionary.ts';
import { namedType, netTypes } from '../../types/intrinsic.ts';
import { NetType } from '../../types/net-type.ts';
import { removeTypeData, type TypeData, typeDataFor, typeDataTable } from '../../types/type-data.ts';
import { fullName } from '../../types/type-display.ts';
import { NetArray } from '../../values/array.ts';
import { as } from '../../values/narrow.ts';
import type { ExtendedMember } from '../../values/ps-object.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import { DataObject } from '../data-object.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter, Coverage } from '../description.ts';
import { textsOf } from '../items-of.ts';

const space = 'System.Management.Automation.Runspaces';
const notEmpty = { notNullOrEmpty: true } as const;
const noFiles: Coverage = { state: 'missing', why: 'files of types are not read: give the members one by one' };
const noObjects: Coverage = { state: 'missing', why: 'give the members one by one, with -MemberName and -Value' };
const withoutEffect: Coverage = { state: 'approximated', why: 'accepted and without effect' };

const dynamic = 'DynamicTypeSet';

function own(name: string, type: string, more: Partial<CmdletParameter> = {}): CmdletParameter {
  return { name, type, sets: [dynamic], ...more };
}

export const updateTypeData: CmdletDescription = {
  name: 'Update-TypeData',
  typeName: 'Microsoft.PowerShell.Commands.UpdateTypeDataCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'FileSet',
  supportsShouldProcess: true,
  parameters: [
    own('MemberType', 'System.Management.Automation.PSMemberTypes', { validate: notEmpty }),
    own('MemberName', 'string', { validate: notEmpty }),
    own('Value', 'object', { allowNull: true }),
    own('SecondValue', 'object', { validate: { notNull: true } }),
    own('TypeConverter', 'type', { coverage: withoutEffect }),
    own('TypeAdapter', 'type', { coverage: withoutEffect }),
    own('SerializationMethod', 'string', { coverage: withoutEffect }),
    own('TargetTypeForDeserialization', 'type', { coverage: withoutEffect }),
    own('SerializationDepth', 'int', { coverage: withoutEffect, validate: { range: [0, 2 ** 31 - 1] } }),
    own('DefaultDisplayProperty', 'string', { validate: notEmpty }),
    own('InheritPropertySerializationSet', 'object', { coverage: withoutEffect }),
    own('StringSerializationSource', 'string', { coverage: withoutEffect }),
    own('DefaultDisplayPropertySet', 'string[]', { validate: notEmpty }),
    own('DefaultKeyPropertySet', 'string[]', { validate: notEmpty }),
    own('PropertySerializationSet', 'string[]', { coverage: withoutEffect }),
    own('TypeName', 'object', { mandatory: true, fromPipeline: true, validate: notEmpty }),
    { name: 'Force', type: 'switch', sets: [dynamic, 'TypeDataSet'] },
    {
      name: 'TypeData',
      type: 'object[]',
      sets: ['TypeDataSet'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      coverage: noObjects,
    },
    {
      name: 'AppendPath',
      type: 'string[]',
      aliases: ['PSPath', 'Path'],
      sets: ['FileSet'],
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      coverage: noFiles,
    },
    { name: 'PrependPath', type: 'string[]', sets: ['FileSet'], coverage: noFiles },
  ],
  coverage: {
    state: 'approximated',
    why: 'members that a type has by itself keep their meaning, and the check does not know the members that are added',
  },
  start: (call) => ({
    process() {
      if (call.parameterSet === dynamic) update(call);
      else call.fail(cmdletError('NotSupported', 'Type data is not read from files or objects here.', notSupported));
    },
  }),
};

const notSupported = { type: 'System.NotSupportedException', category: 'NotImplemented' } as const;

function nameOfType(call: CmdletCall): string {
  const given = baseOf(call.get('TypeName'));
  return given instanceof NetType ? fullName(given) : call.session.text(given);
}

function update(call: CmdletCall): void {
  const name = nameOfType(call);
  const member = memberOf(call);
  const displaySet = call.has('DefaultDisplayPropertySet') ? textsOf(call.get('DefaultDisplayPropertySet')) : undefined;
  const keySet = call.has('DefaultKeyPropertySet') ? textsOf(call.get('DefaultKeyPropertySet')) : undefined;
  const displayProperty = call.has('DefaultDisplayProperty')
    ? call.session.text(call.get('DefaultDisplayProperty'))
    : undefined;
  if (member === undefined && displaySet === undefined && keySet === undefined && displayProperty === undefined) {
    call.writeError(cmdletError('TypeDataEmpty', `No member is specified for the update on type "${name}".`));
    return;
  }
  if (!call.shouldProcess(`TypeName: ${name}`, 'Update TypeData')) return;
  const known = typeDataTable(call.session).get(name.toLowerCase());
  if (member !== undefined && !call.isOn('Force') && known?.members.has(member.name.toLowerCase()) === true) {
    call.writeError(
      runtime(
        'TypesDynamicUpdateException',
        `Error in TypeData "${name}": The member ${member.name} is already present.`,
      ),
    );
    return;
  }
  const data = typeDataFor(call.session, name);
  if (member !== undefined) data.members.set(member.name.toLowerCase(), member);
  data.displaySet = displaySet ?? data.displaySet;
  data.keySet = keySet ?? data.keySet;
  data.displayProperty = displayProperty ?? data.displayProperty;
}

function runtime(id: string, message: string) {
  return cmdletError(id, message, { type: 'System.Management.Automation.RuntimeException' });
}

function memberOf(call: CmdletCall): ExtendedMember | undefined {
  if (!call.has('MemberType')) {
    if (call.has('MemberName') || call.has('Value') || call.has('SecondValue')) {
      const message =
        'The MemberName, Value, and SecondValue parameters cannot be specified without the MemberType parameter.';
      call.fail(cmdletError('MemberTypeIsMissing', message));
    }
    return undefined;
  }
  const { session } = call;
  const kind = session.text(call.get('MemberType'));
  const name = call.has('MemberName') ? session.text(call.get('MemberName')) : '';
  if (name === '') requireParameter(call, 'MemberName', kind);
  const value = call.get('Value') ?? null;
  const second = call.get('SecondValue') ?? null;
  switch (kind) {
    case 'NoteProperty':
      if (!call.has('Value')) requireParameter(call, 'Value', kind);
      return { kind: 'note', name, value };
    case 'AliasProperty':
      if (!call.has('Value')) requireParameter(call, 'Value', kind);
      return {
        kind: 'alias',
        name,
        target: session.text(value),
        ...(second === null ? {} : { conversion: as(call.session.convert(second, netTypes.type), NetType) }),
      };
    case 'ScriptProperty':
      return { kind: 'scriptProperty', name, get: blockOf(call, value), set: blockOf(call, second) };
    case 'ScriptMethod': {
      const block = blockOf(call, value);
      return block === undefined ? requireParameter(call, 'Value', kind) : { kind: 'scriptMethod', name, block };
    }
    default:
      return call.fail(cmdletError('CannotUpdateMemberType', `Cannot update a member with type "${kind}".`));
  }
}

function requireParameter(call: CmdletCall, parameter: string, kind: string): never {
  const message = `The ${parameter} parameter is required for the type "${kind}". Please specify the ${parameter} parameter.`;
  return call.fail(cmdletError(`${parameter}ShouldBeSpecified`, message));
}

function blockOf(call: CmdletCall, value: Value): ScriptBlock | undefined {
  return value === null ? undefined : as(call.session.convert(value, netTypes.scriptBlock), ScriptBlock);
}

export const getTypeData: CmdletDescription = {
  name: 'Get-TypeData',
  typeName: 'Microsoft.PowerShell.Commands.GetTypeDataCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [{ name: 'TypeName', type: 'string[]', position: 0, fromPipeline: true, validate: notEmpty }],
  coverage: { state: 'approximated', why: 'lists what scripts said of types, not what PowerShell brings along' },
  start: (call) => ({
    process() {
      const patterns = (call.has('TypeName') ? textsOf(call.get('TypeName')) : ['*']).map(
        (name) => new WildcardPattern(name),
      );
      for (const data of typeDataTable(call.session).values()) {
        if (patterns.some((pattern) => pattern.matches(data.name))) call.write(shown(data));
      }
    },
  }),
};

const memberKinds: Readonly<Record<string, string>> = {
  note: 'NotePropertyData',
  alias: 'AliasPropertyData',
  scriptProperty: 'ScriptPropertyData',
  scriptMethod: 'ScriptMethodData',
};

function shown({ name, members, displaySet, displayProperty, keySet }: TypeData): DataObject {
  const table = dictionaryOf(netTypes.string, namedType(`${space}.TypeMemberData`));
  for (const member of members.values()) table.set(member.name, shownMember(member));
  const names = (set: readonly string[] | undefined) =>
    set === undefined
      ? null
      : new DataObject(`${space}.PropertySetData`, { ReferencedProperties: new NetArray(netTypes.string, [...set]) });
  return new DataObject(`${space}.TypeData`, {
    TypeName: name,
    Members: table,
    IsOverride: false,
    DefaultDisplayProperty: displayProperty ?? null,
    DefaultDisplayPropertySet: names(displaySet),
    DefaultKeyPropertySet: names(keySet),
  });
}

function shownMember(member: ExtendedMember): DataObject {
  const values: Record<string, Value> = { Name: member.name };
  if (member.kind === 'note') values.Value = member.value;
  if (member.kind === 'alias') values.ReferencedMemberName = member.target;
  if (member.kind === 'scriptMethod') values.Script = member.block;
  if (member.kind === 'scriptProperty') {
    values.GetScriptBlock = member.get ?? null;
    values.SetScriptBlock = member.set ?? null;
  }
  return new DataObject(`${space}.${memberKinds[member.kind] ?? 'TypeMemberData'}`, values);
}

export const removeTypeDataCmdlet: CmdletDescription = {
  name: 'Remove-TypeData',
  typeName: 'Microsoft.PowerShell.Commands.RemoveTypeDataCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'RemoveTypeDataSet',
  supportsShouldProcess: true,
  parameters: [
    {
      name: 'TypeName',
      type: 'object',
      sets: ['RemoveTypeSet'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: notEmpty,
    },
    { name: 'Path', type: 'string[]', sets: ['RemoveFileSet'], mandatory: true, coverage: noFiles },
    {
      name: 'TypeData',
      type: `${space}.TypeData`,
      sets: ['RemoveTypeDataSet'],
      mandatory: true,
      fromPipeline: true,
    },
  ],
  coverage: { state: 'approximated', why: 'removes what scripts said of a type, not what PowerShell brings along' },
  start: (call) => ({
    process() {
      if (call.parameterSet === 'RemoveFileSet') {
        call.fail(cmdletError('NotSupported', 'Type data is not read from files here.', notSupported));
      }
      const given = baseOf(call.get('TypeData'));
      const name = given instanceof DataObject ? call.session.text(given.values.get('TypeName')) : nameOfType(call);
      if (!call.shouldProcess(`TypeName: ${name}`, 'Remove TypeData')) return;
      if (removeTypeData(call.session, name)) return;
      const message = `Error in TypeData "${name}": The type "${name}" was not found. The type name value must be the full name of the type. Verify the type name and run the command again.`;
      call.writeError(runtime('TypesDynamicRemoveException', message));
    },
  }),
};
