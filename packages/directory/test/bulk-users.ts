import type { Database } from '@joinery/store';
import { sql } from 'drizzle-orm';

/**
 * Users made by the database itself, as the store would have written them: `user1` and so on, active, with a work address. For tests and
 * benchmarks with more users than could be made one by one.
 */
export async function bulkUsers(database: Database, tenantId: string, count: number): Promise<void> {
  const rows = 50_000;
  for (let first = 1; first <= count; first += rows) {
    const last = Math.min(count, first + rows - 1);
    await database.transaction(
      async (tx) => {
        await tx.execute(insertUsers(tenantId, first, last));
      },
      { statementMs: 120_000, deadlineMs: 120_000 },
    );
  }
  await database.transaction(
    async (tx) => {
      await tx.execute(sql`
        insert into directory_keys (tenant_id, object_type, attribute, key, object_id, is_unique)
        select tenant_id, 'User', 'emails.value', mail_folded, id, false from directory_users where tenant_id = ${tenantId}`);
      await tx.execute(sql`
        insert into directory_counts (tenant_id, object_type, block, live)
        select tenant_id, 'User', ('x' || left(id::text, 3))::bit(12)::integer >> 2, count(*)
        from directory_users where tenant_id = ${tenantId} group by 1, 3`);
    },
    { statementMs: 120_000, deadlineMs: 120_000 },
  );
  await database.drizzle.execute(sql`analyze`);
}

function insertUsers(tenantId: string, first: number, last: number) {
  return sql`
    insert into directory_users (tenant_id, id, document, scim, user_principal_name_folded, mail_folded, display_name_folded,
      version, created_key, modified_key, resource, keys)
    select ${tenantId}::uuid, id,
      jsonb_build_object('userPrincipalName', name, 'displayName', shown, 'mail', mail, 'accountEnabled', true,
        'jobTitle', 'Analyst', 'department', 'Hull'),
      jsonb_build_object('emails', jsonb_build_array(jsonb_build_object('value', mail, 'type', 'work', 'primary', true))),
      name, mail, lower(shown), 1, '2026-01-01T00:00:00', '2026-01-01T00:00:00',
      '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"id":"' || id
        || '","userName":"' || name || '","displayName":"' || shown || '","title":"Analyst","active":true,"emails":[{"value":"' || mail
        || '","type":"work","primary":true}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Hull"}}',
      jsonb_build_object('schemas', '["urn:ietf:params:scim:schemas:core:2.0:user"]'::jsonb, 'title', 'analyst', 'active', true,
        'emails', jsonb_build_array(jsonb_build_object('value', mail, 'type', 'work', 'primary', true)),
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', jsonb_build_object('department', 'hull'))
    from (
      select id, 'user' || n as name, 'User ' || n as shown, 'user' || n || '@mail.example' as mail
      from (select n, (lpad(to_hex((n * 2654435761) % 4294967296), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id
        from generate_series(${first}::bigint, ${last}::bigint) n) numbers
    ) people`;
}
