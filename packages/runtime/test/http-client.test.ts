import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient, type HttpAnswer, type HttpRequest } from '../src/index.ts';
import { expectProblem } from './expect-problem.ts';

async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${Object(server.address()).port}`;
}

async function send(url: string, request: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
  const client = createHttpClient({});
  onTestFinished(() => client.destroy());
  const { signal } = new AbortController();
  return await client.send({ url: new URL(url), method: 'GET', headers: [], signal, ...request });
}

async function textOf({ body }: HttpAnswer): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('a request goes out as it is, an answer comes as it is: redirects, names of headers, repeated ones', async () => {
  const url = await serve(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    response.sendDate = false;
    response.writeHead(302, 'Elsewhere', ['Location', '/x', 'X-Two', 'a', 'X-Two', 'b', 'Connection', 'close']);
    response.end(`${request.method} ${request.headers['x-mine']} ${body}`);
  });
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('one ');
    yield Buffer.from('two');
  }
  const answer = await send(url, { method: 'PROPFIND', headers: ['X-Mine', 'y'], body: pieces() });
  expect([answer.status, answer.reason]).toEqual([302, 'Elsewhere']);
  expect(answer.headers.slice(0, 6)).toEqual(['Location', '/x', 'X-Two', 'a', 'X-Two', 'b']);
  expect(await textOf(answer)).toBe('PROPFIND y one two');
});

test('an answer that breaks off is a problem, whether its head is there or not; the signal ends with its reason', async () => {
  const half = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
  });
  await expectProblem('RUNTIME_CONNECTION_LOST', async () => await textOf(await send(half)));
  const none = await serve((request) => void request.socket.destroy());
  await expectProblem('RUNTIME_CONNECTION_LOST', () => send(none));
  const stop = new AbortController();
  const stalled = await serve(() => stop.abort(new Error('enough')));
  await expect(send(stalled, { signal: stop.signal })).rejects.toThrow('enough');
});

test('headers without an end are given up, addresses that are never called are not called', async () => {
  const long = await serve((_, response) => response.writeHead(200, { x: 'y'.repeat(70_000) }).end());
  await expectProblem('RUNTIME_CONNECTION_LOST', () => send(long));
  await expectProblem('RUNTIME_ADDRESS_REFUSED', () => send('http://169.254.169.254/'));
});
