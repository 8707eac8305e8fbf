import { describe, expect, test } from 'vitest';
import { clientOf, refused, signal } from './client-under-test.ts';
import { CORE, ENT, token } from './server-under-test.ts';

describe('against our own server', () => {
  test('create, find, get, patch, replace, delete', async () => {
    const { client } = await clientOf();
    const { id, resource } = await client.create('/Users', { userName: 'a"b\\c+d&é', active: true }, signal);
    expect(resource).toMatchObject({ id, userName: 'a"b\\c+d&é' });
    expect(await client.find('/Users', 'userName', 'A"B\\C+D&É', signal)).toMatchObject({ id });
    expect(await client.find('/Users', 'userName', 'nobody', signal)).toBeUndefined();
    const patched = await client.patch('/Users', id, [{ op: 'replace', path: 'active', value: false }], signal);
    expect(patched.resource).toMatchObject({ active: false });
    await client.replace('/Users', id, { userName: 'z' }, signal);
    expect(await client.get('/Users', id, signal)).toMatchObject({ userName: 'z' });
    await client.delete('/Users', id, signal);
    await client.delete('/Users', id, signal);
    expect(await client.get('/Users', id, signal)).toBeUndefined();
  });

  test('a group answers a change without a body', async () => {
    const { client } = await clientOf();
    const { id } = await client.create(
      '/Groups',
      { displayName: 'G', members: [{ value: 'u1' }, { value: 'u2' }] },
      signal,
    );
    expect(await client.patch('/Groups', id, [{ op: 'remove', path: 'members', elements: ['u1'] }], signal)).toEqual({
      id,
      resource: undefined,
    });
    expect(await client.get('/Groups', id, signal)).toMatchObject({ members: [{ value: 'u2' }] });
  });

  test('S-145 a create that meets a duplicate matches it instead', async () => {
    const { client, calls } = await clientOf();
    const match = { attributePath: 'userName', value: 'joy' };
    const first = await client.createOrMatch('/Users', { userName: 'Joy' }, match, signal);
    const second = await client.createOrMatch('/Users', { userName: 'JOY' }, match, signal);
    expect([first.created, second.created, second.id]).toEqual([true, false, first.id]);
    expect(calls.map((call) => call.method)).toEqual(['POST', 'POST', 'GET']);
    const wrong = await refused(() =>
      client.createOrMatch('/Users', { userName: 'JOY' }, { attributePath: 'userName', value: 'other' }, signal),
    );
    expect(wrong.code).toBe('SCIM_TARGET_CONFLICT');
  });

  test('S-145 a create that meets a duplicate can change it instead, but for its password', async () => {
    const { client, calls } = await clientOf();
    const match = { attributePath: 'userName', value: 'joy' };
    const user = {
      schemas: [CORE, ENT],
      userName: 'joy',
      title: 'new',
      password: 'not-for-a-match',
      emails: [{ type: 'work', value: 'w' }],
      [ENT]: { department: 'Sales' },
    };
    const { id } = await client.create('/Users', { userName: 'Joy', title: 'old', nickName: 'kept' }, signal);
    const changed = await client.createOrPatch('/Users', user, match, signal);
    expect([changed.created, changed.id]).toEqual([false, id]);
    expect(calls.map((call) => call.method)).toEqual(['POST', 'POST', 'GET', 'PATCH']);
    expect(calls.at(-1)?.body).not.toContain('not-for-a-match');
    expect(await client.get('/Users', id, signal)).toMatchObject({
      title: 'new',
      nickName: 'kept',
      emails: [{ type: 'work', value: 'w' }],
      [ENT]: { department: 'Sales' },
    });
    const fresh = await client.createOrPatch('/Users', { userName: 'new' }, { ...match, value: 'new' }, signal);
    expect(fresh.created).toBe(true);
  });

  test('the query of the base address stays on every request, blanks are %20', async () => {
    const { client, calls } = await clientOf({ base: 'http://localhost/scim/?aadOptscim062020' });
    await client.list('/Users', { filter: 'userName eq "a b"', count: 2, attributes: ['id'] }, signal);
    expect(calls[0]?.url).toBe(
      'http://localhost/scim/Users?aadOptscim062020&filter=userName%20eq%20%22a%20b%22&attributes=id&count=2',
    );
    expect(calls[0]?.authorization).toBe(`Bearer ${token}`);
  });

  test('all walks the pages', async () => {
    const { client } = await clientOf();
    for (let index = 0; index < 7; index += 1) await client.create('/Users', { userName: `u${index}` }, signal);
    const names: unknown[] = [];
    for await (const user of client.all('/Users', { count: 3 }, signal)) names.push(user.userName);
    expect(names).toEqual(['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6']);
  });

  test('the connection test passes, and schemas are found', async () => {
    const { client } = await clientOf();
    await client.testConnection('/Users', 'userName', '8646d011-1693', signal);
    expect((await client.schemas(signal)).map((schema) => schema.name)).toContain('User');
  });
});
