import { type AttributeChange, dnKey, escapeRdnValue, parseDn, type ValueChange } from '@joinery/connector';
import type { Slot } from './entry-plan.ts';
import { changeOf } from './values.ts';

/**
 * Puts the values of a naming attribute that are not part of the entry's own name first: OpenLDAP, 389 and ApacheDS keep the value of the
 * RDN beside the one that was written (LDAP sheet 5.3), and "treat as single value" takes the first.
 */
export function notInRdnFirst(dn: string, slot: Slot, change: AttributeChange): AttributeChange {
  const equals = dn.indexOf('=');
  // Entries have many attributes with several values; which of them name the entry is seen without taking the name apart.
  if (!slot.keys.has(dn.slice(0, equals).toLowerCase()) && !dn.includes('+')) return change;
  const inRdn = new Set(
    (parseDn(dn)?.[0] ?? []).filter(({ type }) => slot.keys.has(type.toLowerCase())).map(({ value }) => keyOf(value)),
  );
  if (inRdn.size === 0) return change;
  const isOther = ({ value }: ValueChange): boolean => typeof value !== 'string' || !inRdn.has(keyOf(value));
  const values = change.valueChanges;
  return changeOf(change.name, [...values.filter(isOther), ...values.filter((value) => !isOther(value))]);
}

/** Values of names are compared as names are. */
function keyOf(value: string): string | undefined {
  return dnKey(`cn=${escapeRdnValue(value)}`);
}
