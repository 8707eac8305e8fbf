import { type AttributeValue, nameKey } from '@joinery/connector';
import type { LdapSettings } from '../configuration/settings.ts';
import type { OctetString } from '../protocol/filter.ts';

/** A value as servers write its syntax (RFC 4517): booleans in capitals (L64), integers as digits, bytes and text as they are. */
export function octetsOf(value: AttributeValue): OctetString {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'bigint' ? String(value) : value;
}

/** The values that can be sent: an empty one is refused by every server (LDAP sheet 5.5), and stands for none. */
export function sendable(values: readonly AttributeValue[]): readonly OctetString[] {
  return values.map(octetsOf).filter((value) => value.length > 0);
}

/** The description under which an attribute is written: with `;binary` where an alias says so (LDAP sheet 3.7, L20). */
export function descriptionOf(name: string, { attributeAliases }: Pick<LdapSettings, 'attributeAliases'>): string {
  return attributeAliases.get(nameKey(name)) ?? name;
}
