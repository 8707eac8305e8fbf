import { systemRandom } from '@joinery/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { share, withinASecond } from '../../../../../testing/fuzz-runs.ts';
import { readLdifChanges, readLdifLines } from '../../src/import/delta/log/change-record-text.ts';
import { ChangedNames } from '../../src/import/delta/log/changed-names.ts';
import { MOST_RECORDS } from '../../src/import/delta/log/log-record.ts';
import { MOST_SEEN, seenRecords } from '../../src/import/delta/log/seen-records.ts';
import { Scopes } from '../../src/import/delta/scope.ts';
import { formatWatermark, parseWatermark } from '../../src/import/delta/watermark.ts';

const text = (octets: Uint8Array): string => Buffer.from(octets).toString('utf8');
const octets = (words: string): Uint8Array => Buffer.from(words, 'utf8');

describe('the changes of a change log', () => {
  test('L37 end in a NUL, and a replace without a value is no value', () => {
    const body =
      'replace: sn\nsn: Log2\n-\nreplace: description\n-\ndelete: title\n-\nadd: mail\nmail: a@x\nmail:: YkB4\n-\n\0';
    expect(
      readLdifChanges(octets(body)).map(({ values, ...change }) => ({ ...change, values: values.map(text) })),
    ).toEqual([
      { operation: 'replace', attribute: 'sn', values: ['Log2'] },
      { operation: 'replace', attribute: 'description', values: [] },
      { operation: 'delete', attribute: 'title', values: [] },
      { operation: 'add', attribute: 'mail', values: ['a@x', 'b@x'] },
    ]);
  });

  test('may be empty, or hold nothing that is one', () => {
    for (const body of ['', '\0', '\n\n\0\0', '-', 'x', ': y', 'a b: c\n', 'url:< file:///etc/passwd\n']) {
      expect(readLdifChanges(octets(body))).toEqual([]);
    }
  });

  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9;-]{0,12}$/);
  const value = fc.uint8Array({ maxLength: 60 });
  const changes = fc.array(
    fc.record({
      operation: fc.constantFrom('add', 'delete', 'replace', 'increment'),
      attribute: name,
      values: fc.array(value, { maxLength: 3 }),
    }),
    { maxLength: 5 },
  );

  test('read back as they were written, folded anywhere, with either line end, with NULs or without', () => {
    const written = fc.tuple(changes, fc.integer({ min: 1, max: 76 }), fc.constantFrom('\n', '\r\n'), fc.nat(2));
    fc.assert(
      fc.property(written, ([list, width, end, nuls]) => {
        const lines = list.flatMap(({ operation, attribute, values }) => [
          `${operation}: ${attribute}`,
          ...values.map((each) => lineOf(attribute, each)),
          '-',
        ]);
        const body = lines.map((line) => folded(line, width, end) + end).join('') + '\0'.repeat(nuls);
        const read = readLdifChanges(octets(body)).map((change) => ({
          ...change,
          values: change.values.map((each) => [...each]),
        }));
        expect(read).toEqual(list.map((change) => ({ ...change, values: change.values.map((each) => [...each]) })));
      }),
      share(0.005),
    );
  });

  test('of any octets are read or passed over, in time', () => {
    const pieces = fc.constantFrom('replace: sn\n', 'sn:: ', ' ', '\n-\n', '\0', ':', '<', '\r\n', 'Zg==', 'é', '-');
    const damaged = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map((all) => octets(all.join(''))),
      fc.uint8Array({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(damaged, (body) => {
        for (const line of readLdifLines(body)) expect(line.name).toMatch(/^(-|[A-Za-z0-9][A-Za-z0-9.;-]*)$/);
        readLdifChanges(body);
      }),
      share(0.02),
    );
    const long = octets(`replace: sn\nsn: ${'\n x'.repeat(300_000)}`);
    withinASecond(() => readLdifChanges(long));
  });
});

/** As RFC 2849 asks: what is no safe text goes as base64. */
function lineOf(name: string, value: Uint8Array): string {
  const isSafe = value.length > 0 && /^[!-9;=-~]([ -~]*[!-~])?$/.test(Buffer.from(value).toString('latin1'));
  return isSafe ? `${name}: ${text(value)}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
}

function folded(line: string, width: number, end: string): string {
  const parts = [line.slice(0, width)];
  for (let at = width; at < line.length; at += width) parts.push(` ${line.slice(at, at + width)}`);
  return parts.join(end);
}

test('more names than a delta is worth ask for a full import', () => {
  const scopes = new Scopes([{ base: 'dc=lab', within: undefined, without: [] }]);
  const changed = new ChangedNames(
    { random: systemRandom },
    { types: [], slots: [], requested: [], disableMethod: undefined },
    scopes,
  );
  const take = (n: number): void =>
    changed.take({
      type: 'modify',
      dn: `uid=${n},dc=lab`,
      carried: new Map(),
      carriesAll: false,
      changesAnchor: false,
    });
  for (let n = 0; n < MOST_RECORDS; n += 1) take(n);
  expect(() => take(MOST_RECORDS)).toThrow(expect.objectContaining({ code: 'CONNECTOR_WATERMARK_INVALID' }));
});

describe('the end of an access log', () => {
  test('is read again from five seconds before its last record', () => {
    const starts = ['20261121120003.000001Z', '20261121115950.000007Z', '20261121120000.000002Z'];
    expect(seenRecords(starts, 'x')).toEqual({
      since: '20261121115958.000000Z',
      seen: ['20261121120000.000002Z', '20261121120003.000001Z'],
    });
    expect(seenRecords([], '20261121115958.000000Z')).toEqual({ since: '20261121115958.000000Z', seen: [] });
  });

  test('remembers a bounded number of records, and is read from the first of them', () => {
    const starts = Array.from({ length: 3 * MOST_SEEN }, (_, n) => `20261121120000.${String(n).padStart(6, '0')}Z`);
    const { since, seen } = seenRecords(starts, 'x');
    expect(seen).toEqual(starts.slice(-MOST_SEEN));
    expect(since).toBe(seen[0]);
  });
});

describe('a watermark', () => {
  const watermark = fc.record({
    strategy: fc.constantFrom('changeLog', 'accessLog', 'usnChanged', 'timeStamp'),
    places: fc.string(),
    server: fc.string(),
    position: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string()),
  });

  test('reads back as it was written', () => {
    fc.assert(
      fc.property(watermark, (one) => {
        expect(parseWatermark(formatWatermark(one))).toEqual({ ...one, position: { ...one.position } });
      }),
      share(0.005),
    );
  });

  test.each([
    ['', 'nobody-gave-this-out', 'null', '[]', '{}', '17', '"x"'],
    [
      '{"version":2,"strategy":"changeLog","places":"","server":"","position":{}}',
      '{"version":1,"strategy":"guessing","places":"","server":"","position":{}}',
      '{"version":1,"strategy":"changeLog","places":"","server":"","position":{"number":7}}',
      '{"version":1,"strategy":"changeLog","places":"","server":"","position":[]}',
      '{"version":1,"strategy":"changeLog","places":"","server":"","position":{},"more":1}',
      '{"version":1,"strategy":"changeLog","server":"","position":{}}',
    ],
  ])('that another connector or version wrote asks for a full import', (...texts) => {
    for (const each of texts) {
      expect(() => parseWatermark(each)).toThrow(expect.objectContaining({ code: 'CONNECTOR_WATERMARK_INVALID' }));
    }
  });
});
