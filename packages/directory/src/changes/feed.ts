import {
  currentWatermark,
  feedStart,
  parseWatermark,
  readFeed,
  requireReachable,
  serialiseWatermark,
} from '@joinery/store';
import { and, eq, inArray } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { changeTable } from '../tables.ts';
import { type DirectoryChange, noResource } from './change.ts';

export interface ChangePage {
  readonly changes: readonly DirectoryChange[];
  /** Where the next page begins; keep it once the changes were dealt with. */
  readonly watermark: string;
  /** False when the feed was read to its end as of now. */
  readonly more: boolean;
}

/** The changes of a tenant in the order of their commits: nobody is skipped, whoever commits late. */
export class DirectoryChanges {
  readonly #context: DirectoryContext;
  readonly #columns = { xact: changeTable.changedXact, id: changeTable.id };

  constructor(context: DirectoryContext) {
    this.#context = context;
  }

  /** The watermark before everything. */
  readonly start = serialiseWatermark(feedStart);

  /** The place as of now; take it before a full read, and the feed after it brings what the read may have missed. */
  async now(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    return serialiseWatermark(await currentWatermark(this.#context.database.drizzle));
  }

  /**
   * A page of what concerns one application: every change of a user, and assignments to this application only.
   * @param resourceId the service principal
   * @param limit changes at most, at least 1
   * @throws STORE_WATERMARK_INVALID, STORE_WATERMARK_AHEAD when the database is older than the watermark
   */
  async readForApplication(
    tenantId: string,
    resourceId: string,
    watermark: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<ChangePage> {
    signal.throwIfAborted();
    const { drizzle } = this.#context.database;
    const after = parseWatermark(watermark);
    await requireReachable(drizzle, after);
    const page = await readFeed(
      this.#columns,
      after,
      limit,
      (condition, order, rows) =>
        drizzle
          .select()
          .from(changeTable)
          .where(
            and(
              eq(changeTable.tenantId, tenantId),
              inArray(changeTable.resourceId, [noResource, resourceId]),
              condition,
            ),
          )
          .orderBy(...order)
          .limit(rows),
      (row) => ({ xact: row.changedXact, id: row.id }),
    );
    return { changes: page.rows.map(changeOf), watermark: serialiseWatermark(page.watermark), more: page.more };
  }
}

function changeOf({ kind, userId, resourceId }: typeof changeTable.$inferSelect): DirectoryChange {
  return kind === 'assignmentAdded' || kind === 'assignmentRemoved' ? { kind, userId, resourceId } : { kind, userId };
}
