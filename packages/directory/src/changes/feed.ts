import {
  currentWatermark,
  feedStart,
  parseWatermark,
  readFeed,
  requireReachable,
  serialiseWatermark,
} from '@joinery/store';
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { changeTable } from '../tables.ts';
import { type ChangeKind, type ChangeOfGroup, type ChangeOfUser, noResource } from './change.ts';

export interface ChangePage<Change = ChangeOfUser> {
  readonly changes: readonly Change[];
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
    const concerned = and(
      inArray(changeTable.resourceId, [noResource, resourceId]),
      inArray(changeTable.kind, [...kindsOfUsers]),
    );
    return this.#page(tenantId, concerned, changeOfUser, watermark, limit, signal);
  }

  /**
   * A page of the changes of groups and of their members.
   * @param limit changes at most, at least 1
   * @throws STORE_WATERMARK_INVALID, STORE_WATERMARK_AHEAD
   */
  async readOfGroups(
    tenantId: string,
    watermark: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<ChangePage<ChangeOfGroup>> {
    const concerned = inArray(changeTable.kind, [...kindsOfGroups]);
    return this.#page(tenantId, concerned, changeOfGroup, watermark, limit, signal);
  }

  async #page<Change>(
    tenantId: string,
    concerned: SQL | undefined,
    changeOf: (row: typeof changeTable.$inferSelect) => readonly Change[],
    watermark: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<ChangePage<Change>> {
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
          .where(and(eq(changeTable.tenantId, tenantId), concerned, condition))
          .orderBy(...order)
          .limit(rows),
      (row) => ({ xact: row.changedXact, id: row.id }),
    );
    return { changes: page.rows.flatMap(changeOf), watermark: serialiseWatermark(page.watermark), more: page.more };
  }
}

const kindsOfUsers: readonly ChangeKind[] = [
  'userChanged',
  'userSoftDeleted',
  'userGone',
  'assignmentAdded',
  'assignmentRemoved',
];
const kindsOfGroups: readonly ChangeKind[] = ['groupChanged', 'groupGone', 'memberAdded', 'memberRemoved'];

type ChangeRow = typeof changeTable.$inferSelect;

function changeOfUser({ kind, objectId: userId, resourceId }: ChangeRow): readonly ChangeOfUser[] {
  switch (kind) {
    case 'userChanged':
    case 'userSoftDeleted':
    case 'userGone':
      return [{ kind, userId }];
    case 'assignmentAdded':
    case 'assignmentRemoved':
      return [{ kind, userId, resourceId }];
    default:
      return [];
  }
}

function changeOfGroup({ kind, objectId, resourceId }: ChangeRow): readonly ChangeOfGroup[] {
  switch (kind) {
    case 'groupChanged':
    case 'groupGone':
      return [{ kind, groupId: objectId }];
    case 'memberAdded':
    case 'memberRemoved':
      return [{ kind, memberId: objectId, groupId: resourceId }];
    default:
      return [];
  }
}
