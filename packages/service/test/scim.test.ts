import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { assign, patience, people, readyApplication, runCycle } from './application-under-test.ts';
import { at, listAt, objectAt, textAt } from './json.ts';
import { person, serve } from './service-under-test.ts';
import { startTlsTarget } from './tls-target.ts';

const ENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const scim = { 'content-type': 'application/scim+json; charset=utf-8' };

forEachDatabase((engine) => {
  test(
    'a person who comes, changes and goes over SCIM is provisioned by the next incremental cycle',
    async () => {
      const target = await startTlsTarget();
      const service = await serve(engine);
      const { call } = service;
      const application = await readyApplication(service, target);
      const cycle = () => runCycle(service, application);
      const adele = textAt((await call('POST', '/v1.0/users', person('adele', { jobTitle: 'Welder' }))).body, 'id');
      await assign(service, application, adele);
      expect(await cycle()).toMatchObject({ kind: 'initial', counts: { created: 1 } });

      const made = await call(
        'POST',
        '/scim/Users',
        { userName: 'joy@contoso.example', title: 'Smith', password: 'Correct-horse-1' },
        scim,
      );
      expect(made.status).toBe(201);
      const joy = textAt(made.body, 'id');
      await assign(service, application, joy);
      // The feed holds back while any transaction of the server is open, those of other tests included.
      const cycled = async () => {
        expect(await cycle()).toMatchObject({ kind: 'incremental', counts: { failed: 0 } });
        return people(target);
      };
      const idle = async () => at(await cycle(), 'counts', 'read');
      const soon = { timeout: 20_000 };
      await expect
        .poll(cycled, soon)
        .toEqual({ 'adele@contoso.example': 'True Welder', 'joy@contoso.example': 'True Smith' });
      await expect.poll(idle, soon).toBe(0);

      // A group and its members are in the feed, and are nothing to a job of users.
      const group = await call('POST', '/scim/Groups', { displayName: 'Team', members: [{ value: adele }] }, scim);
      expect(group.status).toBe(201);
      expect(await cycle()).toMatchObject({ kind: 'incremental', counts: { read: 0 } });

      const operations = [{ op: 'Replace', path: 'title', value: 'Rigger' }];
      expect(
        (await call('PATCH', `/scim/Users/${adele}`, { schemas: [PATCH], Operations: operations }, scim)).status,
      ).toBe(200);
      expect((await call('DELETE', `/scim/Users/${joy}`)).status).toBe(204);
      await expect
        .poll(cycled, soon)
        .toEqual({ 'adele@contoso.example': 'True Rigger', 'joy@contoso.example': 'False Smith' });
      await expect.poll(idle, soon).toBe(0);

      // Deleted over SCIM, a person is in Graph's recycle bin.
      const bin = await call('GET', '/v1.0/directory/deletedItems/microsoft.graph.user');
      expect(bin.body).toMatchObject({ value: [{ id: joy }] });
      for (const text of [service.log(), ...service.answers]) expect(text).not.toContain('Correct-horse-1');
    },
    patience,
  );
});

describe('/scim', () => {
  test('S-133, S-134 wants the token of the Graph routes, and answers every fault as SCIM does', async () => {
    const { call } = await serve('postgresql');
    for (const authorization of ['', 'Bearer', 'Bearer wrong-token-0123']) {
      const refused = await call('GET', '/scim/Users', undefined, { authorization });
      expect(refused).toMatchObject({ status: 401, body: { status: '401' } });
      expect(refused.headers.get('www-authenticate')).toContain('Bearer');
      expect(refused.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    }
    for (const [method, path, body, status] of [
      ['GET', '/scim/Users/nobody', undefined, 404],
      ['GET', '/scim/nothing', undefined, 404],
      ['GET', '/scim', undefined, 404],
      ['POST', '/scim/Users', '{"a":', 400],
      ['POST', '/scim/Users', {}, 400],
      ['PUT', '/scim/Users', {}, 405],
      ['GET', '/scim/Users?filter=userName%20eq', undefined, 400],
      ['POST', '/scim/Users', { userName: 'x'.repeat(1_100_000) }, 413],
    ] as const) {
      const answer = await call(method, path, body, body === undefined ? {} : scim);
      expect(answer, `${method} ${path}`).toMatchObject({ status, body: { status: String(status) } });
    }
    const text = await call('POST', '/scim/Users', 'userName=x', { 'content-type': 'text/plain' });
    expect(text).toMatchObject({ status: 415, body: { status: '415' } });
  });

  test('1.2, S-126 the connection test and the discovery documents are answered', async () => {
    const { call, service } = await serve('postgresql');
    const filter = encodeURIComponent('userName eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"');
    expect((await call('GET', `/scim/Users?aadOptscim062020&filter=${filter}`)).body).toMatchObject({
      totalResults: 0,
    });
    expect((await call('GET', '/scim/ResourceTypes')).body).toMatchObject({
      Resources: [{ endpoint: '/Users' }, { endpoint: '/Groups' }],
    });
    const schemas = listAt((await call('GET', '/scim/Schemas')).body, 'Resources');
    expect(schemas.map((schema) => textAt(schema, 'id'))).toContain(ENT);
    const made = await call('POST', '/scim/Users', { userName: 'joy' }, scim);
    expect(made.headers.get('location')).toBe(`${service.url}/scim/Users/${textAt(made.body, 'id')}`);
  });

  test('S-21 a tenant defines attributes of its own over the API, and sends them over SCIM at once', async () => {
    const { call } = await serve('postgresql');
    const urn = 'urn:contoso:params:scim:schemas:extension:badge:1.0:User';
    const path = `/api/scimExtensions/User/${encodeURIComponent(urn)}`;
    const attributes = [
      { name: 'badge', uniqueness: 'server' },
      { name: 'car', type: 'complex', subAttributes: [{ name: 'plate' }] },
    ];
    expect((await call('PUT', path, { name: 'Badge', attributes, matching: ['nothing'] })).status).toBe(400);
    expect((await call('PUT', path, { name: 'Badge', attributes, surplus: 1 })).status).toBe(400);
    const put = await call('PUT', path, { name: 'Badge', attributes });
    expect([put.status, put.text]).toEqual([204, '']);
    const listed = objectAt((await call('GET', '/api/scimExtensions')).body, 'value', 0);
    expect(listed).toMatchObject({ objectType: 'User', id: urn, attributes });
    // What is listed can be put again.
    const { objectType: _, id: __, ...again } = listed;
    expect((await call('PUT', path, again)).status).toBe(204);
    const made = await call(
      'POST',
      '/scim/Users',
      { userName: 'joy', [urn]: { badge: 'B1', car: { plate: 'HH' } } },
      scim,
    );
    expect(at(made.body, urn)).toEqual({ badge: 'B1', car: { plate: 'HH' } });
    expect((await call('POST', '/scim/Users', { userName: 'amy', [urn]: { badge: 'b1' } }, scim)).status).toBe(409);
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('DELETE', path)).status).toBe(404);
  });

  test('S-139 one bulk request makes a team of new people, who name each other', async () => {
    const { call } = await serve('postgresql');
    const bulk = await call(
      'POST',
      '/scim/Bulk',
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        failOnErrors: null,
        Operations: [
          {
            method: 'POST',
            path: '/Groups',
            bulkId: 'g',
            data: { displayName: 'Team', members: [{ value: 'bulkId:b' }] },
          },
          {
            method: 'POST',
            path: '/Users',
            bulkId: 'a',
            data: { userName: 'a', [ENT]: { manager: { value: 'bulkId:b' } } },
          },
          {
            method: 'POST',
            path: '/Users',
            bulkId: 'b',
            data: { userName: 'b', [ENT]: { manager: { value: 'bulkId:a' } } },
          },
        ],
      },
      scim,
    );
    expect(bulk.body, bulk.text).toMatchObject({
      Operations: [{ status: '201' }, { status: '201' }, { status: '201' }],
    });
    const find = async (endpoint: string, filter: string) =>
      at((await call('GET', `/scim/${endpoint}?filter=${encodeURIComponent(filter)}`)).body, 'Resources');
    const b = at(await find('Users', 'userName eq "b"'), 0);
    const a = at(await find('Users', `manager eq "${textAt(b, 'id')}"`), 0);
    expect(a).toMatchObject({ userName: 'a' });
    expect(b).toMatchObject({ [ENT]: { manager: { value: textAt(a, 'id') } } });
    expect(await find('Groups', `members eq "${textAt(b, 'id')}"`)).toMatchObject([{ displayName: 'Team' }]);
  });
});
