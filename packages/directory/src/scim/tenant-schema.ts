import {
  type AttributePath,
  compileResourceType,
  groupType,
  type ResourceType,
  type ResourceTypeDefinition,
  userType,
} from '@joinery/scim';
import { and, asc, eq } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { extensionTable, type ObjectType } from '../tables.ts';
import type { ExtensionDefinition } from './extension-definition.ts';

/** A resource type of a tenant with what its store must know about it. */
export interface TenantType {
  readonly objectType: ObjectType;
  readonly type: ResourceType;
  /** Attributes whose values have rows among the keys, by their canonical text; true for those that are unique. */
  readonly keys: ReadonlyMap<AttributePath, boolean>;
}

/** The resource types of a tenant; the same object as long as nothing in them changed. */
export interface TenantSchema {
  readonly user: TenantType;
  readonly group: TenantType;
}

/** Milliseconds after which another process's change to a definition is seen. */
const freshMs = 10_000;

interface Known {
  readonly schema: TenantSchema;
  /** What it was compiled from. */
  readonly source: string;
  readonly readAt: number;
}

/** The resource types of each tenant, compiled once and checked against the stored definitions every ten seconds. */
export class TenantSchemas {
  readonly #context: DirectoryContext;
  readonly #known = new Map<string, Known>();

  constructor(context: DirectoryContext) {
    this.#context = context;
  }

  /** Call it before a transaction begins: it may read. */
  of(tenantId: string): TenantSchema | Promise<TenantSchema> {
    const known = this.#known.get(tenantId);
    const age = known === undefined ? freshMs : this.#context.clock.now() - known.readAt;
    return known !== undefined && age >= 0 && age < freshMs ? known.schema : this.#read(tenantId, known);
  }

  forget(tenantId: string): void {
    this.#known.delete(tenantId);
  }

  async #read(tenantId: string, known: Known | undefined): Promise<TenantSchema> {
    const rows = await this.#context.database.drizzle
      .select({ objectType: extensionTable.objectType, definition: extensionTable.definition })
      .from(extensionTable)
      .where(eq(extensionTable.tenantId, tenantId))
      .orderBy(asc(extensionTable.objectType), asc(extensionTable.urn));
    const source = JSON.stringify(rows);
    const schema = known?.source === source ? known.schema : compile(rows);
    this.#known.set(tenantId, { schema, source, readAt: this.#context.clock.now() });
    return schema;
  }
}

function compile(
  rows: readonly { readonly objectType: ObjectType; readonly definition: ExtensionDefinition }[],
): TenantSchema {
  const of = (objectType: ObjectType): readonly ExtensionDefinition[] =>
    rows.filter((row) => row.objectType === objectType).map(({ definition }) => definition);
  return {
    user: compileTenantType('User', userType, of('User')),
    group: compileTenantType('Group', groupType, of('Group')),
  };
}

/**
 * A resource type with a tenant's own extensions.
 * @throws SCIM_SCHEMA_INVALID
 */
export function compileTenantType(
  objectType: ObjectType,
  definition: ResourceTypeDefinition,
  extensions: readonly ExtensionDefinition[],
): TenantType {
  const type = compileResourceType({
    ...definition,
    extensions: [...definition.extensions, ...extensions.map(({ schema }) => ({ schema, required: false }))],
  });
  const keys = new Map<AttributePath, boolean>();
  // Work addresses are what Entra matches by when not by name (dialect sheet 1.3, U1).
  const email = type.core.find('emails.value');
  if (email !== undefined) keys.set(email, false);
  for (const { schema, matching } of extensions) {
    for (const path of type.schemaOf(schema.id)?.attributes ?? []) {
      const unique = path.attribute.uniqueness !== 'none';
      if (unique || matching.includes(path.attribute.name)) keys.set(path, unique);
    }
  }
  return { objectType, type, keys };
}

/** The row of a definition; see `Extensions`. */
export function extensionKey(tenantId: string, objectType: ObjectType, urn: string) {
  return and(
    eq(extensionTable.tenantId, tenantId),
    eq(extensionTable.objectType, objectType),
    eq(extensionTable.urn, urn.toLowerCase()),
  );
}
