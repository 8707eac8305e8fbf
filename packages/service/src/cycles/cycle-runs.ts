import type { Directory } from '@joinery/directory';
import {
  type CycleResult,
  type JobKey,
  listJobs,
  readJob,
  readLastCycle,
  readUnfinishedCycle,
  runCycle,
} from '@joinery/engine';
import { isProblem } from '@joinery/problems';
import { type Clock, type Logger, pause, type Random } from '@joinery/runtime';
import type { Database, Queries, QueueDefinition, Queues } from '@joinery/store';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { directoryReader } from '../source/directory-reader.ts';
import { openTarget } from '../target/open-target.ts';
import { jobKeyText, parseJobKey } from './job-key.ts';

export interface CycleRunsOptions {
  readonly database: Database;
  readonly queues: Queues;
  readonly directory: Directory;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Minutes from the end of a cycle to the start of the next. */
  readonly cycleMinutes: number;
}

/** A cycle of a large directory takes hours; its process is known to be alive by a heartbeat long before. */
const longestCycleSeconds = 6 * 3_600;
const moot: ReadonlySet<string> = new Set(['ENGINE_JOB_PAUSED', 'ENGINE_JOB_UNKNOWN', 'ENGINE_CYCLE_TAKEN']);
/** Milliseconds between looks for the end of a cycle that another process may have run. */
const lookMs = 1_000;
/** Cycles of different jobs that this process runs at a time. */
const concurrency = 4;

/**
 * Runs cycles, each as a job of a queue, so that one job's cycles never run twice at once whichever process they were asked of, and a
 * cycle that was cut off goes on. What asks for a cycle may wait for its result.
 */
export class CycleRuns {
  readonly #options: CycleRunsOptions;
  readonly #waiters = new Map<string, PromiseWithResolvers<CycleResult>[]>();
  /** Jobs whose cycle runs in this process. */
  readonly #running = new Set<string>();
  readonly #queue: QueueDefinition<JobKey>;

  constructor(options: CycleRunsOptions) {
    this.#options = options;
    this.#queue = {
      name: 'provisioning-cycles',
      // One running and one waiting for each job: a request during a cycle is a cycle after it, further ones change nothing.
      policy: 'stately',
      concurrency,
      deadlineSeconds: longestCycleSeconds,
      parse: parseJobKey,
      handler: ({ payload, signal }) => this.#work(payload, signal),
    };
  }

  /** Begins to work the queue, and to look every minute for jobs whose next cycle is due. */
  async start(): Promise<void> {
    const { queues } = this.#options;
    await queues.add(this.#queue);
    await queues.add<Record<string, never>>({
      name: 'provisioning-due',
      policy: 'singleton',
      retryLimit: 0,
      schedule: { cron: '* * * * *', payload: {} },
      parse: () => ({}),
      handler: ({ signal }) => this.#requestDue(signal),
    });
  }

  /**
   * Asks for a cycle; it begins at once where none of the job runs.
   * @param queries a transaction's handle, so that the cycle is queued exactly when it commits
   */
  async request(queries: Queries, { tenantId, jobId }: JobKey): Promise<void> {
    const key = { tenantId, jobId };
    await this.#options.queues.send(queries, this.#queue, key, { key: jobKeyText(key) });
  }

  /**
   * Asks for a cycle and waits for its end. The cycle goes on when the caller leaves.
   * @throws what the cycle ended with; it is tried again by itself where that may help
   */
  async runAndWait(key: JobKey, signal: AbortSignal): Promise<CycleResult> {
    signal.throwIfAborted();
    const name = jobKeyText(key);
    const waiter = Promise.withResolvers<CycleResult>();
    // A cycle may fail after its caller has left; the queue has written that down.
    waiter.promise.catch(() => undefined);
    this.#waiters.set(name, [...(this.#waiters.get(name) ?? []), waiter]);
    // Ends the look for what another process did, once this one knows.
    const known = new AbortController();
    try {
      const since = this.#options.clock.now();
      await this.request(this.#options.database.drizzle, key);
      const elsewhere = this.#endedElsewhere(key, since, AbortSignal.any([signal, known.signal]));
      return await Promise.race([waiter.promise, elsewhere]);
    } finally {
      known.abort();
      this.#waiters.set(
        name,
        (this.#waiters.get(name) ?? []).filter((other) => other !== waiter),
      );
    }
  }

  /**
   * The first cycle that began after `since` and has ended, whichever process ran it. What the guard decided there is not stored, and
   * a cycle that failed there is tried again until it ends.
   */
  async #endedElsewhere(key: JobKey, since: number, signal: AbortSignal): Promise<CycleResult> {
    const { database, clock } = this.#options;
    for (;;) {
      await pause(clock, lookMs, signal);
      if (this.#running.has(jobKeyText(key))) continue;
      const last = await readLastCycle(database.drizzle, key);
      if (last === undefined || last.startedAt.getTime() < since) continue;
      const { id, kind, counts } = last;
      return { cycleId: id, kind, counts, resumed: false, guard: null, settled: true };
    }
  }

  async #work(key: JobKey, signal: AbortSignal): Promise<void> {
    const name = jobKeyText(key);
    // Who asks from here on asks for the next cycle: this one may have read past what they changed.
    const waiters = this.#waiters.get(name) ?? [];
    this.#waiters.delete(name);
    this.#running.add(name);
    try {
      const result = await this.#run(key, signal);
      for (const waiter of waiters) waiter.resolve(result);
      // Mappings, scope or a restart came in between: what they ask for does not wait for the interval.
      if (!result.settled) await this.request(this.#options.database.drizzle, key);
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
      // Paused, deleted or taken over after the cycle was queued: nothing is left to do, and nobody is to be told.
      if (!isProblem(error) || !moot.has(error.code)) throw error;
    } finally {
      this.#running.delete(name);
    }
  }

  async #run(key: JobKey, signal: AbortSignal): Promise<CycleResult> {
    const { database, directory, credentials, clock, random, logger } = this.#options;
    const job = await readJob(database.drizzle, key);
    const target = await openTarget(await credentials.read(key.tenantId, job.servicePrincipalId, signal), clock);
    try {
      return await runCycle(key, {
        database,
        source: directoryReader(directory, key.tenantId, job.servicePrincipalId),
        target: target.client,
        clock,
        random,
        logger,
        signal,
      });
    } finally {
      await target.close();
    }
  }

  /** Asks for the cycles that are due: of started jobs, the interval after the last one ended. */
  async #requestDue(signal: AbortSignal): Promise<void> {
    const { database, directory, clock, cycleMinutes } = this.#options;
    for (const tenant of await directory.tenants.list(signal)) {
      for (const job of await listJobs(database.drizzle, tenant.id)) {
        signal.throwIfAborted();
        if (await this.#isDue(job, job.state, clock.now() - cycleMinutes * 60_000))
          await this.request(database.drizzle, job);
      }
    }
  }

  async #isDue(key: JobKey, state: string, before: number): Promise<boolean> {
    const { drizzle } = this.#options.database;
    // A cycle that was cut off is due at once; one that runs has its place in the queue, and a second waits behind it.
    if (state === 'Paused' || state === 'NotConfigured') return false;
    if ((await readUnfinishedCycle(drizzle, key)) !== undefined) return true;
    if (state !== 'Active') return false;
    const last = await readLastCycle(drizzle, key);
    return last === undefined || last.endedAt.getTime() <= before;
  }
}
