import { problem } from '@joinery/problems';
import type { ScimObject, ScimValue } from '../value.ts';

/**
 * A member of a message by any letter case: attribute names have none (RFC 7643 2.1), and `operations` is on the wire.
 * @param name in lower case
 * @throws SCIM_BODY_SYNTAX when it occurs twice
 */
export function memberByAnyCase(object: ScimObject, name: string): ScimValue | undefined {
  const found = Object.keys(object).filter((each) => each.toLowerCase() === name);
  const [only] = found;
  if (found.length > 1) {
    throw problem('SCIM_BODY_SYNTAX', `The member ${name} occurs twice, in different letter case.`, { place: name });
  }
  return only === undefined ? undefined : object[only];
}
