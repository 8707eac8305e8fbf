import { sql } from 'drizzle-orm';
import { commonColumns, locate, type Shelf } from './shelf.ts';

const place = { objectType: 'Group', table: 'directory_groups' } as const;
const columns = commonColumns(place.table, place.objectType);

/** A sub-attribute that a client sent: as it is, so that its presence can be asked for; `bindIds` refuses comparisons. */
function sent(name: string) {
  return { key: `directory_group_members.element->>'${name}'` };
}

export const groupShelf: Shelf = {
  ...place,
  live: 'TRUE',
  memberCount: 'directory_groups.member_count',
  columns: (tenantId) => (path) => {
    if (path.text !== 'members') return locate(path.text, columns, place.table);
    return {
      kind: 'rows',
      from: 'directory_group_members',
      owner: 'directory_group_members.group_id',
      of: 'directory_groups.id',
      columns: {
        value: { key: 'directory_group_members.member_id' },
        $ref: sent('$ref'),
        type: sent('type'),
        display: sent('display'),
      },
      within: { 'directory_group_members.tenant_id': tenantId },
    };
  },
  lookups: {
    id: (key) => sql`directory_groups.id = ${key}`,
    displayName: (key) => sql`directory_groups.display_name_folded = ${key}`,
    externalId: (key) => sql`directory_groups.external_id = ${key}`,
    'members.value': (key, tenantId) =>
      sql`directory_groups.id IN (SELECT m.group_id FROM directory_group_members m WHERE m.tenant_id = ${tenantId} AND m.member_id = ${key})`,
  },
  unique: new Set(['id', 'displayName']),
};
