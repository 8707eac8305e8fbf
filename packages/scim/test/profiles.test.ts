import { bindFilter, parseFilter, parsePatch, resolvePath } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { problemOf } from './problem-of.ts';
import { CORE, ENT, profiles, serve, strictGroups, strictUsers, users } from './server-under-test.ts';

describe('filters', () => {
  /** Accepted by `entra`; `strict` has a word against each, or takes the attribute for an unknown one. */
  const tolerated: readonly (readonly [string, string, string | undefined])[] = [
    ['S-103 an unquoted text', 'externalId eq jyoung', 'SCIM_FILTER_SYNTAX'],
    ['S-103 an unquoted instant', 'meta.created gt 2015-10-10T14:38:21Z', 'SCIM_FILTER_SYNTAX'],
    ['S-97 not without parentheses', 'not active eq true', 'SCIM_FILTER_SYNTAX'],
    ['S-06 a comparison behind brackets', 'emails[type eq "work"].value eq "x"', 'SCIM_FILTER_SYNTAX'],
    ['S-104 a boolean as text', 'active eq "true"', 'SCIM_FILTER_UNSUPPORTED'],
    ['S-104 a boolean in capitals is one in both', 'active eq True', undefined],
    ['a number for a text', 'userName eq 7', 'SCIM_FILTER_UNSUPPORTED'],
    [
      'the grammar of the RFC',
      `not (userName sw "J") and ${ENT}:manager.value eq "m" or emails[type eq "w"]`,
      undefined,
    ],
    ['null', 'title eq null', undefined],
    ['names in any letter case', 'USERNAME EQ "x"', undefined],
  ];
  for (const [title, filter, code] of tolerated) {
    test(`${title}: ${filter}`, () => {
      expect(problemOf(() => bindFilter(parseFilter(filter, 'entra'), users))).toBeUndefined();
      expect(problemOf(() => bindFilter(parseFilter(filter, 'strict'), strictUsers))).toBe(code);
    });
  }

  test('S-109 the strict parser says where and what was expected', () => {
    expect(() => parseFilter('externalId eq jyoung', 'strict')).toThrow(
      'At character 15 of the filter: expected a value',
    );
  });
});

test('S-55 S-76 spellings of paths that only Entra has are unknown to the strict profile', () => {
  for (const path of [
    `${ENT}.department`,
    'manager',
    'department',
    'urn:scim:schemas:extension:enterprise:1.0:department',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department',
  ]) {
    expect([resolvePath(path, users).kind, resolvePath(path, strictUsers).kind], path).toEqual([
      'attribute',
      'unknown',
    ]);
  }
  expect(resolvePath(`${ENT.toUpperCase()}:Department`, strictUsers).kind).toBe('attribute');
});

test('S-82 the legacy removal is refused by the strict profile, and never empties the group', async () => {
  const server = await serve({ profile: 'strict' });
  const id = await server.create('/Groups', { displayName: 'G', members: [{ value: 'u1' }, { value: 'u2' }] });
  for (const value of [[{ value: 'u1' }], 'u1', [], null]) {
    const answer = await server.patch(`/Groups/${id}`, { op: 'remove', path: 'members', value });
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
  }
  expect((await server.request('GET', `/Groups/${id}`)).body.members).toHaveLength(2);
  expect((await server.patch(`/Groups/${id}`, { op: 'remove', path: 'members[value eq "u1"]' })).status).toBe(204);
  expect((await server.request('GET', `/Groups/${id}`)).body.members).toEqual([{ value: 'u2' }]);
});

test('the strict profile takes values of the JSON type of their attribute alone', () => {
  for (const [path, value] of [
    ['active', 'true'],
    ['title', 7],
    ['title', true],
    ['title', ['a']],
    ['emails', { value: 'a' }],
    ['emails', 'a'],
    ['name', 'a'],
    ['photos', [{ value: 1 }]],
  ] as const) {
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path, value }],
    };
    expect(
      problemOf(() => parsePatch(body, strictUsers)),
      path,
    ).toBe('SCIM_VALUE_INVALID');
  }
  const members = { op: 'add', path: 'members', value: ['u1'] };
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [members] };
  expect(problemOf(() => parsePatch(body, strictGroups))).toBe('SCIM_VALUE_INVALID');
});

describe.each(profiles)('profile %s', (profile) => {
  test('S-32 a PATCH without the PatchOp schema is taken where the server is told to', async () => {
    const body = { Operations: [{ op: 'add', path: 'title', value: 't' }] };
    const server = await serve({ profile, patchSchemasOptional: true });
    const id = await server.create('/Users', { userName: 'u' });
    expect((await server.request('PATCH', `/Users/${id}`, body)).body.title).toBe('t');
    const usual = await serve({ profile });
    const other = await usual.create('/Users', { userName: 'u' });
    expect((await usual.request('PATCH', `/Users/${other}`, body)).body.scimType).toBe('invalidSyntax');
  });

  test('RFC 7644 3.3 3.5 the examples of the RFC are taken', async () => {
    const server = await serve({ profile });
    const created = await server.request('POST', '/Users', {
      schemas: [CORE],
      userName: 'bjensen',
      externalId: 'bjensen',
      name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
    });
    expect(created.status).toBe(201);
    const id = String(created.body.id);
    const patched = await server.patch(
      `/Users/${id}`,
      { op: 'add', value: { emails: [{ value: 'babs@jensen.org', type: 'home' }], nickName: 'Babs' } },
      {
        op: 'replace',
        path: 'emails[type eq "home"]',
        value: { type: 'work', value: 'babs@work.example', primary: true },
      },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'barbara@work.example' },
      { op: 'add', path: `${ENT}:department`, value: 'Tours' },
    );
    expect(patched.body).toMatchObject({
      nickName: 'Babs',
      emails: [{ type: 'work', value: 'barbara@work.example', primary: true }],
      [ENT]: { department: 'Tours' },
    });
  });
});
