import type { ScimObject } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { attributeCases, home, type Operation, work } from './patch-cases.ts';
import { referenceCases } from './patch-cases-references.ts';
import { valueCases } from './patch-cases-values.ts';
import { CORE, profiles, serve } from './server-under-test.ts';

const userCases = [...attributeCases, ...valueCases, ...referenceCases];

describe.each(profiles)('PATCH of a user, profile %s', (profile) => {
  for (const { title, before = {}, operations, after, strict } of userCases) {
    const refusal = profile === 'strict' && typeof strict === 'string' ? strict : undefined;
    const expected = profile === 'strict' && typeof strict === 'object' ? strict : after;
    test(refusal === undefined ? title : `${title}: refused as ${refusal}`, async () => {
      const server = await serve({ profile });
      const id = await server.create('/Users', { userName: 'u', ...before });
      const start = await server.request('GET', `/Users/${id}`);
      const answer = await server.patch(`/Users/${id}`, ...operations);
      if (refusal !== undefined) {
        expect([answer.status, answer.body.scimType], answer.text).toEqual([400, refusal]);
        expect((await server.request('GET', `/Users/${id}`)).text).toBe(start.text);
        return;
      }
      expect(answer.status, answer.text).toBe(200);
      for (const [name, value] of Object.entries(expected)) expect(answer.body[name] ?? null, name).toEqual(value);
      // Doing it once more changes nothing: clients repeat what they are not sure of.
      server.clock.advance(1000);
      const again = await server.patch(`/Users/${id}`, ...operations);
      const { meta: _, ...first } = answer.body;
      const { meta: __, ...second } = again.body;
      expect(second).toEqual(first);
      expect((await server.request('GET', `/Users/${id}`)).body).toEqual(again.body);
    });
  }
});

describe('PATCH of a user', () => {
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
