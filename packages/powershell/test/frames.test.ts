import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAnswer, jsonParts } from '../src/sandbox/answer-form.ts';
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

test('a message is shown before it is read', () => {
  const reader = new FrameReader((body) => {
    if (body.length > 3) throw new Error(`no: ${body}`);
  });
  expect([...reader.push(encodeFrame([1]))]).toEqual([[1]]);
  expect(() => [...reader.push(encodeFrame('text'))]).toThrow('no: "text"');
});

test('the parts of a message are counted without reading it', () => {
  const most = 1_000_000;
  const partsOf = (value: unknown): number => jsonParts(Buffer.from(JSON.stringify(value)), most);
  const counted = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 0;
    const items = Object.values(value);
    return 1 + Math.max(0, items.length - 1) + items.reduce((sum: number, item) => sum + counted(item), 0);
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(partsOf(value)).toBe(counted(value));
    }),
  );
  expect(partsOf('[[[,,,{{\\"[,')).toBe(0);
  expect(jsonParts(Buffer.from('[,'.repeat(100)), 10)).toBe(11);
  expect(jsonParts(Buffer.from('["\\'), 10)).toBe(1);
});

test.each([
  { type: 'failed', failure: null },
  { type: 'failed', failure: { reason: 'constructor', message: '' } },
  { type: 'failed', failure: { reason: 'time', message: 1 } },
  { type: 'failed', failure: { reason: 'parse', errors: [{ id: {} }], file: null } },
  { type: 'failed', failure: { reason: 'fault', message: {}, stack: '' } },
  { type: 'stream', stream: '__proto__', text: '', value: null, tags: [] },
  { type: 'stream', stream: 'verbose', text: {}, value: null, tags: [] },
  { type: 'stream', stream: 'verbose', text: '', value: null, tags: [1] },
  { type: 'value' },
  [],
  null,
])('%j is no answer of a script process', (message) => {
  expect(isAnswer(message)).toBe(false);
});

test('a frame that says it is longer than any may be is refused', () => {
  expect(() => [...new FrameReader().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))]).toThrow(RangeError);
});
