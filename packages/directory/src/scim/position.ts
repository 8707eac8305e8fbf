import type { Queries, Transaction } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { countTable, type ObjectType } from '../tables.ts';

/*
 * The position index. Pages follow the order of ids, which are random; live objects are counted by the first ten bits of the id. The
 * counts before an offset lead to the block of ids where the page begins, so that a page costs the same wherever it lies: at most a
 * thousand counts and a block's part of the primary key. Writers rarely meet at one of 1,024 rows, and the total is their sum.
 */

/** Blocks of ids: bits of the id that name one. */
const blockBits = 10;

/** The block of an id. */
function blockOf(id: string): number {
  return Number.parseInt(id.slice(0, 3), 16) >> (12 - blockBits);
}

/** The least id of a block. */
function leastIdOf(block: number): string {
  return `${(block << (12 - blockBits)).toString(16).padStart(3, '0')}00000-0000-0000-0000-000000000000`;
}

/** Counts an object that came (1) or went (-1), in the transaction that makes it so. */
export async function countLive(
  tx: Transaction,
  tenantId: string,
  objectType: ObjectType,
  id: string,
  difference: 1 | -1,
): Promise<void> {
  await tx
    .insert(countTable)
    .values({ tenantId, objectType, block: blockOf(id), live: difference })
    .onConflictDoUpdate({
      target: [countTable.tenantId, countTable.objectType, countTable.block],
      set: { live: sql`${countTable.live} + excluded.live` },
    });
}

export interface Position {
  readonly total: number;
  /** Where the page begins; undefined behind the end. */
  readonly start: { readonly leastId: string; readonly skip: number } | undefined;
}

/**
 * Prepared once for a database: the total, and where the object at an offset stands.
 * @returns a function of tenant, object type and the 0-based offset
 */
export function preparePosition(queries: Queries) {
  const blocks = queries
    .select({
      block: countTable.block,
      live: countTable.live,
      // By rows: by range, as it were otherwise, each block is compared with the next, a sixth of the statement's cost.
      upto: sql<number>`(sum(${countTable.live}) over (order by ${countTable.block} rows unbounded preceding))::integer`.as(
        'upto',
      ),
    })
    .from(countTable)
    .where(
      sql`${countTable.tenantId} = ${sql.placeholder('tenantId')} and ${countTable.objectType} = ${sql.placeholder('objectType')}`,
    )
    .as('blocks');
  const offset = sql.placeholder('offset');
  const prepared = queries
    .select({
      total: sql<number | null>`max(${blocks.upto})`,
      block: sql<number | null>`min(${blocks.block}) filter (where ${blocks.upto} > ${offset})`,
      // What lies before the block: the most that is summed up without passing the offset.
      before: sql<number | null>`max(${blocks.upto}) filter (where ${blocks.upto} <= ${offset})`,
    })
    .from(blocks)
    .prepare('directory_scim_position');
  return async (tenantId: string, objectType: ObjectType, at: number): Promise<Position> => {
    const [row] = await prepared.execute({ tenantId, objectType, offset: at });
    if (row === undefined || row.total === null) return { total: 0, start: undefined };
    if (row.block === null) return { total: row.total, start: undefined };
    return { total: row.total, start: { leastId: leastIdOf(row.block), skip: at - (row.before ?? 0) } };
  };
}
