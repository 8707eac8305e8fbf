import { join } from 'node:path';
import type { Directory } from '@joinery/directory';
import { type Clock, createToken, hashToken, type Random, type Redactor, writeFileDurably } from '@joinery/runtime';
import type { Database } from '@joinery/store';
import { tokenTable } from '../tables.ts';

/** Name of the file in the home folder that holds the first administrator's token. */
export const adminTokenFile = 'admin-token';

/**
 * Makes the first tenant and the token of its administrator, where the database has no token yet. The token is stored hashed; in clear
 * it stands in `<home>/admin-token` alone, readable to this account only.
 * The file is written before the hash: a crash in between leaves a token that opens nothing, and the next start makes another.
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
  const [existing] = await database.drizzle.select({ id: tokenTable.id }).from(tokenTable).limit(1);
  if (existing !== undefined) return undefined;
  const [first] = await directory.tenants.list(signal);
  const tenant = first ?? (await directory.tenants.create(tenantName, signal));
  const token = createToken(random);
  redactor.register(token);
  const hash = await hashToken(token, random);
  await writeFileDurably(join(home, adminTokenFile), `${token}\n`, { mode: 0o600 });
  const row = { tenantId: tenant.id, id: random.uuid(), name: 'administrator', hash, createdAt: new Date(clock.now()) };
  await database.drizzle.insert(tokenTable).values(row);
  return token;
}
