import { describe, expect, test } from 'vitest';
import { CORE, profiles, serve } from './server-under-test.ts';

describe.each(profiles)('protocol, profile %s', (profile) => {
  test('S-128 S-133 unknown ids and addresses are 404 with a SCIM error', async () => {
    const server = await serve({ profile });
    for (const url of [
      '/Users/unknown',
      '/Schemas/unknown',
      '/ResourceTypes/x',
      '/9a',
      '/Users/a/b',
      '/',
      '',
      '/Users/%ff',
    ]) {
      const answer = await server.request('GET', url);
      expect([answer.status, answer.body.status, answer.headers['content-type']], url).toEqual([
        404,
        '404',
        'application/scim+json; charset=utf-8',
      ]);
      expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
      expect(answer.body).not.toHaveProperty('scimType');
    }
  });

  test('S-134 a wrong token is 401 with WWW-Authenticate, and never echoed', async () => {
    const server = await serve({ profile });
    for (const [method, url] of [
      ['GET', '/Users'],
      ['POST', '/Users'],
      ['GET', '/nowhere'],
    ] as const) {
      const answer = await server.request(method, url, method === 'POST' ? '{' : undefined, {
        authorization: 'Bearer wrong-token',
      });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="scim"']);
      expect(answer.text).not.toContain('wrong-token');
    }
  });

  test('S-134 a check that takes its time is waited for', async () => {
    const refusing = await serve({ authenticate: () => Promise.reject(new Error('no directory')) });
    const refused = await refusing.request('GET', '/Users');
    expect(refused.status).toBe(500);
    expect(refused.text).not.toContain('no directory');
    const letting = await serve({ authenticate: async () => {} });
    expect((await letting.request('GET', '/Users')).status).toBe(200);
  });

  test('S-135 conditions: If-None-Match answers 304, If-Match 412', async () => {
    const server = await serve({ profile });
    const id = await server.create('/Users', { userName: 'u' });
    const url = `/Users/${id}`;
    const etag = String((await server.request('GET', url)).headers.etag);
    for (const tag of [etag, '*', `"x", ${etag}`, etag.replace('W/', '')]) {
      expect((await server.request('GET', url, undefined, { 'if-none-match': tag })).status).toBe(304);
    }
    expect((await server.request('GET', url, undefined, { 'if-none-match': '"other"' })).status).toBe(200);
    const put = (tag: string) => server.request('PUT', url, { schemas: [CORE], userName: 'v' }, { 'if-match': tag });
    expect((await put('"other"')).status).toBe(412);
    expect((await put(`"other", ${etag}`)).status).toBe(200);
    expect((await put(etag)).status).toBe(412);
    expect((await server.request('DELETE', url, undefined, { 'if-match': etag })).status).toBe(412);
    expect((await server.request('DELETE', url, undefined, { 'if-match': '*' })).status).toBe(204);
  });

  test('S-136 PUT clears what is absent, and does not create', async () => {
    const server = await serve({ profile });
    const id = await server.create('/Users', { userName: 'u', title: 't', emails: [{ value: 'e' }] });
    const answer = await server.request('PUT', `/Users/${id}`, {
      schemas: [CORE],
      userName: 'u',
      id: 'x',
      displayName: 'd',
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['schemas', 'id', 'userName', 'displayName', 'meta']);
    expect(answer.body.id).toBe(id);
    expect((await server.request('PUT', '/Users/unknown', { schemas: [CORE], userName: 'u2' })).status).toBe(404);
  });

  test('S-137 DELETE is 204, then 404', async () => {
    const server = await serve({ profile });
    const id = await server.create('/Users', { userName: 'u' });
    expect((await server.request('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await server.request('DELETE', `/Users/${id}`)).status).toBe(404);
    expect((await server.request('GET', `/Users/${id}`)).status).toBe(404);
  });

  test('a body over the limit is 413, ten thousand operations too many are 400', async () => {
    const server = await serve({ profile, limits: { bodyBytes: 2000, patchOperations: 10 } });
    const large = await server.request('POST', '/Users', { userName: 'x'.repeat(3000) });
    expect([large.status, large.body.status]).toEqual([413, '413']);
    const id = await server.create('/Users', { userName: 'u' });
    const many = Array.from({ length: 11 }, () => ({ op: 'remove', path: 'title' }));
    expect((await server.patch(`/Users/${id}`, ...many)).body.scimType).toBe('invalidSyntax');
  });

  test('endpoints are found in any letter case and with a slash at the end, ids only exactly', async () => {
    const server = await serve({ profile });
    const id = await server.create('/users/', { userName: 'u' });
    expect((await server.request('GET', `/USERS/${id}/`)).status).toBe(200);
    expect((await server.request('GET', `/Users/${id.toUpperCase()}`)).status).toBe(404);
  });
});

test('integers beyond the doubles come back with all their digits', async () => {
  const server = await serve();
  const created = await server.request('POST', '/Users', '{"userName":12345678901234567890}');
  expect(created.text).toContain('"userName":"12345678901234567890"');
});

test('a Host header that is no host is refused before anything is written; names and addresses are taken', async () => {
  const server = await serve();
  const user = { schemas: [CORE], userName: 'a' };
  for (const host of ['a"/<script>', 'a/b', 'a b', 'user@a', 'a:b', '[::1']) {
    const answer = await server.request('POST', '/Users', user, { host });
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax']);
  }
  expect((await server.request('GET', '/Users')).body.totalResults).toBe(0);
  for (const [number, host] of ['host_1.example:8585', '127.0.0.1', '[::1]:443'].entries()) {
    const made = await server.request('POST', '/Users', { ...user, userName: `b${number}` }, { host });
    expect(made.headers.location).toContain(`http://${host}/scim/Users/`);
  }
});
