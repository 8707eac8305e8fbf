import type { RequestListener } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dial, listen } from './dial.ts';

/** Answers with what it was sent, however long that takes to arrive. */
const echo: RequestListener = (request, response) => {
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
  });
  request.on('end', () => response.end(String(length)));
};

const valid = [
  'GET /a HTTP/1.1\r\nhost: a\r\n\r\n',
  'POST /a?b=c HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhello',
  'PUT /a HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nt: u\r\n\r\n',
  'GET /a HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: h2c\r\nexpect: 100-continue\r\n\r\n',
];

/** A valid request with some of it replaced, doubled or left out. */
const mutated = fc
  .record({
    request: fc.constantFrom(...valid),
    edits: fc.array(
      fc.record({
        at: fc.nat(200),
        take: fc.nat(20),
        put: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 8 }),
          fc.constantFrom('\r\n', '\r\n\r\n', ' ', ':', '\0', '0', 'content-length: 3\r\n', 'transfer-encoding: x\r\n'),
        ),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ request, edits }) =>
    Buffer.from(edits.reduce((text, { at, take, put }) => text.slice(0, at) + put + text.slice(at + take), request)),
  );

test('whatever bytes arrive, each answer is one of HTTP, and the next caller is served', async () => {
  const listener = await listen({ app: echo, limits: { headersTimeout: 60_000 } });
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated, fc.uint8Array({ maxLength: 100 }).map(Buffer.from)), async (bytes) => {
      const { socket, closed } = await dial(listener);
      // Ends its side too: what is still incomplete then is not waited for.
      socket.end(bytes);
      const received = await closed;
      if (received !== '') expect(received).toMatch(/^HTTP\/1\.1 (?:100|[2-5]\d\d) /);
    }),
    { numRuns: 200 },
  );
  const next = await dial(listener);
  next.socket.write(valid[1] ?? '');
  expect(await next.until('\r\n\r\n5')).toMatch(/^HTTP\/1\.1 200 /);
});
