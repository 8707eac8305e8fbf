import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BerWriter } from '../../src/protocol/ber-writer.ts';
import { allOf, anyOf, contains, equals, everything, nothing, present } from '../../src/protocol/filter/build.ts';
import { writeFilter } from '../../src/protocol/filter/encode.ts';
import { escapeFilterValue, formatFilter } from '../../src/protocol/filter/format.ts';
import { parseFilter } from '../../src/protocol/filter/parse.ts';
import type { Filter } from '../../src/protocol/filter.ts';
import { filter, value } from './arbitraries.ts';
import { berTree } from './ber-tree.ts';

function wire(filter: Filter): string {
  const writer = new BerWriter();
  writeFilter(writer, filter);
  return writer.finish().toString('hex');
}

describe('filters', () => {
  test('a filter as text means the same on the wire', () => {
    fc.assert(
      fc.property(filter, (filter) => {
        expect(wire(parseFilter(formatFilter(filter)))).toBe(wire(filter));
      }),
    );
  });

  test('no value ends a filter or begins another', () => {
    fc.assert(
      fc.property(value, (value) => {
        expect(parseFilter(`(cn=${escapeFilterValue(value)})`)).toEqual(equals('cn', value));
      }),
    );
  });

  test('L16 there is no empty set', () => {
    expect(allOf([])).toEqual(everything);
    expect(anyOf([])).toEqual(nothing);
    expect(allOf([present('cn')])).toEqual(present('cn'));
    expect(formatFilter(anyOf([equals('cn', 'a'), equals('cn', 'b')]))).toBe('(|(cn=a)(cn=b))');
    expect(formatFilter(parseFilter('(&)'))).toBe('(objectClass=*)');
    expect(formatFilter(parseFilter('(|)'))).toBe('(!(objectClass=*))');
    expect(contains('cn', { initial: '', any: [''] })).toEqual(present('cn'));
  });

  test.each([
    ['(cn=Babs Jensen)', '(cn=Babs Jensen)'],
    ['cn=a', '(cn=a)'],
    ['(!(cn=Tim Howes))', '(!(cn=Tim Howes))'],
    ['(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))', '(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))'],
    ['(o=univ*of*mich*)', '(o=univ*of*mich*)'],
    ['(seeAlso=)', '(seeAlso=)'],
    ['(cn:caseExactMatch:=Fred Flintstone)', '(cn:caseExactMatch:=Fred Flintstone)'],
    ['(cn:=Betty Rubble)', '(cn:=Betty Rubble)'],
    ['(sn:dn:2.4.6.8.10:=Barney Rubble)', '(sn:dn:2.4.6.8.10:=Barney Rubble)'],
    ['(o:dn:=Ace Industry)', '(o:dn:=Ace Industry)'],
    ['(:1.2.3:=Wilma Flintstone)', '(:1.2.3:=Wilma Flintstone)'],
    ['(:DN:2.4.6.8.10:=Dino)', '(:dn:2.4.6.8.10:=Dino)'],
    [
      '(o=Parens R Us \\28for all your parenthetical needs\\29)',
      '(o=Parens R Us \\28for all your parenthetical needs\\29)',
    ],
    ['(cn=*\\2A*)', '(cn=*\\2a*)'],
    ['(filename=C:\\5cMyFile)', '(filename=C:\\5cMyFile)'],
    ['(bin=\\00\\00\\00\\04)', '(bin=\\00\\00\\00\\04)'],
    ['(sn=Lu\\c4\\8di\\c4\\87)', '(sn=Lučić)'],
    ['(1.3.6.1.4.1.1466.0=\\04\\02\\48\\69)', '(1.3.6.1.4.1.1466.0=\\04\\02Hi)'],
    ['(userCertificate;binary=*)', '(userCertificate;binary=*)'],
    ['(objectGUID=\\55\\86\\43\\dd)', '(objectGUID=\\55\\86\\43\\dd)'],
    ['(a>=1)', '(a>=1)'],
    ['(a<=1)', '(a<=1)'],
    ['(a~=1)', '(a~=1)'],
    [' ( & \n (a=1) \t (! (b= x ) ) ) ', '(&(a=1)(!(b= x )))'],
    ['(a=**b**)', '(a=*b*)'],
    ['(userAccountControl:1.2.840.113556.1.4.803:=2)', '(userAccountControl:1.2.840.113556.1.4.803:=2)'],
  ])('%j is read as %j', (text, printed) => {
    expect(formatFilter(parseFilter(text))).toBe(printed);
  });

  test('octets above 0x7f arrive as octets', () => {
    expect(berTree(Buffer.from(wire(parseFilter('(objectGUID=\\55\\86*\\ff*)')), 'hex'))).toEqual([
      [
        0xa4,
        [
          [4, Buffer.from('objectGUID').toString('hex')],
          [
            0x30,
            [
              [0x80, '5586'],
              [0x81, 'ff'],
            ],
          ],
        ],
      ],
    ]);
  });

  test.each([
    ['', 1],
    ['()', 2],
    ['(cn)', 4],
    ['(cn=a', 6],
    ['(cn=a))', 7],
    ['(cn=a)(cn=b)', 7],
    ['(cn=a(b))', 6],
    ['(cn=\\zz)', 5],
    ['(cn=a\\4)', 6],
    ['(&(cn=a)x)', 9],
    ['(!cn=a)', 3],
    ['(!(a=1)(b=1))', 8],
    ['(:=a)', 2],
    ['(cn>a)', 4],
    ['(cn;=a)', 4],
    ['(cn>=a*b)', 7],
  ])('%j is refused at character %i', (text, place) => {
    expect(() => parseFilter(text)).toThrow(
      expect.objectContaining({ code: 'LDAP_FILTER_INVALID', detail: expect.stringContaining(`character ${place} `) }),
    );
  });

  test('deep and long texts end in time', () => {
    expect(() => parseFilter('('.repeat(100_000))).toThrow(expect.objectContaining({ code: 'LDAP_FILTER_INVALID' }));
    expect(() => parseFilter('(!'.repeat(100_000))).toThrow(expect.objectContaining({ code: 'LDAP_FILTER_INVALID' }));
    expect(parseFilter(`(cn=${'a\\2a'.repeat(300_000)})`)).toEqual(equals('cn', 'a*'.repeat(300_000)));
    expect(parseFilter(`(|${'(cn=a)'.repeat(100_000)})`)).toHaveProperty('filters.length', 100_000);
  });
});
