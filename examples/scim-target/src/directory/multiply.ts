import type { Database } from '@joinery/store';
import { type SQL, sql } from 'drizzle-orm';
import { numberDigits, scatter, varieties } from '../people.ts';

/** People of one transaction. */
const batch = 20_000;

/** Milliseconds one transaction may take on a slow machine. */
const longest = 300_000;

/**
 * Makes people up to `count` out of the first {@link varieties}, which the directory itself has written: their rows are copied with
 * another number in their text. It depends on the names of the directory's tables and on what a block of `directory_counts` is, and on
 * nothing else of them; the tests compare a copy with a person that was made the usual way.
 */
export async function multiplyPeople(
  database: Database,
  tenantId: string,
  count: number,
  signal: AbortSignal,
): Promise<void> {
  const run = (statement: SQL): Promise<unknown> =>
    database.transaction((tx) => tx.execute(statement), { signal, deadlineMs: longest, statementMs: longest });
  for (let first = varieties + 1; first <= count; first += batch) {
    const last = Math.min(count, first + batch - 1);
    await run(copies('directory_users', 'id', tenantId, first, last));
    await run(copies('directory_keys', 'object_id', tenantId, first, last));
  }
  await run(sql`
    insert into directory_counts (tenant_id, object_type, block, live)
    select tenant_id, 'User', ('x' || left(id::text, 3))::bit(12)::integer >> 2, count(*)
    from directory_users where tenant_id = ${tenantId} group by 1, 3
    on conflict (tenant_id, object_type, block) do update set live = excluded.live`);
  await database.drizzle.execute(sql`analyze`);
}

/** @param id the column with the person's id, whose ends are the scattered number and the number */
function copies(table: string, id: string, tenantId: string, first: number, last: number): SQL {
  const name = sql.identifier(table);
  const head = sql`lpad(to_hex((n * ${scatter}::bigint) & 4294967295), 8, '0')`;
  const digits = sql`lpad(n::text, ${numberDigits}, '0')`;
  return sql`
    with template as materialized (
      select to_jsonb(t)::text as body, left(t.${sql.identifier(id)}::text, 8) as head, right(t.${sql.identifier(id)}::text, ${numberDigits}) as digits
      from ${name} t
      where tenant_id = ${tenantId} and right(t.${sql.identifier(id)}::text, ${numberDigits}) <= ${String(varieties).padStart(numberDigits, '0')}
    )
    insert into ${name}
    select made.* from generate_series(${first}::bigint, ${last}::bigint) n
    join template on template.digits::integer = (n - 1) % ${varieties} + 1
    cross join lateral jsonb_populate_record(null::${name},
      replace(replace(template.body, template.head, ${head}), template.digits, ${digits})::jsonb) made`;
}
