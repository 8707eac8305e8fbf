import { formatDn, formatRdn, isPlainDn } from './format.ts';
import { dnKey } from './key.ts';
import { parseDn } from './parse.ts';

/** The name of the entry above, in our spelling; undefined where there is none: one RDN, the root, or no distinguished name. */
export function parentDn(text: string): string | undefined {
  if (isPlainDn(text)) {
    const comma = text.indexOf(',');
    return comma === -1 ? undefined : text.slice(comma + 1);
  }
  const dn = parseDn(text);
  return dn === undefined || dn.length < 2 ? undefined : formatDn(dn.slice(1));
}

/** The entry's own RDN in our spelling, e.g. `cn=Smith\, John`; undefined for the root and for what is no distinguished name. */
export function rdnOf(text: string): string | undefined {
  if (isPlainDn(text)) {
    const comma = text.indexOf(',');
    return comma === -1 ? text : text.slice(0, comma);
  }
  const rdn = parseDn(text)?.[0];
  return rdn === undefined ? undefined : formatRdn(rdn);
}

/** An RDN and the name of the entry that is to hold it (empty for the root), as one distinguished name. */
export function joinDn(rdn: string, parent: string): string {
  return parent === '' ? rdn : `${rdn},${parent}`;
}

/**
 * True where `dn` names the entry `base` or one anywhere below it, in any spelling. Everything is below the root (empty).
 * False where either is no distinguished name.
 */
export function isAtOrBelow(dn: string, base: string): boolean {
  const key = dnKey(dn);
  const baseKey = dnKey(base);
  return key !== undefined && baseKey !== undefined && isKeyAtOrBelow(key, baseKey);
}

/** {@link isAtOrBelow} for keys of `dnKey`, for who asks about many entries. */
export function isKeyAtOrBelow(key: string, baseKey: string): boolean {
  if (baseKey === '' || key === baseKey) return true;
  const comma = key.length - baseKey.length - 1;
  return comma > 0 && key[comma] === ',' && key.endsWith(baseKey) && !isEscaped(key, comma);
}

/** True for a character that an odd number of backslashes precedes. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
