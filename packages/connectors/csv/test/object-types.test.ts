import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CSEntryChange, selectSchema } from '@joinery/connector';
import { lockFolder } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { connect } from './csv-fixture.ts';
import { codes, entry, Folder } from './folder.ts';

const parameters = {
  MoreObjectTypes: 'Group | groups.txt | GroupID\nSite | sites.txt | Country, Number',
  ColumnTypes: 'Members:Reference, Manager:Reference, Number:Integer',
  MultiValued: 'Members:|',
};
const people = 'AzureObjectID;Title;Manager\n1;a;2\n2;b;\n';
const groups = 'GroupID;Title;Members\n1;Crew;1|2\n2;Empty;\n';
const sites = 'Country;Number;Title\nAT;1;Vienna\n';
const signal = AbortSignal.timeout(30_000);

async function three(more: Readonly<Record<string, string>> = {}): Promise<Folder> {
  const folder = await Folder.with(people, { ...parameters, ...more });
  await writeFile(join(folder.path, 'groups.txt'), groups);
  await writeFile(join(folder.path, 'sites.txt'), sites);
  return folder;
}

const fileOf = (folder: Folder, name: string): Promise<string> => readFile(join(folder.path, name), 'utf8');

function change(
  kind: 'Add' | 'Replace' | 'Update' | 'Delete',
  objectType: string,
  anchor: Readonly<Record<string, string | bigint>>,
  values: Readonly<Record<string, readonly string[]>> = {},
): CSEntryChange {
  return {
    ...entry(kind, ''),
    objectType,
    anchorAttributes: Object.entries(anchor).map(([name, value]) => ({ name, value })),
    attributeChanges: Object.entries(values).map(([name, list]) => ({
      name,
      modificationType: 'Add',
      valueChanges: list.map((value) => ({ value, modificationType: 'Add' })),
    })),
  };
}

const summary = (entries: readonly CSEntryChange[]): readonly string[] =>
  entries.map(({ errorCodeImport, objectModificationType, objectType, anchorAttributes }) => {
    const anchor = anchorAttributes.map(({ value }) => String(value)).join('/');
    return `${errorCodeImport ?? objectModificationType} ${objectType} ${anchor}`;
  });

describe('several object types, each in a file of its own', () => {
  test('are in the schema with their own anchors and columns', async () => {
    await using folder = await three();
    const { types } = await folder.schema();
    expect(
      types.map(({ name, attributes }) => [name, attributes.filter(({ isAnchor }) => isAnchor).map((one) => one.name)]),
    ).toEqual([
      ['Person', ['AzureObjectID']],
      ['Group', ['GroupID']],
      ['Site', ['Country', 'Number']],
    ]);
    expect(types[1]?.attributes[2]).toEqual({
      name: 'Members',
      type: 'Reference',
      isAnchor: false,
      isMultiValued: true,
      allowedOperation: 'ImportExport',
    });
    expect(await folder.connector.test(signal)).toMatchObject({
      summary: 'Person: 2 rows, 3 columns; Group: 2 rows, 3 columns; Site: 1 rows, 3 columns',
      facts: { rows: 5, badRows: 0, columns: 9 },
    });
  });

  test('are imported one after the other, members as the anchors that they are', async () => {
    await using folder = await three();
    const { entries } = await folder.import();
    expect(summary(entries)).toEqual(['Add Person 1', 'Add Person 2', 'Add Group 1', 'Add Group 2', 'Add Site AT/1']);
    expect(entries[0]?.attributeChanges[2]).toMatchObject({ name: 'Manager', valueChanges: [{ value: '2' }] });
    expect(entries[2]?.attributeChanges[2]).toMatchObject({
      name: 'Members',
      valueChanges: [{ value: '1' }, { value: '2' }],
    });
  });

  test('are written by one batch, each in its file and once', async () => {
    await using folder = await three();
    const results = await folder.export([
      change('Add', 'Person', { AzureObjectID: '3' }, { Title: ['c'] }),
      change('Replace', 'Group', { GroupID: '1' }, { Title: ['Crew'], Members: ['2', '3', 'x|y'] }),
      change('Delete', 'Person', { AzureObjectID: '1' }),
      change('Add', 'Site', { Country: 'AT', Number: 2n }),
      change('Add', 'Planet', { AzureObjectID: '4' }),
    ]);
    expect(codes(results).toSorted()).toEqual(['ExportErrorSyntaxViolation', ...Array(4).fill('Success')]);
    expect(await folder.text()).toBe('AzureObjectID;Title;Manager\n2;b;\n3;c;\n');
    expect(await fileOf(folder, 'groups.txt')).toBe('GroupID;Title;Members\n1;Crew;2|3|x\\|y\n2;Empty;\n');
    expect(await fileOf(folder, 'sites.txt')).toBe(`${sites}AT;2;\n`);
  });

  test('give a delta that tells them apart, also where they share an anchor', async () => {
    await using folder = await three();
    const { watermark } = await folder.import();
    await folder.export([
      change('Delete', 'Group', { GroupID: '1' }),
      change('Replace', 'Person', { AzureObjectID: '1' }, { Title: ['A'] }),
      change('Delete', 'Site', { Country: 'AT', Number: 1n }),
    ]);
    const delta = await folder.import('delta', watermark);
    expect(summary(delta.entries)).toEqual(['Replace Person 1', 'Delete Group 1', 'Delete Site AT/1']);
    expect((await folder.import('delta', delta.watermark)).entries).toEqual([]);
  });

  test('keep a row without an anchor from hiding deletions of other types only', async () => {
    await using folder = await three();
    const { watermark } = await folder.import();
    await writeFile(folder.file, 'AzureObjectID;Title;Manager\n2;b;\n;x;\n');
    await writeFile(join(folder.path, 'groups.txt'), 'GroupID;Title;Members\n1;Crew;1|2\n');
    const { entries } = await folder.import('delta', watermark);
    expect(summary(entries)).toEqual(['ImportErrorInvalidAttributeValue Person ', 'Delete Group 2']);
  });

  test('that are not selected are neither read nor written, and another selection needs a full import', async () => {
    await using folder = await three();
    const { watermark } = await folder.import();
    const schema = selectSchema(await folder.schema(), { types: ['Group', 'Person'] });
    await rm(join(folder.path, 'sites.txt'));
    const run = await folder.connector.fullImport?.({ schema, pageSize: 100 }, signal);
    expect(summary((await run?.getEntries(signal))?.entries ?? [])).toHaveLength(4);
    await run?.close('Normal', signal);
    const delta = folder.connector.deltaImport?.({ schema, pageSize: 100, watermark: watermark ?? '' }, signal);
    await expect(delta).rejects.toMatchObject({ code: 'CONNECTOR_WATERMARK_INVALID' });
  });

  test('are looked up in their own file', async () => {
    await using folder = await three();
    const schema = await folder.schema();
    const find = async (objectType: string, attribute: string, value: string) =>
      summary((await folder.connector.lookup?.({ schema, objectType, attribute, value }, signal)) ?? []);
    expect(await find('group', 'Members', '2')).toEqual(['Add Group 1']);
    expect(await find('Person', 'Manager', '2')).toEqual(['Add Person 1']);
    await expect(find('Planet', 'Title', 'a')).rejects.toMatchObject({ code: 'CONNECTOR_SELECTION_INVALID' });
  });

  test('of which one cannot be written: the others’ entries are done and said so, its own fail with the reason', async () => {
    await using folder = await three();
    const lock = lockFolder(join(folder.path, '.groups.txt.lock'));
    const entries = [change('Delete', 'Group', { GroupID: '2' }), change('Delete', 'Person', { AzureObjectID: '2' })];
    const results = await folder.export(entries);
    expect(results.find(({ identifier }) => identifier === entries[0]?.identifier)).toMatchObject({
      errorCode: 'ExportErrorConnectedDirectoryError',
      errorName: 'CSV_FILE_LOCKED',
    });
    expect(results.find(({ identifier }) => identifier === entries[1]?.identifier)?.errorCode).toBe('Success');
    expect(await folder.text()).toBe('AzureObjectID;Title;Manager\n1;a;2\n');
    await expect(folder.export(entries.slice(0, 1))).rejects.toMatchObject({ code: 'CSV_FILE_LOCKED' });
    lock.release();
    expect(codes(await folder.export(entries.slice(0, 1)))).toEqual(['Success']);
  });

  test('of which one is broken give no page of the others', async () => {
    await using folder = await three();
    const schema = await folder.schema();
    await writeFile(join(folder.path, 'sites.txt'), `${sites}DE;2;"x\n`);
    const opened = folder.connector.fullImport?.({ schema, pageSize: 1 }, signal);
    await expect(opened).rejects.toMatchObject({
      code: 'CSV_QUOTE_OPEN',
      place: `${join(folder.path, 'sites.txt')}:3:6`,
    });
  });

  test('may come from one schema file', async () => {
    const type = (name: string, attributes: string): string =>
      `<SchemaType Name="${name}" LockAnchorDefinition="1"><Attributes>${attributes}</Attributes></SchemaType>`;
    const xml = `<Schema><Types>${type('Person', '<SchemaAttribute Name="AzureObjectID" IsAnchor="1"/>')}${type(
      'Group',
      '<SchemaAttribute Name="GroupID" IsAnchor="1"/><SchemaAttribute Name="Members" DataType="Reference" IsMultiValued="1"/>',
    )}</Types></Schema>`;
    await using folder = await three({
      MoreObjectTypes: 'Group | groups.txt',
      SchemaFile: 'Schema.xml',
      Anchor: '',
      ColumnTypes: '',
    });
    await writeFile(join(folder.path, 'Schema.xml'), xml);
    const entries = (await folder.import()).entries;
    expect(summary(entries)).toEqual(['Add Person 1', 'Add Person 2', 'Add Group 1', 'Add Group 2']);
    expect(entries[2]?.attributeChanges[1]?.valueChanges).toHaveLength(2);
  });

  test('need every column with a type or separator in one of the files', async () => {
    await using folder = await three({ ColumnTypes: 'Membres:Reference' });
    const refused = { code: 'CSV_HEADER_INVALID', message: expect.stringContaining('Did you mean "Members"?') };
    await expect(folder.schema()).rejects.toMatchObject(refused);
    await expect(folder.connector.test(signal)).rejects.toMatchObject(refused);
  });

  test.each([
    ['Group', /does not have the form/],
    ['Group | a | b | c', /does not have the form/],
    ['1st | a | b', /does not have the form/],
    ['Group | a.txt', /"Group" has no anchor/],
    ['person | a.txt | b', /"person" is given twice/],
    ['Group | InputFile.txt | b', /InputFile.txt" is given twice/],
    ['Group | a.txt | b, B', /The column "B" is given twice/],
  ])('%j is refused with a sentence', (MoreObjectTypes, message) => {
    expect(() => connect('/nowhere', { MoreObjectTypes })).toThrow(
      expect.objectContaining({ code: 'CONNECTOR_CONFIGURATION_INVALID', message: expect.stringMatching(message) }),
    );
  });
});
