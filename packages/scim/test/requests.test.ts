import { request } from 'node:http';
import { problem } from '@joinery/problems';
import { ManualClock } from '@joinery/runtime';
import { requestRate } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { CORE, groups, serve, token, users } from './server-under-test.ts';

describe('/Me', () => {
  test('S-138 without a way to know the caller it is 501', async () => {
    const server = await serve();
    expect((await server.request('GET', '/Me')).status).toBe(501);
    expect((await server.request('GET', '/Me/x')).status).toBe(404);
  });

  test("S-138 it is the caller's resource, for every method of one, and names its address", async () => {
    const owner = { id: '' };
    const server = await serve({ me: () => (owner.id === '' ? undefined : { type: users, id: owner.id }) });
    expect((await server.request('GET', '/Me')).status).toBe(404);
    owner.id = await server.create('/Users', { userName: 'joy' });
    const address = `http://localhost:80/scim/Users/${owner.id}`;
    const read = await server.request('GET', '/me/');
    expect([read.status, read.headers.location, read.body.userName]).toEqual([200, address, 'joy']);
    expect(read.body.meta).toMatchObject({ location: address });
    expect((await server.patch('/Me', { op: 'add', path: 'title', value: 't' })).body.title).toBe('t');
    expect((await server.request('PUT', '/Me', { schemas: [CORE], userName: 'u' })).body).not.toHaveProperty('title');
    expect((await server.request('GET', '/Me?attributes=userName')).body).toEqual({
      schemas: [CORE],
      id: owner.id,
      userName: 'u',
    });
    expect((await server.request('POST', '/Me', {})).headers.allow).toBe('GET, HEAD, PUT, PATCH, DELETE');
    expect((await server.request('DELETE', '/Me')).status).toBe(204);
    expect((await server.request('GET', `/Users/${owner.id}`)).status).toBe(404);
  });

  test('S-138 the caller may be found in a while', async () => {
    const server = await serve({ me: async () => ({ type: groups, id: 'unknown' }) });
    expect((await server.request('GET', '/Me')).status).toBe(404);
  });
});

describe('the header Accept', () => {
  test('takes what leaves room for JSON', async () => {
    const server = await serve();
    for (const accept of [
      'application/scim+json',
      'application/json',
      'APPLICATION/JSON; charset=utf-8',
      'text/html, application/*;q=0.1',
      '*/*',
      '',
    ]) {
      const answer = await server.request('GET', '/Users', undefined, { accept });
      expect([answer.status, answer.headers['content-type']], accept).toEqual([
        200,
        'application/scim+json; charset=utf-8',
      ]);
    }
  });

  test('refuses the rest with 406, and before anything is written', async () => {
    const server = await serve();
    for (const accept of ['text/html', 'application/xml, text/*', 'application/json;q=0', '*/*; q=0.0']) {
      const answer = await server.request('POST', '/Users', { userName: 'u' }, { accept });
      expect([answer.status, answer.body.status], accept).toEqual([406, '406']);
    }
    expect((await server.request('GET', '/Users')).body.totalResults).toBe(0);
  });
});

describe('the rate of requests', () => {
  test('S-141 twenty-five a second are let in for as long as they come, more are 429 with Retry-After', async () => {
    const clock = new ManualClock();
    const server = await serve({ admit: requestRate({ perSecond: 25, burst: 25, clock }) });
    const ask = () => server.request('GET', '/Users?filter=userName+eq+%22nobody%22');
    for (let request = 0; request < 250; request += 1) {
      clock.advance(40);
      expect((await ask()).status).toBe(200);
    }
    // The last request left 24 in the bucket; one more than that is refused.
    const burst = [];
    for (let request = 0; request < 25; request += 1) burst.push(await ask());
    const refused = burst.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect([refused[0]?.headers['retry-after'], refused[0]?.body.status]).toEqual(['1', '429']);
    clock.advance(1000);
    expect((await ask()).status).toBe(200);
  });

  test('is counted by caller, also after a thousand others', async () => {
    const clock = new ManualClock();
    const callerOf = ({ headers }: { readonly headers: Record<string, unknown> }): string => String(headers.caller);
    const server = await serve({ admit: requestRate({ perSecond: 1, burst: 1, clock, callerOf }) });
    const ask = async (caller: string): Promise<number> =>
      (await server.request('GET', '/Users/unknown', undefined, { caller })).status;
    expect([await ask('a'), await ask('a'), await ask('b')]).toEqual([404, 429, 404]);
    for (let index = 0; index < 1200; index += 1) {
      clock.advance(10);
      expect(await ask(`c${index}`)).toBe(404);
    }
    expect([await ask('c1199'), await ask('a'), await ask('a')]).toEqual([429, 404, 429]);
  });

  test('S-141 twenty-five mixed requests a second are answered with time to spare, over a socket', async () => {
    const server = await serve();
    const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
    const start = performance.now();
    for (let round = 0; round < 25; round += 1) {
      const body = JSON.stringify({ schemas: [CORE], userName: `u${round}` });
      const created = await fetch(`${address}/scim/Users`, { method: 'POST', headers, body });
      expect(created.status).toBe(201);
      const filter = encodeURIComponent(`userName eq "U${round}"`);
      const found = await fetch(`${address}/scim/Users?filter=${filter}`, { headers });
      expect(await found.json()).toMatchObject({ totalResults: 1 });
      const url = created.headers.get('location') ?? '';
      const operations = [{ op: 'Replace', path: 'active', value: 'False' }];
      const change = JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: operations,
      });
      expect(await (await fetch(url, { method: 'PATCH', headers, body: change })).json()).toMatchObject({
        active: false,
      });
      expect((await fetch(url, { method: 'DELETE', headers: { authorization: headers.authorization } })).status).toBe(
        204,
      );
    }
    // A hundred requests at 25 a second would take four seconds.
    expect(performance.now() - start).toBeLessThan(4000);
  });

  test('a caller who is not let in is not counted', async () => {
    const server = await serve({
      admit: () => {
        throw problem('SCIM_TOO_MANY_REQUESTS', 'Too many.', { retryAfterSeconds: 7 });
      },
    });
    const wrong = await server.request('GET', '/Users', undefined, { authorization: 'Bearer x' });
    expect(wrong.status).toBe(401);
    const right = await server.request('GET', '/Users');
    expect([right.status, right.headers['retry-after']]).toEqual([429, '7']);
  });
});

describe('HEAD and OPTIONS', () => {
  test('HEAD answers as GET does, without a body', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u' });
    for (const url of [`/Users/${id}`, '/Users', '/Schemas']) {
      const [get, head] = [await server.request('GET', url), await server.request('HEAD', url)];
      expect([head.status, head.text]).toEqual([200, '']);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
      expect(head.headers.etag).toBe(get.headers.etag);
      expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.text)));
    }
    expect((await server.request('HEAD', '/Users/unknown')).status).toBe(404);
  });

  test('S-127 OPTIONS is 405 with the methods in Allow, as every verb that an address does not take', async () => {
    const server = await serve();
    const allowed: Readonly<Record<string, string>> = {
      '/Users': 'GET, HEAD, POST',
      '/Users/x': 'GET, HEAD, PUT, PATCH, DELETE',
      '/Schemas': 'GET, HEAD',
      '/.search': 'POST',
      '/Bulk': 'POST',
    };
    for (const [url, allow] of Object.entries(allowed)) {
      const answer = await server.request('OPTIONS', url);
      expect([answer.status, answer.headers.allow], url).toEqual([405, allow]);
    }
  });
});

test('the whole address in the request line is the path that it ends in (RFC 9112 3.2.2)', async () => {
  const server = await serve();
  const base = new URL(await server.app.listen({ host: '127.0.0.1', port: 0 }));
  const status = await new Promise((resolve, reject) => {
    const path = 'http://scim.example/scim/Users?count=0';
    const headers = { authorization: `Bearer ${token}` };
    const sent = request({ host: base.hostname, port: base.port, path, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
  expect(status).toBe(200);
});
