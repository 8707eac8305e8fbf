import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvReader } from '../src/commands/data/csv-reader.ts';
import { splitRecord } from '../src/commands/data/csv-record.ts';
import { TextLines } from '../src/world/text-lines.ts';
import { openRunspace } from './runspace-in-process.ts';

function records(text: string, delimiter = ','): (string | null)[][] {
  const reader = new CsvReader(new TextLines(text), delimiter);
  const all: (string | null)[][] = [];
  for (let text = reader.nextText(); text !== undefined; text = reader.nextText()) {
    all.push(splitRecord(text, delimiter, reader.isLast));
  }
  return all;
}

const quote = (field: string) => `"${field.replaceAll('"', '""')}"`;

describe('CSV', () => {
  test('that was written with quotes reads as it was', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', '\t', 'é', ';'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = rows.map((row) => `${row.map(quote).join(',')}\n`).join('');
        expect(records(text)).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  test('of any kind is read to its end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r'), maxLength: 40 }), (text) => {
        const all = records(text);
        // A quote that nothing follows begins a last record without any field.
        if (text.endsWith('"') && all.at(-1)?.length === 0) all.pop();
        for (const record of all) expect(record.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['a quote inside a field is a character', '5" pipe,O"Neil\n', [['5" pipe', 'O"Neil']]],
    ['white space before a field does not belong to it', '  x, y\n', [['x', 'y']]],
    ['what follows a quoted part is kept', '"x" y,"z"  \n', [['x y', 'z']]],
    [
      'a last empty field is there with an end of line, and not without',
      '1,\n2,',
      [
        ['1', ''],
        ['2', null],
      ],
    ],
    ['lines of white space are no records', '\n \n1\n', [['1']]],
    ['CR, LF and both end a record', 'a\rb\r\nc\nd', [['a'], ['b'], ['c'], ['d']]],
  ])('%s', (_title, text, expected) => {
    expect(records(text)).toEqual(expected);
  });

  test('that Export-Csv wrote is what Import-Csv reads', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'in.txt'), 'one "quoted", two\nthree');
    expect(
      run(
        "[pscustomobject]@{ a = Get-Content in.txt -Raw; b = $null; c = 1.5 } | Export-Csv o.csv; $r = Import-Csv o.csv; $r.a -eq (Get-Content in.txt -Raw); $r.b -eq ''; $r.c",
      ),
    ).toEqual(['True', 'True', '1.5']);
    expect(readFileSync(join(folder, 'o.csv'), 'utf8')).toContain('"one ""quoted"", two');
  });

  test.each([
    ['a quote that nothing closes, over 200,000 lines', `a,b\n"${'x,y\n'.repeat(200_000)}`, '800000 of 2'],
    ['100,000 columns', `${Array.from({ length: 100_000 }, (_, at) => `c${at}`).join(',')}\n1,2\n`, '1 of 100000'],
    ['a line of 20 MB', `a,b\n${'x'.repeat(20_000_000)},y\n`, '20000000 of 2'],
    ['nothing but NUL', '\0\n\0\n', '1 of 1'],
    ['quotes by the million', `a\n${'"'.repeat(1_000_000)}\n`, '499999 of 1'],
  ])('%s is read in time', (_title, text, expected) => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'in.csv'), text);
    const script = '$p = @((Import-Csv in.csv).psobject.Properties); "$($p[0].Value.Length) of $($p.Count)"';
    expect(run(script)).toEqual([expected]);
  });
});
