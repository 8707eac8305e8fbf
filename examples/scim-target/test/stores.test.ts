import { seededRandom, systemClock } from '@joinery/runtime';
import {
  bindFilter,
  type ListQuery,
  type Predicate,
  parseAttributePath,
  parseFilter,
  parsePatch,
  type ResourceChange,
  type ResourceType,
  type ScimObject,
} from '@joinery/scim';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freshPostgres } from '../../../testing/databases.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { numbered, type OpenStore, openStore, person, personId, type StoreName, storeNames } from '../src/index.ts';

const { signal } = new AbortController();
const call = { signal };

interface People extends OpenStore {
  readonly users: ResourceType;
}

async function open(name: StoreName, count: number): Promise<People> {
  const store = await openStore[name]({
    profile: 'entra',
    count,
    clock: systemClock,
    random: seededRandom(3),
    temporaryFolder: await temporaryFolder(),
    databaseUrl: name === 'postgres' ? await freshPostgres() : undefined,
    signal,
  });
  onTestFinished(() => store.close());
  const [users] = store.resourceTypes;
  if (users === undefined) throw new Error('the store has no users');
  return { ...store, users };
}

function withoutMeta(json: string): ScimObject {
  const { meta: _, ...rest } = JSON.parse(json);
  return rest;
}

/** The ids that a store finds, and their total. */
async function answer({ storage, users }: People, query: Partial<ListQuery>): Promise<unknown> {
  const page = await storage.list(users, { descending: false, startIndex: 1, count: 20, ...query }, call);
  return [page.totalResults, page.resources.map(({ id }) => id)];
}

function predicate({ users }: People, filter: string): Predicate {
  return bindFilter(parseFilter(filter), users);
}

function change({ users }: People, ...operations: readonly ScimObject[]): ResourceChange {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  return parsePatch({ schemas, Operations: operations }, users);
}

const filters = [
  'userName eq "USER00000042@contoso.example"',
  `id eq "${personId(7)}"`,
  'externalId eq "external-00000009" or name.familyName eq "müller"',
  'emails[type eq "WORK"].value eq "user00000011@mail.contoso.example"',
  'emails.value ew "7@mail.contoso.example" and not (department eq "Sales")',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber gt "00000090"',
  'emails.display pr or title co "none"',
  'active eq true and meta.created ge "2020-01-01T00:00:00Z"',
  'PLACEHOLDER eq "x"',
];

describe('people', () => {
  test.each(storeNames)('on %s are the same under the same number, as if each had been sent', async (name) => {
    const people = await open(name, 130);
    const { storage, users } = people;
    for (const n of [1, 40, 41, 80, 130]) {
      const stored = await storage.get(users, personId(n), call);
      expect(withoutMeta(stored?.json ?? '{}')).toEqual({
        schemas: [users.core.urn, ...users.extensionSchemas.map(({ urn }) => urn)],
        id: personId(n),
        ...person(n),
      });
      for (const filter of [
        `userName eq "USER${numbered(n)}@CONTOSO.EXAMPLE"`,
        `externalId eq "external-${numbered(n)}"`,
        `emails.value eq "user${numbered(n)}@mail.contoso.example"`,
        `employeeNumber eq "${numbered(n)}"`,
        `displayName sw "person ${numbered(n)}"`,
      ]) {
        expect(await answer(people, { predicate: predicate(people, filter) }), filter).toEqual([1, [personId(n)]]);
      }
    }
    const sortBy = parseAttributePath('userName', users);
    expect(await answer(people, { sortBy, startIndex: 129 })).toEqual([130, [personId(129), personId(130)]]);
    const seen = new Set<string>();
    for (let startIndex = 1; startIndex <= 130; startIndex += 20) {
      const page = await storage.list(users, { descending: false, startIndex, count: 20 }, call);
      for (const { id } of page.resources) seen.add(id);
    }
    expect(seen.size).toBe(130);
  });

  test.each(storeNames)('on %s that were preloaded change, go and are refused like any other', async (name) => {
    const people = await open(name, 100);
    const { storage, users } = people;
    const renamed = change(people, { op: 'replace', path: 'userName', value: 'zoë' });
    await storage.update(users, personId(90), renamed, call);
    expect(await answer(people, { predicate: predicate(people, 'userName eq "ZOË"') })).toEqual([1, [personId(90)]]);
    await storage.delete(users, personId(91), call);
    expect(await answer(people, { count: 0 })).toEqual([99, []]);
    const taken = change(people, { op: 'replace', path: 'userName', value: 'User00000092@contoso.example' });
    await expect(storage.update(users, personId(93), taken, call)).rejects.toMatchObject({ code: 'SCIM_UNIQUENESS' });
  });
});

test('memory and sqlite agree about filters, sorting and pages, before and after changes', async () => {
  const both = [await open('memory', 100), await open('sqlite', 100)] as const;
  const agree = async (query: (people: People) => Partial<ListQuery>, text: string): Promise<void> => {
    const [memory, sqlite] = await Promise.all(both.map((people) => answer(people, query(people))));
    expect(sqlite, text).toEqual(memory);
  };
  const agreeOnAll = async (): Promise<void> => {
    for (const filter of filters) await agree((people) => ({ predicate: predicate(people, filter) }), filter);
    for (const path of ['userName', 'emails', 'emails.value', 'name.familyName', 'nickName', 'active']) {
      for (const descending of [false, true]) {
        const order = (people: People): Partial<ListQuery> => ({ sortBy: parseAttributePath(path, people.users) });
        await agree((people) => ({ ...order(people), descending, startIndex: 15 }), `by ${path}`);
      }
    }
    for (const startIndex of [1, 42, 95, 101, 500]) await agree(() => ({ startIndex }), `from ${startIndex}`);
    await agree(() => ({ count: 0 }), 'the total');
  };
  await agreeOnAll();
  for (const people of both) {
    const { storage, users } = people;
    await storage.delete(users, personId(42), call);
    const changed = change(
      people,
      { op: 'replace', path: 'userName', value: 'zoë' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'user7@mail.contoso.example' },
      { op: 'add', path: 'nickName', value: 'Z' },
      { op: 'remove', path: 'phoneNumbers' },
    );
    await storage.update(users, personId(11), changed, call);
  }
  await agreeOnAll();
});

test('sqlite keeps nothing of a change that is refused', async () => {
  const people = await open('sqlite', 3);
  const { storage, users } = people;
  const taken = 'User00000002@Contoso.Example';
  await expect(storage.create(users, { userName: taken }, call)).rejects.toMatchObject({ code: 'SCIM_UNIQUENESS' });
  const both = [
    { op: 'replace', path: 'title', value: 'Lost' },
    { op: 'replace', path: 'userName', value: taken },
  ];
  await expect(storage.update(users, personId(1), change(people, ...both), call)).rejects.toMatchObject({
    code: 'SCIM_UNIQUENESS',
  });
  const { totalResults, resources } = await storage.list(users, { descending: false, startIndex: 1, count: 5 }, call);
  expect([totalResults, resources[0]?.version]).toEqual([3, 'W/"1"']);
  expect(resources[0]?.json).not.toContain('Lost');
});

test('the directory is not asked for in a profile that it does not have, nor postgres without an address', async () => {
  const request = {
    profile: 'strict',
    count: 0,
    clock: systemClock,
    random: seededRandom(3),
    temporaryFolder: await temporaryFolder(),
    databaseUrl: undefined,
    signal,
  } as const;
  await expect(openStore.pglite(request)).rejects.toMatchObject({ code: 'CLI_USAGE' });
  await expect(openStore.postgres({ ...request, profile: 'entra' })).rejects.toThrow('DATABASE_URL');
});
