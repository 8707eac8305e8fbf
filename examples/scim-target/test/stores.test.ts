import { seededRandom, systemClock } from '@joinery/runtime';
import {
  bindFilter,
  compileResourceType,
  groupType,
  type ListQuery,
  parseAttributePath,
  parseFilter,
  parsePatch,
  type ScimObject,
  userType,
} from '@joinery/scim';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { numbered, type OpenStore, openStore, person, personId } from '../src/index.ts';

const users = compileResourceType(userType);
const groups = compileResourceType(groupType);
const signal = new AbortController().signal;
const call = { signal };

async function open(name: 'memory' | 'sqlite', count: number): Promise<OpenStore> {
  const store = await openStore[name]({
    users,
    groups,
    count,
    clock: systemClock,
    random: seededRandom(3),
    temporaryFolder: await temporaryFolder(),
    signal,
  });
  onTestFinished(() => store.close());
  return store;
}

function withoutMeta(json: string): ScimObject {
  const { meta: _, ...rest } = JSON.parse(json);
  return rest;
}

/** The ids that a store finds, and their total. */
async function answer(store: OpenStore, query: Partial<ListQuery>): Promise<unknown> {
  const page = await store.storage.list(users, { descending: false, startIndex: 1, count: 20, ...query }, call);
  return [page.totalResults, page.resources.map(({ id }) => id)];
}

const filters = [
  'userName eq "USER00000042@contoso.example"',
  'id eq "00000000-0000-4000-8000-000000000007"',
  'externalId eq "external-00000009" or name.familyName eq "müller"',
  'emails[type eq "WORK"].value eq "user00000011@mail.contoso.example"',
  'emails.value ew "7@mail.contoso.example" and not (department eq "Sales")',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber gt "00000090"',
  'emails.display pr or title co "none"',
  'active eq true and meta.created ge "2020-01-01T00:00:00Z"',
  'PLACEHOLDER eq "x"',
];

describe('the stores', () => {
  test('hold the same person under the same number, as if it had been sent', async () => {
    for (const name of ['memory', 'sqlite'] as const) {
      const { storage } = await open(name, 120);
      for (const n of [1, 41, 120]) {
        const stored = await storage.get(users, personId(numbered(n)), call);
        expect(withoutMeta(stored?.json ?? '{}'), name).toEqual({
          schemas: [users.core.urn, ...users.extensionSchemas.map(({ urn }) => urn)],
          id: personId(numbered(n)),
          ...person(n),
        });
      }
    }
  });

  test('agree about filters, sorting and pages, before and after changes', async () => {
    const both = [await open('memory', 100), await open('sqlite', 100)] as const;
    const agree = async (query: Partial<ListQuery>, text: string): Promise<void> => {
      const [memory, sqlite] = [await answer(both[0], query), await answer(both[1], query)];
      expect(sqlite, text).toEqual(memory);
    };
    const agreeOnAll = async (): Promise<void> => {
      for (const filter of filters) await agree({ predicate: bindFilter(parseFilter(filter), users) }, filter);
      for (const path of ['userName', 'emails', 'emails.value', 'name.familyName', 'nickName', 'active']) {
        for (const descending of [false, true]) {
          await agree({ sortBy: parseAttributePath(path, users), descending, startIndex: 15 }, `by ${path}`);
        }
      }
      for (const startIndex of [1, 42, 95, 101, 500]) await agree({ startIndex }, `from ${startIndex}`);
      await agree({ count: 0 }, 'the total');
    };
    await agreeOnAll();
    for (const { storage } of both) {
      await storage.delete(users, personId('00000042'), call);
      const renamed = parsePatch(
        {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [
            { op: 'replace', path: 'userName', value: 'zoë' },
            { op: 'replace', path: 'emails[type eq "work"].value', value: 'user7@mail.contoso.example' },
            { op: 'add', path: 'nickName', value: 'Z' },
            { op: 'remove', path: 'phoneNumbers' },
          ],
        },
        users,
      );
      await storage.update(users, personId('00000011'), renamed, call);
    }
    await agreeOnAll();
    await agree({ predicate: bindFilter(parseFilter('userName eq "ZOË"'), users) }, 'the new name');
  });

  test('sqlite refuses a name that is taken and keeps nothing of the attempt', async () => {
    const { storage } = await open('sqlite', 3);
    const taken = { userName: 'User00000002@Contoso.Example' };
    await expect(storage.create(users, taken, call)).rejects.toMatchObject({ code: 'SCIM_UNIQUENESS' });
    const change = parsePatch(
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [
          { op: 'replace', path: 'title', value: 'Lost' },
          { op: 'replace', path: 'userName', value: taken.userName },
        ],
      },
      users,
    );
    await expect(storage.update(users, personId('00000001'), change, call)).rejects.toMatchObject({
      code: 'SCIM_UNIQUENESS',
    });
    const { totalResults, resources } = await storage.list(users, { descending: false, startIndex: 1, count: 5 }, call);
    expect([totalResults, resources[0]?.version]).toEqual([3, 'W/"1"']);
    expect(resources[0]?.json).not.toContain('Lost');
  });
});
