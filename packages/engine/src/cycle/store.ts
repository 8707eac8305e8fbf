import { problem } from '@joinery/problems';
import type { Queries } from '@joinery/store';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Job, JobKey } from '../job/job.ts';
import { cycles, jobs } from '../tables.ts';
import { parseCounts } from './counts.ts';
import { type Cycle, cycleKinds, cyclePhases } from './cycle.ts';

/** The cycle that a job has begun and not ended; one at most. */
export async function readUnfinishedCycle(queries: Queries, job: JobKey): Promise<Cycle | undefined> {
  const [row] = await queries
    .select()
    .from(cycles)
    .where(and(ofJob(job), isNull(cycles.endedAt)))
    .limit(1);
  return row === undefined ? undefined : toCycle(row);
}

/** The last cycle that ended, for a job's status. */
export async function readLastCycle(
  queries: Queries,
  job: JobKey,
): Promise<(Cycle & { readonly endedAt: Date }) | undefined> {
  const [row] = await queries
    .select()
    .from(cycles)
    .where(and(ofJob(job), sql`${cycles.endedAt} is not null`))
    .orderBy(desc(cycles.startedAt))
    .limit(1);
  if (row === undefined || row.endedAt === null) return undefined;
  return { ...toCycle(row), endedAt: row.endedAt };
}

/** @throws the unique violation of a second cycle begun at the same time */
export async function insertCycle(queries: Queries, job: JobKey, cycle: Cycle): Promise<void> {
  await queries.insert(cycles).values({ ...cycle, tenantId: job.tenantId, jobId: job.jobId });
}

/**
 * Makes a run the one that works on a cycle which an earlier run was cut off in. Where the earlier one is alive after all
 * (its process hung, and the queue took it for dead), it can commit nothing from here on.
 */
export async function takeCycle(queries: Queries, job: JobKey, cycle: Cycle, runner: string): Promise<Cycle> {
  await queries
    .update(cycles)
    .set({ runner })
    .where(and(eq(cycles.tenantId, job.tenantId), eq(cycles.id, cycle.id)));
  return { ...cycle, runner };
}

/**
 * Moves a cycle on; in the transaction of the outcomes that it has come past.
 * @throws ENGINE_CYCLE_TAKEN
 */
export async function saveCycle(queries: Queries, job: JobKey, cycle: Cycle): Promise<void> {
  const { kind, phase, watermark, position, counts } = cycle;
  const saved = await queries.update(cycles).set({ kind, phase, watermark, position, counts }).where(ofRun(job, cycle));
  if ((saved.rowCount ?? 0) === 0) throw taken(job);
}

/**
 * Ends a cycle and hands its watermark to the job, unless schema, scope or a restart have made the job begin anew meanwhile
 * (engine sheet 2: the running cycle ends as it began, the next one is initial).
 * @returns whether the job took the watermark
 * @throws ENGINE_CYCLE_TAKEN
 */
export async function endCycle(queries: Queries, job: Job, cycle: Cycle, endedAt: Date): Promise<boolean> {
  const ended = await queries.update(cycles).set({ counts: cycle.counts, endedAt }).where(ofRun(job, cycle));
  if ((ended.rowCount ?? 0) === 0) throw taken(job);
  const ofKey = and(eq(jobs.tenantId, job.tenantId), eq(jobs.id, job.jobId));
  await queries
    .update(jobs)
    .set({
      // Spent where this cycle executed by it; one that was given meanwhile waits for the next.
      ...(job.forceDeletes && cycle.phase !== 'hold' ? { forceDeletes: false } : {}),
      state: sql`case when ${jobs.state} = 'NotRun' then 'Active' else ${jobs.state} end`,
    })
    .where(ofKey);
  const settled = await queries
    .update(jobs)
    .set({ watermark: cycle.watermark })
    .where(and(ofKey, eq(jobs.generation, cycle.generation)));
  return (settled.rowCount ?? 0) > 0;
}

function ofRun(job: JobKey, cycle: Cycle) {
  return and(eq(cycles.tenantId, job.tenantId), eq(cycles.id, cycle.id), eq(cycles.runner, cycle.runner));
}

function taken(job: JobKey) {
  return problem('ENGINE_CYCLE_TAKEN', `Another run works on the cycle of the job ${job.jobId}, or the job is gone.`);
}

function ofJob(job: JobKey) {
  return and(eq(cycles.tenantId, job.tenantId), eq(cycles.jobId, job.jobId));
}

function toCycle(row: typeof cycles.$inferSelect): Cycle {
  return {
    id: row.id,
    kind: known(cycleKinds, row.kind),
    generation: row.generation,
    phase: known(cyclePhases, row.phase),
    watermark: row.watermark,
    position: row.position,
    counts: parseCounts(row.counts),
    startedAt: row.startedAt,
    runner: row.runner ?? '',
  };
}

function known<W extends string>(words: readonly W[], text: string): W {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined)
    throw problem('ENGINE_STORED_VALUE', `A cycle holds "${text}" where one of ${words.join(', ')} belongs.`);
  return word;
}
