import { isProblem } from '@joinery/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../../src/protocol/encode-request.ts';
import { MessageFrames } from '../../src/protocol/message-frame.ts';
import { request } from './arbitraries.ts';

const mb = 1_000_000;

function split(stream: Buffer, chunks: Iterable<number>, maxBytes = 10 * mb): string[] {
  const contents: string[] = [];
  const frames = new MessageFrames(maxBytes, (bytes, start, end) => contents.push(bytes.toString('hex', start, end)));
  let at = 0;
  for (const length of chunks) {
    frames.push(stream.subarray(at, at + length));
    at += length;
  }
  frames.push(stream.subarray(at));
  return contents;
}

function refusal(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (isProblem(error, 'LDAP_PROTOCOL_INVALID')) return error.detail;
    throw error;
  }
  throw new Error('It was accepted.');
}

/** Which form the length has is the sender's choice. */
function framed(content: Buffer, lengthOctets: number): Buffer {
  if (lengthOctets === 0 && content.length < 0x80) return Buffer.concat([Buffer.of(0x30, content.length), content]);
  const count = Math.max(lengthOctets, content.length > 0xffff ? 3 : content.length > 0xff ? 2 : 1);
  const head = Buffer.alloc(2 + count);
  head[0] = 0x30;
  head[1] = 0x80 + count;
  head.writeUIntBE(content.length, 2, count);
  return Buffer.concat([head, content]);
}

describe('splitting a stream into messages', () => {
  test('messages arrive whole and in order, wherever the stream is cut and however lengths are written', () => {
    const content = fc
      .oneof(
        fc.uint8Array(),
        request.map((request) => encodeRequest(1, request)),
      )
      .map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(content, fc.nat(4))),
        fc.array(fc.integer({ min: 0, max: 300 })),
        (messages, cuts) => {
          const stream = Buffer.concat(messages.map(([bytes, lengthOctets]) => framed(bytes, lengthOctets)));
          const expected = messages.map(([bytes]) => bytes.toString('hex'));
          expect(split(stream, cuts)).toEqual(expected);
          expect(split(stream.subarray(0, 500), Array(500).fill(1))).toEqual(split(stream.subarray(0, 500), []));
        },
      ),
    );
  });

  test('a message of 60 MB in small chunks is collected in time that grows with its length', () => {
    const content = Buffer.alloc(60 * mb, 7);
    const stream = framed(content, 4);
    const before = process.cpuUsage();
    let length = 0;
    const frames = new MessageFrames(100 * mb, (_, start, end) => {
      length = end - start;
    });
    for (let at = 0; at < stream.length; at += 4096) frames.push(stream.subarray(at, at + 4096));
    expect(length).toBe(60 * mb);
    expect(frames.pendingBytes).toBe(0);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });

  test('what is announced takes no memory before it arrives', () => {
    const before = process.memoryUsage().arrayBuffers;
    const frames = new MessageFrames(1000 * mb, () => undefined);
    frames.push(Buffer.of(0x30, 0x84, 0x3b, 0x00, 0x00, 0x00, 1, 2, 3));
    expect(frames.pendingBytes).toBe(9);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(mb);
  });

  test('a message longer than the limit is refused as soon as it says so', () => {
    const bytes = Buffer.of(0x30, 0x83, 0x10, 0x00, 0x00);
    expect(refusal(() => split(bytes, [], 1000))).toContain('1048576');
    expect(refusal(() => split(bytes, [1, 1, 1, 1, 1], 1000))).toContain('1048576');
  });

  test.each([
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n')],
    ['a TLS alert', Buffer.of(0x15, 3, 1, 0, 2, 2, 10)],
    ['an indefinite length', Buffer.of(0x30, 0x80, 0, 0)],
    ['a length of five octets', Buffer.of(0x30, 0x85, 0, 0, 0, 0, 1)],
  ])('%s is no LDAP', (_, bytes) => {
    expect(refusal(() => split(bytes, []))).toMatch(/cannot be read/);
    expect(refusal(() => split(bytes, [1, 1]))).toMatch(/cannot be read/);
  });
});
