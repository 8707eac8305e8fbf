import { problem } from '@joinery/problems';
import { asc, eq, sql } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { tenantTable } from '../tables.ts';

export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly createdDateTime: string;
}

/** Names the lock under which the first tenant is made; any constant does, as long as it never changes. */
const firstTenantLock = 7_460_415_238n;

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

  /** The oldest tenant, made where there is none; several processes that ask at once get the same. */
  async ensureFirst(displayName: string, signal: AbortSignal): Promise<Tenant> {
    const { database, clock, random } = this.#context;
    return database.transaction(
      async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${firstTenantLock})`);
        const [oldest] = await tx
          .select()
          .from(tenantTable)
          .orderBy(asc(tenantTable.createdAt), asc(tenantTable.tenantId))
          .limit(1);
        if (oldest !== undefined) return tenantOf(oldest);
        const row = { tenantId: random.uuid(), displayName, createdAt: new Date(clock.now()) };
        await tx.insert(tenantTable).values(row);
        return tenantOf(row);
      },
      { signal },
    );
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
