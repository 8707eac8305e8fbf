import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { person, type ServiceUnderTest, serve } from './service-under-test.ts';
import { ecma, startTlsTarget, type TlsTarget } from './tls-target.ts';

const ENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const scim = { 'content-type': 'application/scim+json; charset=utf-8' };

/** An application whose job writes names and titles to the target; answers how to assign and run it. */
async function application(service: ServiceUnderTest, target: TlsTarget) {
  const { call } = service;
  const [template] = (await call('GET', '/v1.0/applicationTemplates')).body.value;
  const made = await call('POST', `/v1.0/applicationTemplates/${template.id}/instantiate`, { displayName: 'HR' });
  const principal = made.body.servicePrincipal.id;
  const base = `/v1.0/servicePrincipals/${principal}/synchronization`;
  const [synchronization] = (await call('GET', `${base}/templates`)).body.value;
  const job = (await call('POST', `${base}/jobs`, { templateId: synchronization.id })).body.id;
  await call('PUT', `${base}/secrets`, {
    value: [
      { key: 'BaseAddress', value: target.url },
      { key: 'SecretToken', value: target.token },
      { key: 'TrustedCertificateFile', value: target.certificateFile },
    ],
  });
  const before = (await call('GET', `${base}/jobs/${job}/schema`)).body;
  await call('POST', `${base}/jobs/${job}/schema/directories/${before.directories[1].id}/discover`, '');
  const schema = (await call('GET', `${base}/jobs/${job}/schema`)).body;
  schema.synchronizationRules[0].objectMappings[0].attributeMappings = [
    ['[objectId]', 'AzureObjectID', 0],
    ['[userPrincipalName]', 'UserName', 1],
    ['[jobTitle]', 'Title', 0],
    ['Switch([IsSoftDeleted],, "False", "True", "True", "False")', 'IsActive', 0],
  ].map(([expression, name, matchingPriority]) => ({
    targetAttributeName: `${ecma}:${name}`,
    matchingPriority,
    source: { expression },
  }));
  expect((await call('PUT', `${base}/jobs/${job}/schema`, schema)).status).toBe(204);
  return {
    assign: (principalId: string) =>
      call('POST', `/v1.0/servicePrincipals/${principal}/appRoleAssignedTo`, {
        principalId,
        resourceId: principal,
        appRoleId: '00000000-0000-0000-0000-000000000000',
      }),
    runCycle: async () => (await call('POST', `/api/jobs/${job}/runCycle?wait`, '')).body,
    people: async (): Promise<Record<string, string>> => {
      const users: Record<string, Record<string, string>>[] = JSON.parse(JSON.stringify(await target.all()));
      return Object.fromEntries(
        users.map((user) => [user[ecma]?.UserName, `${user[ecma]?.IsActive} ${user[ecma]?.Title ?? '-'}`]),
      );
    },
  };
}

forEachDatabase((engine) => {
  test('a person who comes, changes and goes over SCIM is provisioned by the next incremental cycle', async () => {
    const target = await startTlsTarget();
    const service = await serve(engine);
    const { call } = service;
    const { assign, runCycle, people } = await application(service, target);
    const adele = (await call('POST', '/v1.0/users', person('adele', { jobTitle: 'Welder' }))).body.id;
    await assign(adele);
    expect(await runCycle()).toMatchObject({ kind: 'initial', counts: { created: 1 } });

    const joy = await call(
      'POST',
      '/scim/Users',
      { userName: 'joy@contoso.example', title: 'Smith', password: 'Correct-horse-1' },
      scim,
    );
    expect(joy.status).toBe(201);
    expect((await assign(joy.body.id)).status).toBe(201);
    // The feed holds back while any transaction of the server is open, those of other tests included.
    const cycled = async () => {
      expect(await runCycle()).toMatchObject({ kind: 'incremental', counts: { failed: 0 } });
      return people();
    };
    const idle = async () => (await runCycle()).counts.read;
    const patience = { timeout: 20_000 };
    await expect
      .poll(cycled, patience)
      .toEqual({ 'adele@contoso.example': 'True Welder', 'joy@contoso.example': 'True Smith' });
    await expect.poll(idle, patience).toBe(0);

    // A group and its members are in the feed, and are nothing to a job of users.
    const group = await call('POST', '/scim/Groups', { displayName: 'Team', members: [{ value: adele }] }, scim);
    expect(group.status).toBe(201);
    expect(await runCycle()).toMatchObject({ kind: 'incremental', counts: { read: 0 } });

    const operations = [{ op: 'Replace', path: 'title', value: 'Rigger' }];
    expect(
      (await call('PATCH', `/scim/Users/${adele}`, { schemas: [PATCH], Operations: operations }, scim)).status,
    ).toBe(200);
    expect((await call('DELETE', `/scim/Users/${joy.body.id}`)).status).toBe(204);
    await expect
      .poll(cycled, patience)
      .toEqual({ 'adele@contoso.example': 'True Rigger', 'joy@contoso.example': 'False Smith' });
    await expect.poll(idle, patience).toBe(0);

    // Deleted over SCIM, a person is in Graph's recycle bin.
    const bin = (await call('GET', '/v1.0/directory/deletedItems/microsoft.graph.user')).body.value;
    expect(bin).toMatchObject([{ id: joy.body.id }]);
    for (const text of [service.log(), ...service.answers]) expect(text).not.toContain('Correct-horse-1');
  });
});

describe('/scim', () => {
  test('S-133, S-134 wants the token of the Graph routes, and answers every fault as SCIM does', async () => {
    const { call } = await serve('postgresql');
    for (const authorization of ['', 'Bearer', 'Bearer wrong-token-0123']) {
      const refused = await call('GET', '/scim/Users', undefined, { authorization });
      expect([refused.status, refused.body.status]).toEqual([401, '401']);
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
      expect([answer.status, answer.body.status], `${method} ${path}`).toEqual([status, String(status)]);
    }
    const text = await call('POST', '/scim/Users', 'userName=x', { 'content-type': 'text/plain' });
    expect([text.status, text.body.status]).toEqual([415, '415']);
  });

  test('1.2, S-126 the connection test and the discovery documents are answered', async () => {
    const { call, service } = await serve('postgresql');
    const filter = encodeURIComponent('userName eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"');
    expect((await call('GET', `/scim/Users?aadOptscim062020&filter=${filter}`)).body).toMatchObject({
      totalResults: 0,
    });
    const types = (await call('GET', '/scim/ResourceTypes')).body.Resources;
    expect(types.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual(['/Users', '/Groups']);
    const schemas = (await call('GET', '/scim/Schemas')).body.Resources;
    expect(schemas.map(({ id }: { id: string }) => id)).toContain(ENT);
    const made = await call('POST', '/scim/Users', { userName: 'joy' }, scim);
    expect(made.headers.get('location')).toBe(`${service.url}/scim/Users/${made.body.id}`);
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
    const [listed] = (await call('GET', '/api/scimExtensions')).body.value;
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
    expect(made.body[urn], made.text).toEqual({ badge: 'B1', car: { plate: 'HH' } });
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
    expect(
      bulk.body.Operations.map(({ status }: { status: string }) => status),
      bulk.text,
    ).toEqual(['201', '201', '201']);
    const find = async (path: string) => (await call('GET', `/scim/${path}`)).body.Resources;
    const [b] = await find(`Users?filter=${encodeURIComponent('userName eq "b"')}`);
    const [a] = await find(`Users?filter=${encodeURIComponent(`manager eq "${b.id}"`)}`);
    expect([a.userName, b[ENT].manager.value]).toEqual(['a', a.id]);
    expect(await find(`Groups?filter=${encodeURIComponent(`members eq "${b.id}"`)}`)).toMatchObject([
      { displayName: 'Team' },
    ]);
  });
});
