import { baseOf } from '../../conversion/base.ts';
import {
  addExtendedMember,
  extendedMembersFor,
  extendedMembersOf,
  setExtendedTypeNames,
} from '../../types/extended-members.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { fullName } from '../../types/type-display.ts';
import { typeNames } from '../../types/type-names.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { Instance } from '../../values/instance.ts';
import { type ExtendedMember, PSObject } from '../../values/ps-object.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf, textsOf } from '../items-of.ts';
import { matchMembers } from './member-match.ts';

const every = ['MemberSet', 'TypeNameSet', 'NotePropertySingleMemberSet', 'NotePropertyMultiMemberSet'];
const adding = ['MemberSet', 'NotePropertySingleMemberSet', 'NotePropertyMultiMemberSet'];
const single = ['NotePropertySingleMemberSet'];
const member = ['MemberSet'];

/** First words that are a `-MemberType`, not a `-NotePropertyName`. */
const memberKinds = [
  'AliasProperty',
  'CodeMethod',
  'CodeProperty',
  'MemberSet',
  'NoteProperty',
  'PropertySet',
  'ScriptMethod',
  'ScriptProperty',
];

export const addMember: CmdletDescription = {
  name: 'Add-Member',
  typeName: 'Microsoft.PowerShell.Commands.AddMemberCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'TypeNameSet',
  parameters: [
    { name: 'InputObject', type: 'object', sets: every, mandatory: true, fromPipeline: true },
    {
      name: 'MemberType',
      type: 'System.Management.Automation.PSMemberTypes',
      aliases: ['Type'],
      sets: member,
      mandatory: true,
      position: 0,
    },
    { name: 'Name', type: 'string', sets: member, mandatory: true, position: 1 },
    { name: 'Value', type: 'object', sets: member, position: 2 },
    { name: 'SecondValue', type: 'object', sets: member, position: 3 },
    {
      name: 'TypeName',
      type: 'string',
      sets: [{ set: 'TypeNameSet', mandatory: true }, ...adding],
      validate: { notNullOrEmpty: true },
    },
    { name: 'Force', type: 'switch', sets: adding },
    { name: 'PassThru', type: 'switch', sets: every },
    {
      name: 'NotePropertyName',
      type: 'string',
      sets: single,
      mandatory: true,
      position: 0,
      validate: { notNullOrEmpty: true, leaves: memberKinds },
    },
    { name: 'NotePropertyValue', type: 'object', sets: single, mandatory: true, position: 1, allowNull: true },
    {
      name: 'NotePropertyMembers',
      type: 'System.Collections.IDictionary',
      sets: ['NotePropertyMultiMemberSet'],
      mandatory: true,
      position: 0,
      validate: { notNullOrEmpty: true },
    },
  ],
  start: (call) => ({ process: () => add(call) }),
};

function add(call: CmdletCall): void {
  const input = call.get('InputObject');
  const target = input instanceof Instance ? input : new PSObject(input ?? null);
  const members = call.parameterSet === 'TypeNameSet' ? [] : membersOf(call);
  const isAdded = members.map((one) => addTo(call, target, one)).some((done) => done);
  if (members.length > 0 && !isAdded) return;
  if (call.has('TypeName')) addTypeName(call, target);
  if (call.isOn('PassThru')) call.write(target);
}

function membersOf(call: CmdletCall): ExtendedMember[] {
  switch (call.parameterSet) {
    case 'NotePropertySingleMemberSet':
      return [note(textOf(call, 'NotePropertyName'), call.get('NotePropertyValue'))];
    case 'NotePropertyMultiMemberSet': {
      const table = baseOf(call.get('NotePropertyMembers'));
      if (!(table instanceof Dictionary)) return [];
      return [...table.items()].map(({ key, value }) => note(call.session.text(key), value));
    }
    default:
      return [newMember(call)];
  }
}

function note(name: string, value: Value): ExtendedMember {
  return { kind: 'note', name, value: value ?? null };
}

function textOf(call: CmdletCall, parameter: string): string {
  return textsOf(call.get(parameter))[0] ?? '';
}

function newMember(call: CmdletCall): ExtendedMember {
  const memberType = call.session.text(call.get('MemberType'));
  const name = textOf(call, 'Name');
  const value = baseOf(call.get('Value'));
  const second = baseOf(call.get('SecondValue'));
  const takesSecond = ['AliasProperty', 'ScriptProperty', 'CodeProperty'].includes(memberType);
  if (call.has('SecondValue') && !takesSecond) {
    return refuse(
      call,
      'Value2ShouldNotBeSpecified',
      `The SecondValue parameter is not necessary for a member of type "${memberType}", and should not be specified. Do not specify the SecondValue parameter when you add members of this type.`,
    );
  }
  const needed = () => {
    if (value === null || value === undefined) {
      refuse(
        call,
        'Value1ShouldNotBeNull',
        `The Value parameter should not be null for a member of type "${memberType}". Specify a non-null value for the Value parameter when adding members of this type.`,
      );
    }
  };
  switch (memberType) {
    case 'NoteProperty':
      return note(name, call.get('Value'));
    case 'AliasProperty':
      needed();
      return {
        kind: 'alias',
        name,
        target: call.session.text(value),
        conversion: second === null ? undefined : typeFrom(call, second),
      };
    case 'ScriptMethod':
      needed();
      return { kind: 'scriptMethod', name, block: blockFrom(call, value) };
    case 'ScriptProperty':
      if (value === null && second === null) {
        return refuse(
          call,
          'Value1AndValue2AreNotBothNull',
          `Both Value and SecondValue parameters should not be null for a member of type "${memberType}". Specify a non-null value for one of the two parameters.`,
        );
      }
      return {
        kind: 'scriptProperty',
        name,
        get: value === null ? undefined : blockFrom(call, value),
        set: second === null ? undefined : blockFrom(call, second),
      };
    case 'PropertySet':
      needed();
      return { kind: 'propertySet', name, properties: itemsOf(value).map((item) => call.session.text(item)) };
    case 'MemberSet':
      return { kind: 'memberSet', name, members: [] };
    default:
      return memberType.includes(',')
        ? refuse(
            call,
            'WrongMemberCount',
            `To add a member, only one member type can be specified. The member types specified are: "${memberType}"`,
          )
        : refuse(
            call,
            'CannotAddMemberType',
            `Cannot add a member with type "${memberType}". Specify a different type for the MemberTypes parameter.`,
          );
  }
}

function blockFrom(call: CmdletCall, value: Value): ScriptBlock {
  const block = value instanceof ScriptBlock ? value : call.session.convert(value, netTypes.scriptBlock);
  if (block instanceof ScriptBlock) return block;
  return refuse(call, 'InvalidCast', 'The value is not a script block.');
}

function typeFrom(call: CmdletCall, value: Value) {
  return call.session.types.parse(call.session.text(value));
}

function refuse(call: CmdletCall, id: string, message: string): never {
  return call.fail(cmdletError(id, message));
}

/** Adds a member unless one of its name is there that may not be replaced. */
function addTo(call: CmdletCall, target: Instance, one: ExtendedMember): boolean {
  const { name } = one;
  const folded = name.toLowerCase();
  if (name === '') {
    const message = 'The name for a NoteProperty member should not be null or an empty string.';
    call.writeError(cmdletError('NotePropertyNameShouldNotBeNull', message, { target: name }));
    return false;
  }
  const [known] = matchMembers(target, name.replace(/[`*?[\]]/g, '`$&'), call.session);
  if (known !== undefined && !call.isOn('Force')) {
    const message = `Cannot add a member with the name "${name}" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.`;
    call.writeError(cmdletError('MemberAlreadyExists', message, { target }));
    return false;
  }
  // Members of the .NET type are hidden by the new one; those of PowerShell's own type data cannot be.
  const isOfTypeData = known !== undefined && !/^(?:Property|Method|ParameterizedProperty)$/.test(known.memberType);
  if (isOfTypeData && extendedMembersOf(target)?.has(folded) !== true) {
    const message = `Cannot force the member with name "${name}" and type "${known.memberType}" to be added. A member with that name and type already exists, and the existing member is not an instance extension.`;
    call.writeError(cmdletError('CannotRemoveTypeDataMember', message, { target }));
    return false;
  }
  extendedMembersFor(target).delete(folded);
  addExtendedMember(target, one);
  return true;
}

function addTypeName(call: CmdletCall, target: Instance): void {
  const given = textOf(call, 'TypeName');
  const type = call.session.types.parse(given);
  setExtendedTypeNames(target, [type === undefined ? given : fullName(type), ...typeNames(target)]);
}
