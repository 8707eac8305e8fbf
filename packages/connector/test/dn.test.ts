import {
  canonicalDn,
  type Dn,
  dnKey,
  escapeRdnValue,
  formatDn,
  isAtOrBelow,
  joinDn,
  type NamingValue,
  parentDn,
  parseDn,
  type Rdn,
  rdnOf,
} from '@joinery/connector';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const hard = 'Smith, John #1 + "x" \\ end ';

const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...' #,;+"<>=\\\0\n\x7f aZé😀') }),
  fc.constant(hard),
);
const type = fc.constantFrom('cn', 'CN', 'uid', 'ou', 'dc', 'commonName', '2.5.4.3', 'x-y-1', '1.2.840.1');
const namingValue: fc.Arbitrary<NamingValue> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ type, value, hex: fc.constant(false) }) },
  fc.record({
    type,
    value: fc.uint8Array({ minLength: 1, maxLength: 5 }).map((bytes) => Buffer.from(bytes).toString('hex')),
    hex: fc.constant(true),
  }),
);
const rdn: fc.Arbitrary<Rdn> = fc
  .tuple(namingValue, fc.array(namingValue, { maxLength: 2 }))
  .map(([first, more]) => [first, ...more]);
const dn: fc.Arbitrary<Dn> = fc.array(rdn, { maxLength: 5 });

/** Spells a value in one of the ways that a reader has to accept. */
function spelling(text: string, how: 'ours' | 'hex' | 'quoted' | 'allHex'): string {
  if (how === 'ours') return escapeRdnValue(text);
  if (how === 'quoted') return `"${text.replace(/[\\"]/g, '\\$&')}"`;
  const pairs = (part: string) => Buffer.from(part).toString('hex').replace(/../g, '\\$&');
  return how === 'allHex' ? pairs(text) : text.replace(/[^A-Za-z0-9]/gu, pairs);
}

const how = fc.constantFrom('ours', 'hex', 'quoted', 'allHex' as const);
const blank = fc.constantFrom('', ' ', '  ');

/** One distinguished name in two spellings. */
const spelledTwice = fc
  .array(fc.record({ type, value, hows: fc.tuple(how, how), blanks: fc.tuple(blank, blank, blank) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => {
    const ways = ([0, 1] as const).map((way) =>
      parts
        .map(({ type, value, hows, blanks: [a, b, c] }) =>
          way === 0
            ? `${type}=${spelling(value, hows[0])}`
            : `${a}${type.toUpperCase()}${b}=${c}${spelling(value, hows[1])}${a}`,
        )
        .join(way === 0 ? ',' : ';'),
    );
    return [ways[0] ?? '', ways[1] ?? ''] as const;
  });

describe('reading', () => {
  test.each([
    ['', []],
    ['cn=a', [[['cn', 'a']]]],
    [' cn = a , dc = b ', [[['cn', 'a']], [['dc', 'b']]]],
    ['cn=a;dc=b', [[['cn', 'a']], [['dc', 'b']]]],
    ['cn="a, b",dc=c', [[['cn', 'a, b']], [['dc', 'c']]]],
    ['cn=Lu\\C4\\8Di\\C4\\87', [[['cn', 'Lučić']]]],
    ['OID.2.5.4.3=x', [[['2.5.4.3', 'x']]]],
    [
      'cn=a+uid=b,dc=c',
      [
        [
          ['cn', 'a'],
          ['uid', 'b'],
        ],
        [['dc', 'c']],
      ],
    ],
    ['cn=,dc=b', [[['cn', '']], [['dc', 'b']]]],
    ['cn=a=b', [[['cn', 'a=b']]]],
    ['cn=a\\ ', [[['cn', 'a ']]]],
    ['cn=a\\\\,dc=b', [[['cn', 'a\\']], [['dc', 'b']]]],
    ['CN=us1b\\0ADEL:5586', [[['CN', 'us1b\nDEL:5586']]]],
    ['cn=a<b>', [[['cn', 'a<b>']]]],
  ])('%j is taken apart', (text, parts) => {
    expect(parseDn(text)?.map((rdn) => rdn.map(({ type, value }) => [type, value]))).toEqual(parts);
  });

  test.each([
    'a',
    '=a',
    'cn=a,',
    ',cn=a',
    'cn=a,,dc=b',
    'cn=a\\',
    'cn=a\\z',
    'cn="a',
    'cn="a"b',
    'cn=#',
    'cn=#1',
    'cn=#0g',
    'c_n=a',
    '<GUID=5586>',
    'cn=a"b',
    '1.=a',
    'cn=\ud800',
  ])('%j is no distinguished name', (text) => {
    expect(parseDn(text)).toBeUndefined();
    expect(canonicalDn(text)).toBeUndefined();
    expect(dnKey(text)).toBeUndefined();
  });

  test('a value in hexadecimal stays opaque', () => {
    expect(parseDn('1.3.6.1.4.1.1466.0=#04024869')).toEqual([
      [{ type: '1.3.6.1.4.1.1466.0', value: '04024869', hex: true }],
    ]);
    expect(canonicalDn('cn=#04024AFF , dc=b')).toBe('cn=#04024aff,dc=b');
  });

  test('octets that are no UTF-8 are kept', () => {
    expect(canonicalDn('cn=a\\FF\\C3\\A9\\E2\\82z')).toBe('cn=a\\FFé\\E2\\82z');
  });
});

describe('writing', () => {
  test('what is printed is read as what it was', () => {
    fc.assert(
      fc.property(dn, (dn) => {
        expect(parseDn(formatDn(dn))).toEqual(dn);
      }),
    );
  });

  test('the canonical form is its own canonical form, and the key its own key', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          dn.map(formatDn),
          spelledTwice.map(([, text]) => text),
        ),
        (text) => {
          const canonical = canonicalDn(text);
          expect(canonical).toBeDefined();
          expect(canonicalDn(canonical ?? '')).toBe(canonical);
          const key = dnKey(text);
          expect(key).toBeDefined();
          expect(dnKey(key ?? '')).toBe(key);
          expect(dnKey(canonical ?? '')).toBe(key);
        },
      ),
    );
  });

  test.each([
    [hard, 'Smith\\, John #1 \\+ \\"x\\" \\\\ end\\ '],
    [' a', '\\ a'],
    [' ', '\\ '],
    ['  ', '\\ \\ '],
    ['#a', '\\#a'],
    ['a#', 'a#'],
    ['a\0\n', 'a\\00\\0A'],
    ['a=b', 'a=b'],
    ['Zoë 😀', 'Zoë 😀'],
    ['', ''],
  ])('the value %j is written %j', (value, text) => expect(escapeRdnValue(value)).toBe(text));
});

describe('comparing', () => {
  const suffix = 'ou=people,dc=contoso,dc=lab';
  const spellings = [
    `uid=Smith\\2C John #1 \\2B \\22x\\22 \\5C end\\20,${suffix}`,
    `UID=Smith\\, John \\#1 \\+ \\"x\\" \\\\ end\\ ,OU=People,DC=contoso,DC=lab`,
    `uid=Smith\\, John \\#1 \\+ \\"x\\" \\\\ end\\20,${suffix}`,
    `uid="Smith, John #1 + \\"x\\" \\\\ end " , ou=people ; dc=contoso,dc=lab`,
  ];

  test('L32 the spellings of OpenLDAP and 389, Active Directory and Samba, ApacheDS and LDAPv2 are one name', () => {
    expect(new Set(spellings.map(dnKey)).size).toBe(1);
    expect(new Set(spellings.map((text) => canonicalDn(text)?.toLowerCase())).size).toBe(1);
    expect(canonicalDn(spellings[0] ?? '')).toBe(`uid=${escapeRdnValue(hard)},${suffix}`);
  });

  test('L32 two spellings of any name have one key', () => {
    fc.assert(
      fc.property(spelledTwice, ([one, other]) => {
        expect(dnKey(one)).toBe(dnKey(other));
      }),
    );
  });

  test.each([
    ['cn=A  B,dc=X', 'CN=a b,DC=x'],
    ['cn=a+uid=b', 'UID=B+CN=A'],
    ['commonName=a,0.9.2342.19200300.100.1.25=b', 'cn=a,dc=b'],
    ['cn=ŠΟΣ', 'cn=šοσ'],
    ['cn=Ａ', 'cn=ａ'],
  ])('%s and %s are one', (one, other) => expect(dnKey(one)).toBe(dnKey(other)));

  test.each([
    ['cn=\\ a', 'cn=a'],
    ['cn=a\\ ', 'cn=a'],
    ['cn=Weiß', 'cn=Weiss'],
    ['cn=ﬁ', 'cn=fi'],
    ['cn=ς', 'cn=σ'],
    ['cn=a', 'uid=a'],
    ['cn=a,dc=b', 'cn=a'],
    ['cn=a\\,dc=b', 'cn=a,dc=b'],
    ['cn=#0401', 'cn=\\#0401'],
    ['cn=a\\+uid=b', 'cn=a+uid=b'],
  ])('%s and %s are two', (one, other) => expect(dnKey(one)).not.toBe(dnKey(other)));

  test('the key of a plain name agrees with that of its longest spelling', () => {
    const plain = fc.array(fc.tuple(fc.constantFrom('cn', 'OU', 'street'), fc.stringMatching(/^[A-Za-z= 0-9#]*$/)), {
      minLength: 1,
    });
    fc.assert(
      fc.property(plain, (parts) => {
        const text = parts.map(([type, value]) => `${type}=${value}`).join(',');
        const long = parts.map(([type, value]) => `${type}=${spelling(value.trim(), 'allHex')}`).join(',');
        // A number sign at the beginning would announce hexadecimal.
        fc.pre(!/= *#/.test(text));
        expect(dnKey(text)).toBe(dnKey(long));
      }),
    );
  });
});

describe('taking apart and joining', () => {
  test.each([
    ['cn=a,dc=b', 'cn=a', 'dc=b'],
    ['cn=a\\,x , dc=b ; dc=c', 'cn=a\\,x', 'dc=b,dc=c'],
    ['cn=a\\\\,dc=b', 'cn=a\\\\', 'dc=b'],
    ['dc=b', 'dc=b', undefined],
    ['', undefined, undefined],
    ['what', undefined, undefined],
  ])('%s has the RDN %s and the parent %s', (text, rdn, parent) => {
    expect(rdnOf(text)).toBe(rdn);
    expect(parentDn(text)).toBe(parent);
    if (rdn !== undefined) expect(joinDn(rdn, parent ?? '')).toBe(canonicalDn(text));
  });

  test('an entry is at or below its own name and those of all its parents, and nothing else', () => {
    fc.assert(
      fc.property(dn, rdn, (base, below) => {
        expect(isAtOrBelow(formatDn(base), formatDn(base))).toBe(true);
        expect(isAtOrBelow(formatDn([below, ...base]), formatDn(base))).toBe(true);
        expect(isAtOrBelow(formatDn(base), formatDn([below, ...base]))).toBe(false);
      }),
    );
    expect(isAtOrBelow('cn=a\\,dc=b', 'dc=b')).toBe(false);
    expect(isAtOrBelow('cn=a\\\\,DC=B', 'dc=b')).toBe(true);
    expect(isAtOrBelow('xdc=b', 'dc=b')).toBe(false);
    expect(isAtOrBelow('what', 'dc=b')).toBe(false);
  });
});

test('a long hostile text is judged in time that grows with its length', () => {
  const started = process.cpuUsage();
  for (const text of [
    `cn=a${' '.repeat(200_000)}`,
    `cn=${'a '.repeat(100_000)}\\z`,
    'cn=a,'.repeat(50_000),
    `cn=${'a  b'.repeat(50_000)}"`,
  ]) {
    canonicalDn(text);
    dnKey(text);
    parentDn(text);
  }
  const { user, system } = process.cpuUsage(started);
  expect(user + system).toBeLessThan(2_000_000);
});
