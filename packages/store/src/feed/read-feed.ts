import { problem } from '@joinery/problems';
import { and, asc, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queries } from '../session.ts';
import type { Watermark } from './watermark.ts';

/** The columns that order a feed: made by `changedXact`, and a key that tells the rows of one transaction apart. */
export interface FeedColumns {
  readonly xact: PgColumn;
  readonly id: PgColumn;
}

/**
 * The rows after a watermark, and only those whose neighbours are all committed: a feed follows commit order.
 *
 * A transaction below `pg_snapshot_xmin` has ended, so no row can appear among those below it any more. Times, sequences and UUIDv7 do
 * not have this property: a transaction that takes its value early and commits late would be passed by for ever.
 * The price: a transaction that is long open holds the feed back, so the store puts a deadline on each.
 */
export function feedAfter({ xact, id }: FeedColumns, after: Watermark): SQL | undefined {
  const passed =
    after.id === undefined
      ? sql`${xact} >= ${String(after.xact)}::xid8`
      : sql`(${xact}, ${id}) > (${String(after.xact)}::xid8, ${after.id}::${sql.raw(id.getSQLType())})`;
  return and(passed, sql`${xact} < pg_snapshot_xmin(pg_current_snapshot())`);
}

/** The order of a feed, for `.orderBy(...feedOrder(columns))`. Index the table by these two, after the tenant. */
export function feedOrder({ xact, id }: FeedColumns): [SQL, SQL] {
  return [asc(xact), asc(id)];
}

export interface FeedPage<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; hand it on only after the rows were dealt with. */
  readonly watermark: Watermark;
  /** False when the feed was read to its end as of now. */
  readonly more: boolean;
}

/**
 * Reads one page of a feed.
 * A row changed again moves to a later place: it is seen once more there, and not at the old one.
 * @param query selects the rows under the given condition, order and limit; joins and further conditions are its own
 * @param placeOf the row's transaction and tie-breaker
 * @param limit rows at most
 */
export async function readFeed<Row>(
  columns: FeedColumns,
  after: Watermark,
  limit: number,
  query: (condition: SQL | undefined, order: [SQL, SQL], limit: number) => PromiseLike<readonly Row[]>,
  placeOf: (row: Row) => { readonly xact: bigint; readonly id: string },
): Promise<FeedPage<Row>> {
  const rows = await query(feedAfter(columns, after), feedOrder(columns), limit);
  const last = rows.at(-1);
  return { rows, watermark: last === undefined ? after : placeOf(last), more: rows.length === limit };
}

/**
 * The watermark as of now: take it before a full read, and the feed from it shows all that the full read may have missed
 * (and possibly some that it saw).
 */
export async function currentWatermark(queries: Queries): Promise<Watermark> {
  const { rows } = await queries.execute<{ xmin: string }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`,
  );
  return { xact: BigInt(rows[0]?.xmin ?? 0) };
}

/**
 * Refuses a watermark that lies in this database's future: the database was restored or replaced, and the feed would stay silent
 * until the transaction ids catch up.
 * @throws STORE_WATERMARK_AHEAD
 */
export async function requireReachable(queries: Queries, watermark: Watermark): Promise<void> {
  const { rows } = await queries.execute<{ ahead: boolean }>(
    sql`select ${String(watermark.xact)}::xid8 > pg_snapshot_xmax(pg_current_snapshot()) as ahead`,
  );
  if (rows[0]?.ahead !== true) return;
  throw problem('STORE_WATERMARK_AHEAD', 'The watermark is newer than the database.');
}
