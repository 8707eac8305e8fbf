import { open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProblem } from '@joinery/problems';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { encodingNames, encodingOf, markedEncoding } from '../src/encoding.ts';
import { formatRow, lineEndOf, parseRow } from '../src/row.ts';
import { type Row, readRows } from '../src/rows.ts';

const path = join(tmpdir(), `joinery-csv-rows-${process.pid}.txt`);
afterAll(() => rm(path, { force: true }));

async function rowsOf(content: string | Uint8Array, delimiter = ';', encoding = 'utf-8'): Promise<readonly Row[]> {
  await writeFile(path, content);
  await using handle = await open(path, 'r');
  const rows: Row[] = [];
  for await (const batch of readRows({ path, handle }, { delimiter, encoding: encodingOf(encoding) }, () => {}))
    rows.push(...batch);
  return rows;
}

const delimiters = fc.constantFrom(';', ',', '\t', '|');
const lineEnds = fc.constantFrom('\n', '\r\n');
/** Text full of what has a meaning in delimited files. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', ';', ',', '\t', '|', '\n', '\r', '\r\n', ' ', '\ufeff', 'é', '😀'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => !text.includes('\u0000') && text.isWellFormed());
const cells = fc.array(fc.record({ text: texts, quoted: fc.boolean() }), { minLength: 2, maxLength: 5 });

describe('rows', () => {
  test('written are read back, each cell with its text and, where it must not be quoted, its style', () => {
    fc.assert(
      fc.property(cells, delimiters, lineEnds, (row, delimiter, lineEnd) => {
        const raw = formatRow(row, delimiter, lineEnd);
        const reading = parseRow(raw, delimiter);
        expect(reading.ok && reading.cells.map((cell) => cell.text)).toEqual(row.map((cell) => cell.text));
        const quoted = reading.ok ? reading.cells.map((cell) => cell.quoted) : [];
        for (const [index, cell] of row.entries()) if (cell.quoted) expect(quoted[index]).toBe(true);
        expect(lineEndOf(raw)).toBe(lineEnd);
      }),
    );
  });

  test('of a whole file are read with their cells, lines and bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cells, { minLength: 1, maxLength: 20 }),
        delimiters,
        lineEnds,
        async (table, delimiter, lineEnd) => {
          const raws = table.map((row) => formatRow(row, delimiter, lineEnd));
          const rows = await rowsOf(Buffer.concat(raws), delimiter);
          // A first cell that starts with the mark is, at the start of a file, the mark: no tool can tell them apart.
          fc.pre(table[0]?.[0]?.text.startsWith('\ufeff') !== true);
          expect(rows.map((row) => row.cells)).toEqual(table.map((row) => row.map((cell) => cell.text)));
          expect(rows.map((row) => row.raw.toString())).toEqual(raws.map((raw) => raw.toString()));
          let line = 1;
          for (const row of rows) {
            expect(row.line).toBe(line);
            line += row.raw.toString().split('\n').length - 1;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of any bytes join to the file again, or the file is refused as a whole with a place', async () => {
    const pieces = fc.constantFrom('"', '""', ';', '\n', '\r\n', '\r', 'a', ' ', 'é', '\u0000');
    const files = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''))),
      fc.array(pieces, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''), 'utf16le')),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(files, fc.constantFrom(...encodingNames), async (content, name) => {
        const encoding = encodingOf(name);
        try {
          const rows = await rowsOf(content, ';', name);
          const isMarked = markedEncoding(content) !== undefined;
          const start = isMarked ? encoding.byteOrderMark.length : 0;
          expect(Buffer.concat(rows.map((row) => encoding.fromUtf8(row.raw)))).toEqual(content.subarray(start));
          expect(rows.map((row) => row.start)).toEqual([start, ...rows.map((row) => row.end)].slice(0, rows.length));
        } catch (error) {
          if (!isProblem(error)) throw error;
          expect(['CSV_ENCODING_INVALID', 'CSV_QUOTE_OPEN']).toContain(error.code);
          expect(error.place).toMatch(/:[1-9][0-9]*:[1-9][0-9]*$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('that span the chunks in which a file is read are whole', async () => {
    const long = Array.from({ length: 40 }, (_, n) => `"${String(n).repeat(9000)}\r\n${n}";"${'é'.repeat(9000)}"\r\n`);
    const rows = await rowsOf(`a;b\r\n${long.join('')}`);
    expect(rows).toHaveLength(41);
    expect(rows.slice(1).map((row) => row.raw.toString())).toEqual(long);
    expect(rows.at(-1)?.line).toBe(2 + 39 * 2);
  });
});
