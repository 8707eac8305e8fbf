import { problem } from '@joinery/problems';
import { sql } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../database.ts';

interface ColumnFact extends Record<string, unknown> {
  readonly name: string;
  /** Type without its modifier, as the server names it. */
  readonly type: string;
  readonly required: boolean;
  readonly hasDefault: boolean;
}

/** `serial` is no type but an integer with a default. */
const SERIAL: Readonly<Record<string, string>> = { serial: 'integer', bigserial: 'bigint', smallserial: 'smallint' };

/**
 * Checks that the tables a room declares to Drizzle are those its migrations made: every column is there with the same type
 * and nullability, and no other column would refuse Drizzle's inserts. For the rooms' tests.
 * @throws STORE_TABLE_MISMATCH that names every difference
 */
export async function assertTablesMatch(database: Database, tables: readonly PgTable[]): Promise<void> {
  const differences: string[] = [];
  for (const table of tables) differences.push(...(await compare(database, table)));
  if (differences.length > 0) throw problem('STORE_TABLE_MISMATCH', differences.join(' '));
}

async function compare(database: Database, table: PgTable): Promise<string[]> {
  const { name, schema, columns } = getTableConfig(table);
  const label = schema === undefined ? name : `${schema}.${name}`;
  const { rows } = await database.drizzle.execute<ColumnFact>(sql`
    select a.attname as name, a.atttypid::regtype::text as type, a.attnotnull as required,
      a.atthasdef or a.attidentity <> '' as "hasDefault"
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relname = ${name} and n.nspname = ${schema ?? sql`current_schema()`} and a.attnum > 0 and not a.attisdropped`);
  if (rows.length === 0) return [`There is no table ${label}.`];
  const found = new Map(rows.map((fact) => [fact.name, fact]));
  const differences: string[] = [];
  for (const column of columns) {
    const fact = found.get(column.name);
    found.delete(column.name);
    const type = await serverType(database, column.getSQLType());
    if (fact === undefined) differences.push(`${label}.${column.name} is missing.`);
    else if (fact.type !== type) differences.push(`${label}.${column.name} is ${fact.type}, declared ${type}.`);
    else if (fact.required !== column.notNull) {
      differences.push(`${label}.${column.name} is ${fact.required ? 'not null' : 'nullable'}, declared otherwise.`);
    }
  }
  for (const extra of found.values()) {
    if (extra.required && !extra.hasDefault)
      differences.push(`${label}.${extra.name} needs a value and is not declared.`);
  }
  return differences;
}

async function serverType(database: Database, declared: string): Promise<string> {
  const base = declared.replace(/\s*\([^)]*\)/, '');
  const { rows } = await database.drizzle.execute<{ type: string | null }>(
    sql`select to_regtype(${SERIAL[base] ?? base})::text as type`,
  );
  return rows[0]?.type ?? `unknown to the server (${declared})`;
}
