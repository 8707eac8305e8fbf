import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzMs, share } from '../../../testing/fuzz-runs.ts';
import { CsvReader } from '../src/commands/data/csv-reader.ts';
import { splitRecord } from '../src/commands/data/csv-record.ts';
import { readJson } from '../src/commands/data/json-reader.ts';
import { JsonProblem } from '../src/commands/data/json-text.ts';
import { jsonNumber } from '../src/commands/data/json-values.ts';
import { FileLines } from '../src/world/file-lines.ts';
import { type LineSource, TextLines } from '../src/world/text-lines.ts';

function read(text: string): unknown {
  const steps = { count: 0 };
  const step = (): void => void steps.count++;
  readJson(text, { depth: 64, newTable: undefined, number: jsonNumber, text: (one) => one, step });
  return steps.count;
}

function linesOf(source: LineSource): string[] {
  const lines: string[] = [];
  for (let line = source.next(); line !== undefined; line = source.next()) lines.push(line + source.end);
  return lines;
}

test(
  'pieces of JSON in any order are read or refused',
  () => {
    const piece = fc.constantFrom(
      ...['{', '}', '[', ']', '"', "'", ',', ':', '0', '1', '-', '.', 'e', 'E', '+', 'true', 'nul', 'NaN', 'undefined'],
      ...[
        '\\',
        '\\u00',
        '\\ud800',
        '/',
        '*',
        '//',
        ' ',
        '\n',
        '\r',
        '\u00a0',
        '\ufeff',
        '\0',
        '0x',
        'a',
        'é',
        '_',
        '$',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        try {
          read(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(JsonProblem);
        }
      }),
      share(0.02),
    );
  },
  fuzzMs,
);

test(
  'what JSON.parse takes, with any white space, is taken',
  () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        read(JSON.stringify(JSON.parse(json), null, space));
      }),
      share(0.005),
    );
  },
  fuzzMs,
);

test(
  'lines of a file are those of its text, wherever the pieces end',
  () => {
    const unit = fc.constantFrom('a', 'é', '\u20ac', '\u{1f600}', '\n', '\r', '\r\n', '"', ',');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (text, size) => {
        const bytes = new TextEncoder().encode(text);
        let at = 0;
        const piece = (): Uint8Array => {
          const next = bytes.slice(at, at + size);
          at += next.length;
          return next;
        };
        const lines = linesOf(new FileLines(piece, () => {}));
        expect(lines).toEqual(linesOf(new TextLines(text)));
        expect(lines.join('')).toBe(text);
      }),
      share(0.02),
    );
  },
  fuzzMs,
);

test(
  'records of CSV hold no more than the text, whatever the delimiter',
  () => {
    const unit = fc.constantFrom('a', ' ', '\t', ',', ';', '"', '""', '\n', '\r', '\0', 'é', '#', '#TYPE ');
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 40 }),
        fc.constantFrom(',', ';', '\t', ' ', '"', 'a'),
        (text, delimiter) => {
          const reader = new CsvReader(new TextLines(text), delimiter);
          let length = 0;
          for (let record = reader.nextText(); record !== undefined; record = reader.nextText()) {
            const fields = splitRecord(record, delimiter, reader.isLast);
            length += fields.reduce((sum, field) => sum + (field?.length ?? 0), 0);
          }
          expect(length).toBeLessThanOrEqual(text.length);
        },
      ),
      share(0.02),
    );
  },
  fuzzMs,
);
