import { baseOf, typeOf } from '../conversion/base.ts';
import type { Session } from '../runtime/session.ts';
import { extendedMember } from '../types/extended-members.ts';
import { getMember } from '../types/members.ts';
import { infoOf } from '../types/type-info.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';

/**
 * The value of a property that an object really has: one that script code added, or its type's. Keys of dictionaries are
 * none, and arrays are not looked into.
 */
export function propertyOf(target: Value, name: string, session: Session): { readonly value: Value } | undefined {
  const folded = name.toLowerCase();
  const note = target instanceof PSCustomObject ? target.note(name) : undefined;
  if (note !== undefined) return { value: note };
  const extended = extendedMember(target, folded);
  if (extended !== undefined) {
    if (extended.kind === 'note') return { value: extended.value };
    if (extended.kind !== 'alias' && extended.kind !== 'scriptProperty') return undefined;
    return { value: getMember(target, name, session) };
  }
  const base = baseOf(target);
  if (base === null || base === undefined) return undefined;
  const type = typeOf(base);
  const member = infoOf(type).members.get(folded);
  if (member?.kind !== 'property' || member.property.get === undefined) return undefined;
  return { value: member.property.get(base, session, type) };
}
