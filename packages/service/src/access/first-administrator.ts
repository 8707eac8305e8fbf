import { join } from 'node:path';
import type { Directory } from '@joinery/directory';
import { type Clock, createToken, hashToken, type Random, type Redactor, writeFileDurably } from '@joinery/runtime';
import type { Database, Queries } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { tokenTable } from '../tables.ts';

/** Name of the file in the home folder that holds the first administrator's token. */
export const adminTokenFile = 'admin-token';

/** Names the lock under which the first token is made; any constant does, as long as it never changes. */
const firstTokenLock = 7_460_415_237n;

/**
 * Makes the first tenant and the token of its administrator, where the database has no token yet. The token is stored hashed; in clear
 * it stands in `<home>/admin-token` alone, readable to this account only.
 * The file is written before the hash is committed: a crash in between leaves a token that opens nothing, and the next start makes another.
 * Of several processes that start on an empty database one makes tenant and token, and the others wait for it.
 * @returns the token where this call made it
 * @throws RUNTIME_FILE_UNWRITABLE, RUNTIME_DISK_FULL
 */
export async function ensureAdministrator(options: {
  readonly database: Database;
  readonly directory: Directory;
  readonly home: string;
  readonly tenantName: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
}): Promise<string | undefined> {
  const { database, directory, home, tenantName, clock, random, redactor, signal } = options;
  if (await hasToken(database.drizzle)) return undefined;
  const tenant = await directory.tenants.ensureFirst(tenantName, signal);
  const token = createToken(random);
  redactor.register(token);
  const hash = await hashToken(token, random);
  const row = { tenantId: tenant.id, id: random.uuid(), name: 'administrator', hash, createdAt: new Date(clock.now()) };
  return database.transaction(
    async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${firstTokenLock})`);
      if (await hasToken(tx)) return undefined;
      await writeFileDurably(join(home, adminTokenFile), `${token}\n`, { mode: 0o600 });
      await tx.insert(tokenTable).values(row);
      return token;
    },
    { signal },
  );
}

async function hasToken(queries: Queries): Promise<boolean> {
  const [existing] = await queries.select({ id: tokenTable.id }).from(tokenTable).limit(1);
  return existing !== undefined;
}
