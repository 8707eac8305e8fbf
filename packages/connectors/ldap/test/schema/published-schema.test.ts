import { expect, test } from 'vitest';
import type { DirectorySchema } from '../../src/schema/directory-schema.ts';
import { publishedSchema, type SubschemaTexts } from '../../src/schema/published-schema.ts';

function schemaOf(texts: Partial<SubschemaTexts>): DirectorySchema {
  return publishedSchema({ attributeTypes: [], objectClasses: [], ldapSyntaxes: [], contentRules: [], ...texts });
}

const DIRECTORY_STRING = '1.3.6.1.4.1.1466.115.121.1.15';

test('an attribute type inherits syntax and equality rule; its own come first', () => {
  const schema = schemaOf({
    attributeTypes: [
      `( 2.5.4.41 NAME 'name' EQUALITY caseIgnoreMatch SYNTAX ${DIRECTORY_STRING}{32768} )`,
      "( 2.5.4.3 NAME ( 'cn' 'commonName' ) SUP name )",
      "( 1.1 NAME 'nick' SUP commonname EQUALITY caseExactMatch SINGLE-VALUE )",
    ],
  });
  expect(schema.attributeType('nick')).toMatchObject({
    syntax: DIRECTORY_STRING,
    equality: 'caseExactMatch',
    singleValue: true,
    type: 'String',
  });
  expect(schema.attributeType('cn')).toMatchObject({ equality: 'caseIgnoreMatch', singleValue: false });
});

test('a superior that is not there is tolerated and a cycle is cut: text then', () => {
  const schema = schemaOf({
    attributeTypes: ["( 1.1 NAME 'a' SUP b )", "( 1.2 NAME 'b' SUP a )", "( 1.3 NAME 'c' SUP gone )"],
    objectClasses: ["( 2.1 NAME 'x' SUP y MUST a )", "( 2.2 NAME 'y' SUP ( x $ gone ) MAY ( b $ unheardOf ) )"],
  });
  expect(['a', 'b', 'c'].map((name) => schema.attributeType(name)?.type)).toEqual(['String', 'String', 'String']);
  expect(schema.attributesOf('X')).toEqual({ must: new Set(['a']), may: new Set(['b', 'unheardOf']) });
  expect(schema.lineage('X')).toEqual(new Set(['x', 'y']));
  expect(schema.lineage('unknown')).toEqual(new Set(['unknown']));
});

test('names, identifiers and options lead to one attribute type, in any letter case', () => {
  const schema = schemaOf({
    attributeTypes: [`( 2.5.4.4 NAME ( 'sn' 'surname' ) SYNTAX ${DIRECTORY_STRING} )`, '( 1.9 )'],
  });
  const sn = schema.attributeType('sn');
  expect(sn).toMatchObject({ name: 'sn', names: ['sn', 'surname'], oid: '2.5.4.4' });
  expect(
    ['SN', 'Surname', '2.5.4.4', 'surname;lang-fr', 'sn;range=0-9'].map((name) => schema.attributeType(name)),
  ).toEqual([sn, sn, sn, sn, sn]);
  expect(schema.attributeType('1.9')?.name).toBe('1.9');
});

test('the types of syntaxes are those of the table; for unknown ones the value of X-NOT-HUMAN-READABLE decides', () => {
  const arc = '1.3.6.1.4.1.1466.115.121.1';
  const syntaxes: Readonly<Record<string, string>> = {
    [`${arc}.27`]: 'Integer',
    '1.2.840.113556.1.4.906': 'Integer',
    [`${arc}.7`]: 'Boolean',
    [`${arc}.12`]: 'Reference',
    [`${arc}.34`]: 'Reference',
    [`${arc}.24`]: 'String',
    [`${arc}.40`]: 'Binary',
    [`${arc}.28`]: 'Binary',
    '1.2.840.113556.1.4.907': 'Binary',
    '1.2.840.113556.1.4.903': 'String',
    '1.3.6.1.1.16.1': 'String',
    '1.3.6.1.1.1.0.0': 'String',
    '9.9.1': 'Binary',
    '9.9.2': 'String',
    '9.9.3': 'String',
  };
  const schema = schemaOf({
    attributeTypes: Object.keys(syntaxes).map((oid, index) => `( 1.${index} NAME 'a${index}' SYNTAX '${oid}{5}' )`),
    ldapSyntaxes: ["( 9.9.1 X-NOT-HUMAN-READABLE 'TRUE' )", "( 9.9.2 X-NOT-HUMAN-READABLE 'false' )", '( 9.9.3'],
  });
  expect(Object.fromEntries(schema.attributeTypes.map(({ syntax, type }) => [syntax, type]))).toEqual(syntaxes);
});

test('a content rule adds what its auxiliary classes allow, for subclasses too, and takes away what it forbids', () => {
  const schema = schemaOf({
    objectClasses: [
      "( 2.1 NAME 'top' ABSTRACT MUST objectClass )",
      "( 2.2 NAME 'user' SUP top MAY ( description $ fax ) )",
      "( 2.3 NAME 'computer' SUP user )",
      "( 2.4 NAME 'mailRecipient' SUP top AUXILIARY MUST legacyDN MAY mail )",
    ],
    contentRules: ["( 2.2 NAME 'user' AUX mailRecipient MUST cn NOT fax )"],
  });
  for (const name of ['user', 'computer']) {
    const { must, may } = schema.attributesOf(name);
    expect([...must].sort()).toEqual(['cn', 'objectClass']);
    expect([...may].sort()).toEqual(['description', 'legacyDN', 'mail']);
  }
});

test('L21 a definition with a fault is left out and named with why; the others are there', () => {
  const schema = schemaOf({
    attributeTypes: ["( 1.1 NAME 'good' )", "( 1.2 NAME 'bad"],
    objectClasses: ["( 2.1 NAME 'x' MAY good )", 'nonsense'],
  });
  expect(schema.attributesOf('x').may).toEqual(new Set(['good']));
  expect(schema.skipped).toEqual([
    { definition: "( 1.2 NAME 'bad", reason: expect.stringContaining('end') },
    { definition: 'nonsense', reason: expect.stringContaining('parenthesis') },
  ]);
});
