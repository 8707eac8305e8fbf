import type { ReferenceEdit } from '@joinery/scim';
import type { Transaction } from '@joinery/store';
import { and, eq } from 'drizzle-orm';
import { recordChange, recordChanges } from '../changes/record.ts';
import type { DirectoryContext } from '../context.ts';
import { lookupKeys } from '../scim/derived.ts';
import { dropKeys, writeKeys } from '../scim/key-rows.ts';
import { keyOfTime, type MetaColumns } from '../scim/meta.ts';
import { countLive } from '../scim/position.ts';
import type { TenantType } from '../scim/tenant-schema.ts';
import { groupTable } from '../tables.ts';
import { editMembers, type OnMembers, objectIdOf, removeAllMembers } from './members.ts';
import { composeGroup, type GroupRow, type GroupTruth, groupColumns } from './row.ts';

/*
 * The only writers of groups: row, members, keys, count and change feed are written together or not at all. Whoever changes a group or
 * its members holds the group's row first.
 */

/** Where a write happens, and as what type of resource the group is shown. */
export interface GroupWrite {
  readonly tx: Transaction;
  readonly context: DirectoryContext;
  readonly tenantId: string;
  readonly tenantType: TenantType;
}

/** A group's row after a write. */
export type WrittenGroup = MetaColumns & { readonly resource: string; readonly memberCount: number };

/** @throws STORE_UNIQUE_VIOLATION, SCIM_VALUE_INVALID */
export async function insertGroup(
  write: GroupWrite,
  truth: GroupTruth,
  members: readonly ReferenceEdit[],
): Promise<WrittenGroup> {
  const { tx, context, tenantId, tenantType } = write;
  const { columns, keys } = groupColumns(truth, tenantType);
  const now = keyOfTime(context.clock.now());
  const meta = { version: 1, createdKey: now, modifiedKey: now };
  await tx.insert(groupTable).values({ tenantId, id: truth.id, ...meta, memberCount: 0, ...columns });
  await writeKeys(tx, { tenantId, objectType: 'Group', id: truth.id }, [], keys);
  const memberCount = await writeMembers(write, truth.id, members);
  if (memberCount > 0) await tx.update(groupTable).set({ memberCount }).where(isGroup(tenantId, truth.id));
  await countLive(tx, tenantId, 'Group', truth.id, 1);
  await recordChange(tx, context, tenantId, { kind: 'groupChanged', groupId: truth.id });
  return { ...meta, resource: columns.resource, memberCount };
}

/**
 * Writes a changed group and the changes of its members; its version moves when something is different afterwards.
 * @param truth undefined where the group itself stays as it is
 * @returns undefined when nothing was different
 * @throws STORE_UNIQUE_VIOLATION, SCIM_VALUE_INVALID
 */
export async function updateGroup(
  write: GroupWrite,
  before: GroupRow,
  truth: GroupTruth | undefined,
  members: readonly ReferenceEdit[],
): Promise<WrittenGroup | undefined> {
  const { tx, context, tenantId, tenantType } = write;
  const edited = { rows: 0 };
  const difference = await writeMembers(write, before.id, members, edited);
  if (truth === undefined && edited.rows === 0) return undefined;
  const { columns, keys } = groupColumns(truth ?? before, tenantType);
  const meta = {
    version: before.version + 1,
    createdKey: before.createdKey,
    modifiedKey: keyOfTime(context.clock.now()),
    memberCount: before.memberCount + difference,
  };
  await tx
    .update(groupTable)
    .set({ ...meta, ...(truth === undefined ? {} : columns) })
    .where(isGroup(tenantId, before.id));
  if (truth !== undefined) {
    const keysBefore = lookupKeys(composeGroup(before, tenantType.type), tenantType);
    await writeKeys(tx, { tenantId, objectType: 'Group', id: before.id }, keysBefore, keys);
  }
  await recordChange(tx, context, tenantId, { kind: 'groupChanged', groupId: before.id });
  return { ...meta, resource: columns.resource };
}

/** Deletes a group for good, with its memberships: a security group has no recycle bin (graph sheet 14). */
export async function deleteGroup(write: GroupWrite, before: GroupRow): Promise<void> {
  const { tx, context, tenantId } = write;
  await removeAllMembers(tx, tenantId, before.id, recorder(write, before.id));
  await tx.delete(groupTable).where(isGroup(tenantId, before.id));
  await dropKeys(tx, tenantId, [before.id]);
  await countLive(tx, tenantId, 'Group', before.id, -1);
  await recordChange(tx, context, tenantId, { kind: 'groupGone', groupId: before.id });
}

/** The group, locked until the transaction ends; undefined where there is none. */
export async function lockGroup(tx: Transaction, tenantId: string, id: string): Promise<GroupRow | undefined> {
  const [row] = await tx.select().from(groupTable).where(isGroup(tenantId, id)).for('update');
  return row;
}

/** @returns how many members more there are than before */
async function writeMembers(
  write: GroupWrite,
  groupId: string,
  edits: readonly ReferenceEdit[],
  edited = { rows: 0 },
): Promise<number> {
  let difference = 0;
  const record = recorder(write, groupId);
  await editMembers(write.tx, write.tenantId, groupId, edits, async (kind, memberIds) => {
    if (kind === 'added') difference += memberIds.length;
    if (kind === 'removed') difference -= memberIds.length;
    edited.rows += memberIds.length;
    await record(kind, memberIds);
  });
  return difference;
}

/** Puts members that came and went into the change feed, where they are objects of this directory. */
function recorder({ tx, context, tenantId }: GroupWrite, groupId: string): OnMembers {
  return (kind, memberIds) =>
    recordChanges(
      tx,
      context,
      tenantId,
      memberIds.flatMap((memberId) => {
        const id = kind === 'described' ? undefined : objectIdOf(memberId);
        const change = kind === 'added' ? ('memberAdded' as const) : ('memberRemoved' as const);
        return id === undefined ? [] : [{ kind: change, memberId: id, groupId }];
      }),
    );
}

function isGroup(tenantId: string, id: string) {
  return and(eq(groupTable.tenantId, tenantId), eq(groupTable.id, id));
}
