import { seededRandom } from '@joinery/runtime';
import {
  bindFilter,
  type CompareOperator,
  type FilterNode,
  matches,
  parseJson,
  printFilter,
  type ResourceType,
  type ScimObject,
} from '@joinery/scim';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { filterUrl, resourcesOf, serve } from '../../scim/test/server-under-test.ts';
import { openDirectory } from '../src/index.ts';
import { bulkUsers } from './bulk-users.ts';
import { openFixture } from './open-directory.ts';
import { openScim, type ScimFixture } from './scim-server.ts';

const ENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const text = fc.constantFrom(
  '',
  'a',
  'A',
  'ß',
  'ss',
  'SS',
  'Ä',
  'a\u0308',
  'İ',
  'ı',
  'Σ',
  'ς',
  '\u{1F600}',
  '%',
  '_',
  "'",
  '"',
  '\\',
);
const operator = fc.constantFrom<CompareOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
const paths = [
  'userName',
  'displayName',
  'externalId',
  'id',
  'title',
  'name.givenName',
  'emails',
  'emails.type',
  'meta.resourceType',
  'schemas',
  'profileUrl',
  `${ENT}:manager`,
  `${ENT}:department`,
  'unknown',
];

const compare = (path: fc.Arbitrary<string>): fc.Arbitrary<FilterNode> =>
  fc.tuple(path, operator, text).map(([at, op, value]): FilterNode => {
    return { kind: 'compare', path: at, operator: op, value: { kind: 'string', text: value } };
  });
const term: fc.Arbitrary<FilterNode> = fc.oneof(
  { weight: 5, arbitrary: compare(fc.constantFrom(...paths)) },
  { weight: 1, arbitrary: fc.constantFrom(...paths).map((path): FilterNode => ({ kind: 'present', path })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('true', 'false').map((value): FilterNode => {
      return { kind: 'compare', path: 'active', operator: 'eq', value: { kind: 'boolean', text: value } };
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(compare(fc.constantFrom('type', 'value')), compare(fc.constantFrom('value')))
      .map(([filter, condition]): FilterNode => {
        return {
          kind: 'valuePath',
          path: 'emails',
          filter,
          condition: condition.kind === 'compare' ? condition : undefined,
        };
      }),
  },
);
const filter = fc.letrec<{ node: FilterNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthIdentifier: fc.createDepthIdentifier() },
    term,
    fc
      .tuple(fc.constantFrom<'and' | 'or'>('and', 'or'), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
      .map(([kind, operands]): FilterNode => ({ kind, operands })),
    tie('node').map((operand): FilterNode => ({ kind: 'not', operand })),
  ),
})).node;

const people: readonly ScimObject[] = fc.sample(
  fc.record({
    displayName: fc.option(text, { nil: null }),
    externalId: fc.option(text, { nil: null }),
    title: fc.option(text, { nil: null }),
    active: fc.boolean(),
    profileUrl: fc.option(text, { nil: null }),
    name: fc.option(fc.record({ givenName: text }), { nil: null }),
    emails: fc.array(fc.record({ value: text, type: fc.constantFrom('work', 'WORK', 'home') }), { maxLength: 2 }),
    [ENT]: fc.option(fc.record({ department: text, manager: fc.record({ value: text }) }), { nil: null }),
  }),
  { numRuns: 40, seed: 3 },
);

/** Every user as the server shows it, by id. */
async function everyone(server: ScimFixture): Promise<readonly ScimObject[]> {
  return resourcesOf(await server.request('GET', '/Users?count=1000'));
}

/** The ids that a filter finds, or a refusal. */
async function found(server: ScimFixture, node: FilterNode): Promise<readonly unknown[] | unknown> {
  const answer = await server.request('GET', `${filterUrl('/Users', printFilter(node))}&count=1000`);
  return answer.status === 200 ? resourcesOf(answer).map(({ id }) => id) : answer.body.scimType;
}

function expected(node: FilterNode, type: ResourceType, all: readonly ScimObject[]): readonly unknown[] | unknown {
  try {
    const predicate = bindFilter(node, type);
    return all.filter((each) => matches(predicate, each)).map(({ id }) => id);
  } catch {
    return 'invalidFilter';
  }
}

forEachDatabase((name, open) => {
  test('memory and this store agree about every filter', async () => {
    const server = await openScim(open);
    for (const [index, person] of people.entries()) {
      await server.create('/Users', { userName: `${'aAÄß'[index % 4]}${index}`, ...person });
    }
    const all = (await everyone(server)).map((each) => parseJson(JSON.stringify(each))).map(Object);
    const { resourceTypes } = await server.directory.scim.of(server.tenantId);
    const [type] = resourceTypes;
    if (type === undefined) throw new Error('There is no type of users.');
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(filter, async (node) => {
        const wanted = expected(node, type, all);
        if (Array.isArray(wanted)) hits += wanted.length;
        expect(await found(server, node), printFilter(node)).toEqual(wanted);
      }),
      { numRuns: name === 'pglite' ? 200 : 600, seed: 5 },
    );
    expect(hits).toBeGreaterThan(400);
  }, 60_000);

  test('S-113 to S-117 ten thousand users are walked page by page, each once, with the right total everywhere', async () => {
    const server = await openScim(open);
    await bulkUsers(server.database, server.tenantId, 10_000);
    const seen = new Set<unknown>();
    for (let startIndex = 1; startIndex <= 10_000; startIndex += 1_000) {
      const page = await server.request('GET', `/Users?startIndex=${startIndex}&count=1000&attributes=userName`);
      expect(page.body).toMatchObject({ totalResults: 10_000, itemsPerPage: 1_000, startIndex });
      for (const { id } of resourcesOf(page)) seen.add(id);
    }
    expect(seen.size).toBe(10_000);
    const last = await server.request('GET', '/Users?startIndex=9999');
    expect(last.body).toMatchObject({ totalResults: 10_000, itemsPerPage: 2 });
    const past = await server.request('GET', '/Users?startIndex=10001');
    expect(past.body).toMatchObject({ totalResults: 10_000, itemsPerPage: 0, Resources: [] });
    const none = await server.request('GET', '/Users?count=0');
    expect(none.body).toMatchObject({ totalResults: 10_000, Resources: [] });
    // With people coming and going between, those who stay are on their pages still.
    await server.request('DELETE', `/Users/${[...seen][4_321]}`);
    await server.create('/Users', { userName: 'late' });
    expect((await server.request('GET', '/Users?startIndex=5000&count=1')).body.totalResults).toBe(10_000);
    const filtered = filterUrl('/Users', 'userName sw "user1" and active eq true');
    const first = await server.request('GET', `${filtered}&count=5`);
    expect(first.body).toMatchObject({ totalResults: 1_112, itemsPerPage: 5 });
    const beyond = await server.request('GET', `${filtered}&count=5&startIndex=1111`);
    expect(beyond.body).toMatchObject({ totalResults: 1_112, itemsPerPage: 2 });
    const cut = await server.request('GET', `${filtered}&count=5&startIndex=5000`);
    expect(cut.body).toMatchObject({ totalResults: 1_112, itemsPerPage: 0 });
  }, 60_000);

  test('S-119 lists are sorted by any attribute, missing values last ascending and first descending', async () => {
    const server = await openScim(open);
    await server.create('/Users', {
      userName: 'b',
      title: 'Z',
      emails: [{ value: 'x' }, { value: 'a', primary: true }],
    });
    await server.create('/Users', { userName: 'C', title: 'y', emails: [{ value: 'B' }, { value: 'a' }] });
    await server.create('/Users', { userName: 'a', active: false });
    const sorted = async (query: string) =>
      resourcesOf(await server.request('GET', `/Users?${query}`))
        .map(({ userName }) => userName)
        .join('');
    expect(await sorted('sortBy=userName')).toBe('abC');
    expect(await sorted('sortBy=userName&sortOrder=descending')).toBe('Cba');
    expect(await sorted('sortBy=title')).toBe('Cba');
    expect(await sorted('sortBy=title&sortOrder=descending')).toBe('abC');
    expect(await sorted('sortBy=emails')).toBe('bCa');
    expect(await sorted('sortBy=emails&startIndex=2&count=1')).toBe('C');
    expect(await sorted('sortBy=active&count=1')).toBe('a');
    expect(await sorted('sortBy=meta.created&filter=active%20eq%20true')).toMatch(/^(bC|Cb)$/);
    expect(await sorted('sortBy=groups')).toHaveLength(3);
  });
});

forEachDatabase((_, open) => {
  test('a list that takes too long is refused as tooMany, and the store goes on', async () => {
    const fixture = await openFixture(open);
    const { database, clock, tenantId } = fixture;
    const random = seededRandom(9);
    await bulkUsers(database, tenantId, 10_000);
    const directory = openDirectory({ database, clock, random, searchMs: 1 });
    const server = await serve({ ...(await directory.scim.of(tenantId)), clock });
    const slow = await server.request('GET', filterUrl('/Users', 'name.formatted co "x" or title ew "y"'));
    expect([slow.status, slow.body.scimType]).toEqual([400, 'tooMany']);
    // What an index answers has no such deadline.
    const found = await server.request('GET', filterUrl('/Users', 'userName eq "USER7"'));
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ userName: 'user7' }] });
    expect((await server.request('GET', '/Users?count=1')).body.totalResults).toBe(10_000);
  });
});
