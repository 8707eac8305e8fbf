import { ManualClock, seededRandom } from '@joinery/runtime';
import { migrate, openDatabase } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { freshLocation } from '../../../testing/databases.ts';
import { serve } from '../../scim/test/server-under-test.ts';
import { directoryMigrations, openDirectory } from '../src/index.ts';
import { startChild } from './support/child.ts';

describe.each(['pglite', 'postgresql'] as const)('on %s', (engine) => {
  test('killed in the middle of writes again and again, everything that was answered is there, and counts, keys, members and feed agree', async () => {
    const location = await freshLocation(engine);
    const clock = new ManualClock();
    const random = seededRandom(7);
    const first = await openDatabase(location);
    await migrate(first, [directoryMigrations], { version: 'test' });
    const made = openDirectory({ database: first, clock, random });
    const { id: tenantId } = await made.tenants.create('Contoso', new AbortController().signal);
    const start = await serve({ ...(await made.scim.of(tenantId)), clock });
    const group = await start.create('/Groups', { displayName: 'Team' });
    await first.close();

    const answered: string[] = [];
    // Odd numbers of lines stop it before a membership, even ones after: the kill falls anywhere into what comes next.
    for (const [round, lines] of [1, 6, 13].entries()) {
      const child = startChild('writes-people.ts', JSON.stringify(location), tenantId, group, `r${round}`);
      for (let line = 0; line < lines; line++) answered.push(await child.line());
      await child.kill();
    }

    const database = await openDatabase(location);
    const directory = openDirectory({ database, clock, random });
    const server = await serve({ ...(await directory.scim.of(tenantId)), clock });
    const list = await server.request('GET', '/Users?count=1000');
    const users = Array.isArray(list.body.Resources) ? list.body.Resources.map(({ id }) => id) : [];
    expect(list.body.totalResults).toBe(users.length);
    const shown = await server.request('GET', `/Groups/${group}`);
    const members: readonly unknown[] = Array.isArray(shown.body.members)
      ? shown.body.members.map(({ value }) => value)
      : [];
    for (const line of answered) {
      const [what, id] = line.split(' ');
      expect(users, line).toContain(id);
      if (what === 'joined') expect(members, line).toEqual(expect.arrayContaining([id, `x-${id}`]));
    }
    const { rows } = await database.drizzle.execute<Record<string, number>>(sql`select
      (select member_count from directory_groups)::int as counted,
      (select version from directory_groups)::int as version,
      (select count(*) from directory_group_members)::int as members,
      (select count(*) from directory_keys)::int as keys,
      (select count(*) from directory_changes where kind = 'userChanged')::int as changes,
      (select count(*) from directory_changes where kind = 'memberAdded')::int as joined`);
    const expected = {
      counted: members.length,
      members: members.length,
      // Every membership is one write of two members, and the group itself was the first version.
      version: 1 + members.length / 2,
      keys: users.length,
      changes: users.length,
      joined: members.length / 2,
    };
    expect(rows).toEqual([expected]);
    await database.close();
  }, 60_000);
});
