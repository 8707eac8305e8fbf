import { join } from 'node:path';
import { isProblem, problem } from '@joinery/problems';
import { type Clock, type FolderLock, type Logger, lockFolder } from '@joinery/runtime';
import pg from 'pg';
import { type Engine, type EngineLimits, hearFaults, poolLookup } from './engine.ts';
import { type PGliteFolder, PGliteStream } from './pglite-stream.ts';

/** A new folder takes PGlite several seconds on a slow disk (it runs initdb). */
const BOOT_MS = 120_000;

/**
 * PGlite in a worker thread, its folder locked for this process.
 * The `pg` driver talks the wire protocol to it, so values, errors and Drizzle are one code path for both engines:
 * 0.7 ms a round trip, 1,000 rows by one statement in 20 ms (two cores).
 * @throws STORE_FOLDER_IN_USE
 */
export function pgliteEngine(folder: string, limits: EngineLimits, clock: Clock, logger: Logger): Engine {
  const lock = lockForUs(folder);
  const dataFolder = join(lock.folder, 'pglite');
  const shared: PGliteFolder = {
    path: dataFolder,
    clock,
    statementMs: limits.statementMs,
    previous: Promise.resolve(),
  };
  let current: PGliteStream | undefined;
  const stream = (): PGliteStream => {
    current = new PGliteStream(shared);
    return current;
  };
  const pool = new pg.Pool({
    max: 1,
    user: 'postgres',
    database: 'postgres',
    // Closing the only connection when idle would stop the engine.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: Math.max(limits.connectMs, BOOT_MS),
    stream,
  });
  hearFaults(pool);
  pool.on('error', (error) => logger.warn({ error }, 'the embedded database stopped; the next query starts it again'));
  return {
    name: 'pglite',
    pool,
    dataFolder,
    durability:
      'The embedded database survives the death of this process, not a power loss. For that, set DATABASE_URL to a PostgreSQL server.',
    lookup: (statement) => poolLookup(pool, statement),
    async allowStatement(_client, ms) {
      shared.statementMs = ms;
      return () => {
        shared.statementMs = limits.statementMs;
      };
    },
    // Dropping the client ends the thread, and with it the statement.
    cancel: async () => {},
    async close(now = false) {
      const ended = pool.end();
      if (now) current?.destroy();
      await ended;
      await shared.previous;
      lock.release();
    },
  };
}

function lockForUs(folder: string): FolderLock {
  try {
    return lockFolder(folder);
  } catch (error) {
    if (!isProblem(error, 'RUNTIME_FOLDER_IN_USE')) throw error;
    throw problem('STORE_FOLDER_IN_USE', error.detail, { place: folder, cause: error });
  }
}
