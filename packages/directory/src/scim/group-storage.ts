import { problem } from '@joinery/problems';
import {
  type AttributePath,
  isList,
  isObject,
  type ListPage,
  type ListQuery,
  type ReferenceEdit,
  type ResourceChange,
  type ScimCall,
  type ScimObject,
  type StoredResource,
} from '@joinery/scim';
import type { Queries, Transaction } from '@joinery/store';
import { and, eq, inArray } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { parseMembers, readMembers } from '../group/read-members.ts';
import { composeGroup, decomposeGroup, type GroupRow, type GroupTruth, groupColumns } from '../group/row.ts';
import { deleteGroup, insertGroup, lockGroup, updateGroup } from '../group/write.ts';
import { parseObjectId } from '../object-id.ts';
import { groupTable } from '../tables.ts';
import { keyTaken, refuseTaken } from '../user/write.ts';
import { checkVersion, notFound } from './conditions.ts';
import type { Listing } from './listing.ts';
import { versionTag, withMeta } from './meta.ts';
import type { ShelfRow } from './shelf-row.ts';
import type { TenantType } from './tenant-schema.ts';
import { writeAttempts } from './user-storage.ts';

/** The groups of a tenant as SCIM resources. Members are read only where the answer shows them. */
export class GroupStorage {
  readonly #context: DirectoryContext;
  readonly #tenantId: string;
  readonly #tenantType: TenantType;
  readonly #listing: Listing;
  readonly #members: AttributePath;

  constructor(context: DirectoryContext, tenantId: string, tenantType: TenantType, listing: Listing) {
    this.#context = context;
    this.#tenantId = tenantId;
    this.#tenantType = tenantType;
    this.#listing = listing;
    const members = tenantType.type.core.find('members');
    if (members === undefined) throw problem('RUNTIME_INTERNAL', 'The type of groups has no members.');
    this.#members = members;
  }

  async get(id: string, call: ScimCall): Promise<StoredResource | undefined> {
    const row = await this.#listing.get(this.#tenantId, id);
    return row === undefined ? undefined : (await this.#stored(this.#context.database.drizzle, [row], call))[0];
  }

  async list(query: ListQuery, call: ScimCall): Promise<ListPage> {
    const { total, rows } = await this.#listing.list(this.#tenantId, this.#tenantType, query, call.signal);
    return { totalResults: total, resources: await this.#stored(this.#context.database.drizzle, rows, call) };
  }

  async create(resource: ScimObject, call: ScimCall): Promise<StoredResource> {
    const { database, clock, random } = this.#context;
    const truth = decomposeGroup(resource, this.#tenantType.type, undefined);
    const group: GroupTruth = {
      ...truth,
      id: random.uuid(),
      document: { ...truth.document, createdDateTime: new Date(clock.now()).toISOString() },
    };
    const { members } = resource;
    const edits: readonly ReferenceEdit[] = isList(members)
      ? [{ kind: 'add', elements: members.filter(isObject) }]
      : [];
    return database.transaction(
      async (tx) => {
        const written = await refuseTaken(() => insertGroup(this.#write(tx), group, edits), takenIn(group));
        return this.#one(tx, { id: group.id, ...written }, call);
      },
      { signal: call.signal, attempts: writeAttempts },
    );
  }

  async update(id: string, change: ResourceChange, call: ScimCall): Promise<StoredResource> {
    return this.#context.database.transaction(
      async (tx) => {
        const row = await this.#lock(tx, id, call);
        const { truth, edits } = await this.#plan(tx, row, change);
        const write = () => updateGroup(this.#write(tx), row, truth, edits);
        const written = await refuseTaken(write, takenIn(truth ?? row));
        return this.#one(tx, written === undefined ? row : { id: row.id, ...written }, call);
      },
      { signal: call.signal, attempts: writeAttempts },
    );
  }

  async delete(id: string, call: ScimCall): Promise<void> {
    await this.#context.database.transaction(
      async (tx) => deleteGroup(this.#write(tx), await this.#lock(tx, id, call)),
      { signal: call.signal, attempts: writeAttempts },
    );
  }

  /** What the change makes of the group, and of its members: without reading them wherever the change says so by itself. */
  async #plan(
    tx: Transaction,
    row: GroupRow,
    change: ResourceChange,
  ): Promise<{ readonly truth: GroupTruth | undefined; readonly edits: readonly ReferenceEdit[] }> {
    const { type } = this.#tenantType;
    const group = composeGroup(row, type);
    const told = change.referenceEdits(this.#members);
    if (told !== undefined) {
      const outcome = change.apply(group, { detached: new Set([this.#members]) });
      return { truth: outcome.changed ? this.#decompose(outcome.resource, row) : undefined, edits: told };
    }
    const members = parseMembers((await readMembers(tx, this.#tenantId, [row])).get(row.id));
    const outcome = change.apply(members.length === 0 ? group : { ...group, members });
    const edits = outcome.changes.flatMap((each): readonly ReferenceEdit[] => {
      if (each.path !== this.#members || each.kind !== 'elements') return [];
      const removed = each.removed.flatMap((element) =>
        isObject(element) && typeof element.value === 'string' ? [element.value] : [],
      );
      return [
        { kind: 'remove', values: removed },
        { kind: 'add', elements: each.added.filter(isObject) },
      ];
    });
    const own = outcome.changes.some((each) => each.path !== this.#members);
    return { truth: own ? this.#decompose(outcome.resource, row) : undefined, edits };
  }

  #decompose(resource: ScimObject, row: GroupRow): GroupTruth {
    return { id: row.id, ...decomposeGroup(resource, this.#tenantType.type, row) };
  }

  async #lock(tx: Transaction, id: string, { ifMatch }: ScimCall): Promise<GroupRow> {
    const row = parseObjectId(id) === id ? await lockGroup(tx, this.#tenantId, id) : undefined;
    if (row === undefined) throw notFound(this.#tenantType, id);
    checkVersion(row, ifMatch);
    return row;
  }

  #write(tx: Transaction) {
    return { tx, context: this.#context, tenantId: this.#tenantId, tenantType: this.#tenantType };
  }

  async #one(queries: Queries, row: ShelfRow, call: ScimCall): Promise<StoredResource> {
    const [stored] = await this.#stored(queries, [row], call);
    if (stored === undefined) throw notFound(this.#tenantType, row.id);
    return stored;
  }

  async #stored(queries: Queries, rows: readonly ShelfRow[], call: ScimCall): Promise<readonly StoredResource[]> {
    const hidden = call.hides?.(this.#members) === true;
    const members = hidden ? new Map<string, string>() : await readMembers(queries, this.#tenantId, rows);
    const made = await this.#renderBare(queries, rows);
    return rows.flatMap((row) => {
      const resource = row.resource ?? made.get(row.id);
      if (resource === undefined) return [];
      const list = members.get(row.id);
      const json = withMeta(resource, 'Group', row, list === undefined ? '' : `,"members":${list}`);
      return [{ id: row.id, version: versionTag(row.version), json }];
    });
  }

  /** Texts of the rows that a migration or a definition cleared, from the truth. */
  async #renderBare(queries: Queries, rows: readonly ShelfRow[]): Promise<ReadonlyMap<string, string>> {
    const bare = rows.filter(({ resource }) => resource === null).map(({ id }) => id);
    if (bare.length === 0) return new Map();
    const found = await queries
      .select()
      .from(groupTable)
      .where(and(eq(groupTable.tenantId, this.#tenantId), inArray(groupTable.id, bare)));
    return new Map(found.map((row) => [row.id, groupColumns(row, this.#tenantType).columns.resource]));
  }
}

/** Names of groups are unique without regard to case, as every Microsoft client takes for granted (dialect sheet 1.4). */
function takenIn({ document }: Pick<GroupTruth, 'document'>) {
  return (constraint: string, cause: unknown): Error | undefined => {
    if (constraint !== 'directory_groups_display_name') return keyTaken(constraint, cause);
    return problem('SCIM_UNIQUENESS', `Another group has the displayName '${String(document.displayName)}'.`, {
      place: 'displayName',
      cause,
    });
  };
}
