import { sql } from 'drizzle-orm';
import { customType } from 'drizzle-orm/pg-core';
import { stringifyJson } from './json.ts';

/** A 64-bit transaction id as a bigint; it never wraps around. */
export const xid8 = customType<{ data: bigint; driverData: string }>({
  dataType: () => 'xid8',
  toDriver: String,
  fromDriver: BigInt,
});

/** Bytes. */
export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

/**
 * `jsonb` whose 64-bit integers stay exact: outside the safe range they are `bigint`, in and out.
 * Parse what you read: the type parameter is the shape that the room's own parser guarantees.
 */
export const exactJsonb = <T = unknown>(name: string) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => stringifyJson(value),
  })(name);

/** The running transaction's id, for updates of rows in a change feed: `.set({ ..., changed: currentXact })`. */
export const currentXact = sql<bigint>`pg_current_xact_id()`;

/**
 * The column that puts a table's rows into a change feed: the transaction that wrote the row last.
 * Drizzle fills it in on insert and update; the migration adds `default pg_current_xact_id()` for statements written by hand.
 */
export const changedXact = (name = 'changed_xact') =>
  xid8(name)
    .notNull()
    .default(currentXact)
    .$onUpdate(() => currentXact);
