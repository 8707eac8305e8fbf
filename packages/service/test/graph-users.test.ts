import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listAt, optionalTextAt, textAt } from './json.ts';
import { person, serve } from './service-under-test.ts';

// What HTTP makes of the directory is the same on either database, whose own tests run on both; a start on PGlite costs ten times as much.
const engine = 'postgresql';

describe('signing in', () => {
  test('13: every route but health wants the administrator token, which only this account can read', async () => {
    const { call, home, service, token } = await serve(engine);
    expect(service.adminToken).toBe(token);
    expect((await stat(join(home, 'admin-token'))).mode & 0o777).toBe(0o600);
    for (const authorization of ['', 'Bearer', 'Bearer wrong-token-0123', `Basic ${token}`, `Bearer ${token}x`]) {
      const answer = await call('GET', '/v1.0/users', undefined, { authorization });
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect((await call('GET', '/api/jobs/x/runCycle', undefined, { authorization: '' })).status).toBe(404);
    expect((await call('POST', '/api/jobs/x/runCycle', undefined, { authorization: '' })).status).toBe(401);
    expect((await call('GET', '/healthz', undefined, { authorization: '' })).body).toEqual({ status: 'ok' });
    expect((await call('GET', '/readyz', undefined, { authorization: '' })).body).toEqual({ status: 'ok' });
  });

  test('the token is made once and opens the service after a restart', async () => {
    const first = await serve(engine);
    const second = await first.restart();
    expect(second.service.adminToken).toBeUndefined();
    expect(second.token).toBe(first.token);
    expect((await second.call('GET', '/v1.0/users')).status).toBe(200);
    expect(second.log()).not.toContain(first.token);
  });
});

describe('users', () => {
  test('30-34: are created, read by id and name, changed, deleted, restored and purged', async () => {
    const { call } = await serve(engine);
    const created = await call('POST', '/v1.0/users', person('Adele', { jobTitle: 'Welder', Department: 'Hull' }));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ displayName: 'Adele', jobTitle: 'Welder', mail: null, businessPhones: [] });
    expect(created.text).not.toContain('Correct-horse-1');
    const id = textAt(created.body, 'id');
    const { passwordProfile: _, ...noPassword } = person('Britta');
    expect((await call('POST', '/v1.0/users', noPassword)).status).toBe(400);
    const twin = await call('POST', '/v1.0/users', person('ADELE'));
    expect(twin).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } });
    expect(twin.headers.get('joinery-problem')).toBe('DIRECTORY_USER_EXISTS');

    expect((await call('PATCH', `/v1.0/users/${id}`, { jobTitle: null, givenName: 'A' })).status).toBe(204);
    const read = await call('GET', '/v1.0/users/adele@contoso.example?$select=Id,jobTitle,department,givenName');
    expect(read.body).toMatchObject({ id, jobTitle: null, department: 'Hull', givenName: 'A' });
    expect(read.body).not.toHaveProperty('displayName');

    expect((await call('DELETE', `/v1.0/users/${id}`)).status).toBe(204);
    expect((await call('GET', `/v1.0/users/${id}`)).status).toBe(404);
    const deleted = await call('GET', `/v1.0/directory/deletedItems/${id}`);
    expect(deleted.body).toMatchObject({ userPrincipalName: `${id.replaceAll('-', '')}Adele@contoso.example` });
    const bin = await call('GET', '/v1.0/directory/deletedItems/microsoft.graph.user');
    expect(bin.body).toMatchObject({ value: [{ id }] });
    const restored = await call('POST', `/v1.0/directory/deletedItems/${id}/restore`, '');
    expect(restored).toMatchObject({ status: 200, body: { userPrincipalName: 'Adele@contoso.example' } });
    expect((await call('DELETE', `/v1.0/users/${id}`)).status).toBe(204);
    expect((await call('DELETE', `/v1.0/directory/deletedItems/${id}`)).status).toBe(204);
    expect((await call('GET', `/v1.0/directory/deletedItems/${id}`)).status).toBe(404);
  });

  test('25: next links walk every user once, and belong to their request', async () => {
    const { call } = await serve(engine);
    for (let index = 0; index < 7; index++) await call('POST', '/v1.0/users', person(`user${index}`));
    const names: string[] = [];
    let next: string | undefined = '/v1.0/users?$top=3&$select=displayName';
    while (next !== undefined) {
      const page = await call('GET', next);
      expect(page.status).toBe(200);
      names.push(...listAt(page.body, 'value').map((user) => textAt(user, 'displayName')));
      next = optionalTextAt(page.body, '@odata.nextLink');
      if (names.length === 3) {
        const tampered = await call('GET', textAt(page.body, '@odata.nextLink').replace('top=3', 'top=4'));
        expect(tampered.headers.get('joinery-problem')).toBe('SERVICE_QUERY_INVALID');
      }
    }
    expect(names.sort()).toEqual(Array.from({ length: 7 }, (_, index) => `user${index}`));
  });

  test('19-23: options work in any spelling, and what is unknown is refused', async () => {
    const { call } = await serve(engine);
    await call('POST', '/v1.0/users', person('obrien', { mail: "O'Brien@contoso.example" }));
    await call('POST', '/v1.0/users', person('zoe', { displayName: 'Zoë' }));
    const names = async (query: string) => {
      const { status, body } = await call('GET', `/v1.0/users?${query}`);
      return status === 200 ? listAt(body, 'value').map((user) => textAt(user, 'mailNickname')) : status;
    };
    const select = '$select=mailNickname';
    expect(await names(`${select}&$filter=${encodeURIComponent("mail eq 'o''brien@contoso.example'")}`)).toEqual([
      'obrien',
    ]);
    expect(await names(`%24Select=MailNickname&FILTER=${encodeURIComponent("DISPLAYNAME eq 'ZOË'")}`)).toEqual(['zoe']);
    expect(await names(`${select}&$filter=${encodeURIComponent("startswith(displayName,'z')")}`)).toEqual(['zoe']);
    for (const wrong of [
      "$filter=jobTitle eq 'x'",
      '$filter=mail eq',
      "$filter=mail eq 'x",
      '$top=0',
      '$top=1000',
      '$select=shoeSize',
      '$expand=manager',
      '$skiptoken=AAAA',
      '$top=1&top=2',
    ]) {
      expect(await names(wrong.replaceAll(' ', '%20').replaceAll("'", '%27')), wrong).toBe(400);
    }
  });

  test('12, 15: errors carry the envelope and the ids of the request', async () => {
    const { call } = await serve(engine);
    const answer = await call('GET', '/v1.0/users/nobody', undefined, { 'client-request-id': 'my-id' });
    expect(answer.status).toBe(404);
    const requestId = answer.headers.get('request-id');
    expect(answer.headers.get('client-request-id')).toBe('my-id');
    expect(answer.body).toMatchObject({
      error: {
        code: 'Request_ResourceNotFound',
        innerError: { 'request-id': requestId, 'client-request-id': 'my-id' },
      },
    });
    for (const [method, path, body, status] of [
      ['POST', '/v1.0/users', '{"a":', 400],
      ['POST', '/v1.0/users', '{"__proto__":{}}', 400],
      ['POST', '/v1.0/users', '[]', 400],
      ['POST', '/v1.0/users', undefined, 400],
      ['PUT', '/v1.0/users', {}, 404],
      ['GET', '/v1.0/nothing', undefined, 404],
      ['GET', '/v1.0/users/%', undefined, 400],
    ] as const) {
      const refused = await call(method, path, body);
      expect(refused, `${method} ${body}`).toMatchObject({ status, body: { error: { code: expect.any(String) } } });
    }
  });
});
