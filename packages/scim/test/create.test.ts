import type { ScimObject } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { CORE, ENT, GROUP, profiles, serve } from './server-under-test.ts';

const entraBody: ScimObject = {
  schemas: [CORE, ENT],
  externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  userName: 'jyoung@contoso.com',
  active: true,
  displayName: 'Joy Young',
  emails: [{ primary: true, type: 'work', value: 'jyoung@contoso.com' }],
  meta: { resourceType: 'User' },
  name: { formatted: 'Joy Young', familyName: 'Young', givenName: 'Joy' },
  roles: [],
  [ENT]: { department: 'Sales', employeeNumber: 'E7' },
};

describe.each(profiles)('create, profile %s', (profile) => {
  test('S-13 S-17 S-27 a user of Entra is created and answered as sent, with id, meta, Location and ETag', async () => {
    const server = await serve({ profile });
    const answer = await server.request('POST', '/Users', entraBody);
    expect(answer.status).toBe(201);
    const { id, meta } = answer.body;
    const { roles: _, meta: __, ...sent } = entraBody;
    expect(answer.body).toEqual({ ...sent, id, meta });
    expect(answer.headers['content-type']).toBe('application/scim+json; charset=utf-8');
    expect(answer.headers.location).toBe(`http://localhost:80/scim/Users/${String(id)}`);
    expect(meta).toEqual({
      resourceType: 'User',
      created: '2026-01-01T00:00:00.000Z',
      lastModified: '2026-01-01T00:00:00.000Z',
      version: answer.headers.etag,
      location: answer.headers.location,
    });
  });

  test('S-14 S-15 names in another letter case are duplicates', async () => {
    const server = await serve({ profile });
    await server.create('/Users', { userName: 'Straße@contoso.com' });
    const user = await server.request('POST', '/Users', { schemas: [CORE], userName: 'STRASSE@CONTOSO.COM' });
    expect(user.status).toBe(409);
    expect(user.body).toMatchObject({ status: '409', scimType: 'uniqueness' });
    await server.create('/Groups', { displayName: 'Team A' });
    expect((await server.request('POST', '/Groups', { schemas: [GROUP], displayName: 'team a' })).status).toBe(409);
  });

  test('S-14 the old name is free again after a rename', async () => {
    const server = await serve({ profile });
    const id = await server.create('/Users', { userName: 'old' });
    await server.patch(`/Users/${id}`, { op: 'replace', value: { userName: 'new' } });
    expect((await server.request('POST', '/Users', { schemas: [CORE], userName: 'OLD' })).status).toBe(201);
    expect((await server.request('POST', '/Users', { schemas: [CORE], userName: 'NEW' })).status).toBe(409);
  });

  test('S-16 a missing required attribute is an invalid value', async () => {
    const server = await serve({ profile });
    for (const body of [{ displayName: 'x' }, { userName: '' }, { userName: null }]) {
      const answer = await server.request('POST', '/Users', { schemas: [CORE], ...body });
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
    }
  });

  /** What is sent, what becomes of it, and how the profile `strict` differs: a scimType, or what becomes of it there. */
  const tolerated: readonly (readonly [string, ScimObject, ScimObject, (string | ScimObject)?])[] = [
    ['S-18 nulls count as absent', { addresses: null, phoneNumbers: null, title: null, emails: [] }, {}],
    ['S-19 attributes of an extension at the root are ignored', { department: null, manager: null }, {}],
    ['S-19 also with a value', { department: 'x', manager: 'y' }, {}],
    [
      'S-20 the misspelt enterprise URN is accepted',
      { schemas: [CORE, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'] },
      {},
      'invalidSyntax',
    ],
    [
      'S-21 an extension without its URN in schemas is stored and listed',
      { schemas: [CORE], [ENT]: { department: 'Sales' } },
      { schemas: [CORE, ENT], [ENT]: { department: 'Sales' } },
      'invalidSyntax',
    ],
    ['S-23 active as text becomes a boolean', { active: 'True' }, { active: true }, 'invalidValue'],
    [
      'S-24 roles.primary as text becomes a boolean',
      { roles: [{ primary: 'True', value: 'Admin' }] },
      { roles: [{ primary: true, value: 'Admin' }] },
      'invalidValue',
    ],
    [
      'S-25 names come back in the spelling of the schema',
      { DISPLAYNAME: 'x', Emails: [{ Primary: true, VALUE: 'v' }] },
      { displayName: 'x', emails: [{ primary: true, value: 'v' }] },
    ],
    ['S-26 id and meta of the client are ignored', { id: 'mine', meta: { version: 'x', created: 'never' } }, {}],
    ['unknown attributes are ignored', { nonsense: { deep: [1] }, 'urn:x:y': { a: 1 } }, {}],
    ['13a.5 an empty text is stored as sent', { title: '' }, { title: '' }],
    [
      'an empty manager is no manager',
      { [ENT]: { manager: { value: '' } } },
      {},
      { schemas: [CORE, ENT], [ENT]: { manager: { value: '' } } },
    ],
    [
      'a bare manager is its id',
      { [ENT]: { manager: 'm1' } },
      { schemas: [CORE, ENT], [ENT]: { manager: { value: 'm1' } } },
      'invalidValue',
    ],
    [
      'the extension is found in any letter case',
      { [ENT.toUpperCase()]: { Department: 'x' } },
      { schemas: [CORE, ENT], [ENT]: { department: 'x' } },
    ],
  ];
  for (const [title, extra, expected, strict] of tolerated) {
    const different = profile === 'strict' ? strict : undefined;
    test(typeof different === 'string' ? `${title}: refused as ${different}` : title, async () => {
      const server = await serve({ profile });
      const schemas = [
        CORE,
        ...(Object.keys(extra).some((name) => name.toLowerCase() === ENT.toLowerCase()) ? [ENT] : []),
      ];
      const answer = await server.request('POST', '/Users', { schemas, userName: 'u', ...extra });
      if (typeof different === 'string') {
        expect([answer.status, answer.body.scimType]).toEqual([400, different]);
        return;
      }
      expect(answer.status, answer.text).toBe(201);
      const { id, meta, ...rest } = answer.body;
      expect(id).not.toBe('mine');
      expect(rest).toEqual({ schemas: [CORE], userName: 'u', ...(different ?? expected) });
    });
  }

  test('S-22 the Microsoft group schema is accepted', async () => {
    const server = await serve({ profile });
    const answer = await server.request('POST', '/Groups', {
      schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1a0c0',
      displayName: 'Team A',
      meta: { resourceType: 'Group' },
    });
    if (profile === 'strict') expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax']);
    else expect([answer.status, answer.body.schemas]).toEqual([201, [GROUP]]);
  });

  test('RFC 7643 2.4 of two primaries the last one is meant, or neither is taken', async () => {
    const server = await serve({ profile });
    const emails = ['a', 'b'].map((value) => ({ value, primary: true }));
    const answer = await server.request('POST', '/Users', { schemas: [CORE], userName: 'u', emails });
    if (profile === 'strict') expect(answer.body.scimType).toBe('invalidValue');
    else
      expect(answer.body.emails).toEqual([
        { value: 'a', primary: false },
        { value: 'b', primary: true },
      ]);
  });
});

describe('create', () => {
  test('S-28 what is not JSON, or read in two ways, is invalid syntax with its position', async () => {
    const server = await serve();
    for (const body of [
      '{"userName":"a"',
      '{"userName":"a",}',
      '{"userName":"a","userName":"b"}',
      '{"userName":"a","USERNAME":"b"}',
      '{"__proto__":{"userName":"a"}}',
      '{"userName":"\\u0000"}',
      '{"userName":"\\ud800"}',
      '{"userName":"a"} x',
      '[]',
      '"text"',
      'null',
      '{"schemas":"x","userName":"a"}',
      '{"userName":1e999}',
      ' ',
      '[['.repeat(100_000),
      `{"a":${'{"a":'.repeat(50)}1${'}'.repeat(50)}}`,
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    ]) {
      const answer = await server.request('POST', '/Users', body);
      expect([answer.status, answer.body.scimType], String(body).slice(0, 60)).toEqual([400, 'invalidSyntax']);
    }
    const answer = await server.request('POST', '/Users', '{"userName" "a"}');
    expect(answer.body.detail).toContain('At character 13');
  });

  test('S-29 application/json is accepted, other media types are not', async () => {
    const server = await serve();
    const json = { 'content-type': 'application/json' };
    expect((await server.request('POST', '/Users', { userName: 'a' }, json)).status).toBe(201);
    const text = await server.request('POST', '/Users', 'x', { 'content-type': 'text/plain' });
    expect([text.status, text.body.status, text.headers['content-type']]).toEqual([
      415,
      '415',
      'application/scim+json; charset=utf-8',
    ]);
  });

  test('wrong types are invalid values and name their attribute', async () => {
    const server = await serve();
    for (const [name, value] of Object.entries({
      active: 'nope',
      name: 'x',
      title: ['a', 'b'],
      emails: [[{}]],
      photos: [{ value: { a: 1 } }],
      x509Certificates: [{ value: '***' }],
      [ENT]: 'x',
    })) {
      const answer = await server.request('POST', '/Users', { userName: 'u', [name]: value });
      expect([answer.status, answer.body.scimType], name).toEqual([400, 'invalidValue']);
      expect(answer.body.detail).toContain(name);
    }
  });
});
