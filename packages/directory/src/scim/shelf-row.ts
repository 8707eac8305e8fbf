import type { Queries } from '@joinery/store';
import { sql } from 'drizzle-orm';
import type { MetaColumns } from './meta.ts';
import type { Shelf } from './shelf.ts';

/** A row as lists and reads need it. */
export interface ShelfRow extends MetaColumns {
  readonly id: string;
  /** Null where it has to be made from the row first. */
  readonly resource: string | null;
  readonly memberCount: number;
}

/**
 * Selects rows of a shelf as one text each, for {@link rowOf}: id, version, the two instants, the member count and the resource, with a
 * blank between them. A column on its own costs the query builder more than the rest of a read: by profile, six of them in each of a
 * hundred rows were two fifths of a list's JavaScript.
 */
export function selectRows(queries: Queries, { table, memberCount }: Shelf) {
  const columns = ['id', 'version', 'created_key', 'modified_key'].map((name) => `${table}.${name}`);
  const line = `concat_ws(' ', ${[...columns, memberCount, `${table}.resource`].join(', ')})`;
  return queries.select({ line: sql<string>`${sql.raw(line)}` }).from(sql.raw(table));
}

export function rowOf(line: string): ShelfRow {
  const [id = '', version = '', createdKey = '', modifiedKey = '', memberCount = ''] = line.split(' ', 5);
  const at = id.length + version.length + createdKey.length + modifiedKey.length + memberCount.length + 5;
  return {
    id,
    version: Number(version),
    createdKey,
    modifiedKey,
    memberCount: Number(memberCount),
    // What is NULL has no part in the line, nor a blank before it.
    resource: line.length < at ? null : line.slice(at),
  };
}
