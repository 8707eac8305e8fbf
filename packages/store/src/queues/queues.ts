import { problem, toProblem } from '@joinery/problems';
import { type Logger, silentLogger, systemClock } from '@joinery/runtime';
import { sql } from 'drizzle-orm';
import { type Clock as BossClock, type Job as BossJob, fromDrizzle, type JobResult, PgBoss } from 'pg-boss';
import type { Database } from '../database.ts';
import type { Queries } from '../session.ts';
import { bossDatabase } from './boss-database.ts';
import { type DeadJob, deadLetterName, type QueueDefinition, type SendOptions } from './definition.ts';

export interface QueuesOptions {
  readonly logger?: Logger;
  /** Stops the queues when aborted. */
  readonly signal?: AbortSignal;
  /**
   * Seconds between looks for jobs that other processes sent or whose time has come; 5 where left out.
   * What this process sends starts at once.
   */
  readonly pollSeconds?: number;
  /** pg-boss's own clock in place of the system's: its `TestClock` also moves the time that the database sees. */
  readonly clock?: BossClock;
}

export interface Queues {
  /** Makes a queue known here, and works it where it has a handler. Needed before anything is sent to it. */
  add<P extends object>(definition: QueueDefinition<P>): Promise<void>;
  /** Stops working a queue here and waits for its running jobs. Its jobs stay for other processes. */
  remove(name: string): Promise<void>;
  /**
   * Puts a job into a queue, in the transaction of `queries`: the job exists exactly when the transaction commits.
   * @param queries the transaction's handle, or `database.drizzle` outside of one
   * @returns the job's id, or undefined where the queue's policy already has one
   * @throws STORE_QUEUE_UNKNOWN before `add`
   */
  send<P extends object>(
    queries: Queries,
    definition: QueueDefinition<P>,
    payload: P,
    options?: SendOptions,
  ): Promise<string | undefined>;
  /** The jobs of a queue that were given up, newest last. */
  deadJobs(name: string): Promise<DeadJob[]>;
  /** Puts jobs that were given up back into their queue, oldest first; returns how many. */
  redrive(name: string): Promise<number>;
  /**
   * Takes no more jobs and waits for the running ones.
   * @param graceMs milliseconds until jobs still running are aborted and given back; 10,000 where left out. The database may be
   *   closed afterwards: a job that heeds its signal has ended by then
   */
  stop(graceMs?: number): Promise<void>;
}

const DAY_SECONDS = 86_400;

/** Milliseconds that an aborted job may take to end. */
const ABORTED_MS = 5_000;

/** After this many seconds without a sign of life a job's process counts as dead (pg-boss allows no less than 10). */
const HEARTBEAT_SECONDS = 30;

/** Names the lock under which the schema is made; any constant does, as long as it never changes. */
const schemaLock = 7_460_415_239n;

/**
 * Starts the queues of a database (pg-boss, in a schema of its own that it migrates itself). `add` each queue before use.
 * @throws STORE_UNAVAILABLE and whatever else the database says
 */
export async function openQueues(database: Database, options: QueuesOptions = {}): Promise<Queues> {
  const logger = options.logger ?? silentLogger;
  options.signal?.throwIfAborted();
  const embedded = database.engine === 'pglite';
  if (!embedded) await makeSchema(database);
  const boss = new PgBoss({
    db: bossDatabase(database),
    backend: embedded ? 'pglite' : 'postgres',
    ...(options.clock && { clock: options.clock }),
    // Looks for due times twice a minute; job dependencies ("flows") are not used here.
    cronWorkerIntervalSeconds: 30,
    flowIntervalSeconds: 600,
    // A queue missing from the cache is looked up outside the sender's transaction, which is refused: `add` fills it, nothing empties it.
    queueCacheIntervalSeconds: DAY_SECONDS,
    reindex: !embedded,
  });
  boss.on('error', (error) => logger.warn({ error }, 'a queue could not be served; it is tried again'));
  boss.on('warning', (warning) => logger.warn({ warning }, 'the queues need attention'));
  const queues = new BossQueues(boss, database, logger, options.pollSeconds ?? 5);
  try {
    await boss.start();
    if (embedded) await queues.recoverOrphans();
  } catch (error) {
    await queues.stop(0);
    throw error;
  }
  options.signal?.addEventListener('abort', () => {
    queues.stop(0).catch((error: unknown) => logger.warn({ error }, 'the queues did not stop cleanly'));
  });
  return queues;
}

/**
 * Makes pg-boss's schema before it does: of processes that start on one empty database at once, all but one would stumble over
 * its `create schema if not exists`, which looks before the others have committed.
 */
async function makeSchema(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${schemaLock})`);
    // Looked up first: a login that may not create schemas may still use one that is there.
    const { rows } = await tx.execute<{ missing: boolean }>(sql`select to_regnamespace('pgboss') is null as missing`);
    if (rows[0]?.missing) await tx.execute(sql`create schema pgboss`);
  });
}

class BossQueues implements Queues {
  readonly #boss: PgBoss;
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #pollSeconds: number;
  /** The workers of each queue that was added; none where the process only sends. */
  readonly #workers = new Map<string, string[]>();
  /** Aborted when the grace for running jobs is over. pg-boss's own abort comes without a wait for the handlers. */
  readonly #ending = new AbortController();
  #stopped: Promise<void> | undefined;

  constructor(boss: PgBoss, database: Database, logger: Logger, pollSeconds: number) {
    this.#boss = boss;
    this.#database = database;
    this.#logger = logger;
    this.#pollSeconds = pollSeconds;
  }

  /** PGlite has one process: whatever was running when it opened the database died with the one before. */
  async recoverOrphans(): Promise<void> {
    const { rows } = await this.#database.drizzle.execute<{ name: string; ids: string[] }>(
      sql`select name, array_agg(id::text) as ids from pgboss.job where state = 'active' group by name`,
    );
    for (const { name, ids } of rows) await this.#boss.fail(name, ids, { message: 'The process ended.' });
  }

  async add<P extends object>(definition: QueueDefinition<P>): Promise<void> {
    const { name } = definition;
    const settings = {
      retryLimit: definition.retryLimit ?? 10,
      retryDelay: definition.retryDelaySeconds ?? 5,
      retryDelayMax: definition.retryDelayMaxSeconds ?? 600,
      retryBackoff: true,
      expireInSeconds: definition.deadlineSeconds ?? 900,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deadLetter: deadLetterName(name),
    };
    await this.#boss.createQueue(deadLetterName(name), { retentionSeconds: 90 * DAY_SECONDS });
    await this.#boss.createQueue(name, { ...settings, policy: definition.policy ?? 'standard' });
    // A queue that an older version made keeps its settings until told otherwise.
    await this.#boss.updateQueue(name, settings);
    await this.#warm(name);
    const { schedule } = definition;
    if (schedule === undefined) await this.#boss.unschedule(name);
    else await this.#boss.schedule(name, schedule.cron, schedule.payload, { tz: schedule.timeZone ?? 'UTC' });
    await this.#work(definition);
  }

  /** Any look at a queue fills pg-boss's cache of it; later sends then need no query outside their transaction. */
  async #warm(name: string): Promise<void> {
    await this.#boss.findJobs(name, { id: '00000000-0000-0000-0000-000000000000' });
    if (!this.#workers.has(name)) this.#workers.set(name, []);
  }

  async #work<P extends object>(definition: QueueDefinition<P>): Promise<void> {
    const { name, handler } = definition;
    const ids = this.#workers.get(name) ?? [];
    if (handler === undefined || ids.length > 0) return;
    // One registration per worker, so that each can be woken by its id.
    for (let count = definition.concurrency ?? 1; count > 0; count--) {
      const self: { id?: string } = {};
      self.id = await this.#boss.work<object, void, { perJobResults: true; pollingIntervalSeconds: number }>(
        name,
        { perJobResults: true, pollingIntervalSeconds: this.#pollSeconds },
        async (jobs) => {
          const results: JobResult[] = [];
          for (const job of jobs) results.push(await this.#run(definition, handler, job));
          // Looks for the next job at once instead of after the poll interval.
          if (self.id !== undefined) this.#boss.notifyWorker(self.id);
          return results;
        },
      );
      ids.push(self.id);
    }
    this.#workers.set(name, ids);
  }

  async #run<P extends object>(
    definition: QueueDefinition<P>,
    handler: NonNullable<QueueDefinition<P>['handler']>,
    job: BossJob,
  ): Promise<JobResult> {
    try {
      const payload = parsePayload(definition, job.data);
      const signal = AbortSignal.any([job.signal, this.#ending.signal]);
      await handler({ id: job.id, payload, attempt: job.retryCount + 1, signal });
      return { id: job.id, status: 'completed' };
    } catch (error) {
      const fault = toProblem(error);
      this.#logger.warn({ queue: definition.name, job: job.id, code: fault.code, error }, 'a job failed');
      const status = fault.retry === 'never' ? 'deadletter' : 'failed';
      return { id: job.id, status, output: { code: fault.code, message: fault.message } };
    }
  }

  async remove(name: string): Promise<void> {
    await this.#boss.offWork(name);
    this.#workers.set(name, []);
  }

  async send<P extends object>(
    queries: Queries,
    definition: QueueDefinition<P>,
    payload: P,
    options: SendOptions = {},
  ): Promise<string | undefined> {
    const { name } = definition;
    if (!this.#workers.has(name)) throw problem('STORE_QUEUE_UNKNOWN', `The queue ${name} was not added.`);
    const id = await this.#boss.send(name, payload, {
      db: fromDrizzle(queries, sql),
      ...(options.key !== undefined && { singletonKey: options.key }),
      ...(options.notBefore !== undefined && { startAfter: new Date(options.notBefore) }),
      ...(options.priority !== undefined && { priority: options.priority }),
    });
    this.#database.afterCommit(() => this.#wake(name));
    return id ?? undefined;
  }

  #wake(name: string): void {
    for (const id of this.#workers.get(name) ?? []) this.#boss.notifyWorker(id);
  }

  async deadJobs(name: string): Promise<DeadJob[]> {
    const jobs = await this.#boss.findJobs(deadLetterName(name));
    return jobs.map((job) => ({
      id: job.id,
      payload: job.data,
      fault: job.sourceOutput,
      diedAt: job.createdOn,
    }));
  }

  async redrive(name: string): Promise<number> {
    const moved = await this.#boss.redrive(deadLetterName(name));
    this.#wake(name);
    return moved;
  }

  stop(graceMs = 10_000): Promise<void> {
    this.#stopped ??= this.#end(graceMs);
    return this.#stopped;
  }

  async #end(graceMs: number): Promise<void> {
    const end = (): void => this.#ending.abort(problem('RUNTIME_CANCELLED', 'The process stops.'));
    const stopTimer = systemClock.timer(graceMs, end);
    try {
      await this.#boss.stop({ graceful: true, timeout: graceMs + ABORTED_MS });
    } finally {
      stopTimer();
    }
  }
}

function parsePayload<P extends object>(definition: QueueDefinition<P>, data: unknown): P {
  try {
    return definition.parse(data);
  } catch (cause) {
    throw problem('STORE_JOB_INVALID', `The payload of a job in ${definition.name} is not what the queue carries.`, {
      cause,
    });
  }
}
