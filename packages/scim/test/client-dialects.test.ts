import { createScimClient, type PatchDialect, printPatch } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { clientOf, signal } from './client-under-test.ts';
import { ENT, token } from './server-under-test.ts';

describe('PATCH dialects', () => {
  const emit = (dialect: PatchDialect, ...instructions: Parameters<typeof printPatch>[0]): string =>
    printPatch(instructions, dialect)
      .replace('{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[', '')
      .slice(0, -2);

  test('S-150 the legacy dialect is spelt as Entra spells it', () => {
    expect(emit('legacy', { op: 'replace', path: 'active', value: false })).toBe(
      '{"op":"Replace","path":"active","value":"False"}',
    );
    expect(emit('legacy', { op: 'add', path: 'nickName', value: 'Babs' })).toBe(
      '{"op":"Add","path":"nickName","value":"Babs"}',
    );
    expect(emit('legacy', { op: 'remove', path: 'members', elements: ['u1'] })).toBe(
      '{"op":"Remove","path":"members","value":[{"value":"u1"}]}',
    );
    expect(
      emit(
        'legacy',
        { op: 'replace', path: 'a', value: 1 },
        { op: 'replace', path: 'b', value: true },
        { op: 'remove', path: 'c' },
      ),
    ).toBe(
      '{"op":"Replace","path":"a","value":1},{"op":"Replace","path":"b","value":"True"},{"op":"Remove","path":"c"}',
    );
  });

  test('S-150 the compliant dialect is spelt as with aadOptscim062020', () => {
    expect(emit('compliant', { op: 'replace', path: 'active', value: false })).toBe(
      '{"op":"replace","path":"active","value":false}',
    );
    expect(emit('compliant', { op: 'add', path: 'nickName', value: 'Babs' })).toBe(
      '{"op":"add","path":"nickName","value":"Babs"}',
    );
    expect(emit('compliant', { op: 'remove', path: 'members', elements: ['u1'] })).toBe(
      '{"op":"remove","path":"members[value eq \\"u1\\"]"}',
    );
    expect(
      emit(
        'compliant',
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'a@b.c' },
        { op: 'replace', path: 'displayName', value: 'Bjfe' },
        { op: 'replace', path: 'name.givenName', value: 'Kkom' },
        { op: 'replace', path: 'name.familyName', value: 'Unua' },
        { op: 'replace', path: `${ENT}:employeeNumber`, value: 'Aklq' },
      ),
    ).toBe(
      `{"op":"replace","path":"emails[type eq \\"work\\"].value","value":"a@b.c"},{"op":"replace","value":{"displayName":"Bjfe","name.givenName":"Kkom","name.familyName":"Unua","${ENT}:employeeNumber":"Aklq"}}`,
    );
  });

  test('the same path twice keeps its operations apart and in order', () => {
    expect(
      emit(
        'compliant',
        { op: 'replace', path: 'title', value: 'a' },
        { op: 'replace', path: 'Title', value: 'b' },
        { op: 'add', path: 'nickName', value: 'n' },
        { op: 'remove', path: 'locale' },
      ),
    ).toBe(
      '{"op":"remove","path":"locale"},{"op":"add","path":"nickName","value":"n"},{"op":"replace","path":"title","value":"a"},{"op":"replace","path":"Title","value":"b"}',
    );
  });

  test('S-149 the SCIM API of Entra ID gets members twenty at a time, removals one by one, both alone', async () => {
    const bodies: string[] = [];
    const client = createScimClient({
      base: 'https://graph.microsoft.com/rp/scim',
      token: () => token,
      dialect: 'entraApi',
      fetch: async (_url, init) => {
        bodies.push(init.body ?? '');
        return { status: 200, headers: { get: () => null }, text: async () => '{"id":"g"}' };
      },
    });
    const members = Array.from({ length: 41 }, (_, index) => ({ value: `u${index}` }));
    await client.patch(
      '/groups',
      'g',
      [
        { op: 'add', path: 'members', value: members },
        { op: 'replace', path: 'displayName', value: 'G' },
        { op: 'remove', path: 'members', elements: ['a', 'b'] },
      ],
      signal,
    );
    const operations = bodies.map((body) => body.slice(body.indexOf('[{'), -1));
    expect(operations[0]).toBe('[{"op":"replace","path":"displayName","value":"G"}]');
    expect(operations.slice(1, 4).map((text) => text.match(/"value":"u/g)?.length)).toEqual([20, 20, 1]);
    expect(operations[1]).toMatch(/^\[\{"op":"add","path":"members","value":\[\{"value":"u0"\},\{"value":"u1"\}/);
    expect(operations.slice(4)).toEqual([
      '[{"op":"remove","path":"members","value":[{"value":"a"}]}]',
      '[{"op":"remove","path":"members","value":[{"value":"b"}]}]',
    ]);
    await client.patch('/groups', 'g', [{ op: 'remove', path: 'members' }], signal);
    expect(bodies.at(-1)).toContain('{"op":"remove","path":"members"}');
  });

  test('every dialect means the same to the server', async () => {
    for (const dialect of ['legacy', 'compliant', 'entraApi'] as const) {
      const { client } = await clientOf({ dialect });
      const { id } = await client.create('/Users', { userName: 'u', active: true, title: 't' }, signal);
      await client.patch(
        '/Users',
        id,
        [
          { op: 'replace', path: 'active', value: false },
          { op: 'replace', path: 'emails[type eq "work"].value', value: 'w' },
          { op: 'replace', path: `${ENT}:manager`, value: 'm' },
          { op: 'add', path: 'nickName', value: 'n' },
          { op: 'remove', path: 'title' },
        ],
        signal,
      );
      const { meta: _, ...user } = (await client.get('/Users', id, signal)) ?? {};
      expect(user).toEqual({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENT],
        id,
        userName: 'u',
        active: false,
        nickName: 'n',
        emails: [{ type: 'work', value: 'w' }],
        [ENT]: { manager: { value: 'm' } },
      });
    }
  });
});
