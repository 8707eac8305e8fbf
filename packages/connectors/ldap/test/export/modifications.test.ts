import type { AttributeChange } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { addAttributes } from '../../src/export/add-attributes.ts';
import { type ChangedAttribute, modificationsOf } from '../../src/export/modifications.ts';
import { renamingOf } from '../../src/export/naming.ts';
import { descriptionOf, octetsOf } from '../../src/export/octets.ts';
import { add } from './target.ts';

const definition = (singleValue: boolean, equality = 'caseIgnoreMatch') => ({
  name: 'cn',
  oid: '2.5.4.3',
  names: ['cn'],
  syntax: '1.3.6.1.4.1.1466.115.121.1.15',
  equality,
  singleValue,
  noUserModification: false,
  operational: false,
  type: 'String' as const,
});

function changed(changes: Partial<ChangedAttribute> & { readonly list?: boolean } = {}): ChangedAttribute {
  const { list = true, ...others } = changes;
  return {
    attribute: { name: 'cn', type: 'String', isAnchor: false, isMultiValued: list, allowedOperation: 'ImportExport' },
    definition: definition(false),
    description: 'cn',
    naming: [],
    formerNaming: undefined,
    ...others,
  };
}

function change(
  modificationType: AttributeChange['modificationType'],
  comes: readonly string[] = [],
  goes: readonly string[] = [],
): AttributeChange {
  const valueChanges = [
    ...comes.map((value) => ({ value, modificationType: 'Add' as const })),
    ...goes.map((value) => ({ value, modificationType: 'Delete' as const })),
  ];
  return { name: 'cn', modificationType, valueChanges };
}

const replace = (...values: string[]) => ({ operation: 'replace', type: 'cn', values });

describe('what a change of an attribute becomes', () => {
  test('an attribute of one value is replaced, cleared by a replace with nothing', () => {
    const single = changed({ list: false });
    expect(modificationsOf(change('Add', ['a']), single)).toEqual([replace('a')]);
    expect(modificationsOf(change('Update', ['b'], ['a']), single)).toEqual([replace('b')]);
    expect(modificationsOf(change('Update', [], ['a']), single)).toEqual([replace()]);
    expect(modificationsOf(change('Delete'), single)).toEqual([replace()]);
    expect(modificationsOf(change('Replace', ['']), single)).toEqual([replace()]);
  });

  test('one with several gets only what comes and goes, what goes first', () => {
    expect(modificationsOf(change('Update', ['b', 'c'], ['a']), changed())).toEqual([
      { operation: 'delete', type: 'cn', values: ['a'] },
      { operation: 'add', type: 'cn', values: ['b', 'c'] },
    ]);
    expect(modificationsOf(change('Add', ['a']), changed())).toEqual([{ operation: 'add', type: 'cn', values: ['a'] }]);
    expect(modificationsOf(change('Replace', ['a', 'b']), changed())).toEqual([replace('a', 'b')]);
    expect(modificationsOf(change('Update', [''], []), changed())).toEqual([]);
  });

  test('the value in the name stays when the others are replaced or cleared', () => {
    const named = { naming: ['bsimon'] };
    expect(modificationsOf(change('Replace', ['Britta']), changed(named))).toEqual([replace('Britta', 'bsimon')]);
    expect(modificationsOf(change('Replace', ['BSimon']), changed(named))).toEqual([replace('BSimon')]);
    expect(modificationsOf(change('Delete'), changed(named))).toEqual([replace('bsimon')]);
    expect(modificationsOf(change('Add', ['Britta']), changed({ ...named, list: false }))).toEqual([
      replace('Britta', 'bsimon'),
    ]);
  });

  test('an attribute that may have one value does not keep the one in the name: the server refuses the change', () => {
    const single = changed({ list: false, naming: ['a'], definition: definition(true) });
    expect(modificationsOf(change('Replace', ['b']), single)).toEqual([replace('b')]);
  });

  test('letter case counts where the attribute compares so', () => {
    const exact = changed({ naming: ['a'], definition: definition(false, 'caseExactMatch') });
    expect(modificationsOf(change('Replace', ['A']), exact)).toEqual([replace('A', 'a')]);
  });

  test('L56 what a rename has done is not sent again', () => {
    const renamed = { naming: ['new'], formerNaming: ['old'] };
    expect(modificationsOf(change('Replace', ['new']), changed({ ...renamed, list: false }))).toEqual([]);
    expect(modificationsOf(change('Update', ['new'], ['old']), changed(renamed))).toEqual([]);
    expect(modificationsOf(change('Update', ['new', 'x'], ['old', 'y']), changed(renamed))).toEqual([
      { operation: 'delete', type: 'cn', values: ['y'] },
      { operation: 'add', type: 'cn', values: ['x'] },
    ]);
  });
});

test('L64 values go as servers write them', () => {
  expect([true, false, 42n, 'x', Uint8Array.of(1)].map(octetsOf)).toEqual([
    'TRUE',
    'FALSE',
    '42',
    'x',
    Uint8Array.of(1),
  ]);
});

test('L20 an alias gives the description under which an attribute is written', () => {
  const attributeAliases = new Map([['usercertificate', 'userCertificate;binary']]);
  expect(descriptionOf('userCertificate', { attributeAliases })).toBe('userCertificate;binary');
  expect(descriptionOf('mail', { attributeAliases })).toBe('mail');
});

test('L48 an Add leaves out what has no value and what only comes from the server, and has its classes', () => {
  const attribute = (name: string, allowedOperation: 'ImportExport' | 'ImportOnly' = 'ImportExport') =>
    ({ name, type: 'String', isAnchor: false, isMultiValued: true, allowedOperation }) as const;
  const type = {
    name: 'inetOrgPerson',
    lockAnchorDefinition: false,
    possibleDnComponents: [],
    attributes: [attribute('sn'), attribute('mail'), attribute('entryUUID', 'ImportOnly'), attribute('_virtual')],
  };
  const settings = {
    attributeAliases: new Map(),
    auxiliaryClasses: new Map([
      ['*', ['extra']],
      ['inetorgperson', ['posixAccount', 'Extra']],
    ]),
  };
  const entry = add('inetOrgPerson', 'cn=x', { sn: ['', 'Simon'], mail: '', entryUUID: 'x', _virtual: 'y' });
  expect(addAttributes(entry, type, settings, (name) => name === '_virtual')).toEqual([
    { type: 'objectClass', values: ['inetOrgPerson', 'Extra', 'posixAccount'] },
    { type: 'sn', values: ['Simon'] },
  ]);
});

describe('the way from one DN to another', () => {
  test.each<readonly [string, string, ReturnType<typeof renamingOf>]>([
    ['cn=a,ou=x,dc=y', 'cn=b,ou=x,dc=y', { newRdn: 'cn=b', newSuperior: undefined }],
    ['cn=a,ou=x,dc=y', 'cn=a,ou=z,dc=y', { newRdn: 'cn=a', newSuperior: 'ou=z,dc=y' }],
    ['cn=a,ou=x,dc=y', 'cn=b,dc=y', { newRdn: 'cn=b', newSuperior: 'dc=y' }],
    ['cn=a,ou=x,dc=y', 'cn=A,ou=x,dc=y', { newRdn: 'cn=A', newSuperior: undefined }],
    ['cn=a,ou=x,dc=y', 'cn=a,OU=X,dc=y', undefined],
    ['cn=a,ou=x,dc=y', 'cn=b,OU=X, DC=y', { newRdn: 'cn=b', newSuperior: undefined }],
    ['cn=a\\2C b,dc=y', 'cn=a\\, b, dc=y', undefined],
    ['cn=a,dc=y', 'cn=ends with \\\\,dc=y', { newRdn: 'cn=ends with \\\\', newSuperior: undefined }],
  ])('%s to %s', (before, after, renaming) => {
    expect(renamingOf(before, after)).toEqual(renaming);
  });
});
