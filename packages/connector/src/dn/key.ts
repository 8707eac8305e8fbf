import { fold } from '@joinery/scim/evaluation';
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
const blanksToDrop = /^ | $| {2}/;

// ASCII, our spelling, short names, no two blanks in a row: lower case is the whole difference to the key.
const type = '(?:cn|ou|dc|uid|o|c|l|st|street)';
const first = '[^\\0-\\x20"#+,;<>\\\\\\x7f-\\uffff]';
const inner = '(?:[^\\0-\\x20"+,;<>\\\\\\x7f-\\uffff]+ )*[^\\0-\\x20"+,;<>\\\\\\x7f-\\uffff]+';
const value = `(?:${first}(?: ?${inner})?)?`;
const keyInOneStep = new RegExp(`^${type}=${value}(?:,${type}=${value})*$`, 'i');

/**
 * The form under which two distinguished names are compared (LDAP sheet 4.5, behaviour L32): equal for every spelling of one
 * name. Types are folded and the well-known ones shortened; values are folded as case-insensitive matching does it (RFC 4518:
 * compatible characters are one, blanks at the ends do not count, several inside count as one), the parts of an RDN are
 * sorted. Values in hexadecimal stay as they are. The key is itself a distinguished name.
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
  if (!blanksToDrop.test(folded)) return folded;
  return folded.replace(/ +/g, ' ').replace(/^ | $/g, '');
}

/** Folding may give characters that are compatible with others again (ͺ), so the normal form is taken before and after. */
function foldUnicode(text: string): string {
  return fold(fold(text.normalize('NFKC')).normalize('NFKC')).normalize('NFKC');
}
