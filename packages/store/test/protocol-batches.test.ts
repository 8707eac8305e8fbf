import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolBatches } from '../src/engine/protocol-batches.ts';

const START = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);

function message(type: string, body: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

test('a batch ends where the server answers, however the bytes are cut', () => {
  const kinds = fc.constantFrom(...'PBDECQSH');
  const messages = fc.array(fc.tuple(kinds, fc.uint8Array({ maxLength: 40 })), { maxLength: 20 });
  fc.assert(
    fc.property(messages, fc.array(fc.integer({ min: 1, max: 30 })), (list, cuts) => {
      const expected: Buffer[] = [START];
      let open: Buffer[] = [];
      for (const [type, body] of list) {
        open.push(message(type, body));
        if (!'QSH'.includes(type)) continue;
        expected.push(Buffer.concat(open));
        open = [];
      }
      const bytes = Buffer.concat([...expected, ...open]);
      const batches = new ProtocolBatches();
      const found: Uint8Array[] = [];
      let at = 0;
      for (const cut of cuts) {
        found.push(...batches.push(bytes.subarray(at, at + cut)));
        at += cut;
      }
      found.push(...batches.push(bytes.subarray(at)));
      expect(found.map((batch) => Buffer.from(batch).toString('hex'))).toEqual(
        expected.map((batch) => batch.toString('hex')),
      );
    }),
  );
});
