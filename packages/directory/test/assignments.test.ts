import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { applicationTemplates, defaultAccessRoleId } from '../src/index.ts';
import { type Fixture, openFixture } from './open-directory.ts';

const problemOf = (code: string) => expect.objectContaining({ code });

async function instantiate({ directory, tenantId, signal }: Fixture, name = 'HR file') {
  const [template] = applicationTemplates;
  const { servicePrincipal } = await directory.applications.instantiate(tenantId, template?.id ?? '', name, signal);
  return servicePrincipal;
}

forEachDatabase((_, open) => {
  describe('applications', () => {
    test('come from a template, with a service principal of another id', async () => {
      const { directory, tenantId, signal } = await openFixture(open);
      const [template] = applicationTemplates;
      const made = await directory.applications.instantiate(tenantId, template?.id ?? '', 'HR file', signal);
      expect(made.application.appId).toBe(made.servicePrincipal.appId);
      expect(made.application.id).not.toBe(made.servicePrincipal.id);
      expect(await directory.applications.getServicePrincipal(tenantId, made.servicePrincipal.id, signal)).toEqual(
        made.servicePrincipal,
      );
    });

    test('do not come from a template that does not exist', async () => {
      const { directory, tenantId, signal } = await openFixture(open);
      await expect(directory.applications.instantiate(tenantId, 'nothing', 'x', signal)).rejects.toEqual(
        problemOf('DIRECTORY_TEMPLATE_NOT_FOUND'),
      );
    });
  });

  describe('assignments', () => {
    test('are added, listed with the names of both sides, and removed', async () => {
      const fixture = await openFixture(open);
      const { directory, tenantId, signal, add } = fixture;
      const app = await instantiate(fixture);
      const user = await add('adele');
      const made = await directory.assignments.add(tenantId, app.id, user.id, defaultAccessRoleId, signal);
      expect(made).toMatchObject({
        principalDisplayName: 'adele',
        resourceDisplayName: 'HR file',
        principalType: 'User',
      });
      expect(made.id).toMatch(/^[\w-]{43}$/);
      expect((await directory.assignments.readPage(tenantId, app.id, undefined, 10, signal)).assignments).toEqual([
        made,
      ]);
      expect(await directory.assignments.assignedAmong(tenantId, app.id, [user.id], signal)).toEqual(
        new Set([user.id]),
      );
      await directory.assignments.remove(tenantId, app.id, made.id, signal);
      expect(await directory.assignments.assignedAmong(tenantId, app.id, [user.id], signal)).toEqual(new Set());
      await expect(directory.assignments.remove(tenantId, app.id, made.id, signal)).rejects.toEqual(
        problemOf('DIRECTORY_ASSIGNMENT_NOT_FOUND'),
      );
    });

    test('are refused twice, for an unknown role, application or user', async () => {
      const fixture = await openFixture(open);
      const { directory, tenantId, signal, add } = fixture;
      const app = await instantiate(fixture);
      const { id } = await add('adele');
      const nobody = '11111111-1111-4111-8111-111111111111';
      const assign = (resource: string, principal: string, role: string) =>
        directory.assignments.add(tenantId, resource, principal, role, signal);
      await assign(app.id, id, defaultAccessRoleId);
      await expect(assign(app.id, id, defaultAccessRoleId)).rejects.toEqual(problemOf('DIRECTORY_ASSIGNMENT_EXISTS'));
      await expect(assign(app.id, id, nobody)).rejects.toEqual(problemOf('DIRECTORY_APP_ROLE_UNKNOWN'));
      await expect(assign(nobody, id, nobody)).rejects.toEqual(problemOf('DIRECTORY_SERVICE_PRINCIPAL_NOT_FOUND'));
      await expect(assign(app.id, nobody, defaultAccessRoleId)).rejects.toEqual(problemOf('DIRECTORY_USER_NOT_FOUND'));
    });

    test('stay with a user in the recycle bin and end with a purge', async () => {
      const fixture = await openFixture(open);
      const { directory, tenantId, signal, add } = fixture;
      const app = await instantiate(fixture);
      const user = await add('adele');
      await directory.assignments.add(tenantId, app.id, user.id, defaultAccessRoleId, signal);
      await directory.users.delete(tenantId, user.id, signal);
      expect((await directory.assignments.readPage(tenantId, app.id, undefined, 10, signal)).assignments).toEqual([]);
      await directory.deletedUsers.restore(tenantId, user.id, signal);
      expect((await directory.assignments.readPage(tenantId, app.id, undefined, 10, signal)).assignments).toHaveLength(
        1,
      );
      await directory.users.delete(tenantId, user.id, signal);
      await directory.deletedUsers.purge(tenantId, user.id, signal);
      expect(await directory.assignments.assignedAmong(tenantId, app.id, [user.id], signal)).toEqual(new Set());
    });
  });
});
