import { currentXact, type Transaction } from '@joinery/store';
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
  const resourceId = 'resourceId' in change ? change.resourceId : noResource;
  const changedAt = new Date(clock.now());
  const { kind, userId } = change;
  await tx
    .insert(changeTable)
    .values({ tenantId, userId, resourceId, id: random.uuid(), kind, changedAt })
    .onConflictDoUpdate({
      target: [changeTable.tenantId, changeTable.userId, changeTable.resourceId],
      set: { kind, changedAt, changedXact: currentXact },
    });
}
