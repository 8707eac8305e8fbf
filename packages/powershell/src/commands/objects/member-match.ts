import { baseOf, typeOf } from '../../conversion/base.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { Session } from '../../runtime/session.ts';
import { extendedMember } from '../../types/extended-members.ts';
import { getMember } from '../../types/members.ts';
import { typeMember, typeMembers } from '../../types/type-data.ts';
import { infoOf } from '../../types/type-info.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { exceptionOf } from '../cmdlet-error.ts';
import { extendedListing, type MemberListing, memberList, memberListings } from './member-list.ts';

const methodKinds = new Set(['Method', 'ScriptMethod', 'CodeMethod']);

export type { MemberListing };

export function isMethod(member: MemberListing): boolean {
  return methodKinds.has(member.memberType);
}

export function isProperty(member: MemberListing): boolean {
  return member.memberType.endsWith('Property');
}

/** Members whose names match: one exact name first, a wildcard over all of them. Hidden members are left out. */
export function matchMembers(value: Value, name: string, session: Session): MemberListing[] {
  if (!WildcardPattern.has(name)) return exactMember(value, name, session);
  const members = memberListings(value, session);
  const pattern = new WildcardPattern(name);
  return members.filter((member) => pattern.matches(member.name));
}

/** Without making the list of all. */
function exactMember(value: Value, name: string, session: Session): MemberListing[] {
  const folded = name.toLowerCase();
  const base = baseOf(value);
  if (base === null || base === undefined) return [];
  const own = extendedMember(value, folded) ?? extendedMember(base, folded);
  if (own !== undefined) return [extendedListing(own, session)];
  const type = typeOf(base);
  if (type.description.adapter !== undefined) {
    return memberListings(value, session).filter((member) => member.name.toLowerCase() === folded);
  }
  const member = infoOf(type).members.get(folded);
  if (member === undefined || (base instanceof PSCustomObject && member.kind === 'property')) {
    const added = typeMember(value, folded, session);
    return added === undefined ? [] : [extendedListing(added, session)];
  }
  return memberList([member]);
}

/** The names of the properties of a value, extended members first, in their order. */
export function propertyNames(value: Value, session: Session): readonly string[] {
  if (value instanceof PSCustomObject && value.layout !== undefined && typeMembers(value, session).size === 0) {
    return value.layout.names;
  }
  return memberListings(value, session)
    .filter(isProperty)
    .map((member) => member.name);
}

/** The value of a property that is known to exist; null where its getter fails, as cmdlets read properties. */
export function propertyValue(value: Value, name: string, session: Session): Value {
  try {
    return getMember(value, name, session);
  } catch (error) {
    exceptionOf(error);
    return null;
  }
}
