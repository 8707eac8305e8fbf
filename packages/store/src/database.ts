import { problem } from '@joinery/problems';
import { type Clock, type Logger, type Random, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import type { SQLWrapper } from 'drizzle-orm';
import type { Engine, EngineLimits } from './engine/engine.ts';
import { pgliteEngine } from './engine/pglite.ts';
import { postgresqlEngine } from './engine/postgresql.ts';
import { type Lookup, prepareLookup } from './lookup.ts';
import { poolQueries, type Queries, type Transaction } from './session.ts';
import { fromSqlError } from './sql-error.ts';
import { refuseInTransaction, runTransaction, scopeOf, type TransactionOptions } from './transaction.ts';

/** Where the data lies: a PostgreSQL server, or a folder for the embedded PGlite. */
export type DatabaseLocation = { readonly url: string } | { readonly folder: string };

export interface DatabaseOptions {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly logger?: Logger;
  /** Ends the opening; later the database is ended by `close`. */
  readonly signal?: AbortSignal;
  /** Connections to PostgreSQL at most; 10 where left out. PGlite has one. */
  readonly connections?: number;
  /** Milliseconds a statement may take; 30,000 where left out. */
  readonly statementMs?: number;
  /** Milliseconds a transaction may be open; 15,000 where left out. */
  readonly transactionMs?: number;
  /** Milliseconds to wait for a connection; 10,000 where left out. */
  readonly connectMs?: number;
}

export interface Database {
  readonly engine: 'postgresql' | 'pglite';
  /** What a crash costs, in one sentence. */
  readonly durability: string;
  /** Drizzle's query builders outside any transaction. Refused inside one: STORE_OUTER_QUERY_IN_TRANSACTION. */
  readonly drizzle: Queries;
  /**
   * Prepares a read for many callers at once, outside any transaction: a statement that a unique index answers, because on PostgreSQL all
   * look-ups share a connection, one behind the other. For other statements use {@link drizzle}.
   * @param name of the prepared statement, the same for the same statement alone
   * @param statement selects one text; what differs from call to call is a `sql.placeholder`
   * @throws STORE_OUTER_QUERY_IN_TRANSACTION, STORE_STATEMENT_TIMEOUT, STORE_UNAVAILABLE: the look-up, when it is called
   */
  prepareLookup(name: string, statement: SQLWrapper): Lookup;
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects.
   * Never wait for the network inside: the deadline rolls back what does, and PGlite stands still meanwhile.
   * @throws STORE_OUTER_QUERY_IN_TRANSACTION inside a transaction on the same database (use `tx.transaction` for a savepoint),
   *   STORE_TRANSACTION_TIMEOUT, STORE_STATEMENT_TIMEOUT, STORE_SERIALIZATION, STORE_TRANSACTION_ROLLED_BACK, STORE_COMMIT_UNKNOWN,
   *   STORE_UNAVAILABLE, the signal's reason, and what `work` throws
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Calls back once the running transaction has committed, at once where none runs, never where it rolls back.
   * For hints (wake a worker), not for effects that must not be lost. `callback` must not throw.
   */
  afterCommit(callback: () => void): void;
  /** Closes every connection; the folder of PGlite is free afterwards. May be called twice. */
  close(): Promise<void>;
}

const engines = new WeakMap<Database, Engine>();

/** The engine below a database, for the files of this room that need more than the interface. */
export function engineOf(database: Database): Engine {
  const engine = engines.get(database);
  if (engine === undefined) throw problem('STORE_CLOSED', 'The database is not open.');
  return engine;
}

/**
 * Opens the database, creating the folder of PGlite where there is none. Runs no migrations.
 * @throws STORE_URL_INVALID, STORE_FOLDER_IN_USE, STORE_UNAVAILABLE, STORE_LOGIN_REFUSED, STORE_SERVER_TOO_OLD, or the signal's reason
 */
export async function openDatabase(location: DatabaseLocation, options: DatabaseOptions = {}): Promise<Database> {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const limits: EngineLimits = {
    connections: options.connections ?? 10,
    statementMs: options.statementMs ?? 30_000,
    connectMs: options.connectMs ?? 10_000,
  };
  options.signal?.throwIfAborted();
  const engine =
    'url' in location
      ? postgresqlEngine(location.url, limits, logger)
      : pgliteEngine(location.folder, limits, clock, logger);
  try {
    await abortable(requireVersion(engine), options.signal);
  } catch (error) {
    await engine.close(true);
    throw error;
  }
  logger.info({ engine: engine.name }, engine.durability);
  const settings = {
    clock,
    random: options.random ?? systemRandom,
    transactionMs: options.transactionMs ?? 15_000,
    onFault: (error: unknown) => logger.debug({ error }, 'a broken database connection could not be tidied up'),
  };
  let closed: Promise<void> | undefined;
  const check = (): void => {
    refuseInTransaction(engine);
    refuseClosed(closed);
  };
  const database: Database = {
    engine: engine.name,
    durability: engine.durability,
    drizzle: poolQueries(engine.pool, check),
    prepareLookup: (name, statement) => prepareLookup(engine, name, statement, check),
    async transaction(work, transactionOptions) {
      refuseClosed(closed);
      return runTransaction(engine, settings, work, transactionOptions);
    },
    afterCommit(callback) {
      const scope = scopeOf(engine);
      if (scope === undefined) callback();
      else scope.afterCommit.push(callback);
    },
    close() {
      closed ??= engine.close();
      return closed;
    },
  };
  engines.set(database, engine);
  return database;
}

function refuseClosed(closed: Promise<void> | undefined): void {
  if (closed !== undefined) throw problem('STORE_CLOSED', 'The database was closed.');
}

/** PostgreSQL 15 is the oldest that the migrations are tested on. */
async function requireVersion(engine: Engine): Promise<void> {
  const answer = await engine.pool
    .query<{ version: string }>("select current_setting('server_version_num') as version")
    .catch((error: unknown) => {
      throw fromSqlError(error);
    });
  const version = Number(answer.rows[0]?.version);
  if (version >= 150_000) return;
  throw problem('STORE_SERVER_TOO_OLD', `The server is PostgreSQL ${Math.floor(version / 10_000)}.`);
}

function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
