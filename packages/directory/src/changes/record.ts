import { currentXact, insertBatch, type Transaction } from '@joinery/store';
import { sql } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { changeTable } from '../tables.ts';
import { type DirectoryChange, noResource } from './change.ts';

/** Puts a change at the end of the feed, in the transaction that makes it. */
export async function recordChange(
  tx: Transaction,
  { clock, random }: DirectoryContext,
  tenantId: string,
  change: DirectoryChange,
): Promise<void> {
  const changedAt = new Date(clock.now());
  await tx
    .insert(changeTable)
    .values({ tenantId, ...keyOf(change), id: random.uuid(), kind: change.kind, changedAt })
    .onConflictDoUpdate({
      target: [changeTable.tenantId, changeTable.objectId, changeTable.resourceId],
      set: { kind: change.kind, changedAt, changedXact: currentXact },
    });
}

/** The same for many at once, which must be of different objects or pairs: one statement. */
export async function recordChanges(
  tx: Transaction,
  { clock, random }: DirectoryContext,
  tenantId: string,
  changes: readonly DirectoryChange[],
): Promise<void> {
  const changedAt = new Date(clock.now());
  const rows = changes.map((change) => ({
    tenantId,
    ...keyOf(change),
    id: random.uuid(),
    kind: change.kind,
    changedAt,
  }));
  await insertBatch(tx, changeTable, {
    columns: ['tenantId', 'objectId', 'resourceId', 'id', 'kind', 'changedAt'],
    rows,
    onConflict: sql`on conflict (tenant_id, object_id, resource_id) do update
      set kind = excluded.kind, changed_at = excluded.changed_at, changed_xact = pg_current_xact_id()`,
  });
}

/** A change of a member is kept under the member, as an assignment is under the user. */
function keyOf(change: DirectoryChange): { readonly objectId: string; readonly resourceId: string } {
  switch (change.kind) {
    case 'userChanged':
    case 'userSoftDeleted':
    case 'userGone':
      return { objectId: change.userId, resourceId: noResource };
    case 'assignmentAdded':
    case 'assignmentRemoved':
      return { objectId: change.userId, resourceId: change.resourceId };
    case 'groupChanged':
    case 'groupGone':
      return { objectId: change.groupId, resourceId: noResource };
    case 'memberAdded':
    case 'memberRemoved':
      return { objectId: change.memberId, resourceId: change.groupId };
  }
}
