import type { ScimObject } from '@joinery/scim';
import { changedXact, exactJsonb } from '@joinery/store';
import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AppRole } from './application/app-role.ts';
import type { ChangeKind } from './changes/change.ts';
import type { GroupDocument } from './group/group.ts';
import type { ExtensionDefinition } from './scim/extension-definition.ts';
import type { UserDocument } from './user/user.ts';

/** What the directory has of objects that SCIM shows. */
export type ObjectType = 'User' | 'Group';

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

/** What users and groups have alike: the truth that only SCIM knows, and what is made from the whole of it. */
const scimColumns = () => ({
  scim: exactJsonb<ScimObject>('scim').notNull(),
  externalId: text('external_id'),
  version: integer('version').notNull(),
  createdKey: text('created_key').notNull(),
  modifiedKey: text('modified_key').notNull(),
  /** The SCIM answer without `meta`; null until the next start makes it anew. */
  resource: text('resource'),
  keys: exactJsonb<ScimObject>('keys'),
});

export const userTable = pgTable(
  'directory_users',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    document: jsonb('document').$type<UserDocument>().notNull(),
    userPrincipalNameFolded: text('user_principal_name_folded').notNull(),
    mailFolded: text('mail_folded'),
    employeeIdFolded: text('employee_id_folded'),
    displayNameFolded: text('display_name_folded'),
    deletedAt: moment('deleted_at'),
    managerId: text('manager_id'),
    ...scimColumns(),
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
    index('directory_users_live').on(table.tenantId, table.id).where(sql`${table.deletedAt} IS NULL`),
    index('directory_users_external_id')
      .on(table.tenantId, table.externalId)
      .where(sql`${table.externalId} IS NOT NULL`),
    index('directory_users_manager').on(table.tenantId, table.managerId).where(sql`${table.managerId} IS NOT NULL`),
    index('directory_users_modified').on(table.tenantId, table.modifiedKey).where(sql`${table.deletedAt} IS NULL`),
    index('directory_users_unrendered').on(table.tenantId, table.id).where(sql`${table.resource} IS NULL`),
  ],
);

export const groupTable = pgTable(
  'directory_groups',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    document: jsonb('document').$type<GroupDocument>().notNull(),
    displayNameFolded: text('display_name_folded').notNull(),
    memberCount: integer('member_count').notNull(),
    ...scimColumns(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('directory_groups_display_name').on(table.tenantId, table.displayNameFolded),
    index('directory_groups_external_id')
      .on(table.tenantId, table.externalId)
      .where(sql`${table.externalId} IS NOT NULL`),
    index('directory_groups_unrendered').on(table.tenantId, table.id).where(sql`${table.resource} IS NULL`),
  ],
);

export const memberTable = pgTable(
  'directory_group_members',
  {
    tenantId: uuid('tenant_id').notNull(),
    groupId: uuid('group_id').notNull(),
    memberId: text('member_id').notNull(),
    objectId: uuid('object_id'),
    element: exactJsonb<ScimObject>('element'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.groupId, table.memberId] }),
    index('directory_group_members_member').on(table.tenantId, table.memberId, table.groupId),
  ],
);

export const keyTable = pgTable(
  'directory_keys',
  {
    tenantId: uuid('tenant_id').notNull(),
    objectType: text('object_type').$type<ObjectType>().notNull(),
    attribute: text('attribute').notNull(),
    key: text('key').notNull(),
    objectId: uuid('object_id').notNull(),
    isUnique: boolean('is_unique').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.objectType, table.attribute, table.key, table.objectId] }),
    uniqueIndex('directory_keys_unique')
      .on(table.tenantId, table.objectType, table.attribute, table.key)
      .where(sql`${table.isUnique}`),
    index('directory_keys_object').on(table.tenantId, table.objectId),
  ],
);

export const countTable = pgTable(
  'directory_counts',
  {
    tenantId: uuid('tenant_id').notNull(),
    objectType: text('object_type').$type<ObjectType>().notNull(),
    block: integer('block').notNull(),
    live: integer('live').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.objectType, table.block] })],
);

export const extensionTable = pgTable(
  'directory_scim_extensions',
  {
    tenantId: tenantId(),
    objectType: text('object_type').$type<ObjectType>().notNull(),
    urn: text('urn').notNull(),
    definition: jsonb('definition').$type<ExtensionDefinition>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.objectType, table.urn] })],
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
    objectId: uuid('object_id').notNull(),
    resourceId: uuid('resource_id').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<ChangeKind>().notNull(),
    changedAt: moment('changed_at').notNull(),
    changedXact: changedXact(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.objectId, table.resourceId] }),
    uniqueIndex('directory_changes_feed').on(table.tenantId, table.changedXact, table.id),
  ],
);

/** Every table of the room, for the test that compares them with the migrations. */
export const directoryTables = [
  tenantTable,
  userTable,
  groupTable,
  memberTable,
  keyTable,
  countTable,
  extensionTable,
  applicationTable,
  servicePrincipalTable,
  assignmentTable,
  changeTable,
] as const;
