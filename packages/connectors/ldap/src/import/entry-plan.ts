import type { Schema, SchemaAttribute, SchemaType } from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import type { DisableMethod } from '../detection/profile.ts';
import { type GuidOrder, guidOrderOf } from './guid.ts';
import { isNeverRead } from './never-read.ts';
import { isSid } from './sid.ts';

/** How the octets of a value become what the host holds: by the schema alone, never by the octets (LDAP sheet 4.5). */
export type ValueForm = 'text' | 'integer' | 'boolean' | 'binary' | 'reference' | 'sid' | GuidOrder;

/** An attribute of an entry that is read. The same for all object types: an attribute name means the same in every type. */
export interface Slot {
  readonly index: number;
  readonly name: string;
  readonly form: ValueForm;
  /** All names and the OID, in lower case. */
  readonly keys: ReadonlySet<string>;
}

/** What of an entry one object type takes. */
export interface PlannedType {
  readonly name: string;
  /** In the order in which the type declares them. */
  readonly parts: readonly EntryPart[];
}

/** Where one attribute of the host's comes from. */
export interface EntryPart {
  readonly name: string;
  readonly isAnchor: boolean;
  readonly from: Slot | 'objectClass' | 'dn' | 'accountDisabled';
}

/** What an import or a look-up asks for and how it reads the answer, worked out once for each run. */
export interface EntryPlan {
  readonly types: readonly PlannedType[];
  readonly slots: readonly Slot[];
  /** Attribute descriptions to ask for: what is selected, the anchors and `objectClass`; never a password (behaviour L29). */
  readonly requested: readonly string[];
  /** Set where `_accountDisabled` is wanted; its attribute is among {@link requested}. */
  readonly disableMethod: DisableMethod | undefined;
}

/** The names that the connector offers and no server has (`entryDN`: RFC 5020 has one, in the server's spelling). */
export const madeAttributes = { dn: 'entryDN', accountDisabled: '_accountDisabled' } as const;

/** Works out what the selected types and attributes need. @param selected only what the administrator selected, with the anchors */
export function planEntries(
  { schema, profile, settings }: Pick<LdapContext, 'schema' | 'profile' | 'settings'>,
  selected: Schema,
): EntryPlan {
  const slots: Slot[] = [];
  const requested = new Map([['objectclass', 'objectClass']]);
  let disableMethod: DisableMethod | undefined;

  const slotOf = (attribute: SchemaAttribute): Slot => {
    const definition = schema.attributeType(attribute.name);
    const known = slots.find(({ keys }) => keys.has(attribute.name.toLowerCase()));
    if (known !== undefined) return known;
    const names = [attribute.name, ...(definition === undefined ? [] : [...definition.names, definition.oid])];
    const keys = new Set(names.map((name) => name.toLowerCase()));
    const slot = { index: slots.length, name: attribute.name, form: formOf(attribute), keys };
    slots.push(slot);
    const alias = [...keys].flatMap((key) => settings.attributeAliases.get(key) ?? [])[0];
    requested.set(attribute.name.toLowerCase(), alias ?? attribute.name);
    return slot;
  };

  const partOf = (attribute: SchemaAttribute): EntryPart | undefined => {
    const { name, isAnchor, allowedOperation } = attribute;
    const key = name.toLowerCase();
    if (key === madeAttributes.dn.toLowerCase()) return { name, isAnchor, from: 'dn' };
    if (key === 'objectclass') return { name, isAnchor, from: 'objectClass' };
    if (allowedOperation === 'ExportOnly' || isNeverRead({ settings, profile }, name)) return undefined;
    if (key === madeAttributes.accountDisabled.toLowerCase()) {
      disableMethod = profile.disableMethod;
      return disableMethod === undefined ? undefined : { name, isAnchor, from: 'accountDisabled' };
    }
    return { name, isAnchor, from: slotOf(attribute) };
  };

  const types = selected.types.map(
    (type: SchemaType): PlannedType => ({
      name: type.name,
      parts: type.attributes.flatMap((attribute) => partOf(attribute) ?? []),
    }),
  );
  if (disableMethod !== undefined) requested.set(disableMethod.toLowerCase(), disableMethod);
  return { types, slots, requested: [...requested.values()], disableMethod };
}

function formOf({ name, type }: SchemaAttribute): ValueForm {
  switch (type) {
    case 'String':
      return guidOrderOf(name) ?? (isSid(name) ? 'sid' : 'text');
    case 'Integer':
      return 'integer';
    case 'Boolean':
      return 'boolean';
    case 'Binary':
      return 'binary';
    case 'Reference':
      return 'reference';
  }
}
