import { describe, expect, test } from 'vitest';
import type { Operation } from './patch-cases.ts';
import { GROUP, serve } from './server-under-test.ts';

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

  test('a member without its id is refused, wherever it comes', async () => {
    const server = await serve();
    const nobody = [{ display: 'One' }];
    const created = await server.request('POST', '/Groups', { displayName: 'N', members: nobody });
    expect([created.status, created.body.scimType]).toEqual([400, 'invalidValue']);
    const id = await server.create('/Groups', { displayName: 'G', members: three });
    for (const op of ['add', 'replace', 'remove']) {
      const answer = await server.patch(`/Groups/${id}`, { op, path: 'members', value: nobody });
      expect([answer.status, answer.body.scimType], op).toEqual([400, 'invalidValue']);
    }
    const { body } = await server.request('GET', `/Groups/${id}`);
    expect(body.members).toEqual(three);
  });

  test('what describes a member where there is none makes nobody one', async () => {
    const server = await serve();
    const id = await server.create('/Groups', { displayName: 'G' });
    for (const [path, value] of [
      ['members.display', 'd'],
      ['members[value eq ""]', { display: 'd' }],
      ['members[type eq "User"].display', 'd'],
    ] as const) {
      const answer = await server.patch(`/Groups/${id}`, { op: 'replace', path, value });
      expect([answer.status, answer.body.scimType], path).toEqual([400, 'noTarget']);
    }
    expect((await server.request('GET', `/Groups/${id}`)).body).not.toHaveProperty('members');
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
