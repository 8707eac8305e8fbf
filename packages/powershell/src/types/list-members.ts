import { baseOf, typeOf } from '../conversion/base.ts';
import {
  ExtendedMemberObject,
  type MemberObject,
  NetMethodObject,
  NetPropertyObject,
} from '../values/member-object.ts';
import { MemberView } from '../values/member-view.ts';
import { PSMethod } from '../values/ps-method.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { extendedMembersOf } from './extended-members.ts';
import { netTypes } from './intrinsic.ts';
import type { CallContext } from './net-type.ts';
import { infoOf } from './type-info.ts';

/**
 * The members of a value as objects, as `psobject.Members` holds them: those of script code in the order they were added,
 * then those of its type that none of them hides.
 */
export function listMembers(value: Value, context: CallContext): MemberObject[] {
  const found = new Map<string, MemberObject>();
  const add = (member: MemberObject): void => {
    const folded = member.name.toLowerCase();
    if (!found.has(folded)) found.set(folded, member);
  };
  const base = baseOf(value);
  const target = base instanceof MemberView ? base.target : value;
  for (const source of new Set([target, baseOf(target)])) {
    for (const member of extendedMembersOf(source)?.values() ?? []) add(new ExtendedMemberObject(member, target));
  }
  if (base === null || base === undefined) return [...found.values()];
  const type = typeOf(base);
  for (const name of type.description.adapter?.names(base) ?? []) {
    const property = { type: 'System.Object', get: () => type.description.adapter?.get(base, name, context) ?? null };
    add(new NetPropertyObject(name, base, property, netTypes.object));
  }
  for (const member of infoOf(type).members.values()) {
    if (member.kind === 'method') add(new NetMethodObject(new PSMethod(member.name, base, undefined)));
    else if (member.property.isHidden !== true && !(base instanceof PSCustomObject)) {
      add(new NetPropertyObject(member.name, base, member.property, member.valueType));
    }
  }
  return [...found.values()];
}

export function isProperty(member: MemberObject): boolean {
  if (member instanceof NetPropertyObject) return true;
  if (!(member instanceof ExtendedMemberObject)) return false;
  const { kind } = member.member;
  return kind === 'note' || kind === 'alias' || kind === 'scriptProperty' || kind === 'propertySet';
}

/** Members of a kind of collection by a name, in any case. */
export function findMemberObject(members: readonly MemberObject[], name: string): MemberObject | undefined {
  const folded = name.toLowerCase();
  return members.find((member) => member.name.toLowerCase() === folded);
}
