import type { Dn, NamingValue, Rdn } from './name.ts';
import { parseDn } from './parse.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const toEscape = /[\\"+,;<>\0-\x1f\x7f\ud800-\udfff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const eachToEscape = /[\\"+,;<>\0-\x1f\x7f]|[\ud800-\udfff]+/g;

/**
 * A value as it stands in a distinguished name (RFC 4514 2.4): a backslash before each special character, before a blank at
 * either end and before a number sign at the beginning; control characters as `\0A`; everything else as it is, in UTF-8.
 */
export function escapeRdnValue(value: string): string {
  const inner = toEscape.test(value) ? value.replace(eachToEscape, escapeFound) : value;
  const last = inner.length - 1;
  if (last >= 0 && inner[last] === ' ') return `${last === 0 ? '' : escapeStart(inner.slice(0, last))}\\ `;
  return escapeStart(inner);
}

function escapeStart(value: string): string {
  return value[0] === ' ' || value[0] === '#' ? `\\${value}` : value;
}

function escapeFound(found: string): string {
  if (/^[\ud800-\udfff]/.test(found)) return escapeSurrogates(found);
  return found < ' ' || found === '\x7f' ? hexPair(found.charCodeAt(0)) : `\\${found}`;
}

/** Pairs are characters and stay; a lone one stands for an octet that is no UTF-8 (see {@link NamingValue.value}). */
function escapeSurrogates(found: string): string {
  let text = '';
  for (const character of found) {
    const code = character.length === 1 ? character.charCodeAt(0) : 0;
    if (code === 0) text += character;
    else text += code >= 0xdc80 && code <= 0xdcff ? hexPair(code - 0xdc00) : '\ufffd';
  }
  return text;
}

function hexPair(octet: number): string {
  return `\\${octet.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** One RDN in our spelling. */
export function formatRdn(rdn: Rdn): string {
  return rdn.map(formatNamingValue).join('+');
}

function formatNamingValue({ type, value, hex }: NamingValue): string {
  return hex ? `${type}=#${value}` : `${type}=${escapeRdnValue(value)}`;
}

/** A distinguished name in our spelling: {@link escapeRdnValue}, no blanks around separators, letter case as it is. */
export function formatDn(dn: Dn): string {
  return dn.map(formatRdn).join(',');
}

// A DN that is spelled our way and holds nothing to escape: nearly every one that an import meets. Linear, because a comma ends
// every value and a value gives back one character at most before that is decided.
const type = '[A-Za-z][A-Za-z0-9-]*';
const inner = '[^\\0-\\x1f"+,;<>\\\\\\x7f\\ud800-\\udfff]';
const last = '[^\\0-\\x20"+,;<>\\\\\\x7f\\ud800-\\udfff]';
const first = '[^\\0-\\x20"#+,;<>\\\\\\x7f\\ud800-\\udfff]';
const value = `(?:${first}(?:${inner}*${last})?)?`;
const plainDn = new RegExp(`^${type}=${value}(?:,${type}=${value})*$`);

/** True where a DN needs no parsing: it is spelled our way and has neither escapes nor several values in an RDN. */
export function isPlainDn(text: string): boolean {
  return plainDn.test(text);
}

/**
 * The one spelling that a distinguished name has inside Joinery (LDAP sheet 4.5, behaviour L32): servers and people escape the
 * same name differently. Letter case is kept; comparison is by `dnKey`.
 * @returns undefined where the text is no distinguished name
 */
export function canonicalDn(text: string): string | undefined {
  if (plainDn.test(text)) return text;
  const dn = parseDn(text);
  return dn === undefined ? undefined : formatDn(dn);
}
