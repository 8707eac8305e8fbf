import { array, assert, constantFrom, dictionary, property, record, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Definition, parseDefinition } from '../../src/schema/definition.ts';

function fieldsOf(text: string): Record<string, readonly string[]> {
  const parsed = parseDefinition(text);
  if ('reason' in parsed) throw new Error(parsed.reason);
  return { OID: [parsed.oid], ...Object.fromEntries(parsed.fields) };
}

describe('definitions as servers write them are read', () => {
  test('OpenLDAP: a length behind the syntax, a superior, extensions', () => {
    expect(
      fieldsOf(
        "( 2.5.4.4 NAME ( 'sn' 'surname' ) DESC 'RFC2256: last (family) name(s) for which the entity is known by' SUP name EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15{32768} X-ORDERED 'VALUES' )",
      ),
    ).toEqual({
      OID: ['2.5.4.4'],
      NAME: ['sn', 'surname'],
      DESC: ['RFC2256: last (family) name(s) for which the entity is known by'],
      SUP: ['name'],
      EQUALITY: ['caseIgnoreMatch'],
      SYNTAX: ['1.3.6.1.4.1.1466.115.121.1.15{32768}'],
      'X-ORDERED': ['VALUES'],
    });
  });

  test('389: an identifier that is no number, and one value among the extensions given as a list', () => {
    expect(
      fieldsOf(
        "( sslVersionMin-oid NAME 'sslVersionMin' DESC 'Netscape defined' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 X-ORIGIN ( 'Netscape' 'user defined' ) X-DEPRECATED 'x' )",
      ),
    ).toMatchObject({ OID: ['sslVersionMin-oid'], 'X-ORIGIN': ['Netscape', 'user defined'] });
  });

  test('Samba: the syntax in quotes, and lists without a blank behind the parenthesis', () => {
    expect(
      fieldsOf(
        "( 1.2.840.113556.1.4.2 NAME 'objectGUID' SYNTAX '1.3.6.1.4.1.1466.115.121.1.40' SINGLE-VALUE NO-USER-MODIFICATION )",
      ),
    ).toMatchObject({ SYNTAX: ['1.3.6.1.4.1.1466.115.121.1.40'], 'SINGLE-VALUE': [], 'NO-USER-MODIFICATION': [] });
    expect(fieldsOf("( 2.5.6.6 NAME 'person' SUP top STRUCTURAL MUST (cn ) MAY (sn $ title ) )")).toMatchObject({
      STRUCTURAL: [],
      MUST: ['cn'],
      MAY: ['sn', 'title'],
    });
  });

  test('ApacheDS: the usage that everybody else leaves out', () => {
    expect(fieldsOf("( 1.1 NAME 'a' USAGE userApplications X-SCHEMA 'system' )")).toMatchObject({
      USAGE: ['userApplications'],
    });
  });

  test('keywords in any letter case, an empty list, an extension without a value, blanks anywhere or nowhere', () => {
    expect(fieldsOf("(1.1 name('a' 'b')sup top MAY() X-A X-B 'c')")).toEqual({
      OID: ['1.1'],
      NAME: ['a', 'b'],
      SUP: ['top'],
      MAY: [],
      'X-A': [],
      'X-B': ['c'],
    });
  });

  test('a quote that the server forgot to escape belongs to the description', () => {
    expect(fieldsOf("( 1.1 DESC 'the user's shell' SUP top )")).toMatchObject({ DESC: ["the user's shell"] });
  });
});

test.each([
  ['', 'begin'],
  ['1.2.3', 'begin'],
  ["( 1.1 NAME 'a'", 'end'],
  ['( )', 'identifier'],
  ["( NAME 'a' )", 'identifier'],
  ["( 1.1 NAME 'a )", 'no end'],
  ['( 1.1 MUST ( a $ b )', 'no end'],
  ["( 1.1 'a' )", "instead of 'a'"],
  ['( 1.1 SUP )', 'nothing follows SUP'],
  ['( 1.1 ) )', 'instead of )'],
])('%j is no definition, and it is said why', (text, why) => {
  expect(parseDefinition(text)).toEqual({ reason: expect.stringContaining(why) });
});

/** Writes a definition as RFC 4512 4.1 has it. */
function print({ oid, fields }: Definition): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\5C').replaceAll("'", '\\27')}'`;
  const written = [...fields].map(([keyword, values]) => {
    const isText = keyword === 'NAME' || keyword === 'DESC' || keyword.startsWith('X-');
    const items = isText ? values.map(quoted) : values;
    if (items.length === 0) return keyword;
    if (items.length === 1) return `${keyword} ${items[0]}`;
    return `${keyword} ( ${items.join(isText ? ' ' : ' $ ')} )`;
  });
  return `( ${[oid, ...written].join(' ')} )`;
}

const word = string({ unit: constantFrom(...'abcXYZ019.-;_{}'), minLength: 1, maxLength: 12 }).filter(
  (text) => text.toUpperCase() !== 'NAME',
);
const texts = array(string({ maxLength: 20 }), { minLength: 1, maxLength: 3 });
const words = array(word, { minLength: 1, maxLength: 4 });

test('what is written as a definition is read as it was meant', () => {
  const definitions = record({
    oid: word,
    described: dictionary(constantFrom('NAME', 'DESC', 'X-ORIGIN', 'X-NOT-HUMAN-READABLE'), texts),
    listed: dictionary(constantFrom('SUP', 'MUST', 'MAY', 'AUX', 'NOT', 'SYNTAX', 'USAGE'), words),
    flags: dictionary(constantFrom('OBSOLETE', 'SINGLE-VALUE', 'AUXILIARY'), tuple()),
  }).map(({ oid, described, listed, flags }): Definition => {
    return { oid, fields: new Map(Object.entries({ ...described, ...flags, ...listed })) };
  });
  assert(
    property(definitions, (definition) => {
      expect(parseDefinition(print(definition))).toEqual(definition);
    }),
    { numRuns: 500 },
  );
});
