import { changedXact } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { foreignKey, index, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AppRole } from './application/app-role.ts';
import type { ChangeKind } from './changes/change.ts';
import type { UserDocument } from './user/user.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const tenantTable = pgTable('directory_tenants', {
  tenantId: uuid('tenant_id').primaryKey(),
  displayName: text('display_name').notNull(),
  createdAt: moment('created_at').notNull(),
});

const tenantId = () =>
  uuid('tenant_id')
    .notNull()
    .references(() => tenantTable.tenantId);

export const userTable = pgTable(
  'directory_users',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    document: jsonb('document').$type<UserDocument>().notNull(),
    userPrincipalNameFolded: text('user_principal_name_folded').notNull(),
    mailFolded: text('mail_folded'),
    employeeIdFolded: text('employee_id_folded'),
    displayNameFolded: text('display_name_folded').notNull(),
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('directory_users_user_principal_name')
      .on(table.tenantId, table.userPrincipalNameFolded)
      .where(sql`${table.deletedAt} IS NULL`),
    index('directory_users_mail').on(table.tenantId, table.mailFolded),
    index('directory_users_employee_id').on(table.tenantId, table.employeeIdFolded),
    index('directory_users_display_name').on(table.tenantId, table.displayNameFolded),
    index('directory_users_deleted').on(table.tenantId, table.id).where(sql`${table.deletedAt} IS NOT NULL`),
  ],
);

export const applicationTable = pgTable(
  'directory_applications',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    appId: uuid('app_id').notNull(),
    templateId: uuid('template_id').notNull(),
    displayName: text('display_name').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('directory_applications_app_id').on(table.tenantId, table.appId),
  ],
);

export const servicePrincipalTable = pgTable(
  'directory_service_principals',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    appId: uuid('app_id').notNull(),
    templateId: uuid('template_id').notNull(),
    displayName: text('display_name').notNull(),
    displayNameFolded: text('display_name_folded').notNull(),
    appRoles: jsonb('app_roles').$type<readonly AppRole[]>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('directory_service_principals_app_id').on(table.tenantId, table.appId),
    index('directory_service_principals_display_name').on(table.tenantId, table.displayNameFolded),
  ],
);

export const assignmentTable = pgTable(
  'directory_app_role_assignments',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: text('id').notNull(),
    resourceId: uuid('resource_id').notNull(),
    principalType: text('principal_type').$type<'User' | 'Group'>().notNull(),
    principalId: uuid('principal_id').notNull(),
    appRoleId: uuid('app_role_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      columns: [table.tenantId, table.resourceId],
      foreignColumns: [servicePrincipalTable.tenantId, servicePrincipalTable.id],
    }),
    uniqueIndex('directory_app_role_assignments_once').on(
      table.tenantId,
      table.resourceId,
      table.principalId,
      table.appRoleId,
    ),
    index('directory_app_role_assignments_principal').on(table.tenantId, table.principalId),
  ],
);

export const changeTable = pgTable(
  'directory_changes',
  {
    tenantId: uuid('tenant_id').notNull(),
    userId: uuid('user_id').notNull(),
    resourceId: uuid('resource_id').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<ChangeKind>().notNull(),
    changedAt: moment('changed_at').notNull(),
    changedXact: changedXact(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId, table.resourceId] }),
    uniqueIndex('directory_changes_feed').on(table.tenantId, table.changedXact, table.id),
  ],
);

/** Every table of the room, for the test that compares them with the migrations. */
export const directoryTables = [
  tenantTable,
  userTable,
  applicationTable,
  servicePrincipalTable,
  assignmentTable,
  changeTable,
] as const;
