import { parseFilter } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { parseUserChange, type User } from '../src/index.ts';
import { openFixture } from './open-directory.ts';

const problemOf = (code: string) => expect.objectContaining({ code });

forEachDatabase((_, open) => {
  describe('users', () => {
    test('are found by id and by name in any case, beyond ASCII too', async () => {
      const { directory, tenantId, signal, add } = await openFixture(open);
      const user = await add('Adele.Vance');
      expect(await directory.users.get(tenantId, user.id.toUpperCase(), signal)).toEqual(user);
      expect(await directory.users.get(tenantId, 'ADELE.vance@CONTOSO.example', signal)).toEqual(user);
    });

    test('belong to one tenant', async () => {
      const { directory, signal, add } = await openFixture(open);
      const user = await add('adele');
      const other = await directory.tenants.create('Fabrikam', signal);
      await expect(directory.users.get(other.id, user.id, signal)).rejects.toEqual(
        problemOf('DIRECTORY_USER_NOT_FOUND'),
      );
      expect((await directory.users.readPage(other.id, undefined, 10, signal)).users).toEqual([]);
    });

    test('31: a second live user of the same name is refused, whatever the case', async () => {
      const { directory, tenantId, signal, add } = await openFixture(open);
      await add('adele');
      await expect(add('ADELE')).rejects.toEqual(problemOf('DIRECTORY_USER_EXISTS'));
      const other = await add('other');
      const rename = parseUserChange({ userPrincipalName: 'Adele@contoso.example' });
      await expect(directory.users.update(tenantId, other.id, rename, signal)).rejects.toEqual(
        problemOf('DIRECTORY_USER_EXISTS'),
      );
    });

    test('32: a change keeps what it does not name, and null clears', async () => {
      const { directory, tenantId, signal, add } = await openFixture(open);
      const { id } = await add('adele', { jobTitle: 'Welder', department: 'Hull', businessPhones: ['+1 555'] });
      await directory.users.update(tenantId, id, parseUserChange({ jobTitle: null, mail: 'a@b.example' }), signal);
      const { document } = await directory.users.get(tenantId, id, signal);
      expect(document).toMatchObject({ department: 'Hull', mail: 'a@b.example', businessPhones: ['+1 555'] });
      expect(document).not.toHaveProperty('jobTitle');
    });

    test('33: a deleted user is in the recycle bin, its name is free, and it can come back', async () => {
      const { directory, tenantId, signal, add } = await openFixture(open);
      const user = await add('adele');
      await directory.users.delete(tenantId, user.id, signal);
      await expect(directory.users.get(tenantId, user.id, signal)).rejects.toEqual(
        problemOf('DIRECTORY_USER_NOT_FOUND'),
      );
      const namesake = await add('adele');
      await expect(directory.deletedUsers.restore(tenantId, user.id, signal)).rejects.toEqual(
        problemOf('DIRECTORY_USER_EXISTS'),
      );
      await directory.users.delete(tenantId, namesake.id, signal);
      expect(await directory.deletedUsers.restore(tenantId, user.id, signal)).toEqual(user);
      expect(await directory.users.get(tenantId, user.id, signal)).toEqual(user);
    });

    test('a purged user leaves nothing but its id in the change feed', async () => {
      const { database, directory, tenantId, signal, add } = await openFixture(open);
      const user = await add('adele');
      await expect(directory.deletedUsers.purge(tenantId, user.id, signal)).rejects.toEqual(
        problemOf('DIRECTORY_DELETED_ITEM_NOT_FOUND'),
      );
      await directory.users.delete(tenantId, user.id, signal);
      await directory.deletedUsers.purge(tenantId, user.id, signal);
      expect(await directory.users.readSome(tenantId, [user.id], signal)).toEqual([]);
      const { rows } = await database.drizzle.execute('select * from directory_changes');
      expect(JSON.stringify(rows)).not.toContain('adele');
    });

    test('25: pages bring every user once, also while users come and go', async () => {
      const { directory, tenantId, signal, add } = await openFixture(open);
      for (let index = 0; index < 23; index++) await add(`user${index}`);
      const seen: User[] = [];
      let after: string | undefined;
      do {
        const page = await directory.users.readPage(tenantId, after, 5, signal);
        seen.push(...page.users);
        after = page.next;
        if (seen.length === 10) {
          await add('late');
          await directory.users.delete(tenantId, 'user3@contoso.example', signal);
        }
      } while (after !== undefined);
      const names = seen.map(({ document }) => document.displayName);
      expect(new Set(names).size).toBe(names.length);
      for (let index = 0; index < 23; index++) if (index !== 3) expect(names).toContain(`user${index}`);
    });

    // One directory serves all cases: opening an embedded database is most of what a test costs.
    test('19-23: filters find their people, and what cannot be searched is refused', async () => {
      const { directory, tenantId, signal, add } = await openFixture(open);
      await add('zoe', { displayName: 'Zoë Straße', employeeId: '7' });
      await add('obrien', { mail: "O'Brien@contoso.example", accountEnabled: false });
      const find = async (filter: string) => {
        const { users } = await directory.users.readPage(tenantId, undefined, 10, signal, parseFilter(filter));
        return users.map(({ document }) => String(document.mailNickname)).sort();
      };
      for (const [filter, expected] of [
        ['displayName eq "ZOË STRASSE"', ['zoe']],
        ['displayName sw "zoë"', ['zoe']],
        ['mail eq "o\'brien@contoso.example"', ['obrien']],
        ['employeeid eq "7" or userPrincipalName eq "OBRIEN@contoso.example"', ['obrien', 'zoe']],
        ['accountEnabled eq false', ['obrien']],
        ['mail eq null', ['zoe']],
        ['not (employeeId eq "7")', ['obrien']],
      ] as const) {
        expect(await find(filter), filter).toEqual(expected);
      }
      for (const filter of ['jobTitle eq "x"', 'displayName co "x"', 'id eq "x"', 'mail pr']) {
        await expect(find(filter), filter).rejects.toEqual(problemOf('DIRECTORY_QUERY_UNSUPPORTED'));
      }
    });

    test('work stops when the caller gives up', async () => {
      const { directory, tenantId, add } = await openFixture(open);
      const user = await add('adele');
      const gone = AbortSignal.abort(new Error('the caller left'));
      await expect(directory.users.delete(tenantId, user.id, gone)).rejects.toThrow('the caller left');
      await expect(directory.users.readPage(tenantId, undefined, 10, gone)).rejects.toThrow('the caller left');
    });
  });
});
