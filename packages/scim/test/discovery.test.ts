import { describe, expect, test } from 'vitest';
import { CORE, resourcesOf, serve } from './server-under-test.ts';

describe('discovery', () => {
  test('S-126 S-130 S-131 the documents name each other and hold no null', async () => {
    const server = await serve();
    const config = await server.request('GET', '/ServiceProviderConfig');
    expect(config.body).toMatchObject({
      patch: { supported: true },
      etag: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
    });
    const types = resourcesOf(await server.request('GET', '/ResourceTypes'));
    expect(types.map((each) => each.id)).toEqual(['User', 'Group']);
    expect((await server.request('GET', '/ResourceTypes/user')).body).toEqual(types[0]);
    const list = await server.request('GET', '/schemas');
    expect(list.text).not.toContain('null');
    const schemas = resourcesOf(list);
    expect(list.body.totalResults).toBe(schemas.length);
    expect(schemas.map((each) => each.name)).toEqual(
      expect.arrayContaining(['User', 'EnterpriseUser', 'Group', 'Schema', 'ResourceType']),
    );
    for (const type of types) {
      const found = await server.request('GET', `/Schemas/${String(type.schema)}`);
      expect(found.body).toEqual(schemas.find((each) => each.id === type.schema));
    }
  });

  test('S-127 S-129 other verbs are 405 with Allow, a filter is 403', async () => {
    const server = await serve();
    for (const url of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas', `/Schemas/${CORE}`]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        const answer = await server.request(method, url, {});
        expect([answer.status, answer.headers.allow, answer.body.status]).toEqual([405, 'GET, HEAD', '405']);
      }
    }
    expect((await server.request('GET', '/Schemas?filter=id+eq+%22x%22')).status).toBe(403);
    expect((await server.request('GET', '/Schemas?count=1&sortBy=id')).status).toBe(200);
    expect((await server.request('PUT', '/Users', {})).headers.allow).toBe('GET, HEAD, POST');
    expect((await server.request('POST', '/Users/x', {})).status).toBe(405);
  });
});
