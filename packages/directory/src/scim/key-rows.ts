import type { Transaction } from '@joinery/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { keyTable, type ObjectType } from '../tables.ts';
import type { LookupKey } from './derived.ts';

/** Whose keys they are. */
export interface KeyOwner {
  readonly tenantId: string;
  readonly objectType: ObjectType;
  readonly id: string;
}

/**
 * Writes what an object is newly looked up by and takes away what it is no longer: rows by the change, none where nothing changed.
 * @throws STORE_UNIQUE_VIOLATION of `directory_keys_unique`
 */
export async function writeKeys(
  tx: Transaction,
  { tenantId, objectType, id }: KeyOwner,
  before: readonly LookupKey[],
  after: readonly LookupKey[],
): Promise<void> {
  const same = (a: LookupKey) => (b: LookupKey) =>
    a.attribute === b.attribute && a.key === b.key && a.isUnique === b.isUnique;
  const gone = before.filter((key) => !after.some(same(key)));
  const fresh = after.filter((key) => !before.some(same(key)));
  if (gone.length > 0) {
    const pairs = gone.map(({ attribute, key }) => sql`(${attribute}, ${key})`);
    await tx
      .delete(keyTable)
      .where(
        and(
          eq(keyTable.tenantId, tenantId),
          eq(keyTable.objectId, id),
          sql`(${keyTable.attribute}, ${keyTable.key}) in (${sql.join(pairs, sql`, `)})`,
        ),
      );
  }
  if (fresh.length > 0) {
    await tx.insert(keyTable).values(fresh.map((key) => ({ tenantId, objectType, objectId: id, ...key })));
  }
}

/** Takes away everything that an object is looked up by. */
export async function dropKeys(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<void> {
  await tx.delete(keyTable).where(and(eq(keyTable.tenantId, tenantId), inArray(keyTable.objectId, [...ids])));
}
