import { escapeRdnValue, isPlainDn } from './format.ts';
import type { NamingValue, Rdn } from './name.ts';
import { parseDn } from './parse.ts';

/** The other names of the naming attributes that RFC 4514 section 3 requires everyone to know. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'cn'],
  ['commonname', 'cn'],
  ['2.5.4.7', 'l'],
  ['localityname', 'l'],
  ['2.5.4.8', 'st'],
  ['stateorprovincename', 'st'],
  ['2.5.4.10', 'o'],
  ['organizationname', 'o'],
  ['2.5.4.11', 'ou'],
  ['organizationalunitname', 'ou'],
  ['2.5.4.6', 'c'],
  ['countryname', 'c'],
  ['2.5.4.9', 'street'],
  ['streetaddress', 'street'],
  ['0.9.2342.19200300.100.1.25', 'dc'],
  ['domaincomponent', 'dc'],
  ['0.9.2342.19200300.100.1.1', 'uid'],
  ['userid', 'uid'],
]);

const ascii = /^[\0-\x7f]*$/;
const blanksInside = /(?<=[^ ]) {2,}(?=[^ ])/g;

// ASCII, our spelling, short names, no two blanks in a row: lower case is the whole difference to the key.
const type = '(?:cn|ou|dc|uid|o|c|l|st|street)';
const first = '[^\\0-\\x20"#+,;<>\\\\\\x7f-\\uffff]';
const inner = '(?:[^\\0-\\x20"+,;<>\\\\\\x7f-\\uffff]+ )*[^\\0-\\x20"+,;<>\\\\\\x7f-\\uffff]+';
const value = `(?:${first}(?: ?${inner})?)?`;
const keyInOneStep = new RegExp(`^${type}=${value}(?:,${type}=${value})*$`, 'i');

/**
 * The form under which two distinguished names are compared (LDAP sheet 4.5, behaviour L32): equal for every spelling of one
 * name, and different for names that a server may keep apart: it is an anchor, and a server that is asked for the key finds the
 * entry. Types are folded and the well-known ones shortened; in values letter case does not count, nor do further blanks inside (those
 * at the ends do: 389 has both entries), the parts of an RDN are sorted. Values in hexadecimal stay as they are. The key is itself
 * a distinguished name.
 * @returns undefined where the text is no distinguished name
 */
export function dnKey(text: string): string | undefined {
  if (keyInOneStep.test(text)) return text.toLowerCase();
  if (isPlainDn(text)) return text.split(',').map(plainRdnKey).join(',');
  return parseDn(text)?.map(rdnKey).join(',');
}

function plainRdnKey(rdn: string): string {
  if (keyInOneStep.test(rdn)) return rdn.toLowerCase();
  const equals = rdn.indexOf('=');
  return namingKey({ type: rdn.slice(0, equals), value: rdn.slice(equals + 1), hex: false });
}

function rdnKey(rdn: Rdn): string {
  const [only, ...more] = rdn;
  return more.length === 0 ? namingKey(only) : rdn.map(namingKey).sort().join('+');
}

function namingKey({ type, value, hex }: NamingValue): string {
  const folded = type.toLowerCase();
  const name = shortNames.get(folded) ?? folded;
  return hex ? `${name}=#${value}` : `${name}=${escapeRdnValue(foldValue(value))}`;
}

function foldValue(text: string): string {
  const folded = ascii.test(text) ? text.toLowerCase() : foldUnicode(text);
  return folded.includes('  ') ? folded.replace(blanksInside, ' ') : folded;
}

/**
 * Only what every server takes for the same (measured on OpenLDAP, 389, ApacheDS and Samba): a capital and its small letter, where each
 * leads to the other. By RFC 4518 ß would also be ss and ﬁ be fi, but servers keep entries of both names apart.
 */
function foldUnicode(text: string): string {
  let folded = '';
  for (const character of text) {
    const small = character.toLowerCase();
    folded += small.length === character.length && small.toUpperCase() === character ? small : character;
  }
  return folded;
}
