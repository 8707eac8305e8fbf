import { problem } from '@joinery/problems';
import type { ListPage, ListQuery, ResourceChange, ScimCall, ScimObject, StoredResource } from '@joinery/scim';
import { and, eq, inArray } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { parseObjectId } from '../object-id.ts';
import { type ObjectType, userTable } from '../tables.ts';
import { userColumns } from '../user/row.ts';
import {
  insertUser,
  keyTaken,
  lockLiveUserById,
  refuseTaken,
  retireUser,
  type UserRow,
  updateUser,
} from '../user/write.ts';
import { checkVersion, notFound } from './conditions.ts';
import type { Listing } from './listing.ts';
import { type MetaColumns, versionTag, withMeta } from './meta.ts';
import type { ShelfRow } from './shelf-row.ts';
import type { TenantType } from './tenant-schema.ts';
import { composeUser, decomposeUser, type UserTruth } from './user-view.ts';

/** How often a write may run when another one gets in its way. */
export const writeAttempts = 5;

/**
 * The users of a tenant as SCIM resources. A user in the recycle bin does not exist here (dialect sheet S-12); one that is disabled
 * does (S-11). Deleting moves to the recycle bin, as Graph does, and the name is free at once (sheet 10.1).
 */
export class UserStorage {
  readonly #context: DirectoryContext;
  readonly #tenantId: string;
  readonly #tenantType: TenantType;
  readonly #listing: Listing;

  constructor(context: DirectoryContext, tenantId: string, tenantType: TenantType, listing: Listing) {
    this.#context = context;
    this.#tenantId = tenantId;
    this.#tenantType = tenantType;
    this.#listing = listing;
  }

  async get(id: string): Promise<StoredResource | undefined> {
    const row = await this.#listing.get(this.#tenantId, id);
    if (row === undefined) return undefined;
    return row.resource === null ? (await this.#stored([row]))[0] : storedUser(row.id, row, row.resource);
  }

  async list(query: ListQuery, call: ScimCall): Promise<ListPage> {
    const { total, rows } = await this.#listing.list(this.#tenantId, this.#tenantType, query, call.signal);
    return { totalResults: total, resources: await this.#stored(rows) };
  }

  async create(resource: ScimObject, { signal }: ScimCall): Promise<StoredResource> {
    const { database, clock, random } = this.#context;
    const truth = decomposeUser(resource, this.#tenantType.type, undefined);
    const user: UserTruth = {
      ...truth,
      id: random.uuid(),
      // A user without `active` counts as active (dialect sheet 6); Graph's side is told so in as many words.
      document: { accountEnabled: true, ...truth.document, createdDateTime: new Date(clock.now()).toISOString() },
    };
    const written = await database.transaction(
      (tx) => refuseTaken(() => insertUser(this.#write(tx), user), takenIn(user)),
      { signal, attempts: writeAttempts },
    );
    return storedUser(user.id, written, written.resource);
  }

  async update(id: string, change: ResourceChange, call: ScimCall): Promise<StoredResource> {
    const { type } = this.#tenantType;
    return this.#context.database.transaction(
      async (tx) => {
        const row = await this.#lock(tx, id, call);
        const outcome = change.apply(composeUser(row, type));
        if (!outcome.changed) return storedUser(row.id, row, this.#render(row));
        const user = { id: row.id, ...decomposeUser(outcome.resource, type, row) };
        const written = await refuseTaken(() => updateUser(this.#write(tx), row, user), takenIn(user));
        return storedUser(row.id, written, written.resource);
      },
      { signal: call.signal, attempts: writeAttempts },
    );
  }

  async delete(id: string, call: ScimCall): Promise<void> {
    await this.#context.database.transaction(
      async (tx) => retireUser(this.#write(tx), await this.#lock(tx, id, call)),
      { signal: call.signal, attempts: writeAttempts },
    );
  }

  async #lock(tx: Parameters<typeof lockLiveUserById>[0], id: string, { ifMatch }: ScimCall): Promise<UserRow> {
    const row = parseObjectId(id) === id ? await lockLiveUserById(tx, this.#tenantId, id) : undefined;
    if (row === undefined) throw notFound(this.#tenantType, id);
    checkVersion(row, ifMatch);
    return row;
  }

  #write(tx: Parameters<typeof lockLiveUserById>[0]) {
    return { tx, context: this.#context, tenantId: this.#tenantId, tenantType: this.#tenantType };
  }

  #render(row: UserRow): string {
    return row.resource ?? userColumns(row, this.#tenantType).columns.resource;
  }

  /** Rows as the server wants them; those that a migration or a definition cleared are made from the truth on the way. */
  async #stored(rows: readonly ShelfRow[]): Promise<readonly StoredResource[]> {
    const bare = rows.filter(({ resource }) => resource === null).map(({ id }) => id);
    const made = new Map<string, string>();
    if (bare.length > 0) {
      const found = await this.#context.database.drizzle
        .select()
        .from(userTable)
        .where(and(eq(userTable.tenantId, this.#tenantId), inArray(userTable.id, bare)));
      for (const row of found) made.set(row.id, this.#render(row));
    }
    return rows.flatMap((row) => {
      const resource = row.resource ?? made.get(row.id);
      return resource === undefined ? [] : [storedUser(row.id, row, resource)];
    });
  }
}

const objectType: ObjectType = 'User';

function storedUser(id: string, row: MetaColumns, resource: string): StoredResource {
  return { id, version: versionTag(row.version), json: withMeta(resource, objectType, row) };
}

/**
 * Names are unique without regard to case (dialect sheet 6). An external id is not: it is one client's own name for the user, unique
 * with that client alone, and two clients may use the same.
 */
function takenIn({ document }: Pick<UserTruth, 'document'>) {
  return (constraint: string, cause: unknown): Error | undefined => {
    if (constraint !== 'directory_users_user_principal_name') return keyTaken(constraint, cause);
    return problem('SCIM_UNIQUENESS', `Another user has the userName '${String(document.userPrincipalName)}'.`, {
      place: 'userName',
      cause,
    });
  };
}
