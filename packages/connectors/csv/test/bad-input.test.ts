import { rm } from 'node:fs/promises';
import { isProblem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import { codes, entry, Folder } from './folder.ts';

const header = 'AzureObjectID;IsActive;Title';

/** The code and place a promise is refused with. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isProblem(error)) throw error ?? new Error('It was not refused.');
  return `${error.code} ${error.place?.replace(/^.*\//, '') ?? ''}`;
}

describe('a bad row', () => {
  const cases: readonly [string, string, string, RegExp][] = [
    [
      'with a value that is not of its type',
      '2;perhaps;x',
      'ImportErrorInvalidBooleanValue',
      /perhaps.*line 3, column 2 \("IsActive"\)/,
    ],
    ['with too few cells', '2;True', 'ImportErrorParseError', /2 cells, the header has 3 \(line 3, column 3\)/],
    ['with too many cells', '2;True;x;y', 'ImportErrorParseError', /4 cells, the header has 3 \(line 3, column 4\)/],
    ['with text behind a closing quote', '2;"True"x;y', 'ImportErrorParseError', /closing quote.*\(line 3, column 2\)/],
    ['with a quote inside a plain cell', '2;True;5" disk', 'ImportErrorParseError', /not quoted.*\(line 3, column 3\)/],
    [
      'without its anchor',
      ';True;x',
      'ImportErrorInvalidAttributeValue',
      /no value.*line 3, column 1 \("AzureObjectID"\)/,
    ],
    [
      'with the character U+0000',
      '2;True;a\u0000b',
      'ImportErrorInvalidAttributeValue',
      /line 3, column 3 \("Title"\)/,
    ],
  ];

  test.each(cases)('%s is reported with line and column, and the others are read', async (_, row, code, detail) => {
    await using folder = await Folder.with(`${header}\n1;True;a\n${row}\n3;False;c\n`);
    const { entries, watermark } = await folder.import();
    const [first, bad, third] = entries;
    expect(entries).toHaveLength(3);
    expect([first, third].map((one) => one?.anchorAttributes[0]?.value)).toEqual(['1', '3']);
    expect(bad).toMatchObject({
      errorCodeImport: code,
      errorDetail: expect.stringMatching(detail),
      attributeChanges: [],
    });
    expect(watermark).toBeUndefined();
  });

  test('counts lines by line feeds, also inside quoted cells', async () => {
    await using folder = await Folder.with(`${header}\r\n1;True;"a\r\n\r\nb"\r\n2;perhaps;x\r\n`);
    expect((await folder.import()).entries[1]?.errorDetail).toMatch(/line 5, column 2/);
  });

  test('is shown by the connection test', async () => {
    await using folder = await Folder.with(`${header}\n1;True;a\n2;perhaps;x\n`);
    const report = await folder.connector.test(AbortSignal.timeout(5000));
    expect(report).toMatchObject({
      summary: '2 rows, 3 columns, 1 of the rows cannot be used',
      facts: { rows: 2, badRows: 1 },
    });
  });

  test('does not stop an export, stays as it is, and is mended by a Replace', async () => {
    await using folder = await Folder.with(`${header}\n1;perhaps;a\n2;True\n`);
    expect(codes(await folder.export([entry('Add', '3')]))).toEqual(['Success']);
    expect(await folder.text()).toBe(`${header}\n1;perhaps;a\n2;True\n3;;\n`);
    expect(codes(await folder.export([entry('Replace', '1', { IsActive: false })]))).toEqual(['Success']);
    expect(await folder.text()).toBe(`${header}\n1;False;\n2;True\n3;;\n`);
  });

  test('that cannot be read keeps its object from being written: it might be there already', async () => {
    await using folder = await Folder.with(`${header}\n1;True;a\n2;True\n"3"x;True;c\n`);
    const results = await folder.export([entry('Add', '2'), entry('Add', '3'), entry('Add', '4')]);
    expect(codes(results)).toEqual(['ExportErrorAmbiguousUpdate', 'ExportErrorAmbiguousUpdate', 'Success']);
    expect(results[0]?.errorDetail).toBe('Line 3 holds this anchor and cannot be read.');
  });

  test('that holds the text looked up is answered as an error, never as nobody', async () => {
    await using folder = await Folder.with(`${header}\n1;True;a\n2;True\n`);
    const query = {
      schema: await folder.schema(),
      objectType: 'Person',
      anchor: [{ name: 'AzureObjectID', value: '2' }],
    };
    const found = await folder.connector.lookup?.(query, AbortSignal.timeout(5000));
    expect(found).toMatchObject([{ errorCodeImport: 'ImportErrorParseError' }]);
  });
});

describe('an anchor that occurs twice', () => {
  const text = `${header}\n1;True;a\n2;True;b\n1;False;c\n`;

  test('is an error on both rows, and neither is imported', async () => {
    await using folder = await Folder.with(text);
    const { entries } = await folder.import();
    expect(entries.map((one) => one.errorDetail)).toEqual([
      'The anchor "1" occurs more than once (line 2).',
      undefined,
      'The anchor "1" occurs more than once (line 4).',
    ]);
  });

  test.each(['Add', 'Replace', 'Delete'] as const)('is not written by %s', async (modification) => {
    await using folder = await Folder.with(text);
    expect(codes(await folder.export([entry(modification, '1'), entry('Delete', '2')]))).toEqual([
      'ExportErrorAmbiguousUpdate',
      'Success',
    ]);
    expect(await folder.text()).toBe(`${header}\n1;True;a\n1;False;c\n`);
  });

  test('is an error when it is looked up', async () => {
    await using folder = await Folder.with(text);
    const query = {
      schema: await folder.schema(),
      objectType: 'Person',
      anchor: [{ name: 'AzureObjectID', value: '1' }],
    };
    const found = await folder.connector.lookup?.(query, AbortSignal.timeout(5000));
    expect(found?.map((one) => one.errorCodeImport)).toEqual([
      'ImportErrorInvalidAttributeValue',
      'ImportErrorInvalidAttributeValue',
    ]);
  });

  test('counts upper and lower case as different people', async () => {
    await using folder = await Folder.with(`${header}\na;True;x\nA;True;y\n`);
    expect((await folder.import()).entries.map((one) => one.errorCodeImport)).toEqual([undefined, undefined]);
  });
});

describe('a file that cannot be used', () => {
  const cases: readonly [string, string | Uint8Array, string][] = [
    ['that is empty', '', 'CSV_HEADER_INVALID InputFile.txt:1:1'],
    ['without the anchor column', 'ObjectID;IsActive\n1;True\n', 'CSV_HEADER_INVALID InputFile.txt:1:1'],
    ['with a column twice', 'AzureObjectID;IsActive;Title;TITLE\n', 'CSV_HEADER_INVALID InputFile.txt:1:4'],
    ['without a column that has a type', 'AzureObjectID;Title\n', 'CSV_HEADER_INVALID InputFile.txt:1:1'],
    ['with another delimiter', 'AzureObjectID,IsActive\n1,True\n', 'CSV_HEADER_INVALID InputFile.txt:1:1'],
    ['with a broken quote in the header', 'AzureObjectID;"Is"Active\n', 'CSV_HEADER_INVALID InputFile.txt:1:2'],
    [
      'that is not UTF-8',
      Buffer.from(`${header}\n1;True;Zo\u00eb\n`, 'latin1'),
      'CSV_ENCODING_INVALID InputFile.txt:2:10',
    ],
    ['in UTF-16', Buffer.from(`\ufeff${header}\n`, 'utf16le'), 'CSV_ENCODING_INVALID InputFile.txt:1:1'],
    [
      'with a quote that never closes',
      `${header}\n1;True;a\n2;True;"b\n3;True;c\n`,
      'CSV_QUOTE_OPEN InputFile.txt:3:8',
    ],
    [
      'with a cell that runs on for ever',
      `${header}\n1;True;"${'x'.repeat(2_000_000)}`,
      'CSV_QUOTE_OPEN InputFile.txt:2:8',
    ],
  ];

  test.each(cases)(
    '%s is refused with its place: nothing is imported and nothing written',
    async (_, content, expected) => {
      await using folder = await Folder.with(`${header}\n`);
      const schema = await folder.schema();
      await using broken = await Folder.with(content, { ColumnTypes: 'IsActive:Boolean' });
      const signal = AbortSignal.timeout(10_000);
      expect(await refusal(Promise.resolve(broken.connector.fullImport?.({ schema, pageSize: 1 }, signal)))).toBe(
        expected,
      );
      const run = await broken.connector.export?.({ schema }, signal);
      expect(await refusal(Promise.resolve(run?.putEntries([entry('Add', '9')], signal)))).toBe(expected);
      expect(await broken.text()).toBe(Buffer.from(content).toString('utf8'));
      expect(await refusal(broken.connector.test(signal))).toBe(expected);
    },
  );

  test('that lost a selected column is refused', async () => {
    await using folder = await Folder.with(`${header}\n`);
    const schema = await folder.schema();
    await using other = await Folder.with('AzureObjectID;IsActive\n1;True\n');
    const opened = other.connector.fullImport?.({ schema, pageSize: 1 }, AbortSignal.timeout(5000));
    expect(await refusal(Promise.resolve(opened))).toBe('CSV_HEADER_INVALID InputFile.txt:1:1');
  });

  test('that does not exist is missing for every call', async () => {
    await using folder = await Folder.with(`${header}\n`);
    const schema = await folder.schema();
    await rm(folder.file);
    const signal = AbortSignal.timeout(5000);
    const run = await folder.connector.export?.({ schema }, signal);
    const calls = [
      () => folder.connector.test(signal),
      () => folder.connector.schema(signal),
      () => folder.connector.fullImport?.({ schema, pageSize: 1 }, signal),
      () => run?.putEntries([entry('Add', '1')], signal),
    ];
    for (const call of calls)
      expect(await refusal(Promise.resolve<unknown>(call()))).toBe('CSV_FILE_MISSING InputFile.txt');
  });

  test('that is a folder is unreadable', async () => {
    await using folder = await Folder.with(`${header}\n`, { FileName: '.' });
    expect(await refusal(folder.connector.test(AbortSignal.timeout(5000)))).toMatch(/^CSV_FILE_UNREADABLE /);
  });
});
