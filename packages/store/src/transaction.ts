import { AsyncLocalStorage } from 'node:async_hooks';
import { isProblem, type Problem, problem } from '@joinery/problems';
import { type Clock, pause, type Random } from '@joinery/runtime';
import type { PoolClient } from 'pg';
import type { Engine } from './engine/engine.ts';
import { isIdle, type Transaction, transactionQueries } from './session.ts';
import { fromSqlError } from './sql-error.ts';

export interface TransactionOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the transaction is rolled back; the database's `transactionMs` where left out. */
  readonly deadlineMs?: number;
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
  /** Milliseconds a single statement may take, where it must be longer than the database's `statementMs`. */
  readonly statementMs?: number;
  /**
   * How often the work may run in all when another transaction gets in its way (deadlock, serialization failure); 1 where left out.
   * Say more than 1 only for work whose every effect is in the transaction.
   */
  readonly attempts?: number;
}

/** One transaction as seen by the code inside it. */
export interface TransactionScope {
  open: boolean;
  readonly afterCommit: (() => void)[];
}

const scopes = new AsyncLocalStorage<ReadonlyMap<Engine, TransactionScope>>();

/** The open transaction that the running code is inside of, on this database. */
export function scopeOf(engine: Engine): TransactionScope | undefined {
  const scope = scopes.getStore()?.get(engine);
  return scope?.open ? scope : undefined;
}

/**
 * Refuses the outer handle inside a transaction: with one connection (PGlite) it would wait for the transaction for ever,
 * and with several it would work outside the transaction unnoticed.
 * @throws STORE_OUTER_QUERY_IN_TRANSACTION
 */
export function refuseInTransaction(engine: Engine): void {
  if (scopeOf(engine) === undefined) return;
  throw problem('STORE_OUTER_QUERY_IN_TRANSACTION', 'The database handle was used inside a transaction on it.');
}

export interface TransactionSettings {
  readonly clock: Clock;
  readonly random: Random;
  readonly transactionMs: number;
  /** Hears of faults while cleaning up, when a better one is already on its way to the caller. */
  readonly onFault: (error: unknown) => void;
}

/** See `Database.transaction`. */
export async function runTransaction<T>(
  engine: Engine,
  settings: TransactionSettings,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  refuseInTransaction(engine);
  const signal = options.signal ?? new AbortController().signal;
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(engine, settings, work, options, signal);
    } catch (error) {
      if (!isProblem(error, 'STORE_SERIALIZATION') || attempt >= (options.attempts ?? 1)) throw error;
      // Apart by chance, so that the same two do not meet again: 5 to 36 ms, doubled each time.
      const spread = 5 + ((settings.random.bytes(1)[0] ?? 0) & 31);
      await pause(settings.clock, spread * 2 ** (attempt - 1), signal);
    }
  }
}

async function runOnce<T>(
  engine: Engine,
  settings: TransactionSettings,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
  signal: AbortSignal,
): Promise<T> {
  const limit = options.deadlineMs ?? settings.transactionMs;
  const end = new AbortController();
  const abort = (): void => end.abort(signal.reason);
  signal.throwIfAborted();
  const client = await engine.pool.connect().catch((error: unknown) => {
    throw fromSqlError(error);
  });
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const stopTimer = settings.clock.timer(limit, () =>
    end.abort(problem('STORE_TRANSACTION_TIMEOUT', `A transaction was still open after ${limit} ms.`)),
  );
  const cut = new Promise<never>((_, reject) => {
    const stop = (): void => reject(end.signal.reason);
    if (end.signal.aborted) stop();
    else end.signal.addEventListener('abort', stop, { once: true });
  });
  const scope: TransactionScope = { open: true, afterCommit: [] };
  try {
    const result = await Promise.race([inTransaction(engine, client, settings, work, options, scope), cut]);
    for (const callback of scope.afterCommit) callback();
    return result;
  } catch (error) {
    throw fromSqlError(error);
  } finally {
    scope.open = false;
    stopTimer();
    signal.removeEventListener('abort', abort);
    if (end.signal.aborted) {
      engine.cancel(client).catch(settings.onFault);
      client.release(true);
    } else client.release(!isIdle(client));
  }
}

async function inTransaction<T>(
  engine: Engine,
  client: PoolClient,
  settings: TransactionSettings,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
  scope: TransactionScope,
): Promise<T> {
  const tx = transactionQueries(client, () => refuseAfterEnd(scope));
  const isolation = options.isolation ?? 'read committed';
  await client.query(`begin isolation level ${isolation} ${options.readOnly ? 'read only' : 'read write'}`);
  const restore =
    options.statementMs === undefined ? () => {} : await engine.allowStatement(client, options.statementMs);
  let result: T;
  try {
    result = await scopes.run(new Map(scopes.getStore()).set(engine, scope), () => work(tx));
  } catch (error) {
    // Where even the rollback fails the connection is gone, and the transaction with it; the first error tells why.
    await client.query('rollback').catch(settings.onFault);
    throw error;
  } finally {
    restore();
  }
  if (scope.open) await commit(client);
  return result;
}

async function commit(client: PoolClient): Promise<void> {
  const answer = await client.query('commit').catch((error: unknown) => {
    const fault = fromSqlError(error);
    throw isProblem(fault, 'STORE_UNAVAILABLE') ? commitUnknown(fault) : fault;
  });
  // PostgreSQL answers a commit after a failed statement with a rollback, and no error.
  if (answer.command !== 'COMMIT') {
    throw problem('STORE_TRANSACTION_ROLLED_BACK', 'A statement had failed before the commit.');
  }
}

function commitUnknown(cause: Problem): Problem {
  return problem('STORE_COMMIT_UNKNOWN', 'The connection broke during the commit.', { cause });
}

function refuseAfterEnd(scope: TransactionScope): void {
  if (scope.open) return;
  throw problem('STORE_TRANSACTION_TIMEOUT', 'The transaction has ended; its handle is of no more use.');
}
