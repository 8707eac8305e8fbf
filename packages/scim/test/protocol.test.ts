import type { ScimObject } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { CORE, ENT, resourcesOf, type ServerUnderTest, serve } from './server-under-test.ts';

const names = ['Zoë', 'anna', 'Bert', 'Émile', 'clara', 'dora', 'Emil', 'franz', 'gerd', 'Hanna', 'ida'];

async function withEleven(): Promise<ServerUnderTest> {
  const server = await serve({ limits: { maxCount: 8, defaultCount: 6 } });
  for (const [index, name] of names.entries()) {
    await server.create('/Users', { userName: name, ...(index === 0 ? {} : { title: `T${index % 3}` }) });
  }
  return server;
}

describe('pages', () => {
  test('S-113 S-114 S-115 S-116 startIndex and count are brought into range', async () => {
    const server = await withEleven();
    const shape = async (query: string): Promise<readonly unknown[]> => {
      const { body } = await server.request('GET', `/Users?${query}`);
      return [body.totalResults, body.startIndex, body.itemsPerPage];
    };
    expect(await shape('startIndex=0&count=5')).toEqual([11, 1, 5]);
    expect(await shape('startIndex=-1&count=5')).toEqual([11, 1, 5]);
    expect(await shape('count=0')).toEqual([11, 1, 0]);
    expect(await shape('count=-3')).toEqual([11, 1, 0]);
    expect(await shape('count=500')).toEqual([11, 1, 8]);
    expect(await shape('')).toEqual([11, 1, 6]);
    expect(await shape('startIndex=12')).toEqual([11, 12, 0]);
    expect(await shape('startIndex=9999999999')).toEqual([11, 9999999999, 0]);
  });

  test('S-117 S-118 eleven users by five are met exactly once, also as startindex', async () => {
    const server = await withEleven();
    const seen: unknown[] = [];
    for (const start of [1, 6, 11]) {
      const page = await server.request('GET', `/Users?startindex=${start}&COUNT=5`);
      seen.push(...resourcesOf(page).map((each) => each.userName));
    }
    expect(seen).toEqual(names);
  });

  test('what is no number is an invalid value', async () => {
    const server = await serve();
    for (const query of ['count=x', 'startIndex=1.5', 'startIndex=', 'count=99999999999999999999', 'filter=%ff']) {
      const answer = await server.request('GET', `/Users?${query}`);
      expect([answer.status, answer.body.scimType], query).toEqual([400, 'invalidValue']);
    }
  });

  test('S-119 sorting goes without regard to case, missing values last and in reverse first', async () => {
    const server = await withEleven();
    const sorted = async (query: string): Promise<readonly unknown[]> =>
      resourcesOf(await server.request('GET', `/Users?count=8&${query}`)).map((each) => each.userName);
    expect(await sorted('sortBy=userName')).toEqual([
      'anna',
      'Bert',
      'clara',
      'dora',
      'Emil',
      'franz',
      'gerd',
      'Hanna',
    ]);
    expect((await sorted('sortBy=title&startIndex=11')).at(-1)).toBe('Zoë');
    expect((await sorted('sortBy=title&sortOrder=descending'))[0]).toBe('Zoë');
    expect(await sorted('sortBy=nonsense&count=2')).toEqual(names.slice(0, 2));
  });
});

describe('projection', () => {
  const user: ScimObject = {
    userName: 'u',
    password: 'secret!',
    title: 't',
    name: { givenName: 'g', familyName: 'f' },
    emails: [{ type: 'work', value: 'w' }],
    [ENT]: { department: 'd', manager: { value: 'm' } },
  };
  const cases: readonly (readonly [string, string, ScimObject])[] = [
    [
      'S-120 attributes answers id and what is asked for',
      'attributes=userName,TITLE,nonsense',
      { schemas: [CORE, ENT], userName: 'u', title: 't' },
    ],
    ['S-124 a sub-attribute', 'attributes=name.givenName', { schemas: [CORE, ENT], name: { givenName: 'g' } }],
    [
      'S-124 an attribute of an extension',
      `attributes=${ENT}:department`,
      { schemas: [CORE, ENT], [ENT]: { department: 'd' } },
    ],
    [
      'S-124 a whole extension',
      `attributes=${ENT}`,
      { schemas: [CORE, ENT], [ENT]: { department: 'd', manager: { value: 'm' } } },
    ],
    [
      '4 a value path counts as its attribute',
      `attributes=${encodeURIComponent('emails[type eq "work"]')}`,
      { schemas: [CORE, ENT], emails: [{ type: 'work', value: 'w' }] },
    ],
    ['S-123 the password is not returned even when asked for', 'attributes=password', { schemas: [CORE, ENT] }],
    [
      'excluded attributes go',
      `excludedAttributes=userName,name.familyName,emails,meta,id,${ENT}`,
      { schemas: [CORE, ENT], title: 't', name: { givenName: 'g' } },
    ],
  ];
  for (const [title, query, expected] of cases) {
    test(title, async () => {
      const server = await serve();
      const id = await server.create('/Users', user);
      const single = await server.request('GET', `/Users/${id}?${query}`);
      expect(single.body).toEqual({ ...expected, id });
      const [listed] = resourcesOf(await server.request('GET', `/Users?${query}`));
      expect(listed).toEqual({ ...expected, id });
    });
  }

  test('S-121 excluded members leave no key, on GET and in lists', async () => {
    const server = await serve();
    const id = await server.create('/Groups', { displayName: 'G', members: [{ value: 'u' }] });
    const single = await server.request('GET', `/Groups/${id}?excludedAttributes=members`);
    const [listed] = resourcesOf(await server.request('GET', '/Groups?excludedAttributes=members'));
    for (const group of [single.body, listed ?? {}]) {
      expect(Object.keys(group)).toEqual(['schemas', 'id', 'displayName', 'meta']);
      expect(group.meta).toHaveProperty('location');
    }
  });

  test('S-122 both kinds together are an invalid value', async () => {
    const server = await serve();
    const answer = await server.request('GET', '/Users?attributes=a&excludedAttributes=b');
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
  });

  test('S-123 the password is in no answer', async () => {
    const server = await serve();
    const created = await server.request('POST', '/Users', user);
    const id = String(created.body.id);
    const all = [created, await server.request('GET', `/Users/${id}`), await server.request('GET', '/Users')];
    const patched = await server.patch(`/Users/${id}`, { op: 'replace', path: 'password', value: 'secret!2' });
    for (const { text } of [...all, patched]) expect(text).not.toContain('secret!');
  });
});

describe('search', () => {
  test('S-125 POST to .search answers per type and, at the root, over all types page by page', async () => {
    const server = await serve();
    await server.create('/Users', { userName: 'a', displayName: 'Shared' });
    await server.create('/Users', { userName: 'b', displayName: 'Shared' });
    await server.create('/Groups', { displayName: 'shared' });
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
    const filter = 'displayName eq "SHARED"';
    const perType = await server.request('POST', '/Users/.search', {
      schemas,
      filter,
      attributes: ['userName'],
      count: 1,
    });
    expect(perType.body).toMatchObject({ totalResults: 2, itemsPerPage: 1, Resources: [{ userName: 'a' }] });
    const second = await server.request('POST', '/.search', { schemas, filter, startIndex: 2, count: 5 });
    expect(second.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 2 });
    expect(resourcesOf(second).map((each) => each.displayName)).toEqual(['Shared', 'shared']);
    for (const body of [[], { schemas: [], filter }, { schemas, filter: 1, count: {} }]) {
      expect((await server.request('POST', '/.search', body)).status).toBe(400);
    }
    expect((await server.request('GET', '/Users/.search')).status).toBe(405);
  });
});

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

describe('protocol', () => {
  test('S-128 S-133 unknown ids and addresses are 404 with a SCIM error', async () => {
    const server = await serve();
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
    const server = await serve();
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
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u' });
    const url = `/Users/${id}`;
    const etag = String((await server.request('GET', url)).headers.etag);
    for (const tag of [etag, '*', `"x", ${etag}`, etag.replace('W/', '')]) {
      expect((await server.request('GET', url, undefined, { 'if-none-match': tag })).status).toBe(304);
    }
    expect((await server.request('GET', url, undefined, { 'if-none-match': '"other"' })).status).toBe(200);
    const put = (tag: string) => server.request('PUT', url, { userName: 'v' }, { 'if-match': tag });
    expect((await put('"other"')).status).toBe(412);
    expect((await put(`"other", ${etag}`)).status).toBe(200);
    expect((await put(etag)).status).toBe(412);
    expect((await server.request('DELETE', url, undefined, { 'if-match': etag })).status).toBe(412);
    expect((await server.request('DELETE', url, undefined, { 'if-match': '*' })).status).toBe(204);
  });

  test('S-136 PUT clears what is absent, and does not create', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u', title: 't', emails: [{ value: 'e' }] });
    const answer = await server.request('PUT', `/Users/${id}`, { userName: 'u', id: 'x', displayName: 'd' });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['schemas', 'id', 'userName', 'displayName', 'meta']);
    expect(answer.body.id).toBe(id);
    expect((await server.request('PUT', '/Users/unknown', { userName: 'u2' })).status).toBe(404);
  });

  test('S-137 DELETE is 204, then 404', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u' });
    expect((await server.request('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await server.request('DELETE', `/Users/${id}`)).status).toBe(404);
    expect((await server.request('GET', `/Users/${id}`)).status).toBe(404);
  });

  test('a body over the limit is 413, ten thousand operations too many are 400', async () => {
    const server = await serve({ limits: { bodyBytes: 2000, patchOperations: 10 } });
    const large = await server.request('POST', '/Users', { userName: 'x'.repeat(3000) });
    expect([large.status, large.body.status]).toEqual([413, '413']);
    const id = await server.create('/Users', { userName: 'u' });
    const many = Array.from({ length: 11 }, () => ({ op: 'remove', path: 'title' }));
    expect((await server.patch(`/Users/${id}`, ...many)).body.scimType).toBe('invalidSyntax');
  });

  test('endpoints are found in any letter case and with a slash at the end, ids only exactly', async () => {
    const server = await serve();
    const id = await server.create('/users/', { userName: 'u' });
    expect((await server.request('GET', `/USERS/${id}/`)).status).toBe(200);
    expect((await server.request('GET', `/Users/${id.toUpperCase()}`)).status).toBe(404);
  });

  test('integers beyond the doubles come back with all their digits', async () => {
    const server = await serve();
    const created = await server.request('POST', '/Users', '{"userName":12345678901234567890}');
    expect(created.text).toContain('"userName":"12345678901234567890"');
  });
});
