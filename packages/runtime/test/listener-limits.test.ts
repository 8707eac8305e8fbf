import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ManualClock } from '../src/index.ts';
import { dial, hello, listen } from './dial.ts';

const GET = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';

/** An app that holds its requests until they are let go. */
function holding(): { app: RequestListener; held: ServerResponse[] } {
  const held: ServerResponse[] = [];
  return { app: (_, response) => void held.push(response), held };
}

describe('callers that are slow or gone', () => {
  test('a client that reads nothing is cut off, and its request has ended', async () => {
    const clock = new ManualClock();
    const ended = vi.fn();
    let answered: ServerResponse | undefined;
    const app: RequestListener = (_, response) => {
      answered = response.end(Buffer.alloc(64 * 1_048_576));
    };
    const listener = await listen({ app, clock, ended, limits: { responseTimeout: 10_000 } });
    const { socket, closed } = await dial(listener);
    socket.pause();
    socket.write(GET);
    await vi.waitFor(() => expect(answered?.req.socket.writableLength).toBeGreaterThan(0));
    clock.advance(7_500);
    expect(answered?.req.socket.destroyed).toBe(false);
    clock.advance(10_000);
    expect(answered?.req.socket.destroyed).toBe(true);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    socket.resume();
    expect((await closed).length).toBeLessThan(64 * 1_048_576);
  });

  test('one that takes piece after piece of a long answer is not, however long that lasts', async () => {
    const clock = new ManualClock();
    const { app, held } = holding();
    const listener = await listen({ app, clock, limits: { responseTimeout: 10_000 } });
    const dialled = await dial(listener);
    dialled.socket.write(GET);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    for (let piece = 0; piece < 10; piece++) {
      await new Promise((resolve) => held[0]?.write(`piece ${piece};`, resolve));
      await dialled.until(`piece ${piece};`);
      clock.advance(9_000);
    }
    held[0]?.end('done');
    await dialled.until('done');
  });

  test('one that waits for an answer which takes its time is not either', async () => {
    const clock = new ManualClock();
    const { app, held } = holding();
    const listener = await listen({ app, clock, limits: { responseTimeout: 1_000 } });
    const dialled = await dial(listener);
    dialled.socket.write(GET);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    clock.advance(60_000);
    held[0]?.end('late');
    await dialled.until('late');
  });

  test('a hand-shake that never ends is cut off', async () => {
    const listener = await listen({ limits: { handshakeTimeout: 100 } });
    const socket = connect(listener.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await once(socket, 'close');
  });

  test('a stop does not wait for one', async () => {
    const clock = new ManualClock();
    const listener = await listen({ clock, limits: { handshakeTimeout: 60_000 } });
    const socket = connect(listener.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    // The server has accepted it once a later one was served.
    const { socket: later } = await dial(listener);
    later.destroy();
    const closed = listener.close(5_000);
    clock.advance(5_000);
    await closed;
  });

  test('a connection that is kept and not used is closed', async () => {
    const { socket, closed } = await dial(await listen({ limits: { keepAliveTimeout: 100 } }));
    socket.write(GET);
    expect(await closed).toContain('hello');
  });

  test('a client that ends its side before its answer is taken for gone', async () => {
    const { app, held } = holding();
    const ended = vi.fn();
    const { socket, closed } = await dial(await listen({ app, ended }));
    socket.end(GET);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect(await closed).toBe('');
    expect(held[0]?.writableFinished).not.toBe(true);
  });
});

describe('too many at once', () => {
  test('requests beyond the limit are answered 503 with a time, essential ones are worked, and an end makes room', async () => {
    const { app, held } = holding();
    const listener = await listen({
      app: (request, response) => (request.url === '/' ? app : hello)(request, response),
      essential: ({ url }) => url === '/metrics',
      limits: { requestsInFlight: 1 },
    });
    const [first, second, third] = [await dial(listener), await dial(listener), await dial(listener)];
    first.socket.write(GET);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    second.socket.write(GET);
    const refused = await second.until('RUNTIME_TOO_BUSY');
    expect(refused).toMatch(/^HTTP\/1\.1 503 /);
    expect(refused).toMatch(/retry-after: 1\r\n/i);
    third.socket.write(GET.replace('/', '/metrics'));
    await third.until('hello');
    held[0]?.end('over');
    await first.until('over');
    second.socket.write(GET);
    await vi.waitFor(() => expect(held).toHaveLength(2));
  });

  test('what a client sent ahead and left behind does not count for ever', async () => {
    const { app, held } = holding();
    const ended = vi.fn();
    const listener = await listen({ app, ended, limits: { requestsInFlight: 3 } });
    const gone = await dial(listener);
    gone.socket.write(GET.repeat(3));
    await vi.waitFor(() => expect(held).toHaveLength(3));
    gone.socket.destroy();
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(3));
    const next = await dial(listener);
    next.socket.write(GET.repeat(3));
    await vi.waitFor(() => expect(held).toHaveLength(6));
  });

  test('a flood of requests sent ahead costs the connection, not the server', async () => {
    const ended = vi.fn();
    const listener = await listen({ ended });
    const { socket, closed } = await dial(listener);
    socket.write(GET.repeat(500));
    const answers = await closed;
    expect(answers.match(/HTTP\/1\.1 200 /g)?.length).toBe(32);
    expect(answers.match(/RUNTIME_TOO_BUSY/g)?.length).toBe(1);
    await vi.waitFor(() => expect(ended.mock.calls.length).toBeGreaterThanOrEqual(33));
    expect((await dial(listener)).socket.authorized).toBe(true);
  });

  test('connections of one address beyond its share are closed, and make room when they end', async () => {
    const connectionRefused = vi.fn();
    const listener = await listen({ limits: { connectionsPerAddress: 1 }, connectionRefused });
    const first = await dial(listener);
    await expect(dial(listener)).rejects.toThrow();
    expect(connectionRefused.mock.calls).toEqual([['connectionsPerAddress']]);
    first.socket.destroy();
    await vi.waitFor(async () => expect((await dial(listener)).socket.authorized).toBe(true));
  });

  test('connections beyond the limit of the listener are counted', async () => {
    const connectionRefused = vi.fn();
    const listener = await listen({ limits: { connections: 1 }, connectionRefused });
    await dial(listener);
    await expect(dial(listener)).rejects.toThrow();
    expect(connectionRefused.mock.calls).toEqual([['connections']]);
  });
});

describe('what is no request', () => {
  const headers = Array.from({ length: 101 }, (_, n) => `x-${n}: y\r\n`).join('');

  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', 400, 'RUNTIME_REQUEST_MALFORMED'],
    ['an unknown method', 'GRAB / HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'RUNTIME_REQUEST_MALFORMED'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
      'RUNTIME_REQUEST_MALFORMED',
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400, ''],
    ['a proxy request', 'CONNECT a:443 HTTP/1.1\r\nhost: a\r\n\r\n', 405, 'RUNTIME_METHOD_UNKNOWN'],
    ['an expectation', 'GET / HTTP/1.1\r\nhost: a\r\nexpect: 200-maybe\r\n\r\n', 417, 'RUNTIME_EXPECTATION_UNKNOWN'],
    ['too many headers', `GET / HTTP/1.1\r\nhost: a\r\n${headers}\r\n`, 431, 'RUNTIME_HEADERS_TOO_LARGE'],
    [
      'headers too long',
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'RUNTIME_HEADERS_TOO_LARGE',
    ],
    ['an address too long', `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 431, 'RUNTIME_HEADERS_TOO_LARGE'],
  ])('%s is answered in the words of the listener, and closed', async (_, bytes, status, code) => {
    const { socket, closed } = await dial(await listen());
    socket.write(bytes);
    const answer = await closed;
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain(code);
    expect(answer).not.toMatch(/\n +at /);
  });

  test('bytes that follow a good request are not answered in its place', async () => {
    const { app, held } = holding();
    const { socket, closed } = await dial(await listen({ app }));
    socket.write(`${GET}GARBAGE\r\n\r\n`);
    expect(await closed).toBe('');
    expect(held).toHaveLength(1);
  });
});
