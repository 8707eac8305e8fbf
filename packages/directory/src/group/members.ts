import type { ReferenceEdit, ScimObject } from '@joinery/scim';
import { insertBatch, type Transaction } from '@joinery/store';
import { and, eq, inArray, not, sql } from 'drizzle-orm';
import { parseObjectId } from '../object-id.ts';
import { checkIndexed } from '../scim/derived.ts';
import { memberTable } from '../tables.ts';

/** Rows of one statement at most, where a whole group is emptied. */
const batchRows = 5_000;

/** A member that came or went, by the name that the client gave it. */
export interface MemberEdit {
  readonly kind: 'added' | 'removed';
  readonly memberId: string;
}

/** Hears of members as they come and go, in batches. */
export type OnMembers = (kind: MemberEdit['kind'], memberIds: readonly string[]) => Promise<void>;

/**
 * Carries out a change of a group's members in the order of its steps. What it costs follows the change, not the group; only emptying or
 * replacing a group costs by what it held, and that goes in batches.
 * @param heard is told of each row that was written or deleted, in the same transaction
 * @throws SCIM_VALUE_INVALID for a member whose name is too long
 */
export async function editMembers(
  tx: Transaction,
  tenantId: string,
  groupId: string,
  edits: readonly ReferenceEdit[],
  heard: OnMembers,
): Promise<void> {
  for (const edit of edits) {
    if (edit.kind === 'add') await add(tx, tenantId, groupId, edit.elements, heard);
    else if (edit.kind === 'remove') await remove(tx, tenantId, groupId, edit.values, heard);
    else {
      await removeOthers(tx, tenantId, groupId, edit.elements, heard);
      await add(tx, tenantId, groupId, edit.elements, heard);
    }
  }
}

/** Takes every member out of a group, in batches. */
export async function removeAllMembers(
  tx: Transaction,
  tenantId: string,
  groupId: string,
  heard: OnMembers,
): Promise<void> {
  await removeOthers(tx, tenantId, groupId, [], heard);
}

async function add(
  tx: Transaction,
  tenantId: string,
  groupId: string,
  elements: readonly ScimObject[],
  heard: OnMembers,
): Promise<void> {
  const rows = new Map<string, ReturnType<typeof memberRow>>();
  for (const element of elements) {
    const row = memberRow(tenantId, groupId, element);
    if (row.memberId !== '' && !rows.has(row.memberId)) rows.set(row.memberId, row);
  }
  if (rows.size === 0) return;
  const ids = [...rows.keys()];
  // The group's row is locked, so that nobody else writes its members between the two statements.
  const present = await tx
    .select({ memberId: memberTable.memberId })
    .from(memberTable)
    .where(and(ofGroup(tenantId, groupId), sql`${memberTable.memberId} = any(${sql.param(ids)}::text[])`));
  for (const { memberId } of present) rows.delete(memberId);
  await insertBatch(tx, memberTable, {
    columns: ['tenantId', 'groupId', 'memberId', 'objectId', 'element'],
    rows: [...rows.values()],
  });
  if (rows.size > 0) await heard('added', [...rows.keys()]);
}

async function remove(
  tx: Transaction,
  tenantId: string,
  groupId: string,
  values: readonly string[],
  heard: OnMembers,
): Promise<void> {
  if (values.length === 0) return;
  const gone = await tx
    .delete(memberTable)
    .where(and(ofGroup(tenantId, groupId), sql`${memberTable.memberId} = any(${sql.param([...values])}::text[])`))
    .returning({ memberId: memberTable.memberId });
  if (gone.length > 0)
    await heard(
      'removed',
      gone.map(({ memberId }) => memberId),
    );
}

async function removeOthers(
  tx: Transaction,
  tenantId: string,
  groupId: string,
  kept: readonly ScimObject[],
  heard: OnMembers,
): Promise<void> {
  const keptIds = kept.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  for (;;) {
    const some = tx
      .select({ memberId: memberTable.memberId })
      .from(memberTable)
      .where(and(ofGroup(tenantId, groupId), not(sql`${memberTable.memberId} = any(${sql.param(keptIds)}::text[])`)))
      .limit(batchRows);
    const gone = await tx
      .delete(memberTable)
      .where(and(ofGroup(tenantId, groupId), inArray(memberTable.memberId, some)))
      .returning({ memberId: memberTable.memberId });
    if (gone.length > 0)
      await heard(
        'removed',
        gone.map(({ memberId }) => memberId),
      );
    if (gone.length < batchRows) return;
  }
}

/** A member is kept as the client named it; an id of this directory is known by its form (dialect sheet 13a.8: not checked). */
function memberRow(tenantId: string, groupId: string, element: ScimObject) {
  const memberId = typeof element.value === 'string' ? checkIndexed(element.value, 'members.value') : '';
  const objectId = objectIdOf(memberId) ?? null;
  return { tenantId, groupId, memberId, objectId, element: Object.keys(element).length > 1 ? element : null };
}

/** The member as an object of this directory; ids are written in lower case, and another spelling is another name. */
export function objectIdOf(memberId: string): string | undefined {
  return parseObjectId(memberId) === memberId ? memberId : undefined;
}

function ofGroup(tenantId: string, groupId: string) {
  return and(eq(memberTable.tenantId, tenantId), eq(memberTable.groupId, groupId));
}
