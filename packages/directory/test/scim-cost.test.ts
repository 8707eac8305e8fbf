import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { freshLocation, openForTest } from '../../../testing/databases.ts';
import { bulkUsers } from './bulk-users.ts';
import { openScim, type ScimFixture } from './scim-server.ts';

/** What the server counted of rows and row versions so far, by table; only PostgreSQL keeps these counts. */
async function rowsTouched({ database }: ScimFixture): Promise<ReadonlyMap<string, { read: number; written: number }>> {
  // The counts of a connection are handed in when it has nothing to do; this asks every one to do so, that of the look-ups too.
  await database.prepareLookup('hand_in_counts', sql`select 'asked' from pg_stat_force_next_flush()`)({});
  await database.prepareLookup('counts_handed_in', sql`select 'done'`)({});
  await Promise.all(Array.from({ length: 10 }, () => database.drizzle.execute(sql`select pg_stat_force_next_flush()`)));
  await Promise.all(Array.from({ length: 10 }, () => database.drizzle.execute(sql`select 1`)));
  const { rows } = await database.drizzle.execute<{ relname: string; read: number; written: number }>(sql`
    select relname, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read, (n_tup_ins + n_tup_upd + n_tup_del)::int as written
    from pg_stat_user_tables where relname like 'directory_%'`);
  return new Map(rows.map(({ relname, read, written }) => [relname, { read, written }]));
}

test('one member more costs the same few rows in a group of ten and in one of a hundred thousand', async () => {
  const server = await openScim(async () => openForTest(await freshLocation('postgresql')));
  const { database, tenantId } = server;
  const costs: Record<string, unknown>[] = [];
  for (const members of [10, 100_000]) {
    const id = await server.create('/Groups', { displayName: `Group of ${members}` });
    await database.drizzle.execute(sql`
      insert into directory_group_members (tenant_id, group_id, member_id)
      select ${tenantId}::uuid, ${id}::uuid, 'm' || n from generate_series(1, ${members}::int) n`);
    await database.drizzle.execute(sql`update directory_groups set member_count = ${members} where id = ${id}`);
    await database.drizzle.execute(sql`analyze`);
    const user = await server.create('/Users', { userName: `new${members}` });
    for (const operation of [
      { op: 'Add', path: 'members', value: [{ value: user }] },
      { op: 'Remove', path: 'members', value: [{ value: user }] },
      { op: 'remove', path: `members[value eq "m7"]` },
    ]) {
      const before = await rowsTouched(server);
      expect((await server.patch(`/Groups/${id}`, operation)).status).toBe(204);
      const after = await rowsTouched(server);
      const total = { read: 0, written: 0 };
      for (const [table, { read, written }] of after) {
        total.read += read - (before.get(table)?.read ?? 0);
        total.written += written - (before.get(table)?.written ?? 0);
      }
      expect(total.written).toBeGreaterThan(0);
      expect(total.read).toBeGreaterThan(0);
      expect(total.read).toBeLessThan(20);
      costs.push({ op: operation.op, written: total.written });
    }
    const count = await database.drizzle.execute<{ member_count: number }>(
      sql`select member_count from directory_groups where id = ${id}`,
    );
    expect(count.rows).toEqual([{ member_count: members - 1 }]);
  }
  expect(costs.slice(3)).toEqual(costs.slice(0, 3));
});

test('everything that is matched by is answered from an index, and a page is read by its block alone', async () => {
  const server = await openScim(async () => openForTest(await freshLocation('postgresql')));
  const { database, tenantId } = server;
  await bulkUsers(database, tenantId, 20_000);
  const id = await server.create('/Users', {
    userName: 'joy',
    externalId: 'e1',
    displayName: 'Joy',
    emails: [{ value: 'joy@x.example' }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: { value: 'm1' } },
  });
  const group = await server.create('/Groups', { displayName: 'Team', members: [{ value: id }] });
  for (const url of [
    `/Users/${id}`,
    ...[
      'userName eq "JOY"',
      'externalId eq "e1"',
      'displayName eq "joy"',
      'emails.value eq "JOY@x.example"',
      'emails[type eq "work" or type eq "home" or value sw "j"].value eq "joy@x.example"',
      'manager eq "m1"',
      `id eq "${id}" and manager eq "m1"`,
      `groups.value eq "${group}"`,
      'userName eq "joy" or userName eq "nobody"',
    ].map((filter) => `/Users?filter=${encodeURIComponent(filter)}`),
    `/Groups?filter=${encodeURIComponent(`members eq "${id}"`)}`,
  ]) {
    const before = await rowsTouched(server);
    const answer = await server.request('GET', url);
    expect(answer.body.totalResults ?? 1, url).toBe(1);
    const after = await rowsTouched(server);
    const all = [...after].map(([table, { read }]) => read - (before.get(table)?.read ?? 0));
    // Counts that never move would prove nothing.
    expect(Math.max(...all), url).toBeGreaterThan(0);
    for (const [table, { read }] of after) {
      expect(read - (before.get(table)?.read ?? 0), `${decodeURIComponent(url)} reads ${table}`).toBeLessThan(30);
    }
  }
  for (const startIndex of [1, 10_000, 19_900]) {
    const before = await rowsTouched(server);
    expect((await server.request('GET', `/Users?startIndex=${startIndex}&count=100`)).body.itemsPerPage).toBe(100);
    const after = await rowsTouched(server);
    const read = (after.get('directory_users')?.read ?? 0) - (before.get('directory_users')?.read ?? 0);
    expect(read, `page at ${startIndex}`).toBeGreaterThanOrEqual(100);
    expect(read, `page at ${startIndex}`).toBeLessThan(100 + 60);
  }
});
