import type { ScimProfile } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { profiles, resourcesOf, type ServerUnderTest, serve } from './server-under-test.ts';

const names = ['Zoë', 'anna', 'Bert', 'Émile', 'clara', 'dora', 'Emil', 'franz', 'gerd', 'Hanna', 'ida'];

async function withEleven(profile: ScimProfile): Promise<ServerUnderTest> {
  const server = await serve({ profile, limits: { maxCount: 8, defaultCount: 6 } });
  for (const [index, name] of names.entries()) {
    await server.create('/Users', { userName: name, ...(index === 0 ? {} : { title: `T${index % 3}` }) });
  }
  return server;
}

describe.each(profiles)('pages, profile %s', (profile) => {
  test('S-113 S-114 S-115 S-116 startIndex and count are brought into range', async () => {
    const server = await withEleven(profile);
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
    const server = await withEleven(profile);
    const seen: unknown[] = [];
    for (const start of [1, 6, 11]) {
      const page = await server.request('GET', `/Users?startindex=${start}&COUNT=5`);
      seen.push(...resourcesOf(page).map((each) => each.userName));
    }
    expect(seen).toEqual(names);
  });

  test('what is no number is an invalid value', async () => {
    const server = await serve({ profile });
    for (const query of ['count=x', 'startIndex=1.5', 'startIndex=', 'count=99999999999999999999', 'filter=%ff']) {
      const answer = await server.request('GET', `/Users?${query}`);
      expect([answer.status, answer.body.scimType], query).toEqual([400, 'invalidValue']);
    }
  });

  test('S-119 sorting goes without regard to case, missing values last and in reverse first', async () => {
    const server = await withEleven(profile);
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

describe.each(profiles)('search, profile %s', (profile) => {
  test('S-125 POST to .search answers per type and, at the root, over all types page by page', async () => {
    const server = await serve({ profile });
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
