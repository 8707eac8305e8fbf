import { byName, type CSEntryChange, nameKey, type SchemaType } from '@joinery/connector';
import type { LdapSettings } from '../configuration/settings.ts';
import type { AttributeValues } from '../protocol/request.ts';
import { descriptionOf, sendable } from './octets.ts';

/**
 * The attributes of an add (LDAP sheet 5.1, L48): what has no value is left out, because servers refuse an empty list; without
 * `objectClass` the object type's own class and the auxiliary classes chosen for it. The naming attribute is left to the server
 * where it is not mapped, and where it is, both values stay (5.3: nothing is dropped).
 *
 * @param entry as `validateEntry` leaves it
 * @param takes attributes that are not sent as they are
 */
export function addAttributes(
  entry: CSEntryChange,
  type: SchemaType,
  settings: Pick<LdapSettings, 'attributeAliases' | 'auxiliaryClasses'>,
  takes: (attribute: string) => boolean,
): readonly AttributeValues[] {
  const attributes = entry.attributeChanges.flatMap(({ name, valueChanges }): readonly AttributeValues[] => {
    if (byName(type.attributes, name)?.allowedOperation === 'ImportOnly' || takes(name)) return [];
    const values = sendable(
      valueChanges.flatMap(({ value, modificationType }) => (modificationType === 'Add' ? value : [])),
    );
    return values.length === 0 ? [] : [{ type: descriptionOf(name, settings), values }];
  });
  if (attributes.some(({ type: name }) => nameKey(name) === 'objectclass')) return attributes;
  return [{ type: 'objectClass', values: defaultClasses(type.name, settings.auxiliaryClasses) }, ...attributes];
}

/** The class of an object type with the auxiliary classes that the administrator chose for it or for all. */
export function defaultClasses(
  objectType: string,
  auxiliaryClasses: LdapSettings['auxiliaryClasses'],
): readonly string[] {
  const chosen = [...(auxiliaryClasses.get('*') ?? []), ...(auxiliaryClasses.get(nameKey(objectType)) ?? [])];
  const byKey = new Map([objectType, ...chosen].map((name) => [nameKey(name), name]));
  return [...byKey.values()];
}
