import type { ScimObject } from '@joinery/scim';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { filterUrl, resourcesOf } from '../../scim/test/server-under-test.ts';
import { parseUserChange } from '../src/index.ts';
import { openScim, type ScimFixture } from './scim-server.ts';

const ENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The userNames that a filter finds, or the scimType of its refusal. */
async function find({ request }: ScimFixture, filter: string): Promise<readonly unknown[] | unknown> {
  const answer = await request('GET', filterUrl('/Users', filter));
  return answer.status === 200
    ? resourcesOf(answer)
        .map(({ userName }) => userName)
        .sort()
    : answer.body.scimType;
}

forEachDatabase((_, open) => {
  test('S-01 to S-08 people are found by everything that is matched by, each as its case is meant', async () => {
    const server = await openScim(open);
    const boss = await server.create('/Users', { userName: 'Boß@contoso.example', externalId: 'E1' });
    const id = await server.create('/Users', {
      userName: 'joy@contoso.example',
      displayName: 'Joy Jäger',
      externalId: 'e1',
      emails: [
        { type: 'work', value: 'Joy@work.example' },
        { type: 'home', value: 'joy@home.example' },
      ],
      [ENT]: { manager: { value: boss }, department: 'Sales' },
    });
    const joy = ['joy@contoso.example'];
    for (const [filter, expected] of [
      ['userName eq "nobody"', []],
      ['PLACEHOLDER eq "x"', []],
      ['userName eq "JOY@Contoso.Example"', joy],
      ['userName eq "BOSS@contoso.example"', ['Boß@contoso.example']],
      ['externalId eq "E1"', ['Boß@contoso.example']],
      ['displayName eq "JOY JÄGER"', joy],
      ['emails.value eq "joy@WORK.example"', joy],
      ['emails eq "joy@home.example"', joy],
      ['emails[type eq "work"].value eq "joy@work.example"', joy],
      ['emails[type eq "work"].value eq "joy@home.example"', []],
      [`id eq "${id}"`, joy],
      [`id eq "${id.toUpperCase()}"`, []],
      ['id eq "x"', []],
      [`id eq "${id}" and manager eq "${boss}"`, joy],
      [`${ENT}:manager.value eq "${boss}"`, joy],
      [`id eq "${id}" and manager eq "x"`, []],
      [`id eq "${id}" or id eq "${boss}"`, ['Boß@contoso.example', ...joy]],
      [`not (id eq "${id}")`, ['Boß@contoso.example']],
      [`${ENT}:department eq "sales"`, joy],
      ['userName sw "J" and active eq True', joy],
      ['id co "-" and meta.resourceType eq "User"', ['Boß@contoso.example', ...joy]],
      ['meta.lastModified ge "0001-01-03T00:00:00.0000000Z" and emails pr', joy],
      ['meta.created gt "9999-01-01T00:00:00Z"', []],
      ['meta.version eq "W/\\"1\\""', ['Boß@contoso.example', ...joy]],
      ['password eq "x"', []],
      ['active co "x"', 'invalidFilter'],
      ['groups.display eq "x"', 'invalidFilter'],
    ] as const) {
      expect(await find(server, filter), filter).toEqual(expected);
    }
  });

  test('S-14 a name is taken in every case of its letters, free after a rename, and its twin refused whoever comes second', async () => {
    const server = await openScim(open);
    const id = await server.create('/Users', { userName: 'straße' });
    const twin = await server.request('POST', '/Users', { userName: 'STRASSE' });
    expect([twin.status, twin.body.scimType]).toEqual([409, 'uniqueness']);
    const other = await server.create('/Users', { userName: 'other' });
    const rename = { op: 'replace', value: { userName: 'Strasse' } };
    expect((await server.patch(`/Users/${other}`, rename)).status).toBe(409);
    expect((await server.request('GET', `/Users/${other}`)).body.userName).toBe('other');
    expect((await server.patch(`/Users/${id}`, { op: 'replace', value: { userName: 'away' } })).status).toBe(200);
    expect((await server.patch(`/Users/${other}`, rename)).status).toBe(200);
    // The same name by twenty at once: one has it, and the count is right.
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.request('POST', '/Users', { userName: 'Same' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect((await server.request('GET', '/Users?count=0')).body.totalResults).toBe(3);
  });

  test('S-11, S-12, S-137 a disabled user is found, a deleted one is not, and Graph has it in the recycle bin', async () => {
    const server = await openScim(open);
    const { directory, tenantId, signal, request } = server;
    const id = await server.create('/Users', { userName: 'joy', emails: [{ value: 'j@x.example', type: 'work' }] });
    await server.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    expect(await find(server, 'userName eq "joy" and active eq false')).toEqual(['joy']);
    const before = await request('GET', `/Users/${id}`);

    expect((await request('DELETE', `/Users/${id}`)).status).toBe(204);
    const gone = [
      await request('GET', `/Users/${id}`),
      await request('DELETE', `/Users/${id}`),
      await request('PUT', `/Users/${id}`, { userName: 'joy' }),
      await server.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'x' }),
    ];
    expect(gone.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    for (const filter of ['userName eq "joy"', `id eq "${id}"`, 'emails.value eq "j@x.example"', 'active eq false']) {
      expect(await find(server, filter), filter).toEqual([]);
    }
    expect((await request('GET', '/Users')).body).toMatchObject({ totalResults: 0, Resources: [] });
    expect((await directory.deletedUsers.get(tenantId, id, signal)).document.userPrincipalName).toBe('joy');

    // Restored on Graph's side, it is here again as it was.
    await directory.deletedUsers.restore(tenantId, id, signal);
    const { meta: _, ...was } = before.body;
    expect((await request('GET', `/Users/${id}`)).body).toMatchObject(was);
    expect(await find(server, 'emails.value eq "j@x.example"')).toEqual(['joy']);

    // Soft-deleted by Graph and then for good: the same answers.
    await directory.users.delete(tenantId, id, signal);
    expect((await request('GET', `/Users/${id}`)).status).toBe(404);
    const namesake = await server.create('/Users', { userName: 'JOY' });
    await directory.deletedUsers.purge(tenantId, id, signal);
    expect((await request('GET', '/Users')).body.totalResults).toBe(1);
    expect(await find(server, `id eq "${namesake}"`)).toEqual(['JOY']);
  });

  test('what Graph writes is what SCIM shows, and the other way round', async () => {
    const server = await openScim(open);
    const { directory, tenantId, signal, request } = server;
    const user = await server.add('adele', {
      mail: 'a@x.example',
      businessPhones: ['+1 555'],
      jobTitle: 'Welder',
      usageLocation: 'DE',
      employeeOrgData: { costCenter: 'C1' },
    });
    const shown = (await request('GET', `/Users/${user.id}`)).body;
    expect(shown).toMatchObject({
      userName: 'adele@contoso.example',
      active: true,
      title: 'Welder',
      emails: [{ value: 'a@x.example', type: 'work', primary: true }],
      phoneNumbers: [{ value: '+1 555', type: 'work' }],
      [ENT]: { costCenter: 'C1' },
      meta: { version: 'W/"1"' },
    });
    await server.patch(
      `/Users/${user.id}`,
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@x.example' },
      { op: 'add', path: 'nickName', value: 'Dell' },
      { op: 'add', path: `${ENT}:manager`, value: 'somebody' },
      { op: 'remove', path: 'title' },
    );
    const { document } = await directory.users.get(tenantId, user.id, signal);
    expect(document).toMatchObject({
      mail: 'b@x.example',
      usageLocation: 'DE',
      mailNickname: 'adele',
      employeeOrgData: { costCenter: 'C1' },
    });
    expect(document).not.toHaveProperty('jobTitle');
    await directory.users.update(tenantId, user.id, parseUserChange({ mail: 'c@x.example', givenName: 'A' }), signal);
    expect((await request('GET', `/Users/${user.id}`)).body).toMatchObject({
      nickName: 'Dell',
      name: { givenName: 'A' },
      emails: [{ value: 'c@x.example', type: 'work', primary: true }],
      [ENT]: { costCenter: 'C1', manager: { value: 'somebody' } },
      meta: { version: 'W/"3"' },
    });
    expect(await find(server, 'emails.value eq "C@x.example"')).toEqual(['adele@contoso.example']);
    expect(await find(server, 'emails.value eq "b@x.example"')).toEqual([]);
  });

  test('S-123, S-135, S-136 versions guard writes, PUT clears what it leaves out, and no password is kept', async () => {
    const server = await openScim(open);
    const { request, database } = server;
    const body: ScimObject = { userName: 'joy', title: 'x', externalId: 'e', password: 'Correct-horse-1' };
    const id = await server.create('/Users', body);
    const read = await request('GET', `/Users/${id}`);
    expect(read.headers.etag).toBe('W/"1"');
    expect((await request('GET', `/Users/${id}`, undefined, { 'if-none-match': 'W/"1"' })).status).toBe(304);
    const put = { userName: 'joy', externalId: 'e2' };
    expect((await request('PUT', `/Users/${id}`, put, { 'if-match': 'W/"7"' })).status).toBe(412);
    server.clock.advance(1500);
    const replaced = await request('PUT', `/Users/${id}`, put, { 'if-match': 'W/"1"' });
    expect(replaced.body).toMatchObject({ externalId: 'e2', meta: { version: 'W/"2"' } });
    expect(replaced.body).not.toHaveProperty('title');
    expect(replaced.body.meta).toMatchObject({ lastModified: new Date(server.clock.now()).toISOString() });
    expect((await request('DELETE', `/Users/${id}`, undefined, { 'if-match': 'W/"1"' })).status).toBe(412);
    const { rows } = await database.drizzle.execute('select * from directory_users');
    expect(JSON.stringify(rows)).toContain('joy');
    expect(JSON.stringify(rows)).not.toContain('Correct-horse-1');
  });

  test('a text that no index can hold is refused, everywhere else a long text is kept', async () => {
    const { request, create } = await openScim(open);
    const long = 'ΐ'.repeat(321);
    for (const body of [
      { userName: long },
      { userName: 'a', externalId: long },
      { userName: 'a', displayName: long },
      { userName: 'a', emails: [{ value: long, type: 'home' }] },
      { userName: 'a', [ENT]: { manager: { value: long } } },
    ]) {
      const refused = await request('POST', '/Users', body);
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidValue']);
    }
    const fits = 'ΐ'.repeat(320);
    const id = await create('/Users', {
      userName: fits,
      externalId: fits,
      nickName: 'x'.repeat(100_000),
      emails: [{ value: fits }],
    });
    expect((await request('GET', `/Users/${id}`)).body.nickName).toHaveLength(100_000);
  });
});
