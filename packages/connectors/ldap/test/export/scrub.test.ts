import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrub } from '../../src/export/scrub.ts';

const password = 'Top$ecret-Ünic0de';
const bytes = Buffer.from(password, 'utf8');
const wide = Buffer.from(`"${password}"`, 'utf16le');

/** What ApacheDS answers to an add, in its words (LDAP sheet 5.6). */
const echoed = (secret: string): string =>
  `OBJECT_CLASS_VIOLATION: failed for MessageType : ADD_REQUEST\nMessage ID : 9\n    Add Request :\nEntry\n    dn: cn=x,dc=y\n    objectClass: inetOrgPerson\n    userPassword: ${secret}\n: ERR_279 Required attributes [sn(2.5.4.4)] not found within entry cn=x,dc=y`;

const spaced = (octets: Buffer, prefix: string, between: string): string =>
  [...octets].map((octet) => `${prefix}${octet.toString(16).padStart(2, '0').toUpperCase()}`).join(between);

test('the request that a server prints is taken out, and what it says of it stays', () => {
  const said = scrub(echoed(spaced(bytes, '0x', ' ')), [password]);
  expect(said).toBe(
    'OBJECT_CLASS_VIOLATION: ERR_279 Required attributes [sn(2.5.4.4)] not found within entry cn=x,dc=y',
  );
});

test('a request without the line that ends it is taken out to the end', () => {
  const text = echoed('0x54 0x6F');
  for (const cut of [60, 120, 180]) expect(scrub(text.slice(0, cut))).not.toMatch(/Entry|userPassword|0x54/);
});

test.each<readonly [string, string]>([
  ['as it is', `bad value ${password} here`],
  ['in another letter case', `bad value ${password.toUpperCase()}`],
  ['in two lines, as LDIF folds', `value ${password.slice(0, 5)}\n ${password.slice(5)}`],
  ['cut short', `value ${password.slice(0, 10)}...`],
  ['as octets like ApacheDS prints them', `value ${spaced(bytes, '0x', ' ')}`],
  ['cut short like ApacheDS does it', `value ${spaced(bytes.subarray(0, 12), '0x', ' ')} ...`],
  ['as bare digits', `value ${bytes.toString('hex')}`],
  ['escaped as in filters', `value ${spaced(bytes, '\\', '')}`],
  ['with colons', `value ${spaced(bytes, '', ':')}`],
  ['in base64', `userfoo:: ${bytes.toString('base64')}`],
  ['in base64 within something longer', `x ${Buffer.from(`abc ${password} d`).toString('base64')}`],
  ['as UTF-16 in quotes, in base64', `x ${wide.toString('base64')}`],
  ['as UTF-16 in quotes, in hexadecimal', `x ${wide.toString('hex')}`],
])('a text that holds the password %s is replaced entirely', (_, text) => {
  for (const secret of [password, new Uint8Array(bytes), new Uint8Array(wide)]) {
    // What was sent as UTF-16 holds other octets than the text itself.
    expect(scrub(text, [secret])).toBe('(the words of the server are left out, because they repeat a password)');
  }
});

test('lines of password attributes go, whoever prints them', () => {
  const text = 'refused\nunicodePwd:: IgBhACIA\nuserPassword;binary: x\npwdHistory=abc\nmail: a@b';
  expect(scrub(text)).toBe('refused mail: a@b');
});

test('files of the server, stacks, line ends and overlong texts go', () => {
  const samba =
    '0000202F: objectclass_attrs at ../../source4/dsdb/samdb/ldb_modules/extended_dn_store.c:357:extended_replace';
  expect(scrub(samba)).toBe('0000202F: objectclass_attrs at extended_replace');
  const java =
    "OTHER: ERR_1 Invalid 'x':\njava.lang.IllegalArgumentException: ERR_1\n\tat org.apache.Value.<init>(Value.java:274)\n\tat java.lang.Thread.run(Thread.java:840)";
  expect(scrub(java)).toBe("OTHER: ERR_1 Invalid 'x'");
  expect(scrub('a\r\n\tb\u0000c\u0007')).toBe('a b c');
  expect(scrub('x'.repeat(10_000))).toHaveLength(501);
});

test('what holds no secret is told as the server said it', () => {
  const said = "object class 'inetOrgPerson' requires attribute 'sn'";
  expect(scrub(said, [password, new Uint8Array(wide)])).toBe(said);
});

test('no text of a server lets a password through, whatever is around it', () => {
  const secret = fc
    .string({ minLength: 4, maxLength: 24, unit: 'binary' })
    .filter((text) => text.trim() === text && !/\s/.test(text));
  const around = fc.string({ maxLength: 40 });
  const form = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => Buffer.from(text).toString('hex'),
    (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
    (text) => spaced(Buffer.from(text), '0x', ' '),
  );
  fc.assert(
    fc.property(secret, around, around, form, (text, before, after, print) => {
      const printed = print(text);
      const said = scrub(`${before} ${printed} ${after}`, [text]);
      // A secret that the words around it hold by themselves cannot be told from them.
      fc.pre(!scrub(`${before} ${after}`).includes(printed));
      expect(said).not.toContain(printed);
    }),
  );
});
