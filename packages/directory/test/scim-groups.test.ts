import type { ScimObject } from '@joinery/scim';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { filterUrl, resourcesOf } from '../../scim/test/server-under-test.ts';
import { settled } from './open-directory.ts';
import { openScim, type ScimFixture } from './scim-server.ts';

const add = (...ids: readonly string[]) => ({
  op: 'Add',
  path: 'members',
  value: ids.map((value) => ({ $ref: null, value })),
});

async function membersOf({ request }: ScimFixture, id: string): Promise<readonly unknown[]> {
  const { members } = (await request('GET', `/Groups/${id}`)).body;
  return Array.isArray(members) ? members.map(({ value }: ScimObject) => value) : [];
}

async function find({ request }: ScimFixture, endpoint: string, filter: string): Promise<readonly unknown[] | unknown> {
  const answer = await request('GET', filterUrl(endpoint, filter));
  return answer.status === 200 ? resourcesOf(answer).map(({ id }) => id) : answer.body.scimType;
}

/** The changes of groups since a watermark, and the watermark after them. */
async function changesSince({ database, directory, tenantId, signal }: ScimFixture, watermark: string) {
  await settled(database);
  return directory.changes.readOfGroups(tenantId, watermark, 1_000, signal);
}

forEachDatabase((_, open) => {
  test('S-79 to S-91 members come and go by every form, each once', async () => {
    const server = await openScim(open);
    const id = await server.create('/Groups', { displayName: 'Team A', members: [{ value: 'u0' }, { value: 'u0' }] });
    for (const [operation, expected] of [
      [add('u1', 'u2', 'u1'), ['u0', 'u1', 'u2']],
      [add('u1'), ['u0', 'u1', 'u2']],
      [{ op: 'add', path: 'members', value: 'u3' }, ['u0', 'u1', 'u2', 'u3']],
      [{ op: 'Remove', path: 'members', value: [{ value: 'u1', $ref: null }] }, ['u0', 'u2', 'u3']],
      [{ op: 'Remove', path: 'members', value: 'u0' }, ['u2', 'u3']],
      [{ op: 'remove', path: 'members[value eq "u2" or value eq "ux"]' }, ['u3']],
      [{ op: 'remove', path: 'members', value: [] }, ['u3']],
      [{ op: 'replace', path: 'members', value: [{ value: 'u3' }, { value: 'u5', display: 'Five' }] }, ['u3', 'u5']],
      [{ op: 'remove', path: 'members[display eq "five"]' }, ['u3']],
      [{ op: 'remove', path: 'members' }, []],
    ] as const) {
      const answer = await server.patch(`/Groups/${id}`, operation);
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(await membersOf(server, id), JSON.stringify(operation)).toEqual(expected);
      const repeated = await server.patch(`/Groups/${id}`, operation);
      expect(repeated.headers.etag, JSON.stringify(operation)).toBe(answer.headers.etag);
    }
    // What happened to the members shows in the version, and nothing else of the group is lost.
    const put = await server.request('PUT', `/Groups/${id}`, { displayName: 'Team B', members: [{ value: 'u9' }] });
    expect(put.body).toMatchObject({ displayName: 'Team B', members: [{ value: 'u9' }] });
    const failed = await server.patch(`/Groups/${id}`, add('u10'), { op: 'replace', path: 'nothing', value: 1 });
    expect(failed.status).toBe(400);
    expect(await membersOf(server, id)).toEqual(['u9']);
  });

  test('S-90 a replacing list describes the members who stay, too, and they neither come nor go', async () => {
    const server = await openScim(open);
    const uma = await server.create('/Users', { userName: 'uma' });
    const group = { displayName: 'Team', members: [{ value: uma, display: 'Uma' }, { value: 'x' }] };
    const id = await server.create('/Groups', group);
    const { watermark } = await changesSince(server, server.directory.changes.start);
    const renamed = [
      { value: uma, display: 'Uma T.' },
      { value: 'x', type: 'User' },
    ];
    const put = await server.request('PUT', `/Groups/${id}`, { ...group, members: renamed });
    expect(put.body.members).toEqual(expect.arrayContaining(renamed));
    expect(put.body.meta).toMatchObject({ version: 'W/"2"' });
    const again = await server.request('PUT', `/Groups/${id}`, { ...group, members: renamed });
    expect(again.body.meta).toMatchObject({ version: 'W/"2"' });
    await server.patch(`/Groups/${id}`, { op: 'replace', path: 'members', value: [{ value: uma }] });
    expect((await server.request('GET', `/Groups/${id}`)).body.members).toEqual([{ value: uma }]);
    const { changes } = await changesSince(server, watermark);
    expect(changes.filter(({ kind }) => kind !== 'groupChanged')).toEqual([]);
  });

  test('S-04, S-08, S-15, S-121 groups are found by name and member; a name is taken in any case of its letters', async () => {
    const server = await openScim(open);
    const user = await server.create('/Users', { userName: 'joy' });
    const id = await server.create('/Groups', {
      displayName: 'Grüße',
      externalId: 'g1',
      members: [{ value: user }, { value: 'x' }],
    });
    const other = await server.create('/Groups', { displayName: 'Other' });
    const twin = await server.request('POST', '/Groups', { displayName: 'GRÜSSE' });
    expect([twin.status, twin.body.scimType]).toEqual([409, 'uniqueness']);
    for (const [endpoint, filter, expected] of [
      ['/Groups', 'displayName eq "grüsse"', [id]],
      ['/Groups', 'externalId eq "g1"', [id]],
      ['/Groups', `members eq "${user}"`, [id]],
      ['/Groups', `members[value eq "${user}"]`, [id]],
      ['/Groups', `id eq "${id}" and members eq "${user}"`, [id]],
      ['/Groups', `id eq "${other}" and members eq "${user}"`, []],
      ['/Groups', 'not (members pr)', [other]],
      ['/Groups', `displayName eq "other" or members.value eq "x"`, [id, other].sort()],
      ['/Groups', 'members.display eq "x"', 'invalidFilter'],
      ['/Users', `groups.value eq "${id}" and id eq "${user}"`, [user]],
      ['/Users', `groups eq "${id}"`, [user]],
      ['/Users', `groups eq "${other}"`, []],
      ['/Users', 'groups.value eq "x"', []],
      ['/Users', 'groups pr', [user]],
    ] as const) {
      expect(await find(server, endpoint, filter), filter).toEqual(expected);
    }
    const bare = await server.request('GET', `/Groups/${id}?excludedAttributes=members`);
    expect(bare.body).not.toHaveProperty('members');
    expect(bare.body.displayName).toBe('Grüße');
    const list = await server.request('GET', '/Groups?excludedAttributes=members');
    expect(resourcesOf(list).some((group) => 'members' in group)).toBe(false);
    expect((await server.request('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect((await server.request('DELETE', `/Groups/${id}`)).status).toBe(404);
    expect(await find(server, '/Users', 'groups pr')).toEqual([]);
    expect((await server.request('GET', '/Groups')).body.totalResults).toBe(1);
  });

  test('fifty adds at once all arrive, and the feed tells of every member that came and went', async () => {
    const server = await openScim(open);
    const { directory, tenantId, signal } = server;
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_each, index) => server.create('/Users', { userName: `u${index}` })),
    );
    const group = await server.create('/Groups', { displayName: 'Team' });
    const { watermark } = await changesSince(server, directory.changes.start);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_each, index) =>
        server.patch(`/Groups/${group}`, add(ids[index % 10] ?? '', `x${index}`)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    expect(await membersOf(server, group)).toHaveLength(60);
    expect((await server.request('GET', `/Groups/${group}`)).body.meta).toMatchObject({ version: 'W/"51"' });
    const came = await changesSince(server, watermark);
    expect(came.changes).toHaveLength(11);
    expect(came.changes).toEqual(
      expect.arrayContaining([
        { kind: 'groupChanged', groupId: group },
        ...ids.map((memberId) => ({ kind: 'memberAdded', memberId, groupId: group })),
      ]),
    );

    const [first = '', , , fourth = ''] = ids;
    await server.patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${fourth}"]` });
    const went = await changesSince(server, came.watermark);
    expect(went.changes).toContainEqual({ kind: 'memberRemoved', memberId: fourth, groupId: group });
    // A member in the recycle bin stays one; gone for good, it leaves its groups.
    await directory.users.delete(tenantId, first, signal);
    expect(await membersOf(server, group)).toContain(first);
    await directory.deletedUsers.purge(tenantId, first, signal);
    expect(await membersOf(server, group)).not.toContain(first);
    const gone = await changesSince(server, went.watermark);
    expect(gone.changes).toContainEqual({ kind: 'memberRemoved', memberId: first, groupId: group });
    await server.request('DELETE', `/Groups/${group}`);
    const ended = await changesSince(server, gone.watermark);
    expect(ended.changes).toContainEqual({ kind: 'groupGone', groupId: group });
    // A job that provisions users is not told of groups.
    const resource = '00000000-0000-4000-8000-000000000001';
    const ofUsers = await directory.changes.readForApplication(
      tenantId,
      resource,
      directory.changes.start,
      1_000,
      signal,
    );
    expect(new Set(ofUsers.changes.map(({ userId }) => userId))).toEqual(new Set(ids));
  });
});
