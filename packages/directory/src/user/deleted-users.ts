import { problem } from '@joinery/problems';
import type { Transaction } from '@joinery/store';
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import { recordChange } from '../changes/record.ts';
import type { DirectoryContext } from '../context.ts';
import { forgetMember } from '../group/forget-member.ts';
import { parseObjectId } from '../object-id.ts';
import type { TenantSchemas } from '../scim/tenant-schema.ts';
import { assignmentTable, userTable } from '../tables.ts';
import { userOf } from './row.ts';
import { textOf, type User } from './user.ts';
import { refuseDuplicate, type UserPage } from './users.ts';
import { reviveUser } from './write.ts';

/** The recycle bin of users (graph sheet 14). */
export class DeletedUsers {
  readonly #context: DirectoryContext;
  readonly #schemas: TenantSchemas;

  constructor(context: DirectoryContext, schemas: TenantSchemas) {
    this.#context = context;
    this.#schemas = schemas;
  }

  /** @throws DIRECTORY_DELETED_ITEM_NOT_FOUND */
  async get(tenantId: string, id: string, signal: AbortSignal): Promise<User> {
    signal.throwIfAborted();
    const key = parseObjectId(id);
    if (key === undefined) throw notFound(id);
    const [row] = await this.#context.database.drizzle
      .select()
      .from(userTable)
      .where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, key), isNotNull(userTable.deletedAt)));
    if (row === undefined) throw notFound(id);
    return userOf(row);
  }

  /** A page in the order of ids, as `Users.readPage`. */
  async readPage(tenantId: string, after: string | undefined, limit: number, signal: AbortSignal): Promise<UserPage> {
    signal.throwIfAborted();
    const rows = await this.#context.database.drizzle
      .select()
      .from(userTable)
      .where(
        and(
          eq(userTable.tenantId, tenantId),
          isNotNull(userTable.deletedAt),
          after === undefined ? undefined : gt(userTable.id, after),
        ),
      )
      .orderBy(asc(userTable.id))
      .limit(limit + 1);
    const users = rows.slice(0, limit).map(userOf);
    return { users, next: rows.length > limit ? users.at(-1)?.id : undefined };
  }

  /**
   * Brings a user back with its assignments.
   * @throws DIRECTORY_DELETED_ITEM_NOT_FOUND, DIRECTORY_USER_EXISTS when the name was taken meanwhile
   */
  async restore(tenantId: string, id: string, signal: AbortSignal): Promise<User> {
    const { user: tenantType } = await this.#schemas.of(tenantId);
    return this.#context.database.transaction(
      async (tx) => {
        const row = await lockDeletedUser(tx, tenantId, id);
        const write = { tx, context: this.#context, tenantId, tenantType };
        await refuseDuplicate(row.document, () => reviveUser(write, row));
        return userOf({ ...row, deletedAt: null });
      },
      { signal },
    );
  }

  /**
   * Deletes for good: the person's data, assignments and memberships go, the change feed keeps the id as the tombstone.
   * @throws DIRECTORY_DELETED_ITEM_NOT_FOUND
   */
  async purge(tenantId: string, id: string, signal: AbortSignal): Promise<void> {
    await this.#context.database.transaction(
      async (tx) => {
        const row = await lockDeletedUser(tx, tenantId, id);
        await tx
          .delete(assignmentTable)
          .where(and(eq(assignmentTable.tenantId, tenantId), eq(assignmentTable.principalId, row.id)));
        await forgetMember(tx, this.#context, tenantId, row.id);
        await tx.delete(userTable).where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, row.id)));
        await recordChange(tx, this.#context, tenantId, { kind: 'userGone', userId: row.id });
      },
      { signal },
    );
  }
}

/**
 * The name that the recycle bin shows: the id without hyphens before the user principal name, as Graph does. The document keeps
 * the name itself, so that a target is told to disable the account it knows, not to rename it.
 */
export function deletedUserPrincipalName(user: User): string {
  return `${user.id.replaceAll('-', '')}${textOf(user.document, 'userPrincipalName') ?? ''}`;
}

async function lockDeletedUser(tx: Transaction, tenantId: string, id: string) {
  const key = parseObjectId(id);
  if (key === undefined) throw notFound(id);
  const [row] = await tx
    .select()
    .from(userTable)
    .where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, key), isNotNull(userTable.deletedAt)))
    .for('update');
  if (row === undefined) throw notFound(id);
  return row;
}

function notFound(id: string): Error {
  return problem('DIRECTORY_DELETED_ITEM_NOT_FOUND', `Deleted item '${id.slice(0, 200)}' does not exist.`);
}
