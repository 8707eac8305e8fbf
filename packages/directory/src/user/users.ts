import { problem } from '@joinery/problems';
import { type FilterNode, fold } from '@joinery/scim';
import type { Transaction } from '@joinery/store';
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { parseObjectId } from '../object-id.ts';
import { searchCondition } from '../query/condition.ts';
import { searchableUsers } from '../query/searchable.ts';
import type { TenantSchemas } from '../scim/tenant-schema.ts';
import { userTable } from '../tables.ts';
import type { NewUser, UserChange } from './parse.ts';
import { userOf } from './row.ts';
import { type PropertyValue, textOf, type User, type UserDocument } from './user.ts';
import { insertUser, keyTaken, refuseTaken, retireUser, type UserRow, updateUser } from './write.ts';

/** Page of a reader that walks by key: stable while rows come and go. */
export interface UserPage {
  readonly users: readonly User[];
  /** The `after` of the next page; undefined at the end. */
  readonly next: string | undefined;
}

/** Live users of a tenant, and the readers that see those in the recycle bin too. */
export class Users {
  readonly #context: DirectoryContext;
  readonly #schemas: TenantSchemas;

  constructor(context: DirectoryContext, schemas: TenantSchemas) {
    this.#context = context;
    this.#schemas = schemas;
  }

  /** @throws DIRECTORY_USER_EXISTS when the user principal name is taken by a live user */
  async create(tenantId: string, properties: NewUser, signal: AbortSignal): Promise<User> {
    const { database, clock, random } = this.#context;
    const id = random.uuid();
    const document = { ...Object.fromEntries(properties), createdDateTime: new Date(clock.now()).toISOString() };
    const { user: tenantType } = await this.#schemas.of(tenantId);
    const truth = { id, document, externalId: null, managerId: null, scim: {} };
    await database.transaction(
      (tx) => refuseDuplicate(document, () => insertUser({ tx, context: this.#context, tenantId, tenantType }, truth)),
      { signal },
    );
    return { id, document, deletedDateTime: undefined };
  }

  /**
   * The live user with this id or user principal name.
   * @throws DIRECTORY_USER_NOT_FOUND
   */
  async get(tenantId: string, idOrName: string, signal: AbortSignal): Promise<User> {
    signal.throwIfAborted();
    const [row] = await this.#context.database.drizzle
      .select()
      .from(userTable)
      .where(and(eq(userTable.tenantId, tenantId), idOrNameIs(idOrName), isNull(userTable.deletedAt)));
    if (row === undefined) throw userNotFound(idOrName);
    return userOf(row);
  }

  /**
   * Changes what `change` names and nothing else; null clears. A change to what is already so is no change and is not announced.
   * @throws DIRECTORY_USER_NOT_FOUND, DIRECTORY_USER_EXISTS
   */
  async update(tenantId: string, idOrName: string, change: UserChange, signal: AbortSignal): Promise<void> {
    const { user: tenantType } = await this.#schemas.of(tenantId);
    await this.#context.database.transaction(
      async (tx) => {
        const row = await lockLiveUser(tx, tenantId, idOrName);
        const document = changed(row.document, change);
        if (document === undefined) return;
        const write = { tx, context: this.#context, tenantId, tenantType };
        await refuseDuplicate(document, () => updateUser(write, row, { ...row, document }));
      },
      { signal },
    );
  }

  /**
   * Moves a user to the recycle bin; the name becomes free, assignments stay with the user.
   * @throws DIRECTORY_USER_NOT_FOUND
   */
  async delete(tenantId: string, idOrName: string, signal: AbortSignal): Promise<void> {
    const context = this.#context;
    await context.database.transaction(
      async (tx) => retireUser({ tx, context, tenantId }, await lockLiveUser(tx, tenantId, idOrName)),
      { signal },
    );
  }

  /**
   * A page of live users in the order of their ids, which is as good as random and never changes.
   * @param after the id to start behind; undefined for the first page
   * @param limit users on the page, at least 1
   * @param filter which users; all of them where undefined
   * @throws DIRECTORY_QUERY_UNSUPPORTED
   */
  async readPage(
    tenantId: string,
    after: string | undefined,
    limit: number,
    signal: AbortSignal,
    filter?: FilterNode,
  ): Promise<UserPage> {
    return this.#page(tenantId, after, limit, signal, [
      isNull(userTable.deletedAt),
      filter === undefined ? undefined : searchCondition(filter, searchableUsers),
    ]);
  }

  /** As {@link readPage}, with the users in the recycle bin: what a provisioning job must look at. */
  async readPageWithDeleted(
    tenantId: string,
    after: string | undefined,
    limit: number,
    signal: AbortSignal,
  ): Promise<UserPage> {
    return this.#page(tenantId, after, limit, signal, []);
  }

  /** The users with these ids, in the recycle bin or not, in any order; ids of nobody are left out. */
  async readSome(tenantId: string, ids: readonly string[], signal: AbortSignal): Promise<readonly User[]> {
    signal.throwIfAborted();
    const known = ids.map(parseObjectId).filter((id) => id !== undefined);
    if (known.length === 0) return [];
    const rows = await this.#context.database.drizzle
      .select()
      .from(userTable)
      .where(and(eq(userTable.tenantId, tenantId), inArray(userTable.id, known)));
    return rows.map(userOf);
  }

  async #page(
    tenantId: string,
    after: string | undefined,
    limit: number,
    signal: AbortSignal,
    conditions: Parameters<typeof and>,
  ): Promise<UserPage> {
    signal.throwIfAborted();
    // One row more than asked for tells whether this page is the last.
    const rows = await this.#context.database.drizzle
      .select()
      .from(userTable)
      .where(
        and(eq(userTable.tenantId, tenantId), after === undefined ? undefined : gt(userTable.id, after), ...conditions),
      )
      .orderBy(asc(userTable.id))
      .limit(limit + 1);
    const users = rows.slice(0, limit).map(userOf);
    return { users, next: rows.length > limit ? users.at(-1)?.id : undefined };
  }
}

/**
 * The live user, locked until the transaction ends.
 * @throws DIRECTORY_USER_NOT_FOUND
 */
async function lockLiveUser(tx: Transaction, tenantId: string, idOrName: string): Promise<UserRow> {
  const [row] = await tx
    .select()
    .from(userTable)
    .where(and(eq(userTable.tenantId, tenantId), idOrNameIs(idOrName), isNull(userTable.deletedAt)))
    .for('update');
  if (row === undefined) throw userNotFound(idOrName);
  return row;
}

function idOrNameIs(idOrName: string) {
  const id = parseObjectId(idOrName);
  return id === undefined ? eq(userTable.userPrincipalNameFolded, fold(idOrName)) : eq(userTable.id, id);
}

function userNotFound(idOrName: string): Error {
  return problem('DIRECTORY_USER_NOT_FOUND', `Resource '${idOrName.slice(0, 200)}' does not exist.`);
}

/** The document after the change, or undefined where it stays as it is. */
function changed(document: UserDocument, change: UserChange): UserDocument | undefined {
  const next: Record<string, PropertyValue> = { ...document };
  for (const [name, value] of change) {
    if (value === null) delete next[name];
    else next[name] = value;
  }
  return canonicalText(next) === canonicalText(document) ? undefined : next;
}

/** JSON with sorted members: jsonb does not keep their order. */
function canonicalText(value: PropertyValue): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}

/** Runs a write and says in Graph's words that the name is taken. */
export async function refuseDuplicate<T>(document: UserDocument, write: () => PromiseLike<T>): Promise<T> {
  return refuseTaken(write, (constraint, cause) => {
    if (constraint !== 'directory_users_user_principal_name') return keyTaken(constraint, cause);
    const name = textOf(document, 'userPrincipalName') ?? '';
    return problem(
      'DIRECTORY_USER_EXISTS',
      `Another object with the same value '${name}' for property userPrincipalName already exists.`,
      { place: 'userPrincipalName', cause },
    );
  });
}
