import { runtimeError } from '../errors/raise.ts';
import { Collector } from '../runtime/output.ts';
import type { RunOptions, Session } from '../runtime/session.ts';
import { objectArray } from '../values/array.ts';
import { PSScriptMethodValue } from '../values/ps-method.ts';
import { type ExtendedMember, PSCustomObject } from '../values/ps-object.ts';
import type { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import { wrapInvocation, wrapSet } from './member-errors.ts';
import { getMember, setMember } from './members.ts';

/** Reads a member that script code put on an object. */
export function readExtended(member: ExtendedMember, owner: Value, session: Session): Value {
  switch (member.kind) {
    case 'note':
      return member.value;
    case 'alias': {
      if (member.target.toLowerCase() === member.name.toLowerCase()) throw aliasCycle(member.name);
      const value = getMember(owner, member.target, session);
      return member.conversion === undefined ? value : session.convert(value, member.conversion);
    }
    case 'scriptProperty':
      return member.get === undefined ? null : runWithThis(member.get, owner, [], session);
    case 'scriptMethod':
      return new PSScriptMethodValue(member, owner);
    case 'memberSet': {
      const set = new PSCustomObject();
      for (const one of member.members) set.members.set(one.name.toLowerCase(), one);
      return set;
    }
    case 'propertySet':
      return objectArray([...member.properties]);
    case 'codeMethod':
      return null;
  }
}

function aliasCycle(name: string): Error {
  return runtimeError('CycleInAlias', `The alias with name "${name}" contains a cycle.`, {
    type: 'System.Management.Automation.ExtendedTypeSystemException',
  });
}

/** Sets a member that script code put on an object. */
export function writeExtended(member: ExtendedMember, owner: Value, value: Value, session: Session): void {
  switch (member.kind) {
    case 'note':
      member.value = value === undefined ? null : value;
      return;
    case 'alias':
      setMember(owner, member.target, value, session);
      return;
    case 'scriptProperty':
      if (member.set === undefined) throw noSetter(member.name, 'SetWithoutSetterFromScriptProperty');
      try {
        runWithThis(member.set, owner, [value], session);
      } catch (error) {
        throw wrapSet(error, member.name);
      }
      return;
    default:
      throw runtimeError(
        'MemberInfoSetValueNotSupported',
        `Cannot set the Value property for PSMemberInfo object of type "${memberTypes[member.kind]}".`,
        {
          type: 'System.Management.Automation.SetValueException',
        },
      );
  }
}

const memberTypes = {
  scriptMethod: 'System.Management.Automation.PSScriptMethod',
  propertySet: 'System.Management.Automation.PSPropertySet',
  memberSet: 'System.Management.Automation.PSMemberSet',
  codeMethod: 'System.Management.Automation.PSCodeMethod',
} as const;

function noSetter(name: string, id: string): Error {
  return runtimeError(id, `Set accessor for property "${name}" is unavailable.`, {
    type: 'System.Management.Automation.SetValueException',
  });
}

/** Calls a script method. */
export function callScriptMethod(
  member: Extract<ExtendedMember, { kind: 'scriptMethod' }>,
  owner: Value,
  args: readonly Value[],
  session: Session,
): Value {
  try {
    return runWithThis(member.block, owner, args, session);
  } catch (error) {
    throw wrapInvocation(error, member.name, args.length, 'ScriptMethodRuntimeException');
  }
}

function runWithThis(block: ScriptBlock, thisObject: Value, args: readonly Value[], session: Session): Value {
  const out = new Collector();
  const options: RunOptions = { args, thisObject, newScope: true, out };
  session.run(block, { ...options, errorsEnd: true });
  return collected(out.items);
}

/** What a block's output is as one value: nothing, the one object, or an array. */
export function collected(items: Value[]): Value {
  return items.length === 0 ? undefined : items.length === 1 ? items[0] : objectArray(items);
}
