import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { applicationTemplates, type ChangeOfUser, defaultAccessRoleId, parseUserChange } from '../src/index.ts';
import { type Fixture, openFixture, settled } from './open-directory.ts';

async function readAll(fixture: Fixture, resourceId: string, from: string) {
  await settled(fixture.database);
  return readNow(fixture, resourceId, from);
}

async function readNow({ directory, tenantId, signal }: Fixture, resourceId: string, from: string) {
  const changes: ChangeOfUser[] = [];
  let watermark = from;
  for (let more = true; more; ) {
    const page = await directory.changes.readForApplication(tenantId, resourceId, watermark, 2, signal);
    changes.push(...page.changes);
    ({ watermark, more } = page);
  }
  return { changes, watermark };
}

async function twoApplications({ directory, tenantId, signal }: Fixture) {
  const templateId = applicationTemplates[0]?.id ?? '';
  const first = await directory.applications.instantiate(tenantId, templateId, 'one', signal);
  const second = await directory.applications.instantiate(tenantId, templateId, 'two', signal);
  return [first.servicePrincipal.id, second.servicePrincipal.id] as const;
}

forEachDatabase((name, open) => {
  describe('the change feed', () => {
    test('shows each change once, in order, and only the assignments of the application', async () => {
      const fixture = await openFixture(open);
      const { directory, tenantId, signal, add } = fixture;
      const [app, other] = await twoApplications(fixture);
      const start = await directory.changes.now(signal);
      const adele = await add('adele');
      const britta = await add('britta');
      const assigned = await directory.assignments.add(tenantId, app, adele.id, defaultAccessRoleId, signal);
      await directory.assignments.add(tenantId, other, adele.id, defaultAccessRoleId, signal);
      const first = await readAll(fixture, app, start);
      expect(first.changes).toEqual([
        { kind: 'userChanged', userId: adele.id },
        { kind: 'userChanged', userId: britta.id },
        { kind: 'assignmentAdded', userId: adele.id, resourceId: app },
      ]);

      await directory.users.delete(tenantId, britta.id, signal);
      await directory.assignments.remove(tenantId, app, assigned.id, signal);
      const second = await readAll(fixture, app, first.watermark);
      expect(second.changes).toEqual([
        { kind: 'userSoftDeleted', userId: britta.id },
        { kind: 'assignmentRemoved', userId: adele.id, resourceId: app },
      ]);

      await directory.deletedUsers.purge(tenantId, britta.id, signal);
      const third = await readAll(fixture, app, second.watermark);
      expect(third.changes).toEqual([{ kind: 'userGone', userId: britta.id }]);
      expect((await readAll(fixture, app, third.watermark)).changes).toEqual([]);
    });

    test('stays silent on a change that changes nothing', async () => {
      const fixture = await openFixture(open);
      const { directory, tenantId, signal, add } = fixture;
      const [app] = await twoApplications(fixture);
      const { id } = await add('adele', { employeeOrgData: { division: 'B', costCenter: 'A' } });
      const { watermark } = await readAll(fixture, app, directory.changes.start);
      const same = { displayName: 'adele', employeeOrgData: { costCenter: 'A', division: 'B' }, jobTitle: null };
      await directory.users.update(tenantId, id, parseUserChange(same), signal);
      expect((await readAll(fixture, app, watermark)).changes).toEqual([]);
    });

    // PGlite has one connection: there is no second transaction to hold open.
    if (name === 'postgresql') {
      test('never passes by a transaction that commits late', async () => {
        const fixture = await openFixture(open);
        const { database, directory, add } = fixture;
        const [app] = await twoApplications(fixture);
        const early = await add('early');
        let { watermark } = await readAll(fixture, app, directory.changes.start);
        const opened = Promise.withResolvers<void>();
        const release = Promise.withResolvers<void>();
        const held = database.transaction(async (tx) => {
          await tx.execute(sql`
            update directory_changes set changed_xact = pg_current_xact_id() where object_id = ${early.id}`);
          opened.resolve();
          await release.promise;
        });
        await opened.promise;
        const late = await add('late');
        const during = await readNow(fixture, app, watermark);
        expect(during.changes.map(({ userId }) => userId)).not.toContain(late.id);
        ({ watermark } = during);
        release.resolve();
        await held;
        const after = await readAll(fixture, app, watermark);
        expect(after.changes.map(({ userId }) => userId)).toEqual([early.id, late.id]);
      });
    }
  });
});
