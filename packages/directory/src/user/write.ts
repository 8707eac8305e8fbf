import { isProblem, problem } from '@joinery/problems';
import { type Transaction, violatedConstraint } from '@joinery/store';
import { and, eq, isNull } from 'drizzle-orm';
import { recordChange } from '../changes/record.ts';
import type { DirectoryContext } from '../context.ts';
import { lookupKeys } from '../scim/derived.ts';
import { dropKeys, writeKeys } from '../scim/key-rows.ts';
import { keyOfTime, type MetaColumns } from '../scim/meta.ts';
import { countLive } from '../scim/position.ts';
import type { TenantType } from '../scim/tenant-schema.ts';
import { composeUser, type UserTruth } from '../scim/user-view.ts';
import { userTable } from '../tables.ts';
import { userColumns } from './row.ts';

/*
 * The only writers of users, for Graph and SCIM alike: row, keys, count and change feed are written together or not at all, always in
 * this order, so that no two writers wait for each other in a circle.
 */

export type UserRow = typeof userTable.$inferSelect;

/** Where a write happens, and as what type of resource the user is shown. */
export interface UserWrite {
  readonly tx: Transaction;
  readonly context: DirectoryContext;
  readonly tenantId: string;
  readonly tenantType: TenantType;
}

/** @throws STORE_UNIQUE_VIOLATION, SCIM_VALUE_INVALID */
export async function insertUser(
  { tx, context, tenantId, tenantType }: UserWrite,
  truth: UserTruth,
): Promise<MetaColumns & { readonly resource: string }> {
  const { columns, keys } = userColumns(truth, tenantType);
  const now = keyOfTime(context.clock.now());
  const meta = { version: 1, createdKey: now, modifiedKey: now };
  await tx.insert(userTable).values({ tenantId, id: truth.id, ...meta, ...columns });
  await writeKeys(tx, ownerOf(tenantId, truth.id), [], keys);
  await countLive(tx, tenantId, 'User', truth.id, 1);
  await recordChange(tx, context, tenantId, { kind: 'userChanged', userId: truth.id });
  return { ...meta, resource: columns.resource };
}

/** Writes a changed live user. @throws STORE_UNIQUE_VIOLATION, SCIM_VALUE_INVALID */
export async function updateUser(
  { tx, context, tenantId, tenantType }: UserWrite,
  before: UserRow,
  truth: UserTruth,
): Promise<MetaColumns & { readonly resource: string }> {
  const { columns, keys } = userColumns(truth, tenantType);
  const meta = {
    version: before.version + 1,
    createdKey: before.createdKey,
    modifiedKey: keyOfTime(context.clock.now()),
  };
  await tx
    .update(userTable)
    .set({ ...meta, ...columns })
    .where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, before.id)));
  // The keys of the rows there are: they follow from the row, as `renderMissing` writes them anew when a definition changed.
  const keysBefore = lookupKeys(composeUser(before, tenantType.type), tenantType);
  await writeKeys(tx, ownerOf(tenantId, before.id), keysBefore, keys);
  await recordChange(tx, context, tenantId, { kind: 'userChanged', userId: before.id });
  return { ...meta, resource: columns.resource };
}

/** Moves a live user to the recycle bin: it is found by nothing any more, and what was unique of it is free. */
export async function retireUser(
  { tx, context, tenantId }: Omit<UserWrite, 'tenantType'>,
  before: UserRow,
): Promise<void> {
  const now = context.clock.now();
  await tx
    .update(userTable)
    .set({ deletedAt: new Date(now), version: before.version + 1, modifiedKey: keyOfTime(now) })
    .where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, before.id)));
  await dropKeys(tx, tenantId, [before.id]);
  await countLive(tx, tenantId, 'User', before.id, -1);
  await recordChange(tx, context, tenantId, { kind: 'userSoftDeleted', userId: before.id });
}

/** Brings a user back from the recycle bin. @throws STORE_UNIQUE_VIOLATION */
export async function reviveUser({ tx, context, tenantId, tenantType }: UserWrite, before: UserRow): Promise<void> {
  const { columns, keys } = userColumns(before, tenantType);
  await tx
    .update(userTable)
    .set({ deletedAt: null, version: before.version + 1, modifiedKey: keyOfTime(context.clock.now()), ...columns })
    .where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, before.id)));
  await writeKeys(tx, ownerOf(tenantId, before.id), [], keys);
  await countLive(tx, tenantId, 'User', before.id, 1);
  await recordChange(tx, context, tenantId, { kind: 'userChanged', userId: before.id });
}

/** The live user with this id, locked until the transaction ends; undefined where there is none. */
export async function lockLiveUserById(tx: Transaction, tenantId: string, id: string): Promise<UserRow | undefined> {
  const [row] = await tx
    .select()
    .from(userTable)
    .where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, id), isNull(userTable.deletedAt)))
    .for('update');
  return row;
}

function ownerOf(tenantId: string, id: string) {
  return { tenantId, objectType: 'User', id } as const;
}

/** Runs a write and says which value another object already has, in the words that `taken` gives to the constraint. */
export async function refuseTaken<T>(
  write: () => PromiseLike<T>,
  taken: (constraint: string, cause: unknown) => Error | undefined,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const constraint = isProblem(error, 'STORE_UNIQUE_VIOLATION') ? violatedConstraint(error) : undefined;
    throw (constraint === undefined ? undefined : taken(constraint, error)) ?? error;
  }
}

/** The attribute of a tenant's own that another object has the value of. */
export function keyTaken(constraint: string, cause: unknown): Error | undefined {
  if (constraint !== 'directory_keys_unique') return undefined;
  return problem('SCIM_UNIQUENESS', 'Another object has the same value of a unique attribute of an extension.', {
    cause,
  });
}
