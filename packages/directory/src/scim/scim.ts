import type {
  ListPage,
  ListQuery,
  ResourceChange,
  ResourceType,
  ScimCall,
  ScimObject,
  ScimStorage,
  StoredResource,
} from '@joinery/scim';
import type { DirectoryContext } from '../context.ts';
import { Extensions } from './extensions.ts';
import { groupShelf } from './group-shelf.ts';
import { GroupStorage } from './group-storage.ts';
import { Listing } from './listing.ts';
import { renderMissing } from './render-missing.ts';
import type { TenantSchema, TenantSchemas } from './tenant-schema.ts';
import { userShelf } from './user-shelf.ts';
import { UserStorage } from './user-storage.ts';

/** What a SCIM server needs to show a tenant's directory. The same object as long as the tenant's schemas stay the same. */
export interface TenantScim {
  readonly resourceTypes: readonly ResourceType[];
  readonly storage: ScimStorage;
}

/** The directory as a SCIM server's store: users with the enterprise extension, groups, and what tenants add to them. */
export class DirectoryScim {
  readonly extensions: Extensions;
  readonly #context: DirectoryContext;
  readonly #schemas: TenantSchemas;
  readonly #users: Listing;
  readonly #groups: Listing;
  readonly #open = new Map<string, { readonly schema: TenantSchema; readonly scim: TenantScim }>();

  constructor(context: DirectoryContext, schemas: TenantSchemas) {
    this.#context = context;
    this.#schemas = schemas;
    this.extensions = new Extensions(context, schemas);
    this.#users = new Listing(context, userShelf);
    this.#groups = new Listing(context, groupShelf);
  }

  /** The resource types and storage of a tenant; at once, but for every ten seconds or so. */
  of(tenantId: string): TenantScim | Promise<TenantScim> {
    const schema = this.#schemas.of(tenantId);
    return schema instanceof Promise
      ? schema.then((read) => this.#openWith(tenantId, read))
      : this.#openWith(tenantId, schema);
  }

  /** Makes what a migration cleared: call it after migrations, before requests are taken. */
  async renderMissing(signal: AbortSignal): Promise<void> {
    await renderMissing(this.#context, this.#schemas, signal);
  }

  #openWith(tenantId: string, schema: TenantSchema): TenantScim {
    const known = this.#open.get(tenantId);
    if (known?.schema === schema) return known.scim;
    const users = new UserStorage(this.#context, tenantId, schema.user, this.#users);
    const groups = new GroupStorage(this.#context, tenantId, schema.group, this.#groups);
    const scim = {
      resourceTypes: [schema.user.type, schema.group.type],
      storage: new TenantStorage(schema.group.type, users, groups),
    };
    this.#open.set(tenantId, { schema, scim });
    return scim;
  }
}

/** Users and groups behind one interface. */
class TenantStorage implements ScimStorage {
  readonly #groupType: ResourceType;
  readonly #users: UserStorage;
  readonly #groups: GroupStorage;

  constructor(groupType: ResourceType, users: UserStorage, groups: GroupStorage) {
    this.#groupType = groupType;
    this.#users = users;
    this.#groups = groups;
  }

  get(type: ResourceType, id: string, call: ScimCall): Promise<StoredResource | undefined> {
    return this.#of(type).get(id, call);
  }

  list(type: ResourceType, query: ListQuery, call: ScimCall): Promise<ListPage> {
    return this.#of(type).list(query, call);
  }

  create(type: ResourceType, resource: ScimObject, call: ScimCall): Promise<StoredResource> {
    return this.#of(type).create(resource, call);
  }

  update(type: ResourceType, id: string, change: ResourceChange, call: ScimCall): Promise<StoredResource> {
    return this.#of(type).update(id, change, call);
  }

  delete(type: ResourceType, id: string, call: ScimCall): Promise<void> {
    return this.#of(type).delete(id, call);
  }

  #of(type: ResourceType): Pick<GroupStorage, 'get' | 'list' | 'create' | 'update' | 'delete'> {
    return type === this.#groupType ? this.#groups : this.#users;
  }
}
