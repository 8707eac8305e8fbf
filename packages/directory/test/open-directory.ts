import { ManualClock, seededRandom } from '@joinery/runtime';
import { type Database, migrate } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { OpenFresh } from '../../../testing/databases.ts';
import { type Directory, directoryMigrations, openDirectory, parseNewUser, type User } from '../src/index.ts';

/** A directory with one tenant on a fresh database. */
export interface Fixture {
  readonly database: Database;
  readonly directory: Directory;
  readonly clock: ManualClock;
  readonly tenantId: string;
  readonly signal: AbortSignal;
  /** Adds a user `name@contoso.example`; other properties as given. */
  readonly add: (name: string, properties?: Readonly<Record<string, unknown>>) => Promise<User>;
}

export async function openFixture(open: OpenFresh): Promise<Fixture> {
  const database = await open();
  await migrate(database, [directoryMigrations], { version: 'test' });
  const clock = new ManualClock();
  const directory = openDirectory({ database, clock, random: seededRandom(7) });
  const signal = new AbortController().signal;
  const { id: tenantId } = await directory.tenants.create('Contoso', signal);
  return {
    database,
    directory,
    clock,
    tenantId,
    signal,
    add: (name, properties = {}) =>
      directory.users.create(tenantId, parseNewUser({ ...person(name), ...properties }), signal),
  };
}

/** The least that `POST /users` takes. */
export function person(name: string): Record<string, unknown> {
  return {
    accountEnabled: true,
    displayName: name,
    mailNickname: name,
    userPrincipalName: `${name}@contoso.example`,
    passwordProfile: { password: 'Correct-horse-1' },
  };
}

/**
 * Waits until the change feed shows everything that was committed before: it holds back while an older transaction is open anywhere on
 * the server, those of other tests included.
 */
export async function settled(database: Database): Promise<void> {
  const { rows } = await database.drizzle.execute<{ xid: string }>(sql`select pg_current_xact_id()::text as xid`);
  const hasPassed = async () => {
    const now = await database.drizzle.execute<{ passed: boolean }>(
      sql`select pg_snapshot_xmin(pg_current_snapshot()) > ${rows[0]?.xid}::xid8 as passed`,
    );
    return now.rows[0]?.passed;
  };
  await expect.poll(hasPassed, { timeout: 20_000 }).toBe(true);
}
