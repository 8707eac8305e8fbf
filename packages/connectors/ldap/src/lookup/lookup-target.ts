import { type AttributeValue, byName, coerceValue, formatValue, type SchemaType } from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { LdapContext } from '../context.ts';
import { madeAttributes } from '../import/entry-plan.ts';
import { guidOctets, guidOrderOf } from '../import/guid.ts';
import { isNeverRead } from '../import/never-read.ts';
import { allOf, equals } from '../protocol/filter/build.ts';
import type { Filter, OctetString } from '../protocol/filter.ts';

/** What a look-up asks the server for. */
export type LookupTarget =
  /** One entry by its name. */
  | { readonly kind: 'entry'; readonly dn: string }
  /** All entries of the partitions that meet a condition. */
  | { readonly kind: 'search'; readonly filter: Filter };

/** What an object must have. */
export interface Criterion {
  readonly name: string;
  readonly value: AttributeValue;
}

const microsoft: ReadonlySet<string> = new Set(['ActiveDirectory', 'ActiveDirectoryGlobalCatalog', 'ADLDS', 'Samba']);

/**
 * How objects with these values are found: by name where the name is asked for, Active Directory's also by `<GUID=…>` (LDAP sheet 4.5),
 * else by equality of each.
 * @throws CONNECTOR_VALUE_INVALID for a value that is not of the attribute's type, and for an attribute by which nothing can be found
 */
export function lookupTarget(
  context: Pick<LdapContext, 'profile' | 'settings' | 'schema'>,
  type: SchemaType,
  criteria: readonly Criterion[],
): LookupTarget {
  const [first, second] = criteria;
  if (first !== undefined && second === undefined) {
    const key = first.name.toLowerCase();
    if (key === madeAttributes.dn.toLowerCase()) return { kind: 'entry', dn: formatValue(first.value) };
    const guid = key === 'objectguid' && microsoft.has(context.profile.kind) ? formatValue(first.value) : undefined;
    if (guid !== undefined && guidOctets(guid, 'microsoft') !== undefined)
      return { kind: 'entry', dn: `<GUID=${guid}>` };
  }
  const filters = criteria.map((criterion) => equality(context, type, criterion));
  return { kind: 'search', filter: allOf([equals('objectClass', type.name), ...filters]) };
}

function equality(
  context: Pick<LdapContext, 'profile' | 'settings'>,
  type: SchemaType,
  { name, value }: Criterion,
): Filter {
  const attribute = byName(type.attributes, name);
  const refuse = (detail: string): never => {
    throw problem('CONNECTOR_VALUE_INVALID', detail, { place: name });
  };
  if (attribute === undefined) return refuse(`"${type.name}" has no attribute "${name}".`);
  const key = attribute.name.toLowerCase();
  const isMade = Object.values(madeAttributes).some((made) => made.toLowerCase() === key);
  if (isMade || isNeverRead(context, attribute.name)) return refuse(`Objects cannot be looked up by "${name}".`);
  const coerced = coerceValue(attribute, value);
  return coerced.ok ? equals(attribute.name, octetsOf(attribute.name, coerced.value)) : refuse(coerced.fault.detail);
}

/** A value as the server has it. */
function octetsOf(name: string, value: AttributeValue): OctetString {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  const text = formatValue(value);
  const order = guidOrderOf(name);
  return (order === undefined ? undefined : guidOctets(text, order)) ?? text;
}
