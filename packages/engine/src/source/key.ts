import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** Which object of the source. */
export interface SourceKey {
  readonly sourceType: string;
  readonly sourceId: string;
}

/** Rows behind a key in key order, for walks that a page at a time go on from where they were; null is before the first. */
export function isBehind(
  columns: { readonly sourceType: PgColumn; readonly sourceId: PgColumn },
  after: SourceKey | null,
): SQL | undefined {
  if (after === null) return undefined;
  return sql`(${columns.sourceType}, ${columns.sourceId}) > (${after.sourceType}, ${after.sourceId})`;
}
