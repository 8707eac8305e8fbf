import type { Transaction } from '@joinery/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { recordChanges } from '../changes/record.ts';
import type { DirectoryContext } from '../context.ts';
import { keyOfTime } from '../scim/meta.ts';
import { groupTable, memberTable } from '../tables.ts';

/**
 * Takes an object that is gone for good out of every group; each group is changed by that. In the recycle bin it stays a member,
 * so that a restored user is where it was.
 */
export async function forgetMember(
  tx: Transaction,
  context: DirectoryContext,
  tenantId: string,
  id: string,
): Promise<void> {
  const isMember = and(eq(memberTable.tenantId, tenantId), eq(memberTable.memberId, id));
  const groups = await tx
    .select({ groupId: groupTable.id })
    .from(groupTable)
    .where(
      and(
        eq(groupTable.tenantId, tenantId),
        inArray(groupTable.id, tx.select({ groupId: memberTable.groupId }).from(memberTable).where(isMember)),
      ),
    )
    // In one order, so that two such writers do not wait for each other.
    .orderBy(groupTable.id)
    .for('update');
  if (groups.length === 0) return;
  const ids = groups.map(({ groupId }) => groupId);
  const gone = await tx
    .delete(memberTable)
    .where(and(isMember, inArray(memberTable.groupId, ids)))
    .returning({ groupId: memberTable.groupId });
  await tx
    .update(groupTable)
    .set({
      memberCount: sql`${groupTable.memberCount} - 1`,
      version: sql`${groupTable.version} + 1`,
      modifiedKey: keyOfTime(context.clock.now()),
    })
    .where(
      and(
        eq(groupTable.tenantId, tenantId),
        inArray(
          groupTable.id,
          gone.map(({ groupId }) => groupId),
        ),
      ),
    );
  await recordChanges(
    tx,
    context,
    tenantId,
    gone.flatMap(({ groupId }) => [
      { kind: 'groupChanged' as const, groupId },
      { kind: 'memberRemoved' as const, memberId: id, groupId },
    ]),
  );
}
