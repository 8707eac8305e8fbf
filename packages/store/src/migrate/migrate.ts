import { problem } from '@joinery/problems';
import { type Clock, type Logger, silentLogger, systemClock } from '@joinery/runtime';
import { sql } from 'drizzle-orm';
import { type Database, engineOf } from '../database.ts';
import type { Queries, Transaction } from '../session.ts';
import { backUp } from './backup.ts';
import { type Migration, type MigrationSource, readMigrations } from './files.ts';

export interface MigrateOptions {
  /** Version of the software, kept beside each migration so that a refusal can name it. */
  readonly version: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly signal?: AbortSignal;
}

interface Applied extends Record<string, unknown> {
  readonly room: string;
  readonly number: number;
  readonly checksum: string;
  readonly version: string;
}

/** Names the advisory lock; any constant does, as long as it never changes. */
const LOCK = 7_460_415_236n;

/** Building an index over millions of rows is slow; a migration may take this long. */
const LIMIT_MS = 30 * 60_000;

/**
 * Brings the database to what this software expects, room by room in the order given. Each file runs in its own transaction, once;
 * several processes may do this at the same time, and a second run finds nothing to do. A PGlite folder with data is copied first.
 * @returns the migrations that this call applied, as `room/0001-name`
 * @throws STORE_MIGRATION_FILES, STORE_MIGRATION_CHANGED, STORE_MIGRATION_FAILED, STORE_NEWER
 */
export async function migrate(
  database: Database,
  sources: readonly MigrationSource[],
  options: MigrateOptions,
): Promise<string[]> {
  const logger = options.logger ?? silentLogger;
  const migrations = (await Promise.all(sources.map(readMigrations))).flat();
  const run = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    database.transaction(
      async (tx) => {
        // A transaction lock, not a session lock: poolers in between may hand the session to others.
        await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
        return work(tx);
      },
      { deadlineMs: LIMIT_MS, statementMs: LIMIT_MS, ...(options.signal && { signal: options.signal }) },
    );

  await run(createTable);
  const before = await readApplied(database.drizzle);
  refuseUnknown(migrations, before);
  const pending = migrations.filter((migration) => !isApplied(migration, before));
  if (pending.length > 0 && before.length > 0) {
    const copy = await backUp(engineOf(database), (options.clock ?? systemClock).now());
    if (copy !== undefined) logger.info({ copy }, 'copied the data folder before migrating it');
  }
  const done: string[] = [];
  for (const migration of pending) {
    const applied = await run((tx) => apply(tx, migration, options.version));
    if (!applied) continue;
    const label = labelOf(migration);
    logger.info({ migration: label }, 'migrated the database');
    done.push(label);
  }
  return done;
}

async function createTable(tx: Queries): Promise<void> {
  await tx.execute(sql`create table if not exists joinery_migrations (
    room text not null,
    number integer not null,
    name text not null,
    checksum text not null,
    version text not null,
    applied_at timestamptz not null default now(),
    primary key (room, number))`);
}

async function readApplied(queries: Queries): Promise<Applied[]> {
  return (
    await queries.execute<Applied>(
      sql`select room, number, checksum, version from joinery_migrations order by room, number`,
    )
  ).rows;
}

/** Applies one migration, unless another process was faster. */
async function apply(tx: Transaction, migration: Migration, version: string): Promise<boolean> {
  if (isApplied(migration, await readApplied(tx))) return false;
  const { room, number, name, checksum } = migration;
  await tx.execute(sql.raw(migration.statements)).catch((cause: unknown) => {
    throw problem('STORE_MIGRATION_FAILED', 'A migration failed and was rolled back.', {
      place: labelOf(migration),
      cause,
    });
  });
  await tx.execute(
    sql`insert into joinery_migrations (room, number, name, checksum, version) values (${room}, ${number}, ${name}, ${checksum}, ${version})`,
  );
  return true;
}

/** @throws STORE_NEWER where the database is ahead of the files, for the rooms that the files are of */
function refuseUnknown(migrations: readonly Migration[], applied: readonly Applied[]): void {
  for (const room of new Set(migrations.map((migration) => migration.room))) {
    const known = migrations.filter((migration) => migration.room === room).length;
    const newer = applied.find((row) => row.room === room && row.number > known);
    if (newer === undefined) continue;
    throw problem(
      'STORE_NEWER',
      `The database was written by version ${newer.version}, which is newer than this one.`,
      {
        place: `${room}/${newer.number}`,
      },
    );
  }
}

/** @throws STORE_MIGRATION_CHANGED where the file is not the one that was applied */
function isApplied(migration: Migration, applied: readonly Applied[]): boolean {
  const row = applied.find(({ room, number }) => room === migration.room && number === migration.number);
  if (row === undefined) return false;
  if (row.checksum === migration.checksum) return true;
  throw problem('STORE_MIGRATION_CHANGED', `A migration was changed after version ${row.version} applied it.`, {
    place: labelOf(migration),
  });
}

function labelOf({ room, number, name }: Migration): string {
  return `${room}/${String(number).padStart(4, '0')}-${name}`;
}
