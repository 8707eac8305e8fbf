import { problem } from '@joinery/problems';
import { asc, eq } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { tenantTable } from '../tables.ts';

export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly createdDateTime: string;
}

/** The tenants of this installation; everything else belongs to exactly one of them. */
export class Tenants {
  readonly #context: DirectoryContext;

  constructor(context: DirectoryContext) {
    this.#context = context;
  }

  async create(displayName: string, signal: AbortSignal): Promise<Tenant> {
    const { database, clock, random } = this.#context;
    const row = { tenantId: random.uuid(), displayName, createdAt: new Date(clock.now()) };
    await database.transaction((tx) => tx.insert(tenantTable).values(row), { signal });
    return tenantOf(row);
  }

  /** Oldest first; an installation has few, so they come at once. */
  async list(signal: AbortSignal): Promise<readonly Tenant[]> {
    signal.throwIfAborted();
    const rows = await this.#context.database.drizzle
      .select()
      .from(tenantTable)
      .orderBy(asc(tenantTable.createdAt), asc(tenantTable.tenantId));
    return rows.map(tenantOf);
  }

  /** @throws DIRECTORY_TENANT_NOT_FOUND */
  async get(tenantId: string, signal: AbortSignal): Promise<Tenant> {
    signal.throwIfAborted();
    const [row] = await this.#context.database.drizzle
      .select()
      .from(tenantTable)
      .where(eq(tenantTable.tenantId, tenantId));
    if (row === undefined) throw problem('DIRECTORY_TENANT_NOT_FOUND', `There is no tenant '${tenantId}'.`);
    return tenantOf(row);
  }
}

function tenantOf(row: typeof tenantTable.$inferSelect): Tenant {
  return { id: row.tenantId, displayName: row.displayName, createdDateTime: row.createdAt.toISOString() };
}
