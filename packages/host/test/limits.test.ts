import { ManualClock } from '@joinery/runtime';
import { describe, expect, test, vi } from 'vitest';
import { URN } from './support/caller.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller, csv, person, TestHome, TUTORIAL } from './support/home.ts';
import { metric, readMetrics } from './support/metrics.ts';
import { head, type RawAnswer, RawConnection } from './support/raw-connection.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

function expectScimError({ status, headers, body }: RawAnswer, expected: number): void {
  expect(status).toBe(expected);
  expect(headers).toContain('content-type: application/scim+json');
  expect(JSON.parse(body)).toMatchObject({ schemas: [ERROR], status: String(expected) });
  expect(body).not.toMatch(/node_modules|\.ts:|\bat .+:\d+/);
}

/** A create as its bytes. */
function post(attributes: Record<string, string>): string {
  const body = JSON.stringify({ schemas: [URN], [URN]: attributes });
  const type = 'content-type: application/scim+json\r\n';
  return `${head('POST', '/Users', 'fixture')}${type}content-length: ${body.length}\r\n\r\n${body}`;
}

async function tutorialHost(overrides: Record<string, number> = {}) {
  const home = await TestHome.create({ overrides });
  await home.write(csv(person(1)));
  return home.call();
}

describe('too much', () => {
  test('a body larger than requestBodySize is answered 413, announced or not', async () => {
    const { host } = await tutorialHost({ requestBodySize: 2_000 });
    const post = `${head('POST', '/Users')}content-type: application/scim+json\r\nconnection: close\r\n`;
    const announced = await RawConnection.open(host);
    const refused = await announced.end(`${post}content-length: 3000\r\n\r\n`);
    expectScimError(refused, 413);
    expect(refused.body).toContain('2000 bytes');
    const streamed = await RawConnection.open(host);
    expectScimError(
      await streamed.end(`${post}transfer-encoding: chunked\r\n\r\nbb8\r\n${'x'.repeat(3_000)}\r\n`),
      413,
    );
  });

  test('more requests than requestsPerSecond are answered 429 with a time, of this connector only', async () => {
    const clock = new ManualClock(Date.now());
    const home = await TestHome.create({
      clock,
      connectors: [TUTORIAL, { ...TUTORIAL, name: 'Other' }],
      overrides: { requestsPerSecond: 2, requestBurst: 3 },
    });
    for (const name of ['CSV', 'Other']) await home.write(csv(person(1)), name);
    const host = await home.start();
    const [scim, other] = [caller(host), caller(host, 'Other')];
    const statuses: number[] = [];
    for (const path of ['/Users', '/cache', '/Schemas', '/Users']) statuses.push((await scim.get(path)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await scim.get('/cache');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body).toMatchObject({ schemas: [ERROR], status: '429' });
    expect((await other.get('/Users')).status).toBe(200);
    expect((await caller(host, 'CSV', 'not-the-token-here').get('/Users')).status).toBe(401);
    clock.advance(500);
    expect((await scim.get('/Users')).status).toBe(200);
    expect((await scim.get('/Users')).status).toBe(429);
  });

  test('more requests at once than requestsInFlight are answered 503 with a time; health and metrics still answer', async () => {
    const put = gate();
    const { target, host, scim } = await fixtureHost({}, {}, { overrides: { requestsInFlight: 1 } });
    target.onPut = () => put.opened;
    const writing = scim.create({ id: 'a' });
    await vi.waitFor(() => expect(target.batches).toHaveLength(1));
    const refused = await scim.get('/Users');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body).toMatchObject({ schemas: [ERROR], status: '503' });
    expect((await scim.get(`${host.url}/healthz`)).status).toBe(200);
    expect((await readMetrics(host)).status).toBe(200);
    put.open();
    expect((await writing).status).toBe(201);
    expect((await scim.get('/Users')).status).toBe(200);
  });

  test('requests sent ahead of their answers cost the connection when they are too many', async () => {
    const { host, scim } = await tutorialHost();
    const flood = await RawConnection.open(host);
    flood.socket.write(`${head('GET', '/Users?count=1')}\r\n`.repeat(400));
    const answers = await flood.closed;
    expect(answers.match(/"totalResults":1/g)?.length).toBe(32);
    expect(answers.match(/"status":"503"/g)?.length).toBe(1);
    expect((await scim.get('/Users')).status).toBe(200);
  });

  test('more connections of one address than connectionsPerAddress are closed, and counted', async () => {
    const { host } = await tutorialHost({ connectionsPerAddress: 2 });
    const first = await RawConnection.open(host);
    const second = await RawConnection.open(host);
    await expect(RawConnection.open(host)).rejects.toThrow();
    first.socket.destroy();
    await vi.waitFor(async () => {
      const { text } = await readMetrics(host);
      expect(metric(text, 'joinery_connections_refused_total{limit="connectionsPerAddress"}')).toBeGreaterThan(0);
    });
    second.socket.destroy();
  });

  test('more and longer headers than allowed are answered 431', async () => {
    const { host } = await tutorialHost({ headerCount: 20, headerSize: 4_000 });
    const many = Array.from({ length: 20 }, (_, n) => `x-${n}: y\r\n`).join('');
    expectScimError(await (await RawConnection.open(host)).end(`${head('GET', '/Users')}${many}\r\n`), 431);
    const long = `x: ${'y'.repeat(5_000)}\r\n`;
    expectScimError(await (await RawConnection.open(host)).end(`${head('GET', '/Users')}${long}\r\n`), 431);
  });
});

describe('too slow', () => {
  test('a head and a body that do not arrive whole are answered 408, and the connection is closed', async () => {
    const { host, scim } = await tutorialHost({ headersTimeout: 1, requestTimeout: 1 });
    const [slowHead, slowBody] = [await RawConnection.open(host), await RawConnection.open(host)];
    const length = 'content-type: application/scim+json\r\ncontent-length: 100\r\n\r\n{"schemas":';
    const answers = await Promise.all([
      slowHead.end(head('GET', '/Users')),
      slowBody.end(head('POST', '/Users') + length),
    ]);
    for (const answer of answers) expectScimError(answer, 408);
    expect((await scim.get('/Users')).body.totalResults).toBe(1);
  });

  test('a caller that stops reading a long answer is cut off, and the answer’s source is let go', async () => {
    const { host, scim } = await fixtureHost(
      {},
      {},
      {
        overrides: { responseTimeout: 1 },
        prepare: (target) => {
          for (let n = 0; n < 600; n++) target.put(`id-${n}`, { title: 'x'.repeat(65_536) });
        },
      },
    );
    for (const path of ['/cache', '/Users?count=600']) {
      const idle = await RawConnection.open(host);
      idle.socket.pause();
      idle.socket.write(`${head('GET', path, 'fixture')}\r\n`);
    }
    const line = 'joinery_requests_total{connector="fixture",method="GET",status="aborted"}';
    const aborted = async (): Promise<void> => expect(metric((await readMetrics(host)).text, line)).toBe(2);
    await vi.waitFor(aborted, { timeout: 20_000, interval: 200 });
    expect((await scim.get('/Users?count=1')).status).toBe(200);
  });

  test('a caller that ends its side is taken for gone: a write that waits is taken back, one that was sent is not', async () => {
    const put = gate();
    const { target, host, scim } = await fixtureHost();
    target.onPut = () => put.opened;
    const [first, second] = [await RawConnection.open(host), await RawConnection.open(host)];
    first.socket.write(post({ id: 'a' }));
    await vi.waitFor(() => expect(target.batches).toHaveLength(1));
    first.socket.end();
    second.socket.write(post({ id: 'b' }));
    await vi.waitFor(() => expect(host.connectors[0]?.waitingWrites).toBe(1));
    second.socket.end();
    await vi.waitFor(() => expect(host.connectors[0]?.waitingWrites).toBe(0));
    put.open();
    await vi.waitFor(async () => expect((await scim.get('/Users?count=0')).body.totalResults).toBe(1));
    expect(target.batches.flat()).toHaveLength(1);
  });

  test('a caller who is gone before its write is done does not take it back, and holds nothing', async () => {
    const put = gate();
    const { target, host, scim } = await fixtureHost();
    target.onPut = () => put.opened;
    const gone = await RawConnection.open(host);
    gone.socket.write(post({ id: 'a' }));
    await vi.waitFor(() => expect(target.batches).toHaveLength(1));
    gone.socket.destroy();
    const line = 'joinery_requests_total{connector="fixture",method="POST",status="aborted"}';
    await vi.waitFor(async () => expect(metric((await readMetrics(host)).text, line)).toBe(1));
    put.open();
    await vi.waitFor(async () => expect((await scim.get('/Users?count=0')).body.totalResults).toBe(1));
  });
});

describe('what is no SCIM request', () => {
  test.each([
    ['no HTTP', 'SSH-2.0-client\r\n\r\n', 400],
    ['a method that nobody knows', `${head('GRAB', '/Users')}\r\n`, 400],
    ['a method of another protocol', `${head('PROPFIND', '/Users')}connection: close\r\n\r\n`, 405],
    ['TRACE', `${head('TRACE', '/Users')}connection: close\r\n\r\n`, 405],
    ['CONNECT', 'CONNECT elsewhere:443 HTTP/1.1\r\nhost: elsewhere\r\n\r\n', 405],
    ['two lengths', `${head('POST', '/Users')}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`, 400],
    ['an unknown expectation', `${head('GET', '/Users')}expect: magic\r\n\r\n`, 417],
    ['an address that is not UTF-8', `${head('GET', '/Users/%ff')}connection: close\r\n\r\n`, 404],
    ['an address that is not encoded', `${head('GET', '/Users/%zz')}connection: close\r\n\r\n`, 404],
    [
      'a compressed body',
      `${head('POST', '/Users')}connection: close\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}`,
      415,
    ],
    [
      'a form',
      `${head('POST', '/Users')}connection: close\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 3\r\n\r\na=b`,
      415,
    ],
    [
      'a chunk that is none',
      `${head('POST', '/Users')}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
      400,
    ],
  ])('%s is answered with a SCIM error', async (_, bytes, status) => {
    const { host, scim } = await tutorialHost();
    expectScimError(await (await RawConnection.open(host)).end(bytes), status);
    expect((await scim.get('/Users')).status).toBe(200);
  });
});
