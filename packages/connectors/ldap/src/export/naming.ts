import { canonicalDn, dnKey, nameKey, parentDn, parseDn, rdnOf } from '@joinery/connector';
import type { DirectorySchema } from '../schema/directory-schema.ts';

/** What a DN says about attributes: the values in its RDN, by the key of the attribute's canonical name. */
export type NamingValues = ReadonlyMap<string, readonly string[]>;

/** The values in the RDN of an entry. A value in hexadecimal is nobody's to compare and left out. */
export function namingValues(dn: string, schema: DirectorySchema): NamingValues {
  const values = new Map<string, string[]>();
  for (const { type, value, hex } of parseDn(dn)?.[0] ?? []) {
    if (hex) continue;
    const key = nameKey(schema.attributeType(type)?.name ?? type);
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}

/** What a modifyDN is to do; undefined where both names are one. */
export interface Renaming {
  readonly newRdn: string;
  /** Only where the parent changes (LDAP sheet 5.1). */
  readonly newSuperior: string | undefined;
}

/**
 * The way from one DN to another. Another spelling of the same name is no rename; another letter case is (L55).
 * @returns undefined where there is nothing to rename, or one of the two is no DN of an entry
 */
export function renamingOf(previousDn: string, dn: string): Renaming | undefined {
  if (canonicalDn(previousDn) === canonicalDn(dn)) return undefined;
  const newRdn = rdnOf(dn);
  if (newRdn === undefined) return undefined;
  const [before, after] = [parentDn(previousDn) ?? '', parentDn(dn) ?? ''];
  const moves = dnKey(before) !== dnKey(after);
  // Only the parent's letter case differs: the parent is not ours to rename here.
  if (!moves && rdnOf(previousDn) === newRdn) return undefined;
  return { newRdn, newSuperior: moves ? after : undefined };
}
