import { type ReferenceEdit, type ScimObject, sameValue } from '@joinery/scim';
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

/** Hears of members as they come, go, or stay with other words beside their id, in batches. */
export type OnMembers = (kind: MemberEdit['kind'] | 'described', memberIds: readonly string[]) => Promise<void>;

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
      await describeAnew(tx, tenantId, groupId, edit.elements, heard);
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
  const rows = memberRows(tenantId, groupId, elements);
  for (const { memberId } of await present(tx, tenantId, groupId, rows)) rows.delete(memberId);
  if (rows.size === 0) return;
  await insertMembers(tx, rows);
  await heard('added', [...rows.keys()]);
}

/** Members who stay are described as the replacing list has them; adding a member again leaves it as it is. */
async function describeAnew(
  tx: Transaction,
  tenantId: string,
  groupId: string,
  elements: readonly ScimObject[],
  heard: OnMembers,
): Promise<void> {
  const rows = memberRows(tenantId, groupId, elements);
  const described = new Map<string, MemberRow>();
  for (const { memberId, element } of await present(tx, tenantId, groupId, rows)) {
    const row = rows.get(memberId);
    if (row !== undefined && !sameValue(row.element ?? undefined, element ?? undefined)) described.set(memberId, row);
  }
  if (described.size === 0) return;
  const ids = [...described.keys()];
  await tx.delete(memberTable).where(and(ofGroup(tenantId, groupId), isOneOf(ids)));
  await insertMembers(tx, described);
  await heard('described', ids);
}

/** Those of the rows whose members the group has. Its row is locked, so that nobody else writes its members meanwhile. */
async function present(tx: Transaction, tenantId: string, groupId: string, rows: ReadonlyMap<string, MemberRow>) {
  if (rows.size === 0) return [];
  return tx
    .select({ memberId: memberTable.memberId, element: memberTable.element })
    .from(memberTable)
    .where(and(ofGroup(tenantId, groupId), isOneOf([...rows.keys()])));
}

function insertMembers(tx: Transaction, rows: ReadonlyMap<string, MemberRow>) {
  return insertBatch(tx, memberTable, {
    columns: ['tenantId', 'groupId', 'memberId', 'objectId', 'element'],
    rows: [...rows.values()],
  });
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
    .where(and(ofGroup(tenantId, groupId), isOneOf(values)))
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
      .where(and(ofGroup(tenantId, groupId), not(isOneOf(keptIds))))
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

type MemberRow = ReturnType<typeof memberRow>;

/** The rows of these members by id; the first of each counts. @throws SCIM_VALUE_INVALID */
function memberRows(tenantId: string, groupId: string, elements: readonly ScimObject[]): Map<string, MemberRow> {
  const rows = new Map<string, MemberRow>();
  for (const element of elements) {
    const row = memberRow(tenantId, groupId, element);
    if (row.memberId !== '' && !rows.has(row.memberId)) rows.set(row.memberId, row);
  }
  return rows;
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

function isOneOf(memberIds: readonly string[]) {
  return sql`${memberTable.memberId} = any(${sql.param([...memberIds])}::text[])`;
}
