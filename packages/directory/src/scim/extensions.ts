import { isProblem, problem } from '@joinery/problems';
import { groupType, type SchemaDefinition, userType } from '@joinery/scim';
import type { Transaction } from '@joinery/store';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { extensionTable, groupTable, type ObjectType, userTable } from '../tables.ts';
import type { ExtensionDefinition } from './extension-definition.ts';
import { renderMissing } from './render-missing.ts';
import { compileTenantType, extensionKey, type TenantSchemas } from './tenant-schema.ts';

/** An extension as it is stored. */
export interface Extension extends ExtensionDefinition {
  readonly objectType: ObjectType;
}

const mostAttributes = 200;

/** Milliseconds for marking every object of a tenant, in one statement. */
const clearingMs = 10 * 60_000;

/** The SCIM schemas that a tenant adds to its users and groups. */
export class Extensions {
  readonly #context: DirectoryContext;
  readonly #schemas: TenantSchemas;

  constructor(context: DirectoryContext, schemas: TenantSchemas) {
    this.#context = context;
    this.#schemas = schemas;
  }

  async list(tenantId: string, signal: AbortSignal): Promise<readonly Extension[]> {
    signal.throwIfAborted();
    const rows = await this.#context.database.drizzle
      .select()
      .from(extensionTable)
      .where(eq(extensionTable.tenantId, tenantId))
      .orderBy(asc(extensionTable.objectType), asc(extensionTable.urn));
    return rows.map(({ objectType, definition }) => ({ objectType, ...definition }));
  }

  /**
   * Adds a schema, or takes another version of it. Values that objects have stay; every object is indexed anew, which costs by the tenant.
   * @throws DIRECTORY_EXTENSION_INVALID, DIRECTORY_EXTENSION_NOT_UNIQUE when an attribute becomes unique whose values are not
   */
  async put(tenantId: string, extension: Extension, signal: AbortSignal): Promise<void> {
    const { objectType, schema, matching } = extension;
    const urn = schema.id.toLowerCase();
    const stored = (await this.list(tenantId, signal)).filter((other) => other.objectType === objectType);
    const before = stored.find((other) => other.schema.id.toLowerCase() === urn);
    checkDefinition(
      extension,
      stored.filter((other) => other !== before),
    );
    const definition = { schema, matching };
    await this.#change(tenantId, objectType, signal, async (tx) => {
      await refuseLateUniqueness(tx, tenantId, extension, before);
      await tx
        .insert(extensionTable)
        .values({ tenantId, objectType, urn, definition })
        .onConflictDoUpdate({
          target: [extensionTable.tenantId, extensionTable.objectType, extensionTable.urn],
          set: { definition },
        });
    });
  }

  /** Takes a schema away; values stay with their objects and are shown again when it comes back. @throws DIRECTORY_EXTENSION_NOT_FOUND */
  async remove(tenantId: string, objectType: ObjectType, urn: string, signal: AbortSignal): Promise<void> {
    await this.#change(tenantId, objectType, signal, async (tx) => {
      const gone = await tx
        .delete(extensionTable)
        .where(extensionKey(tenantId, objectType, urn))
        .returning({ urn: extensionTable.urn });
      if (gone.length === 0) {
        throw problem(
          'DIRECTORY_EXTENSION_NOT_FOUND',
          `There is no extension '${urn.slice(0, 200)}' of ${objectType}.`,
        );
      }
    });
  }

  async #change(
    tenantId: string,
    objectType: ObjectType,
    signal: AbortSignal,
    write: (tx: Transaction) => Promise<void>,
  ): Promise<void> {
    const table = objectType === 'User' ? userTable : groupTable;
    await this.#context.database.transaction(
      async (tx) => {
        await write(tx);
        await tx.update(table).set({ resource: null }).where(eq(table.tenantId, tenantId));
      },
      { signal, deadlineMs: clearingMs, statementMs: clearingMs },
    );
    this.#schemas.forget(tenantId);
    await renderMissing(this.#context, this.#schemas, signal);
  }
}

/**
 * An attribute can become unique only while no object has a value of the schema: what is stored may repeat, and nobody could say which
 * of two objects keeps its value.
 * @throws DIRECTORY_EXTENSION_NOT_UNIQUE
 */
async function refuseLateUniqueness(
  tx: Transaction,
  tenantId: string,
  { objectType, schema }: Extension,
  before: Extension | undefined,
): Promise<void> {
  const isUnique = (definition: SchemaDefinition | undefined, name: string): boolean =>
    definition?.attributes.some((each) => each.name === name && each.uniqueness !== 'none') === true;
  if (schema.attributes.every(({ name }) => !isUnique(schema, name) || isUnique(before?.schema, name))) return;
  const table = objectType === 'User' ? userTable : groupTable;
  const [held] = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.tenantId, tenantId), sql`jsonb_exists(${table.scim}, ${schema.id})`))
    .limit(1);
  if (held === undefined) return;
  throw problem('DIRECTORY_EXTENSION_NOT_UNIQUE', 'Objects have values of this schema already.', { place: schema.id });
}

function checkDefinition({ objectType, schema, matching }: Extension, others: readonly Extension[]): void {
  const invalid = (sentence: string) =>
    problem('DIRECTORY_EXTENSION_INVALID', `The extension is refused: ${sentence}.`);
  if (!/^urn:[a-z0-9][a-z0-9-]{0,31}:\S{1,200}$/i.test(schema.id)) throw invalid('its id is not a URN');
  if (schema.attributes.length > mostAttributes) throw invalid(`it has more than ${mostAttributes} attributes`);
  for (const name of matching) {
    if (!schema.attributes.some((attribute) => attribute.name === name)) throw invalid(`it has no attribute '${name}'`);
  }
  for (const attribute of schema.attributes) {
    const indexed = matching.includes(attribute.name) || attribute.uniqueness !== 'none';
    if (indexed && attribute.type === 'complex')
      throw invalid(`'${attribute.name}' is complex and cannot be looked up by`);
    // Resources are kept as they are answered: there is no place for what may not be answered.
    if (attribute.returned === 'never' || attribute.mutability === 'writeOnly') {
      throw invalid(`'${attribute.name}' would be a secret, and the directory keeps none`);
    }
    if (attribute.required) throw invalid(`'${attribute.name}' would be required, and there are objects without it`);
  }
  try {
    compileTenantType(objectType, objectType === 'User' ? userType : groupType, [...others, { schema, matching }]);
  } catch (error) {
    if (isProblem(error, 'SCIM_SCHEMA_INVALID')) throw invalid(error.detail.replace(/\.$/, ''));
    throw error;
  }
}
