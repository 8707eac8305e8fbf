import { describe, expect, test } from 'vitest';
import { connect } from './csv-fixture.ts';
import { entry, Folder } from './folder.ts';

describe('parameters', () => {
  test('the sample’s file gives the sample’s schema: Person, seven attributes in file order, IsActive Boolean', async () => {
    const header = 'AzureObjectID;IsActive;DisplayName;EmployeeId;Title;UserName;Email';
    await using folder = await Folder.with(`${header}\n`);
    const [type] = (await folder.schema()).types;
    expect(type).toMatchObject({ name: 'Person', lockAnchorDefinition: true });
    expect(type?.attributes.map((attribute) => attribute.name)).toEqual(header.split(';'));
    expect(type?.attributes.filter((attribute) => attribute.isAnchor).map((attribute) => attribute.name)).toEqual([
      'AzureObjectID',
    ]);
    expect(
      type?.attributes.filter((attribute) => attribute.type !== 'String').map((attribute) => attribute.name),
    ).toEqual(['IsActive']);
    expect(
      type?.attributes.every((attribute) => !attribute.isMultiValued && attribute.allowedOperation === 'ImportExport'),
    ).toBe(true);
  });

  test.each([
    [{ ColumnTypes: 'IsActive' }, /does not have the form Name:Type/],
    [{ ColumnTypes: 'IsActive:Bolean' }, /Did you mean "Boolean"\?/],
    [{ ColumnTypes: 'A:String,a:Integer' }, /given twice/],
    [{ Anchor: '' }, /Anchor: It is required/],
    [{ Delimiter: ';;' }, /Delimiter/],
    [{ Delimiter: '"' }, /Delimiter/],
    [{ Encoding: 'utf-16' }, /Encoding: "utf-16" is not one of utf-8, windows-1252, utf-16le, utf-16be/],
    [{ ExportType: 'ObjectReplac' }, /Did you mean "ObjectReplace"\?/],
    [{ Filename: 'a', Delimeter: ',' }, /Delimeter: There is no such parameter. Did you mean "Delimiter"\?/],
  ])('%j is refused with a sentence', (parameters, message) => {
    expect(() => connect('/nowhere', parameters)).toThrow(
      expect.objectContaining({ code: 'CONNECTOR_CONFIGURATION_INVALID', message: expect.stringMatching(message) }),
    );
  });

  test('a tab, written as \\t, and a column with a colon in its name are understood', async () => {
    await using folder = await Folder.with('AzureObjectID\tcost:centre\n1\t42\n', {
      Delimiter: '\\t',
      ColumnTypes: 'cost:centre:Integer',
    });
    expect((await folder.import()).entries[0]?.attributeChanges[1]?.valueChanges).toEqual([
      { value: 42n, modificationType: 'Add' },
    ]);
  });

  test('names of columns are found in any case and reported as the file spells them', async () => {
    await using folder = await Folder.with('azureobjectid;ISACTIVE\n1;1\n', { ColumnTypes: 'IsActive:Boolean' });
    expect((await folder.import()).entries[0]?.attributeChanges.map((change) => change.name)).toEqual([
      'azureobjectid',
      'ISACTIVE',
    ]);
  });

  test('AttributeUpdate is declared as a trait, and updates of attributes are carried out', async () => {
    await using folder = await Folder.with('AzureObjectID;Title\n1;a\n', { ExportType: 'AttributeUpdate' });
    expect(folder.connector.traits.exportType).toBe('AttributeUpdate');
    await folder.export([entry('Update', '1', { Title: 'b' })]);
    expect(await folder.text()).toBe('AzureObjectID;Title\n1;b\n');
  });

  test('an update that removes a value removes it only where it is', async () => {
    await using folder = await Folder.with('AzureObjectID;Title\n1;a\n2;b\n');
    const removeA = (id: string) => ({
      ...entry('Update', id),
      attributeChanges: [
        { name: 'Title', modificationType: 'Update', valueChanges: [{ value: 'a', modificationType: 'Delete' }] },
      ] as const,
    });
    await folder.export([removeA('1'), removeA('2')]);
    expect(await folder.text()).toBe('AzureObjectID;Title\n1;\n2;b\n');
  });
});
