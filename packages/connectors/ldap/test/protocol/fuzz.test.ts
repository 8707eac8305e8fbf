import { readFileSync } from 'node:fs';
import { isProblem } from '@joinery/problems';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzMs, mutated, share, withinASecond } from '../../../../../testing/fuzz-runs.ts';
import { BerWriter } from '../../src/protocol/ber-writer.ts';
import { dirSyncOid, readDirSync } from '../../src/protocol/control/dir-sync.ts';
import { pagedResultsOid, readPagedResults } from '../../src/protocol/control/paged-results.ts';
import { passwordPolicyOid, readPasswordPolicy } from '../../src/protocol/control/password-policy.ts';
import { postReadOid, readPostRead } from '../../src/protocol/control/post-read.ts';
import { readSortResult } from '../../src/protocol/control/server-side-sort.ts';
import { readListView } from '../../src/protocol/control/virtual-list-view.ts';
import type { Control } from '../../src/protocol/control.ts';
import { decodeResponse, type Response } from '../../src/protocol/decode-response.ts';
import { EntryDecoder } from '../../src/protocol/entry-decoder.ts';
import { readGeneratedPassword } from '../../src/protocol/extended/password-modify.ts';
import { writeFilter } from '../../src/protocol/filter/encode.ts';
import { formatFilter } from '../../src/protocol/filter/format.ts';
import { parseFilter } from '../../src/protocol/filter/parse.ts';
import type { Filter } from '../../src/protocol/filter.ts';
import { MessageFrames } from '../../src/protocol/message-frame.ts';
import { readTextEntry } from '../../src/protocol/text-entry.ts';
import { controls, filter, result } from './arbitraries.ts';
import { response, writeResult } from './response-writer.ts';

const maxBytes = 100_000;

/** What real servers sent; see the names in the file. */
const recorded: Record<string, string> = JSON.parse(
  readFileSync(new URL('./fixtures/recorded.json', import.meta.url), 'utf8'),
);
const conversations = Object.values(recorded).map((text) => Buffer.from(text, 'base64'));
const made = fc
  .tuple(fc.constantFrom(0x61, 0x65, 0x69, 0x78), result, controls)
  .map(([tag, result, controls]) => response(1, tag, (writer) => writeResult(writer, result), controls));

const edit = fc.record({
  at: fc.nat(100_000),
  remove: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(8)),
  insert: fc.oneof(
    fc.constantFrom(
      [0x80],
      [0xff],
      [0x84, 0xff, 0xff, 0xff, 0xff],
      [0x30, 0x80],
      [0x00],
      [0x7f],
      [0x30, 0x30, 0x30],
      [0x85],
    ),
    fc.array(fc.nat(255), { maxLength: 3 }),
  ),
});

/** Octets of servers with a few edits. */
const streams = fc
  .tuple(fc.oneof(fc.constantFrom(...conversations), made), fc.array(edit, { maxLength: 3 }))
  .map(([stream, edits]) =>
    edits.reduce((bytes, { at, remove, insert }) => {
      const place = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, place), Buffer.from(insert), bytes.subarray(place + remove)]);
    }, stream),
  );

/** Reads everything there is in a message; returns how many octets of values it made of it. */
function readAll(message: Response, bytes: Buffer): number {
  if (message.operation !== 'searchEntry') {
    const controls = 'result' in message ? message.result.controls : 'controls' in message ? message.controls : [];
    for (const { value } of controls) if (value !== undefined) readValue(value);
    if (message.operation === 'extended' && message.result.responseValue !== undefined)
      readValue(message.result.responseValue);
    return 0;
  }
  readTextEntry(bytes, message.start, message.end);
  let made = 0;
  const decoder = new EntryDecoder((name) => ({ form: name.length % 2 === 0 ? 'text' : 'octets' }) as const);
  const count = (_: unknown, values: readonly (string | Uint8Array)[]): void => {
    for (const value of values) made += value.length;
  };
  decoder.decode(bytes, message.start, message.end, { text: count, octets: count });
  return made;
}

/** Every reader of a value of a control or an extended response meets every value. */
function readValue(value: Uint8Array): void {
  const oids = [
    pagedResultsOid,
    dirSyncOid,
    passwordPolicyOid,
    postReadOid,
    '1.2.840.113556.1.4.474',
    '2.16.840.1.113730.3.4.10',
  ];
  const controls: Control[] = oids.map((oid) => ({ oid, critical: false, value }));
  const readers = [readPagedResults, readDirSync, readPasswordPolicy, readPostRead, readSortResult, readListView].map(
    (read) => () => read(controls),
  );
  const result = { code: 0, matchedDn: '', diagnosticMessage: '', referrals: [], controls, responseValue: value };
  for (const read of [...readers, () => readGeneratedPassword(result)]) {
    try {
      read();
    } catch (error) {
      if (!isProblem(error, 'LDAP_PROTOCOL_INVALID')) throw error;
    }
  }
}

test(
  'octets that are LDAP or almost are read, or refused as LDAP_PROTOCOL_INVALID, within a second and within their frame',
  () => {
    let read = 0;
    let refused = 0;
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 4096 }), (stream, chunk) => {
        const frames = new MessageFrames(maxBytes, (bytes, start, end) => {
          expect(end - start).toBeLessThanOrEqual(Math.min(maxBytes, stream.length));
          expect(readAll(decodeResponse(bytes, start, end), bytes)).toBeLessThanOrEqual(end - start);
          read += 1;
        });
        withinASecond(() => {
          try {
            for (let at = 0; at < stream.length; at += chunk) frames.push(stream.subarray(at, at + chunk));
            expect(frames.pendingBytes).toBeLessThanOrEqual(stream.length);
          } catch (error) {
            if (!isProblem(error, 'LDAP_PROTOCOL_INVALID')) throw error;
            refused += 1;
          }
        });
      }),
      share(0.15),
    );
    // Both must happen often, or the edits say nothing.
    expect(read).toBeGreaterThan(share(0.15).numRuns / 10);
    expect(refused).toBeGreaterThan(share(0.15).numRuns / 10);
  },
  fuzzMs,
);

test('what real servers sent is read whole', () => {
  for (const stream of conversations) {
    let read = 0;
    const frames = new MessageFrames(maxBytes, (bytes, start, end) => {
      readAll(decodeResponse(bytes, start, end), bytes);
      read += 1;
    });
    frames.push(stream);
    expect([read > 0, frames.pendingBytes]).toEqual([true, 0]);
  }
});

const filterPieces = [
  '(',
  ')',
  '((((',
  '(&',
  '(|',
  '(!',
  '*',
  '**',
  '\\',
  '\\2',
  '\\2a',
  '\\ff',
  '=',
  ':=',
  ':dn',
  ':',
  ';',
  '>=',
  '~=',
  ' ',
  '\0',
  'é',
  '\ud800',
];

test(
  'any filter, right or almost right, is read or refused as LDAP_FILTER_INVALID, within a second',
  () => {
    const wire = (filter: Filter): string => {
      const writer = new BerWriter();
      writeFilter(writer, filter);
      return writer.finish().toString('hex');
    };
    let accepted = 0;
    fc.assert(
      fc.property(mutated(filter.map(formatFilter), filterPieces), (text) => {
        withinASecond(() => {
          try {
            const filter = parseFilter(text);
            expect(wire(parseFilter(formatFilter(filter)))).toBe(wire(filter));
            accepted += 1;
          } catch (error) {
            if (!isProblem(error, 'LDAP_FILTER_INVALID')) throw error;
          }
        });
      }),
      share(0.05),
    );
    expect(accepted).toBeGreaterThan(share(0.05).numRuns / 20);
  },
  fuzzMs,
);
