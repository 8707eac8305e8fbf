import { baseOf, typeOf } from '../../../conversion/base.ts';
import type { Session } from '../../../runtime/session.ts';
import { extendedMembersOf } from '../../../types/extended-members.ts';
import type { NetType } from '../../../types/net-type.ts';
import { infoOf } from '../../../types/type-info.ts';
import { PSCustomObject } from '../../../values/ps-object.ts';
import type { Value } from '../../../values/value.ts';
import { memberList, memberListings } from '../../objects/member-list.ts';
import { isProperty, propertyNames } from '../../objects/member-match.ts';

/**
 * The properties that tables and lists show where none are chosen: those of the type first, then those that script code or
 * type data added.
 */
export function shownProperties(value: Value, session: Session): string[] {
  const listings = memberListings(value, session, { adaptedOnly: true }).filter(isProperty);
  const added = new Set([...namesOf(value), ...namesOf(baseOf(value))]);
  const isAdded = ({ name, memberType }: { name: string; memberType: string }) =>
    memberType !== 'Property' || added.has(name.toLowerCase());
  return [...listings.filter((one) => !isAdded(one)), ...listings.filter(isAdded)].map(({ name }) => name);
}

function namesOf(value: Value): Iterable<string> {
  return extendedMembersOf(value)?.keys() ?? [];
}

const withProperties = new WeakMap<NetType, boolean>();

/** True where there is any. For a type it is the same at all its objects, but for those that were given members. */
export function hasProperties(value: Value, session: Session): boolean {
  const base = baseOf(value);
  if (base === null || base === undefined) return false;
  if (base instanceof PSCustomObject) return propertyNames(value, session).length > 0;
  const type = typeOf(base);
  let known = withProperties.get(type);
  if (known === undefined) {
    known = memberList(infoOf(type).members.values()).some(isProperty);
    withProperties.set(type, known);
  }
  return known || shownProperties(value, session).length > 0;
}
