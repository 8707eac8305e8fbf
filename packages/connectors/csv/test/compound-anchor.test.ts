import { type CSEntryChange, canonicalAnchor, parseCanonicalAnchor } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { connect } from './csv-fixture.ts';
import { codes, entry, Folder } from './folder.ts';

const parameters = { Anchor: 'Number, Plant', ColumnTypes: 'Number:Integer' };
const text = 'Plant;Title;Number\nNorth;a;1\nSouth;b;1\nNorth;c;2\n';

function change(kind: 'Add' | 'Replace' | 'Delete', plant: string, number: bigint, title?: string): CSEntryChange {
  const anchorAttributes = [
    { name: 'Number', value: number },
    { name: 'Plant', value: plant },
  ];
  return { ...entry(kind, '', title === undefined ? {} : { Title: title }), anchorAttributes };
}

const names = (entries: readonly CSEntryChange[]): readonly string[] =>
  entries.map(
    (one) => `${one.objectModificationType} ${one.anchorAttributes.map(({ value }) => String(value)).join('/')}`,
  );

describe('an anchor of several columns', () => {
  test('is in the schema in the order of the file, and identifies rows together', async () => {
    await using folder = await Folder.with(text, parameters);
    const schema = await folder.schema();
    const [type] = schema.types;
    if (type === undefined) throw new Error('There is no type.');
    expect(type.attributes.map(({ name, isAnchor }) => [name, isAnchor])).toEqual([
      ['Plant', true],
      ['Title', false],
      ['Number', true],
    ]);
    const { entries } = await folder.import();
    expect(names(entries)).toEqual(['Add North/1', 'Add South/1', 'Add North/2']);
    const identities = entries.map(({ anchorAttributes }) => canonicalAnchor(anchorAttributes, type));
    expect(new Set(identities).size).toBe(3);
    expect(identities.map((id) => parseCanonicalAnchor(id, type))).toEqual(entries.map((one) => one.anchorAttributes));
  });

  test('finds the row to write, whatever the order in which its parts are given', async () => {
    await using folder = await Folder.with(text, parameters);
    const results = await folder.export([
      change('Replace', 'South', 1n, 'B'),
      change('Delete', 'North', 1n),
      change('Add', 'South', 2n, 'd'),
      change('Add', 'North', 2n),
      change('Delete', 'West', 1n),
    ]);
    expect(codes(results)).toEqual([
      'Success',
      'Success',
      'Success',
      'ExportErrorConnectedDirectoryExistingObject',
      'ExportErrorConnectedDirectoryMissingObject',
    ]);
    expect(await folder.text()).toBe('Plant;Title;Number\nSouth;B;1\nNorth;c;2\nSouth;d;2\n');
  });

  test('in part is refused for its entry', async () => {
    await using folder = await Folder.with(text, parameters);
    const part = { ...change('Add', 'East', 1n), anchorAttributes: [{ name: 'Plant', value: 'East' }] };
    expect(codes(await folder.export([part]))).toEqual(['ExportErrorMissingAnchorComponent']);
  });

  test('is reported by a delta, and by a deletion with all its parts', async () => {
    await using folder = await Folder.with(text, parameters);
    const { watermark } = await folder.import();
    await folder.export([
      change('Delete', 'South', 1n),
      change('Replace', 'North', 2n, 'C'),
      change('Add', 'East', 9n),
    ]);
    const { entries } = await folder.import('delta', watermark);
    expect(names(entries)).toEqual(['Replace North/2', 'Add East/9', 'Delete South/1']);
    expect(entries[2]?.anchorAttributes).toEqual([
      { name: 'Plant', value: 'South' },
      { name: 'Number', value: 1n },
    ]);
  });

  test('is looked up by all its parts; some of them are refused', async () => {
    await using folder = await Folder.with(text, parameters);
    const schema = await folder.schema();
    const signal = AbortSignal.timeout(5000);
    const anchor = [
      { name: 'Number', value: '1' },
      { name: 'Plant', value: 'South' },
    ];
    const found = await folder.connector.lookup?.({ schema, objectType: 'Person', anchor }, signal);
    expect(names(found ?? [])).toEqual(['Add South/1']);
    const part = folder.connector.lookup?.({ schema, objectType: 'Person', anchor: anchor.slice(1) }, signal);
    await expect(part).rejects.toMatchObject({ code: 'CONNECTOR_VALUE_INVALID', place: 'Number' });
  });

  test('that occurs twice, or has a part missing, is an error of those rows', async () => {
    await using folder = await Folder.with(`${text}South;x;1\n;y;5\nEast;z;\nEast;z;q\n`, parameters);
    const { entries } = await folder.import();
    expect(entries.map((one) => one.errorDetail)).toEqual([
      undefined,
      'The anchor "South", "1" occurs more than once (line 3).',
      undefined,
      'The anchor "South", "1" occurs more than once (line 5).',
      'The anchor "Plant" has no value. (line 6, column 1 ("Plant"))',
      'The anchor "Number" has no value. (line 7, column 3 ("Number"))',
      expect.stringContaining('line 8, column 3 ("Number")'),
    ]);
    const results = await folder.export([change('Delete', 'South', 1n), change('Add', 'North', 3n)]);
    expect(codes(results)).toEqual(['ExportErrorAmbiguousUpdate', 'Success']);
  });

  test('keeps its object from being written where a row that cannot be read holds every part of it', async () => {
    await using folder = await Folder.with(`${text}East;7\n`, parameters);
    const results = await folder.export([change('Add', 'East', 7n), change('Add', 'East', 8n)]);
    expect(codes(results)).toEqual(['ExportErrorAmbiguousUpdate', 'Success']);
  });

  test('may have a comma in the name of a column; a column that is not there or is given twice is refused', async () => {
    await using folder = await Folder.with('"Last, First";B\nx;y\n', { Anchor: 'Last\\, First,B', ColumnTypes: '' });
    expect(names((await folder.import()).entries)).toEqual(['Add x/y']);
    await using padded = await Folder.with('A; B\nx;y\n', { Anchor: ' B', ColumnTypes: '' });
    expect(names((await padded.import()).entries)).toEqual(['Add y']);
    await using other = await Folder.with(text, { Anchor: 'Plant, Nummer', ColumnTypes: '' });
    await expect(other.schema()).rejects.toMatchObject({
      code: 'CSV_HEADER_INVALID',
      message: expect.stringContaining('"Nummer", which is one of the anchors. Did you mean "Number"?'),
    });
    expect(() => connect('/nowhere', { Anchor: 'A, a' })).toThrow(/given twice/);
    expect(() => connect('/nowhere', { Anchor: ',' })).toThrow(/names no column/);
  });
});
