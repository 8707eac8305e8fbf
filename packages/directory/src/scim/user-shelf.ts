import { ENTERPRISE_USER_URN } from '@joinery/scim';
import { sql } from 'drizzle-orm';
import { byIndex } from './bind-ids.ts';
import { commonColumns, keyed, locate, type Shelf } from './shelf.ts';

const place = { objectType: 'User', table: 'directory_users' } as const;
const managerId = `${ENTERPRISE_USER_URN}:manager.value`;

const columns = {
  ...commonColumns(place.table, place.objectType),
  userName: 'directory_users.user_principal_name_folded',
  [managerId]: 'directory_users.manager_id',
};

export const userShelf: Shelf = {
  ...place,
  live: 'directory_users.deleted_at IS NULL',
  memberCount: '0',
  columns: (tenantId) => (path) => {
    // `groups` is for filters only, as in Entra's own API (dialect sheet 9): a user's answer does not list them.
    if (path.text !== 'groups' && path.text !== byIndex('groups')) return locate(path.text, columns, place.table);
    const groupId = path.text === 'groups' ? 'group_id::text' : 'group_id';
    return {
      kind: 'rows',
      from: 'directory_group_members',
      owner: 'directory_group_members.object_id',
      of: 'directory_users.id',
      columns: { value: { key: `directory_group_members.${groupId}` } },
      within: { 'directory_group_members.tenant_id': tenantId },
    };
  },
  lookups: {
    id: (key) => sql`directory_users.id = ${key}`,
    userName: (key) => sql`directory_users.user_principal_name_folded = ${key}`,
    displayName: (key) => sql`directory_users.display_name_folded = ${key}`,
    externalId: (key) => sql`directory_users.external_id = ${key}`,
    [managerId]: (key) => sql`directory_users.manager_id = ${key}`,
    'emails.value': keyed(place, 'emails.value'),
  },
  unique: new Set(['id', 'userName']),
};
