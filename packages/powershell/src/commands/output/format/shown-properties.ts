import { baseOf } from '../../../conversion/base.ts';
import type { Session } from '../../../runtime/session.ts';
import { extendedMembersOf } from '../../../types/extended-members.ts';
import type { Value } from '../../../values/value.ts';
import { memberListings } from '../../objects/member-list.ts';
import { isProperty } from '../../objects/member-match.ts';

/**
 * The properties that tables and lists show where none are chosen: those of the type first, then those that script code or
 * type data added.
 */
export function shownProperties(value: Value, session: Session): string[] {
  const listings = memberListings(value, session).filter(isProperty);
  const added = new Set([...namesOf(value), ...namesOf(baseOf(value))]);
  const isAdded = ({ name, memberType }: { name: string; memberType: string }) =>
    memberType !== 'Property' || added.has(name.toLowerCase());
  return [...listings.filter((one) => !isAdded(one)), ...listings.filter(isAdded)].map(({ name }) => name);
}

function namesOf(value: Value): Iterable<string> {
  return extendedMembersOf(value)?.keys() ?? [];
}
