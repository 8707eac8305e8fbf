import type { DistinguishedNameStyle } from '@joinery/connector';
import { canonicalDn, dnKey, parentDn, parseDn } from '@joinery/connector/dn';
import { fold } from '@joinery/scim/evaluation';

/*
 * A distinguished name has one spelling in the space of an LDAP-style target: connectors bring theirs to it, and so does the
 * host with those that callers supply (LDAP sheet 4.5, behaviour L32). With the other styles a name is a text of the target.
 */

/** The spelling that a DN has in the space; undefined for what is none. The root of a directory is no object's name. */
export function spelledDn(style: DistinguishedNameStyle, text: string): string | undefined {
  return style === 'Ldap' ? canonicalDn(text) || undefined : text;
}

/** The form in which names of objects are compared. */
export function nameKeyOf(style: DistinguishedNameStyle, dn: string): string {
  return (style === 'Ldap' ? dnKey(dn) : undefined) ?? fold(dn);
}

/** The DN above, in the form in which names are compared; undefined for one without a parent. */
export function parentKeyOf(style: DistinguishedNameStyle, dn: string): string | undefined {
  if (style === 'Ldap') {
    const parent = parentDn(dn);
    return parent === undefined ? undefined : nameKeyOf(style, parent);
  }
  const comma = /(?<!\\)(?:\\\\)*,/.exec(dn);
  return comma === null ? undefined : fold(dn.slice(comma.index + comma[0].length).trim());
}

/**
 * True for a DN that names the same object in the same words: a target would be asked for a rename that changes nothing.
 * Another upper and lower case of the object's own RDN is a change, of what stands above it is none.
 */
export function isSameDn(style: DistinguishedNameStyle, a: string, b: string): boolean {
  if (a === b) return true;
  return style === 'Ldap' && nameKeyOf(style, a) === nameKeyOf(style, b) && ownValues(a) === ownValues(b);
}

function ownValues(dn: string): string {
  const values = parseDn(dn)?.[0]?.map(({ value }) => value) ?? [];
  return JSON.stringify(values.sort());
}
