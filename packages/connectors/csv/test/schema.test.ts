import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connect } from './csv-fixture.ts';
import { codes, entry, Folder } from './folder.ts';

interface Declared {
  readonly name: string;
  readonly type?: string;
  readonly anchor?: boolean;
  readonly multi?: boolean;
  readonly operation?: string;
}

/** A schema file in the form of the tutorial's. */
function schemaXml(attributes: readonly Declared[], type = 'Person', locked = 1): string {
  const list = attributes.map(
    ({ name, type: dataType = 'String', anchor = false, multi = false, operation = 'ImportExport' }) => `
        <SchemaAttribute>
          <Name>${name}</Name>
          <DataType>${dataType}</DataType>
          <IsAnchor>${anchor ? 1 : 0}</IsAnchor>
          <IsMultiValued>${multi ? 1 : 0}</IsMultiValued>
          <AllowedAttributeOperation>${operation}</AllowedAttributeOperation>
        </SchemaAttribute>`,
  );
  return `\ufeff<?xml version="1.0" encoding="utf-8" ?>
<Schema>
  <Types>
    <SchemaType>
      <Name>${type}</Name>
      <LockAnchorDefinition>${locked}</LockAnchorDefinition>
      <Attributes>${list.join('')}
      </Attributes>
    </SchemaType>
  </Types>
</Schema>
`;
}

const sample: readonly Declared[] = [
  { name: 'AzureObjectID', anchor: true },
  { name: 'DisplayName' },
  { name: 'UserName' },
  { name: 'Title' },
  { name: 'EmployeeId' },
  { name: 'Email' },
  { name: 'IsActive', type: 'Boolean' },
];
const header = 'AzureObjectID;IsActive;DisplayName;EmployeeId;Title;UserName;Email';

async function withSchema(
  content: string,
  xml: string | Uint8Array,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Folder> {
  const all = { SchemaFile: 'Schema.xml', Anchor: '', ColumnTypes: '', ...parameters };
  const folder = await Folder.with(content, all);
  await writeFile(join(folder.path, 'Schema.xml'), xml);
  return folder;
}

describe('a schema file', () => {
  test('of the tutorial gives Person, locked, seven attributes in its order, IsActive Boolean', async () => {
    await using folder = await withSchema(`${header};Left over\n1;True;Ada;;Engineer;ada;;x\n`, schemaXml(sample));
    const [type] = (await folder.schema()).types;
    expect(type).toMatchObject({ name: 'Person', lockAnchorDefinition: true });
    expect(type?.attributes).toEqual(
      sample.map(({ name, type: dataType = 'String', anchor = false }) => ({
        name,
        type: dataType,
        isAnchor: anchor,
        isMultiValued: false,
        allowedOperation: 'ImportExport',
      })),
    );
    const { entries } = await folder.import();
    expect(entries[0]?.attributeChanges.map(({ name }) => name)).toEqual([
      'AzureObjectID',
      'DisplayName',
      'UserName',
      'Title',
      'IsActive',
    ]);
    await folder.export([entry('Replace', '1', { IsActive: false })]);
    expect(await folder.text()).toBe(`${header};Left over\n1;False;;;;;;x\n`);
  });

  test('in UTF-16, and with values in attributes instead of elements, says the same', async () => {
    const xml =
      '<Schema><Types><SchemaType Name="Person"><Attributes><SchemaAttribute Name="A&amp;B" IsAnchor="true"/></Attributes></SchemaType></Types></Schema>';
    await using folder = await withSchema('A&B;C\n1;x\n', Buffer.from(`\ufeff${xml}`, 'utf16le'));
    expect((await folder.schema()).types[0]?.attributes).toMatchObject([
      { name: 'A&B', type: 'String', isAnchor: true },
    ]);
  });

  test('says which columns hold several values; the parameter gives other separators than the semicolon', async () => {
    const xml = schemaXml([
      { name: 'AzureObjectID', anchor: true },
      { name: 'Proxies', multi: true },
      { name: 'Numbers', type: 'Integer', multi: true },
    ]);
    await using folder = await withSchema('AzureObjectID;Proxies;Numbers\n1;"a;b";1|2\n', xml, {
      MultiValued: 'Numbers:|',
    });
    const [one] = (await folder.import()).entries;
    expect(one?.attributeChanges.map(({ valueChanges }) => valueChanges.map(({ value }) => value))).toEqual([
      ['1'],
      ['a', 'b'],
      [1n, 2n],
    ]);
  });

  test('keeps what is only imported from being written, and what is only exported from being read or emptied', async () => {
    const xml = schemaXml([
      { name: 'AzureObjectID', anchor: true },
      { name: 'Created', operation: 'ImportOnly' },
      { name: 'Pin', operation: 'ExportOnly' },
      { name: 'Title' },
    ]);
    await using folder = await withSchema('AzureObjectID;Created;Pin;Title\n1;2020;7;a\n', xml);
    const { entries, watermark } = await folder.import();
    expect(entries[0]?.attributeChanges.map(({ name }) => name)).toEqual(['AzureObjectID', 'Created', 'Title']);
    expect(codes(await folder.export([entry('Replace', '1', { Created: '1999', Title: 'a' })]))).toEqual(['Success']);
    expect(await folder.text()).toBe('AzureObjectID;Created;Pin;Title\n1;2020;7;a\n');
    await folder.export([entry('Replace', '1', { Pin: '8', Title: 'a' })]);
    expect(await folder.text()).toBe('AzureObjectID;Created;Pin;Title\n1;2020;8;a\n');
    expect((await folder.import('delta', watermark)).entries).toEqual([]);
  });

  test('that does not lock its anchor leaves the choice to the parameter', async () => {
    const attributes = [{ name: 'AzureObjectID', anchor: true }, { name: 'Number' }];
    const open = await withSchema('AzureObjectID;Number\n1;2\n', schemaXml(attributes, 'Person', 0), {
      Anchor: 'Number',
    });
    await using folder = open;
    expect((await folder.import()).entries[0]?.anchorAttributes).toEqual([{ name: 'Number', value: '2' }]);
    await writeFile(join(folder.path, 'Schema.xml'), schemaXml(attributes));
    await expect(folder.schema()).rejects.toMatchObject({
      code: 'CSV_SCHEMA_INVALID',
      message: expect.stringContaining('fixed to "AzureObjectID"'),
    });
  });

  const declared = [
    { name: 'AzureObjectID', anchor: true },
    { name: 'Tags', multi: true },
  ];
  test.each([
    ['that is no XML', '<Schema>\n<Types>', {}, 'Schema.xml:2', /never closed/],
    ['of another kind', '<Scheme/>', {}, 'Schema.xml:1', /"Scheme", not a "Schema"/],
    ['with a document type', '<!DOCTYPE Schema []>\n<Schema/>', {}, 'Schema.xml:1', /document type/],
    [
      'with an unknown type of data',
      schemaXml([{ name: 'A', type: 'Strin', anchor: true }]),
      {},
      'Schema.xml:8',
      /Did you mean "String"\?/,
    ],
    [
      'with an attribute twice',
      schemaXml([...declared, { name: 'tags' }]),
      {},
      'Schema.xml:4',
      /"tags" of "Person" occurs twice/,
    ],
    ['with another object type', schemaXml(declared, 'Persons'), {}, 'Schema.xml', /Did you mean "Persons"\?/],
    ['without an anchor', schemaXml([{ name: 'Tags' }]), {}, 'Schema.xml', /name it in the parameters/],
    [
      'whose anchor holds several values',
      schemaXml([{ name: 'Tags', multi: true, anchor: true }]),
      {},
      'Schema.xml:4',
      /cannot be an anchor/,
    ],
    [
      'that does not know a separated column',
      schemaXml(declared),
      { MultiValued: 'Title:|' },
      'Schema.xml',
      /"Title" has a separator/,
    ],
    ['that is not UTF-8', Buffer.from('<Schema>\n\u00e9</Schema>', 'latin1'), {}, 'Schema.xml:2', /not UTF-8/],
  ] as const)('%s is refused with its place', async (_, xml, parameters, place, message) => {
    await using folder = await withSchema('AzureObjectID;Tags;Title\n1;a;x\n', xml, parameters);
    await expect(folder.schema()).rejects.toMatchObject({
      code: 'CSV_SCHEMA_INVALID',
      place: join(folder.path, place),
      message: expect.stringMatching(message),
    });
  });

  test('that is not there, and one whose column is not in the file, are refused for every call', async () => {
    await using folder = await withSchema('AzureObjectID\n1\n', schemaXml(declared));
    const signal = AbortSignal.timeout(5000);
    await expect(folder.connector.test(signal)).rejects.toMatchObject({
      code: 'CSV_HEADER_INVALID',
      message: expect.stringContaining('"Tags", which the schema file declares'),
    });
    await using other = await Folder.with('AzureObjectID\n1\n', { SchemaFile: 'Missing.xml', Anchor: '' });
    await expect(other.schema()).rejects.toMatchObject({
      code: 'CSV_FILE_MISSING',
      place: join(other.path, 'Missing.xml'),
    });
  });

  test.each([{ ColumnTypes: 'A:Integer' }, { DeduceTypes: '1' }])('contradicts %j', (parameters) => {
    const all = { SchemaFile: 'Schema.xml', Anchor: '', ColumnTypes: '', ...parameters };
    expect(() => connect('/nowhere', all)).toThrow(
      expect.objectContaining({ code: 'CONNECTOR_CONFIGURATION_INVALID' }),
    );
  });
});

describe('types found in the data', () => {
  async function typesOf(content: string, parameters: Readonly<Record<string, string>> = {}): Promise<unknown> {
    await using folder = await Folder.with(content, { DeduceTypes: '1', ColumnTypes: '', ...parameters });
    const attributes = (await folder.schema()).types[0]?.attributes ?? [];
    return Object.fromEntries(attributes.map(({ name, type }) => [name, type]));
  }

  test('are Boolean and Integer where every value is one, else text', async () => {
    const content = [
      'AzureObjectID;Flag;Count;Badge;Big;Mixed;Empty;Phone',
      '1;true;0;007;9223372036854775807;1;;+49',
      '2;FALSE;-5;8;9223372036854775808;x;;1',
      '3;;;9;;;;',
    ].join('\n');
    expect(await typesOf(content)).toEqual({
      AzureObjectID: 'String',
      Flag: 'Boolean',
      Count: 'Integer',
      Badge: 'String',
      Big: 'String',
      Mixed: 'String',
      Empty: 'String',
      Phone: 'String',
    });
  });

  test('give way to those of ColumnTypes, and look at each of several values', async () => {
    const content = 'AzureObjectID;A;B;C\n1;1;1|2;true|1\n';
    const parameters = { ColumnTypes: 'A:String, AzureObjectID:Integer', MultiValued: 'B:|, C:|' };
    expect(await typesOf(content, parameters)).toEqual({
      AzureObjectID: 'Integer',
      A: 'String',
      B: 'Integer',
      C: 'String',
    });
  });

  test('do not hear rows that cannot be read', async () => {
    expect(await typesOf('AzureObjectID;A\n1;1\n2;x;y\n3;"x"z\n')).toEqual({ AzureObjectID: 'String', A: 'Integer' });
  });

  test('are not looked for unless asked', async () => {
    expect(await typesOf('AzureObjectID;A\n1;1\n', { DeduceTypes: '0' })).toEqual({
      AzureObjectID: 'String',
      A: 'String',
    });
  });
});
