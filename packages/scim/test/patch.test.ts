import type { ScimObject } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { CORE, ENT, GROUP, serve } from './server-under-test.ts';

type Operation = Readonly<Record<string, unknown>>;

interface Case {
  readonly title: string;
  readonly before?: ScimObject;
  readonly operations: readonly Operation[];
  /** Members of the resource afterwards; null stands for an absent one. */
  readonly after: Readonly<Record<string, unknown>>;
}

const work = { type: 'work', value: 'w@x.example', primary: true };
const home = { type: 'home', value: 'h@x.example' };
const m1 = { manager: { value: 'm1' } };

const cases: readonly Case[] = [
  ...['add', 'Add', 'ADD', 'replace', 'Replace', 'REPLACE'].map((op) => ({
    title: `S-30 op ${op}`,
    operations: [{ op, path: 'title', value: 'x' }],
    after: { title: 'x' },
  })),
  {
    title: 'S-30 op Remove',
    before: { title: 'x' },
    operations: [{ op: 'Remove', path: 'title' }],
    after: { title: null },
  },
  {
    title: '2.2 op delete',
    before: { title: 'x' },
    operations: [{ op: 'delete', path: 'title' }],
    after: { title: null },
  },
  {
    title: 'S-41 active as text',
    before: { active: true },
    operations: [{ op: 'Replace', path: 'active', value: 'False' }],
    after: { active: false },
  },
  {
    title: 'S-42 active as boolean',
    before: { active: true },
    operations: [{ op: 'Replace', path: 'active', value: false }],
    after: { active: false },
  },
  {
    title: 'S-44 the work address is replaced and stays primary',
    before: { emails: [work, home] },
    operations: [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'n@x.example' }],
    after: { emails: [{ ...work, value: 'n@x.example' }, home] },
  },
  {
    title: 'S-45 adding to a missing work address creates it',
    operations: [{ op: 'Add', path: 'emails[type eq "work"].value', value: 'n@x.example' }],
    after: { emails: [{ type: 'work', value: 'n@x.example' }] },
  },
  {
    title: 'S-46 replacing in a missing work address creates it too',
    before: { emails: [home] },
    operations: [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'n@x.example' }],
    after: { emails: [home, { type: 'work', value: 'n@x.example' }] },
  },
  {
    title: 'S-47 five parts of a new address make one element',
    operations: ['streetAddress', 'locality', 'region', 'postalCode', 'country'].map((sub) => ({
      op: 'Add',
      path: `addresses[type eq "work"].${sub}`,
      value: sub,
    })),
    after: {
      addresses: [
        {
          type: 'work',
          streetAddress: 'streetAddress',
          locality: 'locality',
          region: 'region',
          postalCode: 'postalCode',
          country: 'country',
        },
      ],
    },
  },
  {
    title: 'S-48 two clauses create an element with both',
    operations: [{ op: 'Add', path: 'emails[type eq "work" and primary eq true]', value: { value: 'n@x.example' } }],
    after: { emails: [{ type: 'work', primary: true, value: 'n@x.example' }] },
  },
  {
    title: 'S-48 a value object merges into the match',
    before: { emails: [work] },
    operations: [{ op: 'Replace', path: 'emails[type eq "work" and primary eq true]', value: { display: 'd' } }],
    after: { emails: [{ ...work, display: 'd' }] },
  },
  {
    title: 'S-49 the type is found in any letter case',
    before: { emails: [work] },
    operations: [{ op: 'replace', path: 'emails[type eq "WORK"].value', value: 'n@x.example' }],
    after: { emails: [{ ...work, value: 'n@x.example' }] },
  },
  {
    title: 'S-50 S-51 dotted and URN-qualified keys without a path',
    operations: [
      {
        op: 'replace',
        value: {
          displayName: 'Bjfe',
          'name.givenName': 'Kkom',
          'name.familyName': 'Unua',
          [`${ENT}:employeeNumber`]: 'Aklq',
          [`${ENT}:manager`]: 'm9',
        },
      },
    ],
    after: {
      displayName: 'Bjfe',
      name: { givenName: 'Kkom', familyName: 'Unua' },
      [ENT]: { employeeNumber: 'Aklq', manager: { value: 'm9' } },
      schemas: [CORE, ENT],
    },
  },
  {
    title: 'S-52 a bare extension URN as key merges',
    before: { [ENT]: { department: 'a', division: 'b' } },
    operations: [{ op: 'replace', value: { [ENT]: { department: 'x' } } }],
    after: { [ENT]: { department: 'x', division: 'b' } },
  },
  {
    title: 'S-52 an extension URN as path merges',
    before: { [ENT]: { division: 'b' } },
    operations: [{ op: 'Add', path: ENT, value: { department: 'x' } }],
    after: { [ENT]: { department: 'x', division: 'b' } },
  },
  {
    title: 'S-52 an extension is removed whole, and with it its URN in schemas',
    before: { [ENT]: { department: 'a' } },
    operations: [{ op: 'remove', path: ENT }],
    after: { [ENT]: null, schemas: [CORE] },
  },
  {
    title: 'S-53 a value path as key without a path',
    operations: [{ op: 'Add', value: { 'emails[type eq "work"].value': 'n@x.example' } }],
    after: { emails: [{ type: 'work', value: 'n@x.example' }] },
  },
  {
    title: 'S-54 the core URN in front',
    operations: [{ op: 'Add', path: `${CORE}:name.givenName`, value: 'G' }],
    after: { name: { givenName: 'G' } },
  },
  {
    title: 'S-54 the core URN with a value path',
    operations: [{ op: 'Add', path: `${CORE}:emails[type eq "work"].value`, value: 'w' }],
    after: { emails: [{ type: 'work', value: 'w' }] },
  },
  {
    title: 'S-55 a dot after the extension URN',
    operations: [{ op: 'Add', path: `${ENT}.department`, value: 'x' }],
    after: { [ENT]: { department: 'x' } },
  },
  {
    title: 'S-55 an obsolete extension prefix',
    operations: [{ op: 'Add', path: 'urn:scim:schemas:extension:enterprise:1.0.department', value: 'x' }],
    after: { [ENT]: { department: 'x' } },
  },
  {
    title: 'S-56 path and URN in mixed case land in the spelling of the schema',
    operations: [
      { op: 'Add', path: 'NICKNAME', value: 'n' },
      { op: 'Add', path: `${ENT.toUpperCase()}:DEPARTMENT`, value: 'x' },
    ],
    after: { nickName: 'n', [ENT]: { department: 'x' } },
  },
  {
    title: 'S-57 a filter value with colon, dot, bracket and quotation mark',
    operations: [{ op: 'Add', path: 'ims[value eq "a:b.c]d\\"e"].type', value: 'xmpp' }],
    after: { ims: [{ value: 'a:b.c]d"e', type: 'xmpp' }] },
  },
  {
    title: 'S-58 adding a list adds what is not there',
    before: { emails: [work] },
    operations: [{ op: 'add', path: 'emails', value: [{ type: 'WORK', value: 'W@x.example' }, home] }],
    after: { emails: [{ type: 'WORK', value: 'W@x.example', primary: true }, home] },
  },
  {
    title: 'S-59 replacing a list sets it',
    before: { emails: [work] },
    operations: [{ op: 'replace', path: 'emails', value: [home] }],
    after: { emails: [home] },
  },
  {
    title: 'S-60 a new primary resets the old one',
    before: { emails: [work, home] },
    operations: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' }],
    after: {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  },
  {
    title: 'S-61 removing what is absent succeeds',
    operations: [{ op: 'Remove', path: 'nickName' }],
    after: { nickName: null },
  },
  {
    title: 'S-62 removing an equal value clears',
    before: { displayName: 'Old' },
    operations: [{ op: 'Remove', path: 'displayName', value: 'OLD' }],
    after: { displayName: null },
  },
  {
    title: 'S-62 removing another value changes nothing',
    before: { displayName: 'New' },
    operations: [{ op: 'Remove', path: 'displayName', value: 'Old' }],
    after: { displayName: 'New' },
  },
  {
    title: 'S-62 removing an empty value clears',
    before: { displayName: 'New' },
    operations: [{ op: 'Remove', path: 'displayName', value: '' }],
    after: { displayName: null },
  },
  {
    title: 'S-63 the last element removed by a filter leaves nothing',
    before: { emails: [home] },
    operations: [{ op: 'remove', path: 'emails[type eq "home"]' }],
    after: { emails: null },
  },
  {
    title: 'S-63 a sub-attribute removed by a filter drops an element that says nothing any more',
    before: { emails: [work, home] },
    operations: [{ op: 'remove', path: 'emails[type eq "home"].value' }],
    after: { emails: [work] },
  },
  {
    title: 'S-64 S-144 null unassigns',
    before: { title: 'x' },
    operations: [{ op: 'Replace', path: 'title', value: null }],
    after: { title: null },
  },
  {
    title: '13a.5 an empty text unassigns',
    before: { title: 'x' },
    operations: [{ op: 'Replace', path: 'title', value: '' }],
    after: { title: null },
  },
  {
    title: 'S-64 null in a value object unassigns',
    before: { name: { givenName: 'a', familyName: 'b' } },
    operations: [{ op: 'replace', path: 'name', value: { givenName: null } }],
    after: { name: { familyName: 'b' } },
  },
  {
    title: 'S-64 null unassigns a list',
    before: { emails: [work] },
    operations: [{ op: 'replace', path: 'emails', value: null }],
    after: { emails: null },
  },
  {
    title: 'S-65 a single object for a list',
    operations: [{ op: 'Add', path: 'emails', value: home }],
    after: { emails: [home] },
  },
  {
    title: 'S-66 several operations on one attribute apply in order',
    operations: [
      { op: 'Add', path: 'title', value: 'a' },
      { op: 'Replace', path: 'title', value: 'b' },
      { op: 'Remove', path: 'title' },
      { op: 'Add', path: 'title', value: 'c' },
    ],
    after: { title: 'c' },
  },
  {
    title: 'a complex attribute keeps the parts that are not named',
    before: { name: { familyName: 'b' } },
    operations: [{ op: 'Add', path: 'name.givenName', value: 'a' }],
    after: { name: { familyName: 'b', givenName: 'a' } },
  },
  // The nine forms of a manager.
  {
    title: 'S-68 manager as a bare text',
    operations: [{ op: 'Add', path: `${ENT}:manager`, value: 'm1' }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-69 manager as an object',
    operations: [{ op: 'replace', path: `${ENT}:manager`, value: { value: 'm1' } }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-70 manager as a list of one',
    operations: [{ op: 'Add', path: `${ENT}:manager`, value: [{ $ref: 'http://x/Users/m1', value: 'm1' }] }],
    after: { [ENT]: { manager: { $ref: 'http://x/Users/m1', value: 'm1' } } },
  },
  {
    title: 'S-71 manager by its sub-attribute',
    operations: [{ op: 'Replace', path: `${ENT}:manager.value`, value: 'm1' }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-72 manager without a path',
    operations: [{ op: 'replace', value: { [`${ENT}:manager`]: 'm1' } }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-73 manager removed',
    before: { [ENT]: m1 },
    operations: [{ op: 'Remove', path: `${ENT}:manager` }],
    after: { [ENT]: null },
  },
  {
    title: 'S-74 manager with an empty id is unset',
    before: { [ENT]: m1 },
    operations: [{ op: 'replace', path: `${ENT}:manager`, value: { value: '' } }],
    after: { [ENT]: null },
  },
  {
    title: 'S-75 manager as an empty text is unset',
    before: { [ENT]: m1 },
    operations: [{ op: 'Replace', path: `${ENT}:manager`, value: '' }],
    after: { [ENT]: null },
  },
  {
    title: 'S-75 manager as null is unset',
    before: { [ENT]: m1 },
    operations: [{ op: 'Replace', path: `${ENT}:manager`, value: null }],
    after: { [ENT]: null },
  },
  {
    title: 'S-76 manager without the extension in front',
    operations: [{ op: 'Add', path: 'manager', value: [{ value: 'm1' }] }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-77 another manager leaves nothing of the old one',
    before: { [ENT]: { manager: { value: 'm1', $ref: 'http://x/Users/m1' } } },
    operations: [{ op: 'Replace', path: `${ENT}:manager.value`, value: 'm2' }],
    after: { [ENT]: { manager: { value: 'm2' } } },
  },
  {
    title: 'S-78 any text is a manager',
    operations: [{ op: 'add', path: `${ENT}:manager`, value: { value: 'qwertz 1' } }],
    after: { [ENT]: { manager: { value: 'qwertz 1' } } },
  },
  // Roles.
  {
    title: 'S-93 a role as JSON text is unpacked',
    operations: [
      { op: 'Add', path: 'roles', value: [{ value: '{"id":"1","value":"Admin","displayName":"Administrator"}' }] },
    ],
    after: { roles: [{ value: 'Admin', display: 'Administrator' }] },
  },
  {
    title: 'S-94 the parts of the primary role make one role',
    operations: ['value', 'display', 'type'].map((sub) => ({
      op: 'Add',
      path: `roles[primary eq "True"].${sub}`,
      value: sub,
    })),
    after: { roles: [{ primary: true, value: 'value', display: 'display', type: 'type' }] },
  },
  {
    title: 'S-95 roles are replaced',
    before: { roles: [{ value: 'a', primary: true }] },
    operations: [{ op: 'replace', path: 'roles', value: [{ value: 'b', primary: 'True', display: 'B' }] }],
    after: { roles: [{ value: 'b', primary: true, display: 'B' }] },
  },
];

describe('PATCH of a user', () => {
  for (const { title, before = {}, operations, after } of cases) {
    test(title, async () => {
      const server = await serve();
      const id = await server.create('/Users', { userName: 'u', ...before });
      const answer = await server.patch(`/Users/${id}`, ...operations);
      expect(answer.status, answer.text).toBe(200);
      for (const [name, value] of Object.entries(after)) expect(answer.body[name] ?? null, name).toEqual(value);
      // Doing it once more changes nothing: clients repeat what they are not sure of.
      server.clock.advance(1000);
      const again = await server.patch(`/Users/${id}`, ...operations);
      const { meta: _, ...first } = answer.body;
      const { meta: __, ...second } = again.body;
      expect(second).toEqual(first);
      expect((await server.request('GET', `/Users/${id}`)).body).toEqual(again.body);
    });
  }

  test('S-67 thirty-six replaces in one request', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u' });
    const operations = ['work', 'home', 'other'].flatMap((type) =>
      ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'].map((sub) => ({
        op: 'Replace',
        path: `addresses[type eq "${type}"].${sub}`,
        value: `${type} ${sub}`,
      })),
    );
    const answer = await server.patch(`/Users/${id}`, ...operations, ...operations);
    expect(answer.body.addresses).toHaveLength(3);
    expect(answer.body.addresses).toMatchObject([
      { type: 'work', country: 'work country' },
      { type: 'home' },
      { type: 'other' },
    ]);
  });

  test('S-31 the members of the message are found in any letter case', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u' });
    const answer = await server.request('PATCH', `/Users/${id}`, {
      Schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      operations: [{ OP: 'add', Path: 'title', VALUE: 'x' }],
    });
    expect(answer.body.title).toBe('x');
  });

  const refused: readonly (readonly [string, Operation | ScimObject, string])[] = [
    ['S-33 remove without a path', { op: 'remove' }, 'noTarget'],
    ['S-34 unknown path', { op: 'add', path: 'nonsense', value: 1 }, 'invalidPath'],
    ['S-34 unknown sub-attribute', { op: 'add', path: 'name.nonsense', value: 1 }, 'invalidPath'],
    ['S-34 unknown extension', { op: 'add', path: 'urn:x:y:z', value: 1 }, 'invalidPath'],
    ['S-34 unknown key without a path', { op: 'add', value: { nonsense: 1 } }, 'invalidPath'],
    ['S-34 unclosed bracket', { op: 'add', path: 'emails[type eq "work"', value: 'x' }, 'invalidFilter'],
    ['S-34 bad filter', { op: 'add', path: 'emails[type zz "work"].value', value: 'x' }, 'invalidFilter'],
    ['S-35 read-only id', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['S-35 read-only meta', { op: 'replace', path: 'meta.created', value: 'x' }, 'mutability'],
    ['S-35 read-only groups', { op: 'add', path: 'groups', value: [{ value: 'g' }] }, 'mutability'],
    ['S-43 active as another text', { op: 'replace', path: 'active', value: 'nope' }, 'invalidValue'],
    ['13a.10 JSON text without a path', { op: 'add', value: '{"title":"x"}' }, 'invalidValue'],
    ['add without a value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['an unknown op', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
    ['a required attribute removed', { op: 'remove', path: 'userName' }, 'invalidValue'],
    ['a filter that describes no element', { op: 'add', path: 'emails[value co "x"].type', value: 'work' }, 'noTarget'],
    ['a single value as a list of two', { op: 'add', path: 'title', value: ['a', 'b'] }, 'invalidValue'],
    ['a filter on a simple attribute', { op: 'add', path: 'title[value eq "x"]', value: 'a' }, 'invalidPath'],
  ];
  for (const [title, operation, scimType] of refused) {
    test(`${title} is refused as ${scimType}, and S-36 nothing before it is applied`, async () => {
      const server = await serve();
      const id = await server.create('/Users', { userName: 'u', title: 'before' });
      const answer = await server.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'after' }, operation);
      expect([answer.status, answer.body.scimType], answer.text).toEqual([400, scimType]);
      expect((await server.request('GET', `/Users/${id}`)).body.title).toBe('before');
    });
  }

  test('S-32 a message without the PatchOp schema is refused', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u' });
    for (const body of [
      { Operations: [{ op: 'add', path: 'title', value: 'x' }] },
      { schemas: [CORE], Operations: [{ op: 'add', path: 'title', value: 'x' }] },
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] },
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [] },
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [1] },
      [],
    ]) {
      const answer = await server.request('PATCH', `/Users/${id}`, body);
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax']);
    }
  });

  test('S-37 a change that is in place already leaves time and version as they are', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u', active: true, emails: [work, home] });
    const before = (await server.request('GET', `/Users/${id}`)).body;
    server.clock.advance(5000);
    const answer = await server.patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'active', value: 'True' },
      { op: 'replace', path: 'emails', value: [home, work] },
      { op: 'remove', path: 'title' },
    );
    expect(answer.body).toEqual(before);
    const changed = await server.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    expect(changed.body.meta).toMatchObject({ lastModified: '2026-01-01T00:00:05.000Z', version: 'W/"2"' });
  });

  test('S-39 S-40 attributes choose the answer, an unknown id is 404', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u', displayName: 'd' });
    const answer = await server.patch(`/Users/${id}?attributes=title`, { op: 'add', path: 'title', value: 'x' });
    expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['schemas', 'id', 'title']]);
    const missing = await server.patch('/Users/unknown', { op: 'add', path: 'title', value: 'x' });
    expect([missing.status, missing.body.status]).toEqual([404, '404']);
  });
});

describe('PATCH of a group', () => {
  const three = [{ value: 'u1', display: 'One' }, { value: 'u2' }, { value: 'U2' }];
  const members: readonly (readonly [string, Operation, readonly string[]])[] = [
    [
      'S-79 a member with $ref null is added',
      { op: 'Add', path: 'members', value: [{ $ref: null, value: 'u4' }] },
      ['u1', 'u2', 'U2', 'u4'],
    ],
    [
      'S-80 a member that is there is not added again',
      { op: 'Add', path: 'members', value: [{ value: 'u1' }] },
      ['u1', 'u2', 'U2'],
    ],
    [
      'S-81 several members are added',
      { op: 'add', path: 'members', value: [{ value: 'a' }, { value: 'b' }, { value: 'a' }] },
      ['u1', 'u2', 'U2', 'a', 'b'],
    ],
    [
      'S-82 the legacy removal takes out what it lists',
      { op: 'Remove', path: 'members', value: [{ value: 'u1' }] },
      ['u2', 'U2'],
    ],
    [
      'S-83 also with $ref null and other members',
      { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u1', display: 'Other' }] },
      ['u2', 'U2'],
    ],
    [
      'S-84 a member is removed by a filter, in its exact case',
      { op: 'remove', path: 'members[value eq "u2"]' },
      ['u1', 'U2'],
    ],
    [
      'S-85 members are removed by a filter with or',
      { op: 'remove', path: 'members[value eq "u1" or value eq "u2"]' },
      ['U2'],
    ],
    ['S-86 a member is removed by a bare text', { op: 'remove', path: 'members', value: 'u1' }, ['u2', 'U2']],
    ['S-86 a member is removed by an object', { op: 'remove', path: 'members', value: { value: 'u1' } }, ['u2', 'U2']],
    ['S-87 no value removes all', { op: 'remove', path: 'members' }, []],
    ['S-87 null removes all', { op: 'remove', path: 'members', value: null }, []],
    ['S-88 an empty list removes none', { op: 'Remove', path: 'members', value: [] }, ['u1', 'u2', 'U2']],
    [
      'S-89 a member who is not there is removed with success',
      { op: 'Remove', path: 'members', value: [{ value: 'nobody' }] },
      ['u1', 'u2', 'U2'],
    ],
    ['S-90 members are replaced', { op: 'Replace', path: 'members', value: [{ value: 'x' }] }, ['x']],
    ['S-91 a member is added as a bare text', { op: 'Add', path: 'members', value: 'x' }, ['u1', 'u2', 'U2', 'x']],
    ['members without a path', { op: 'add', value: { members: [{ value: 'x' }] } }, ['u1', 'u2', 'U2', 'x']],
  ];
  for (const [title, operation, expected] of members) {
    test(`${title}; S-38 the answer is 204`, async () => {
      const server = await serve();
      const id = await server.create('/Groups', { schemas: [GROUP], displayName: 'G', members: three });
      const answer = await server.patch(`/Groups/${id}`, operation);
      expect([answer.status, answer.text]).toEqual([204, '']);
      const { body } = await server.request('GET', `/Groups/${id}`);
      const list = Array.isArray(body.members) ? body.members : [];
      expect(list.map((each) => each.value)).toEqual(expected);
    });
  }

  test('a reference is not changed into another one', async () => {
    const server = await serve();
    const id = await server.create('/Groups', { displayName: 'G', members: three });
    const answer = await server.patch(`/Groups/${id}`, {
      op: 'replace',
      path: 'members[value eq "u1"].value',
      value: 'u9',
    });
    expect([answer.status, answer.body.scimType]).toEqual([400, 'mutability']);
  });

  test('S-92 ten thousand members are added and removed within a second each', async () => {
    const server = await serve();
    const id = await server.create('/Groups', { displayName: 'G' });
    const ids = Array.from({ length: 10_000 }, (_, index) => `user-${index}`);
    const values = ids.map((value) => ({ value }));
    const timed = async (operations: readonly Operation[]): Promise<number> => {
      const start = performance.now();
      const answer = await server.patch(`/Groups/${id}`, ...operations);
      expect(answer.status, answer.text.slice(0, 200)).toBe(204);
      return performance.now() - start;
    };
    expect(await timed([{ op: 'Add', path: 'members', value: values }])).toBeLessThan(1000);
    expect(
      await timed(ids.slice(0, 5000).map((value) => ({ op: 'remove', path: `members[value eq "${value}"]` }))),
    ).toBeLessThan(1000);
    expect(await timed([{ op: 'Remove', path: 'members', value: values }])).toBeLessThan(1000);
    expect(await timed(ids.map((value) => ({ op: 'add', path: 'members', value })))).toBeLessThan(1000);
    expect((await server.request('GET', `/Groups/${id}`)).body.members).toHaveLength(10_000);
  });
});
