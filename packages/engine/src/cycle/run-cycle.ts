import { isProblem, problem } from '@joinery/problems';
import { type BatchRun, batchLimit, type RunOptions } from '../apply/batch-run.ts';
import { Claims } from '../apply/claims.ts';
import { countStaged, readStaged } from '../apply/staged.ts';
import { readDue } from '../escrow/escrow.ts';
import { failPoint } from '../fail-points.ts';
import { compileJob } from '../job/compile.ts';
import type { Job, JobKey } from '../job/job.ts';
import { readJob } from '../job/store.ts';
import { analyzeLinks } from '../links/analyze-links.ts';
import { readUnseenLinks } from '../links/read-links.ts';
import { provisioningService } from '../logs/summary.ts';
import type { SourceEntry } from '../source/entry.ts';
import type { SourceKey } from '../source/key.ts';
import { deletedEntry, type SourcePage } from '../source/reader.ts';
import { type CycleCounts, noCounts } from './counts.ts';
import type { Cycle, CycleKind, CyclePhase } from './cycle.ts';
import { type DeletionGuard, type GuardDecision, thresholdGuard } from './guard.ts';
import { parsePosition, printPosition } from './position.ts';
import { type CyclePlace, runPage } from './run-page.ts';
import { sideBySide } from './side-by-side.ts';
import { endCycle, insertCycle, readUnfinishedCycle, saveCycle, takeCycle } from './store.ts';

/** What a cycle works with. */
export interface CycleOptions extends RunOptions {
  /** Replaces the guard that the job's settings describe. */
  readonly guard?: DeletionGuard;
  /** Told after every page; for progress on a screen. */
  readonly onProgress?: (cycle: Cycle) => void;
}

export interface CycleResult {
  readonly cycleId: string;
  readonly kind: CycleKind;
  /** True: an earlier run had begun this cycle. */
  readonly resumed: boolean;
  readonly counts: CycleCounts;
  /** What the guard decided; null where nothing was staged. */
  readonly guard: GuardDecision | null;
  /** False: schema or scope changed, or a restart came, while the cycle ran; the next cycle is initial. */
  readonly settled: boolean;
}

/**
 * Runs one cycle of a job to its end, or ends the one that an earlier run was cut off in: initial where the job has no
 * watermark, incremental otherwise. Reads page by page; memory does not grow with the number of objects.
 * One run per job at a time: the caller's queue sees to that, a second beginning is refused by the database.
 * @throws ENGINE_JOB_UNKNOWN, ENGINE_JOB_PAUSED, ENGINE_JOB_NOT_CONFIGURED, what `compileJob` throws, ENGINE_TARGET_DOWN,
 *   ENGINE_CYCLE_TAKEN, faults of source and store; the cycle stays where it was and goes on with the next run
 */
export async function runCycle(key: JobKey, options: CycleOptions): Promise<CycleResult> {
  const job = await readJob(options.database.drizzle, key);
  const unfinished = await readUnfinishedCycle(options.database.drizzle, key);
  if (unfinished === undefined) refuseStopped(job);
  const runner = options.random.uuid();
  const opened =
    unfinished === undefined
      ? await openCycle(job, runner, options)
      : await takeCycle(options.database.drizzle, key, unfinished, runner);
  failPoint('cycle.opened');
  const result = await new CycleRunner(job, opened, options).run();
  return { ...result, resumed: unfinished !== undefined };
}

function refuseStopped(job: Job): void {
  if (job.state === 'Paused') throw problem('ENGINE_JOB_PAUSED', `The job ${job.jobId} is paused.`);
  if (job.state === 'NotConfigured') {
    throw problem('ENGINE_JOB_NOT_CONFIGURED', `The job ${job.jobId} has no credentials for its target.`);
  }
}

async function openCycle(
  job: Job,
  runner: string,
  { database, source, clock, random, signal }: CycleOptions,
): Promise<Cycle> {
  const cycle: Cycle = {
    id: random.uuid(),
    kind: job.watermark === null ? 'initial' : 'incremental',
    generation: job.generation,
    phase: 'read',
    // Before the first page: what changes during the read comes with the next cycle.
    watermark: job.watermark ?? (await source.watermark(signal)),
    position: null,
    counts: noCounts,
    startedAt: new Date(clock.now()),
    runner,
  };
  await insertCycle(database.drizzle, job, cycle);
  return cycle;
}

/** Pages of a full read under way at the same time. Memory is bounded by it; a third brings nothing, as one is always waiting for the store. */
const pagesInFlight = 2;

class CycleRunner {
  readonly #job: Job;
  readonly #options: CycleOptions;
  readonly #run: BatchRun;
  readonly #place: CyclePlace;
  #guard: GuardDecision | null = null;

  constructor(job: Job, cycle: Cycle, options: CycleOptions) {
    const { database, target, clock, random, logger, signal } = options;
    this.#job = job;
    this.#place = { cycle };
    this.#options = options;
    this.#run = {
      database,
      target,
      job,
      compiled: compileJob(job.schema),
      settings: job.settings,
      context: { settings: job.settings, expressions: { ...options.expressions, clock, random } },
      claims: new Claims(pagesInFlight),
      runner: cycle.runner,
      log: { cycleId: cycle.id, initiatedBy: provisioningService, clock, random },
      clock,
      random,
      logger: logger.child({ job: job.jobId, cycle: cycle.id }),
      signal,
    };
  }

  async run(): Promise<Omit<CycleResult, 'resumed'>> {
    const { database, clock, logger } = this.#options;
    if (this.#cycle.phase === 'read') await this.#read();
    if (this.#cycle.phase === 'sweep') await this.#sweep();
    if (this.#cycle.phase === 'retry') await this.#retry();
    await this.#executeStaged();
    failPoint('cycle.closing');
    const settled = await database.transaction((tx) => endCycle(tx, this.#job, this.#cycle, new Date(clock.now())), {
      signal: this.#options.signal,
    });
    failPoint('cycle.closed');
    const { id, kind, counts } = this.#cycle;
    logger.info({ job: this.#job.jobId, cycle: id, kind, ...counts }, 'the cycle has ended');
    return { cycleId: id, kind, counts, guard: this.#guard, settled };
  }

  async #read(): Promise<void> {
    if (this.#cycle.kind === 'incremental') {
      if (await this.#readChanges()) return this.#enter('retry');
      // The feed no longer reaches back that far: everything is read, and the sweep finds who is gone (engine sheet 6).
      this.#options.logger.warn({ job: this.#job.jobId }, 'the change feed has expired; reading everything');
      const watermark = await this.#options.source.watermark(this.#run.signal);
      await this.#save({ kind: 'initial', watermark, position: null });
    }
    await this.#readAll();
    await this.#enter('sweep');
  }

  /**
   * Two pages at a time: while the outcomes of one are committed, the target is asked for the other. The planner hears of the
   * links after the first page, and again whenever there are ten times as many.
   */
  async #readAll(): Promise<void> {
    let analyzeAt = 1;
    await sideBySide(this.#pages(), pagesInFlight, async (page, turn) => {
      await this.#page(page.entries, { position: page.next }, turn);
      const { read } = this.#cycle.counts;
      if (read < analyzeAt) return;
      analyzeAt = 10 * read;
      await analyzeLinks(this.#options.database.drizzle);
    });
  }

  async *#pages(): AsyncGenerator<SourcePage> {
    let { position } = this.#cycle;
    do {
      const page = await this.#options.source.readAll(position, batchLimit, this.#run.signal);
      position = page.next;
      yield page;
    } while (position !== null);
  }

  /** @returns false when the feed has expired */
  async #readChanges(): Promise<boolean> {
    const { source } = this.#options;
    for (;;) {
      try {
        const page = await source.readChanges(this.#cycle.watermark, batchLimit, this.#run.signal);
        await this.#page(page.entries, { watermark: page.watermark });
        if (!page.more) return true;
      } catch (error) {
        if (isProblem(error, 'ENGINE_WATERMARK_EXPIRED')) return false;
        throw error;
      }
    }
  }

  /**
   * Connected objects that a full read did not show: gone from the source while no feed told so (a restart, an expired
   * watermark). Deprovisioning is never lost; each is looked up by its id first, so none is taken for gone by mistake.
   */
  async #sweep(): Promise<void> {
    const { database } = this.#options;
    for (;;) {
      const after = parsePosition(this.#cycle.position);
      const links = await readUnseenLinks(database.drizzle, this.#job, this.#cycle.id, after, batchLimit);
      const last = links.at(-1);
      if (last === undefined) break;
      await this.#page(await this.#present(links), { position: printPosition(last) });
    }
    await this.#enter('execute');
  }

  /** Objects whose last attempt failed and whose time has come, as they are now (engine sheet 16.1). An initial cycle reads everyone anyway. */
  async #retry(): Promise<void> {
    const { database } = this.#options;
    for (;;) {
      const after = parsePosition(this.#cycle.position);
      const keys = await readDue(database.drizzle, this.#job, this.#cycle, after, batchLimit);
      const last = keys.at(-1);
      if (last === undefined) break;
      await this.#page(await this.#present(keys), { position: printPosition(last) });
    }
    await this.#enter('execute');
  }

  /**
   * Disables and deletes, last and in one place: counted, put before the guard once, then carried out or held. What has
   * come back into scope since it was staged is planned as what it is now.
   */
  async #executeStaged(): Promise<void> {
    const { database } = this.#options;
    const ofCycle = this.#job.forceDeletes && this.#cycle.phase === 'execute' ? null : this.#cycle.id;
    if (this.#cycle.phase === 'execute' && this.#cycle.position === null) {
      const count = await countStaged(database.drizzle, this.#job, ofCycle);
      if (count === 0) return;
      const guard = this.#options.guard ?? thresholdGuard(this.#job.settings.deleteThreshold, this.#job.forceDeletes);
      this.#guard = guard(count);
      if (!this.#guard.allow) await this.#hold(this.#guard);
    }
    for (;;) {
      const after = parsePosition(this.#cycle.position);
      const keys = await readStaged(database.drizzle, this.#job, ofCycle, after, batchLimit);
      const last = keys.at(-1);
      if (last === undefined) return;
      await this.#page(await this.#present(keys), { position: printPosition(last) });
    }
  }

  async #hold({ staged, threshold }: GuardDecision): Promise<void> {
    this.#run.logger.warn(
      { staged, threshold },
      'the deletion guard holds back every disable and delete of this cycle',
    );
    await this.#enter('hold');
  }

  /** The objects of some keys as the source has them now; those it has not are deleted. */
  async #present(keys: readonly SourceKey[]): Promise<readonly SourceEntry[]> {
    const entries: SourceEntry[] = [];
    for (const type of new Set(keys.map((key) => key.sourceType))) {
      const ids = keys.filter((key) => key.sourceType === type).map((key) => key.sourceId);
      const found = await this.#options.source.readSome(type, ids, this.#run.signal);
      const there = new Set(found.map((entry) => entry.id));
      const gone = ids.filter((id) => !there.has(id));
      entries.push(...found, ...gone.map((id) => deletedEntry(type, id)));
    }
    return entries;
  }

  async #page(entries: readonly SourceEntry[], change: Partial<Cycle>, turn = Promise.resolve()): Promise<void> {
    const { phase } = this.#cycle;
    const mode = phase === 'execute' || phase === 'hold' ? phase : 'stage';
    await runPage(this.#run, this.#place, entries, mode, change, turn);
    this.#options.onProgress?.(this.#cycle);
  }

  async #enter(phase: CyclePhase): Promise<void> {
    await this.#save({ phase, position: null });
    failPoint('phase.changed');
  }

  async #save(change: Partial<Cycle>): Promise<void> {
    const cycle = { ...this.#cycle, ...change };
    await saveCycle(this.#options.database.drizzle, this.#job, cycle);
    this.#place.cycle = cycle;
  }

  get #cycle(): Cycle {
    return this.#place.cycle;
  }
}
