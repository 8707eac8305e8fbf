import { baseOf } from '../../conversion/base.ts';
import { NetFailure, netFailure } from '../../errors/raise.ts';
import { Hashtable } from '../../types/collections/hashtable.ts';
import { getMember, invokeMember } from '../../types/members.ts';
import { NetArray, objectArray } from '../../values/array.ts';
import { ignoreCaseComparer } from '../../values/key-comparer.ts';
import { List } from '../../values/list.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError, exceptionOf } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { isProperty, matchMembers } from './member-match.ts';

const notEmpty = { notNullOrEmpty: true } as const;

export const updateList: CmdletDescription = {
  name: 'Update-List',
  typeName: 'Microsoft.PowerShell.Commands.UpdateListCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'AddRemoveSet',
  parameters: [
    { name: 'Add', type: 'object[]', sets: ['AddRemoveSet'], validate: notEmpty },
    { name: 'Remove', type: 'object[]', sets: ['AddRemoveSet'], validate: notEmpty },
    { name: 'Replace', type: 'object[]', sets: ['ReplaceSet'], mandatory: true, validate: notEmpty },
    { name: 'InputObject', type: 'object', fromPipeline: true, validate: notEmpty },
    { name: 'Property', type: 'string', position: 0, validate: notEmpty },
  ],
  start: (call) => {
    let input: Value;
    return {
      process() {
        if (!call.has('InputObject')) return;
        input = call.get('InputObject');
        if (call.has('Property')) update(call, input, call.session.text(call.get('Property')));
      },
      end() {
        if (call.has('Property')) return;
        if (input !== undefined && input !== null) call.fail(cmdletError('MissingPropertyParameter', ''));
        call.write(modifier(call));
      },
    };
  },
};

const parts = ['Add', 'Remove', 'Replace'] as const;

/** What `Set-…` commands take to change a list. */
function modifier(call: CmdletCall): Hashtable {
  const table = new Hashtable(ignoreCaseComparer);
  for (const part of parts) if (call.has(part)) table.set(part, objectArray([...itemsOf(call.get(part))]));
  return table;
}

function update(call: CmdletCall, input: Value, name: string): void {
  const { session } = call;
  if (!matchMembers(input, name, session).some(isProperty)) {
    call.writeError(cmdletError('MemberDoesntExist', '', { target: input }));
    return;
  }
  const list = baseOf(getMember(input, name, session));
  if (!(list instanceof List || list instanceof NetArray)) {
    const message = 'Cannot apply the update because the object is not a supported collection type.';
    call.writeError(
      cmdletError('ApplyFailed', message, { type: 'System.Management.Automation.PSInvalidOperationException' }),
    );
    return;
  }
  const each = (part: (typeof parts)[number], method: string): void => {
    for (const item of itemsOf(call.get(part))) invokeMember(list, method, [item], session);
  };
  try {
    if (list instanceof NetArray) throw netFailure('System.NotSupportedException', 'Collection was of a fixed size.');
    if (call.has('Replace')) {
      invokeMember(list, 'Clear', [], session);
      each('Replace', 'Add');
    } else {
      each('Remove', 'Remove');
      each('Add', 'Add');
    }
  } catch (error) {
    const exception = exceptionOf(error);
    throw new NetFailure(exception.inner ?? exception);
  }
  call.write(input);
}
