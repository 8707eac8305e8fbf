import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, FrameReader } from '../src/sandbox/frames.ts';

test('messages come out of a pipe as they went in, however it cuts them', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.array(fc.nat(9)), (messages, cuts) => {
      const bytes = Buffer.concat(messages.map(encodeFrame));
      const reader = new FrameReader();
      const read: unknown[] = [];
      let at = 0;
      for (const cut of cuts) {
        read.push(...reader.push(bytes.subarray(at, at + cut)));
        at += cut;
      }
      read.push(...reader.push(bytes.subarray(at)));
      expect(read).toEqual(JSON.parse(JSON.stringify(messages)));
    }),
  );
});

test('a frame that says it is longer than any may be is refused', () => {
  expect(() => [...new FrameReader().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))]).toThrow(RangeError);
});
