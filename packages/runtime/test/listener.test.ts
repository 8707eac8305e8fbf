import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  createFetch,
  createHttpApp,
  createSelfSigned,
  type Listener,
  type ListenOptions,
  listenTls,
  ManualClock,
  type OutboundFetch,
  type ServerCertificate,
  systemClock,
  systemRandom,
  tlsTrust,
} from '../src/index.ts';
import { expectProblem } from './expect-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

let certificate: ServerCertificate;

beforeAll(async () => {
  certificate = await createSelfSigned({ clock: systemClock, random: systemRandom });
});

const hello: RequestListener = (_, response) => {
  response.end('hello');
};

async function start(options: Partial<ListenOptions> = {}): Promise<Listener> {
  const listener = await listenTls({
    app: hello,
    host: '127.0.0.1',
    port: 0,
    certificate,
    clock: systemClock,
    ...options,
  });
  onTestFinished(() => listener.close(0));
  return listener;
}

async function trusting(pinned: ServerCertificate = certificate): Promise<OutboundFetch> {
  const caFile = join(temporaryFolder(), 'ca.pem');
  writeFileSync(caFile, pinned.certificate);
  const fetch = createFetch({ trust: await tlsTrust({ caFile }), deadline: 10_000, clock: systemClock });
  onTestFinished(() => fetch.close());
  return fetch;
}

/** A raw TLS connection for what no HTTP client would send. */
async function dial(listener: Listener): Promise<{ socket: TLSSocket; closed: Promise<string> }> {
  const socket = connect({
    host: '127.0.0.1',
    port: listener.port,
    servername: 'localhost',
    ca: [certificate.certificate],
  });
  let received = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString();
  });
  await once(socket, 'secureConnect');
  socket.on('error', () => socket.destroy());
  return { socket, closed: once(socket, 'close').then(() => received) };
}

describe('the TLS listener', () => {
  test('serves a client that pins the self-signed certificate, by name and by address', async () => {
    const listener = await start();
    const fetch = await trusting();
    expect(await (await fetch(listener.url)).text()).toBe('hello');
    expect(await (await fetch(`https://localhost:${listener.port}/`)).text()).toBe('hello');
  });

  test('is refused by a client that pins another certificate or none', async () => {
    const listener = await start();
    const other = await trusting(await createSelfSigned({ clock: systemClock, random: systemRandom }));
    await expectProblem('RUNTIME_TARGET_UNTRUSTED', () => other(listener.url));
    const plain = createFetch({ deadline: 5_000, clock: systemClock });
    await expectProblem('RUNTIME_TARGET_UNTRUSTED', () => plain(listener.url));
    await plain.close();
  });

  test('is refused when its certificate is for another name or has expired', async () => {
    const named = await createSelfSigned({ names: ['other.example'], clock: systemClock, random: systemRandom });
    const misnamed = await start({ certificate: named });
    await expectProblem('RUNTIME_TARGET_UNTRUSTED', async () => (await trusting(named))(misnamed.url));
    const old = await createSelfSigned({ clock: new ManualClock(Date.UTC(2020, 0, 1)), random: systemRandom });
    const expired = await start({ certificate: old });
    await expectProblem('RUNTIME_TARGET_UNTRUSTED', async () => (await trusting(old))(expired.url));
  });

  test('uses a renewed certificate for new connections', async () => {
    const listener = await start();
    const renewed = await createSelfSigned({ clock: systemClock, random: systemRandom });
    listener.renew(renewed);
    expect(await (await (await trusting(renewed))(listener.url)).text()).toBe('hello');
  });

  test('does not speak TLS 1.1', async () => {
    const listener = await start();
    const socket = connect({
      host: '127.0.0.1',
      port: listener.port,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
      ca: [certificate.certificate],
    });
    const [fault] = await once(socket, 'error');
    expect(String(Object(fault).code)).toMatch(/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|ECONNRESET/);
  });

  test('a taken port is a problem with the port; the next free one is taken where that was asked for', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    onTestFinished(() => void blocker.close());
    const { port } = Object(blocker.address());
    const found = await expectProblem('RUNTIME_PORT_TAKEN', () => start({ port }));
    expect(found.message).toBe(`127.0.0.1:${port}: The port ${port} is taken by another program.`);
    const next = await start({ port, nextPorts: 20 });
    expect(next.port).toBeGreaterThan(port);
    expect(next.port).toBeLessThanOrEqual(port + 20);
  });

  test('an address of another machine is a problem', async () => {
    await expectProblem('RUNTIME_ADDRESS_UNAVAILABLE', () => start({ host: '192.0.2.1' }));
  });

  test('the URL of a listener on all addresses can be opened', async () => {
    const listener = await start({ host: '0.0.0.0' });
    expect(listener.url).toBe(`https://localhost:${listener.port}`);
  });
});

describe('limits of the listener', () => {
  const limits = { bodyBytes: 100, headerBytes: 2_048, headersTimeout: 300, requestTimeout: 300, connections: 2 };

  test('a body that says it is too large is refused unread', async () => {
    const listener = await start({ limits });
    const response = await (await trusting())(listener.url, { method: 'POST', body: 'x'.repeat(101) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'RUNTIME_BODY_TOO_LARGE' } });
    expect((await (await trusting())(listener.url, { method: 'POST', body: 'x'.repeat(100) })).status).toBe(200);
  });

  test('a body without a length is bounded by the app’s parser', async () => {
    const app = createHttpApp({ random: systemRandom, limits });
    app.post('/', async ({ body }) => ({ body }));
    const { socket, closed } = await dial(await start({ app, limits }));
    const chunk = 'x'.repeat(200);
    socket.write(
      `POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n${chunk.length.toString(16)}\r\n${chunk}\r\n0\r\n\r\n`,
    );
    expect(await closed).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('headers that are too large are refused', async () => {
    const { socket, closed } = await dial(await start({ limits }));
    socket.write(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(3_000)}\r\n\r\n`);
    expect(await closed).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('headers and bodies that never end are cut off', async () => {
    const listener = await start({ limits });
    const headers = await dial(listener);
    headers.socket.write('GET / HTTP/1.1\r\nhost: a\r\n');
    expect(await headers.closed).toMatch(/^HTTP\/1\.1 408 /);
    const app = createHttpApp({ random: systemRandom, limits });
    app.post('/', async () => 'read');
    const body = await dial(await start({ app, limits }));
    body.socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\ncontent-length: 50\r\n\r\nhalf');
    expect(await body.closed).toMatch(/^HTTP\/1\.1 (408|400) /);
  });

  test('connections beyond the limit are closed', async () => {
    const listener = await start({ limits: { ...limits, headersTimeout: 10_000, requestTimeout: 10_000 } });
    const first = await dial(listener);
    const second = await dial(listener);
    const third = connect({
      host: '127.0.0.1',
      port: listener.port,
      servername: 'localhost',
      ca: [certificate.certificate],
    });
    await new Promise((resolve) => {
      third.once('error', resolve);
      third.once('close', resolve);
    });
    expect(third.authorized).toBe(false);
    first.socket.destroy();
    second.socket.destroy();
  });
});

describe('closing', () => {
  test('a running request ends, kept-alive connections are told to close, new ones are refused, the app is closed last', async () => {
    const app = createHttpApp({ random: systemRandom });
    const events: string[] = [];
    let release = (): void => {};
    const entered = new Promise<void>((inside) => {
      app.get('/slow', async () => {
        inside();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        events.push('answered');
        return 'done';
      });
    });
    app.addHook('onClose', async () => void events.push('closed'));
    const listener = await start({ app });
    const idle = await dial(listener);
    const fetch = await trusting();
    const answer = fetch(`${listener.url}/slow`);
    await entered;
    const closing = listener.close();
    expect(listener.close()).toBe(closing);
    await idle.closed;
    await expectProblem('RUNTIME_TARGET_UNREACHABLE', async () => (await trusting())(listener.url));
    release();
    const response = await answer;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.text()).toBe('done');
    await closing;
    expect(events).toEqual(['answered', 'closed']);
  });

  test('a request that does not end is broken at the deadline', async () => {
    const clock = new ManualClock();
    let inside = (): void => {};
    const entered = new Promise<void>((resolve) => {
      inside = resolve;
    });
    const listener = await start({ app: () => inside(), clock });
    const fetch = await trusting();
    const answer = expectProblem('RUNTIME_CONNECTION_LOST', () => fetch(listener.url));
    await entered;
    const closing = listener.close(5_000);
    clock.advance(5_000);
    await closing;
    await answer;
  });
});

describe('the HTTP app', () => {
  test('nothing is coerced or removed from a body, and prototype keys are refused', async () => {
    const app = createHttpApp({ random: systemRandom });
    const schema = { body: { type: 'object', properties: { n: { type: 'integer' } }, additionalProperties: false } };
    app.post('/', { schema }, async ({ body }) => body);
    const post = async (payload: string): Promise<number> =>
      (await app.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/json' }, payload }))
        .statusCode;
    expect(await post('{"n":1}')).toBe(200);
    expect(await post('{"n":"1"}')).toBe(400);
    expect(await post('{"n":1,"m":2}')).toBe(400);
    expect(await post('{"__proto__":{}}')).toBe(400);
    await app.close();
  });
});
