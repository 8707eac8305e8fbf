import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isRefusedAddress } from '../src/http/address.ts';
import { type CreateFetchOptions, createFetch, ManualClock, type OutboundFetch, systemClock } from '../src/index.ts';
import { expectProblem } from './expect-problem.ts';

async function serve(handler: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${Object(server.address()).port}`, server };
}

function client(options: Partial<CreateFetchOptions> = {}): OutboundFetch {
  const fetch = createFetch({ deadline: 10_000, clock: systemClock, ...options });
  onTestFinished(() => void fetch.close());
  return fetch;
}

describe('outbound calls', () => {
  test('method, headers and body arrive; status, headers and body come back', async () => {
    const { url } = await serve(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response
        .writeHead(201, { location: '/x' })
        .end(JSON.stringify([request.method, request.headers['x-test'], body]));
    });
    const response = await client()(`${url}/a?q=1`, { method: 'POST', headers: { 'x-test': 'y' }, body: 'hä' });
    expect([response.status, response.ok, response.headers.get('location'), response.url]).toEqual([
      201,
      true,
      '/x',
      `${url}/a?q=1`,
    ]);
    expect(await response.json()).toEqual(['POST', 'y', 'hä']);
  });

  test('the built-in fetch has the same shape', () => {
    const shaped: import('../src/index.ts').Fetch = fetch;
    expect(shaped).toBe(fetch);
  });

  test('an answer without a body ends its deadline', async () => {
    const clock = new ManualClock();
    const { url } = await serve((_, response) => response.writeHead(204).end());
    const response = await client({ clock })(url, { method: 'DELETE' });
    expect([response.status, response.body, await response.text()]).toEqual([204, null, '']);
    clock.advance(60_000);
  });

  test('a target that never answers is given up at the deadline', async () => {
    const clock = new ManualClock();
    let seen = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      seen = resolve;
    });
    const { url } = await serve(() => seen());
    const answer = expectProblem('RUNTIME_DEADLINE', () =>
      client({ clock, deadline: 3_000 })(`${url}/Users?filter=secret`),
    );
    await arrived;
    clock.advance(3_000);
    const found = await answer;
    expect(found.message).toContain('did not end within 3000 ms');
    expect(found.message).not.toContain('filter');
  });

  test('a body that never ends is given up at the same deadline', async () => {
    const clock = new ManualClock();
    const { url } = await serve((_, response) => void response.write('first'));
    const response = await client({ clock, deadline: 3_000 })(url);
    const text = expectProblem('RUNTIME_DEADLINE', () => response.text());
    clock.advance(3_000);
    await text;
  });

  test('the caller’s signal ends a call with the caller’s reason', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    const { url } = await serve(() => controller.abort(reason));
    await expect(client()(url, { signal: controller.signal })).rejects.toBe(reason);
    await expect(client()(url, { signal: controller.signal })).rejects.toBe(reason);
  });

  test('a closed port, an unknown name and a URL of another kind mean that nothing was sent', async () => {
    const { url, server } = await serve(() => {});
    server.close();
    await once(server, 'close');
    await expectProblem('RUNTIME_TARGET_UNREACHABLE', () => client()(url));
    await expectProblem('RUNTIME_TARGET_UNREACHABLE', () => client()('http://no-such-name.invalid/'));
    await expectProblem('RUNTIME_TARGET_UNREACHABLE', () => client()('file:///etc/passwd'));
  });

  test('a connection that breaks after the request was sent leaves the outcome open', async () => {
    const { url } = await serve((request) => void request.socket.destroy());
    await expectProblem('RUNTIME_CONNECTION_LOST', () => client()(url, { method: 'POST', body: '{}' }));
    const half = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
    });
    await expectProblem('RUNTIME_CONNECTION_LOST', async () => (await client()(half.url)).text());
  });

  test('an answer that is not JSON or too large is a problem, and a stream has no limit', async () => {
    const { url } = await serve((_, response) => response.end('<html>'.repeat(100)));
    await expectProblem('RUNTIME_ANSWER_UNREADABLE', async () => (await client()(url)).json());
    const bounded = client({ maxTextBytes: 599 });
    await expectProblem('RUNTIME_ANSWER_TOO_LARGE', async () => (await bounded(url)).text());
    let size = 0;
    for await (const chunk of (await bounded(url)).body ?? []) size += chunk.byteLength;
    expect(size).toBe(600);
  });
});

describe('redirects', () => {
  test('within the same origin a GET is followed', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/new') response.end('there');
      else response.writeHead(301, { location: '/new' }).end('moved');
    });
    const response = await client()(`${url}/old`);
    expect([response.url, await response.text()]).toEqual([`${url}/new`, 'there']);
  });

  test('are handed back where the caller asked for that', async () => {
    const { url } = await serve((_, response) => response.writeHead(302, { location: '/new' }).end());
    const response = await client()(url, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/new']);
  });

  test('to another host, of a write, and in circles they are refused', async () => {
    const other = await serve((_, response) => response.end('stolen'));
    const { url } = await serve((request, response) => {
      response.writeHead(307, { location: request.url === '/away' ? other.url : '/circle' }).end();
    });
    const found = await expectProblem('RUNTIME_REDIRECT_REFUSED', () =>
      client()(`${url}/away`, { headers: { authorization: 'Bearer x' } }),
    );
    expect(found.detail).toContain(other.url);
    await expectProblem('RUNTIME_REDIRECT_REFUSED', () => client()(`${url}/circle`, { method: 'POST', body: '{}' }));
    await expectProblem('RUNTIME_REDIRECT_REFUSED', () => client()(`${url}/circle`));
  });
});

describe('addresses that are never called', () => {
  test.each([
    '169.254.169.254',
    '169.254.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '224.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fd00:ec2::254',
    'fd00:0ec2:0:0:0:0:0:254',
    '::',
    'ff02::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::a9fe:a9fe',
    '64:ff9b::169.254.169.254',
    '2002:a9fe:a9fe::1',
    'not an address',
    '',
  ])('%s', (address) => {
    expect(isRefusedAddress(address)).toBe(true);
  });

  test.each([
    '127.0.0.1',
    '::1',
    '10.0.0.1',
    '192.168.1.1',
    '93.184.216.34',
    '2606:2800::1',
    'fd12::1',
    '::ffff:10.0.0.1',
    '64:ff9b::8.8.8.8',
  ])('%s may be a target', (address) => {
    expect(isRefusedAddress(address)).toBe(false);
  });

  test('no IPv6 form of a link-local address gets through', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(group, fc.constantFrom('::ffff:', '::', '64:ff9b::'), (low, prefix) => {
        expect(isRefusedAddress(`${prefix}a9fe:${low.toString(16)}`)).toBe(true);
      }),
    );
  });

  test.each([
    'http://169.254.169.254/latest',
    'http://[fe80::1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://2852039166/',
    'http://0xa9.254.169.254/',
    'http://0/',
  ])('the literal %s is refused before a connection is tried', async (url) => {
    await expectProblem('RUNTIME_ADDRESS_REFUSED', () => client()(url));
  });

  test('a name is judged by the addresses it resolves to', async () => {
    const { guardedLookup } = await import('../src/http/guarded-lookup.ts');
    const resolve = (name: string, all: boolean): Promise<unknown> =>
      new Promise((done) => guardedLookup(name, { all }, (error, address, family) => done(error ?? [address, family])));
    expect(await resolve('localhost', false)).toEqual([
      expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
      expect.any(Number),
    ]);
    expect(await resolve('localhost', true)).toEqual([
      expect.arrayContaining([expect.objectContaining({ address: expect.any(String) })]),
      undefined,
    ]);
    // getaddrinfo answers a literal with itself: the one name whose refused address needs no name server.
    expect(await resolve('169.254.169.254', false)).toMatchObject({ code: 'RUNTIME_ADDRESS_REFUSED' });
    expect(await resolve('169.254.169.254', true)).toMatchObject({ code: 'RUNTIME_ADDRESS_REFUSED' });
    expect(await resolve('no-such-name.invalid', false)).toBeInstanceOf(Error);
  });
});

describe('proxies and servers of another kind', () => {
  test('carries the call through a tunnel, and link-local literals are refused all the same', async () => {
    const { url } = await serve((_, response) => response.end('through'));
    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket, head: Buffer) => {
      tunnels.push(request.url ?? '');
      const { hostname, port } = new URL(`http://${request.url}`);
      const upstream = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    onTestFinished(() => void proxy.close());
    const fetch = client({ proxy: { url: `http://127.0.0.1:${Object(proxy.address()).port}` } });
    expect(await (await fetch(url)).text()).toBe('through');
    expect(tunnels).toEqual([new URL(url).host]);
    await expectProblem('RUNTIME_ADDRESS_REFUSED', () => fetch('http://169.254.169.254/'));
    await fetch.close();
  });

  test('a target that speaks no TLS on its https port got nothing', async () => {
    const { url } = await serve((_, response) => response.end());
    await expectProblem('RUNTIME_TARGET_UNREACHABLE', () => client()(url.replace('http:', 'https:')));
  });

  test('a server that speaks no HTTP is a broken connection', async () => {
    const server = createTcpServer((socket) => void socket.end('SSH-2.0-x\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    await expectProblem('RUNTIME_CONNECTION_LOST', () => client()(`http://127.0.0.1:${Object(server.address()).port}`));
  });
});
