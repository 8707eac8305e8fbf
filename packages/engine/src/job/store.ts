import { problem } from '@joinery/problems';
import type { Queries } from '@joinery/store';
import { and, asc, eq, sql } from 'drizzle-orm';
import { cycles, jobs, links } from '../tables.ts';
import { type Job, type JobKey, jobStates } from './job.ts';
import { parseSynchronizationSchema } from './parse-schema.ts';
import { renderSynchronizationSchema } from './render-schema.ts';
import type { SynchronizationSchema } from './schema.ts';
import { type JobSettings, parseJobSettings } from './settings.ts';

/** What a new job is made of; it starts as `NotConfigured` (engine sheet 2). */
export interface JobDraft extends JobKey {
  readonly servicePrincipalId: string;
  readonly templateId: string;
  readonly schema: SynchronizationSchema;
  readonly settings: JobSettings;
  readonly createdAt: Date;
}

/** Stores a new job. Its schema may still be a template's: it is compiled when a cycle runs. */
export async function createJob(queries: Queries, draft: JobDraft): Promise<Job> {
  const { jobId, schema, ...rest } = draft;
  const [row] = await queries
    .insert(jobs)
    .values({ ...rest, id: jobId, schema: renderSynchronizationSchema(schema), state: 'NotConfigured' })
    .returning();
  return toJob(row, draft);
}

/** @throws ENGINE_JOB_UNKNOWN */
export async function readJob(queries: Queries, key: JobKey): Promise<Job> {
  const [row] = await queries.select().from(jobs).where(ofKey(key)).limit(1);
  return toJob(row, key);
}

/** The jobs of a tenant, or of one service principal of it, oldest first. */
export async function listJobs(
  queries: Queries,
  tenantId: string,
  servicePrincipalId?: string,
): Promise<readonly Job[]> {
  const rows = await queries
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.tenantId, tenantId),
        servicePrincipalId === undefined ? undefined : eq(jobs.servicePrincipalId, servicePrincipalId),
      ),
    )
    .orderBy(asc(jobs.createdAt), asc(jobs.id));
  return rows.map((row) => toJob(row, { tenantId, jobId: row.id }));
}

/**
 * Replaces mappings and scope. The watermark goes, so that the next cycle is initial; connections stay (engine behaviours 6, 7).
 * A cycle that runs ends without leaving its watermark.
 */
export async function saveSchema(queries: Queries, key: JobKey, schema: SynchronizationSchema): Promise<void> {
  await change(queries, key, {
    schema: renderSynchronizationSchema(schema),
    watermark: null,
    generation: nextGeneration,
  });
}

/** Replaces the settings. They hold from the next cycle on; `syncAll` from the next restart on, as in the original (engine sheet 7.1). */
export async function saveSettings(queries: Queries, key: JobKey, settings: JobSettings): Promise<void> {
  await change(queries, key, { settings });
}

/** Names where the credentials lie. A job that had none becomes `NotRun`: configured, not yet run. */
export async function saveSecretsReference(queries: Queries, key: JobKey, reference: string): Promise<void> {
  await change(queries, key, {
    secretsReference: reference,
    state: sql`case when ${jobs.state} = 'NotConfigured' then 'NotRun' else ${jobs.state} end`,
  });
}

/**
 * Starts or continues a job: from where it stood (engine behaviour 5).
 * @throws ENGINE_JOB_NOT_CONFIGURED without credentials
 */
export async function startJob(queries: Queries, key: JobKey): Promise<void> {
  const job = await readJob(queries, key);
  if (job.secretsReference === null) {
    throw problem('ENGINE_JOB_NOT_CONFIGURED', `The job ${key.jobId} has no credentials for its target.`);
  }
  await change(queries, key, { state: job.watermark === null ? 'NotRun' : 'Active' });
}

/** Pauses a job: a cycle that runs ends, no further one begins (engine behaviour 4). */
export async function pauseJob(queries: Queries, key: JobKey): Promise<void> {
  await change(queries, key, { state: 'Paused' });
}

/** Deletes a job with its cycles, connections and stage; its log rows stay until they age out. */
export async function deleteJob(queries: Queries, key: JobKey): Promise<void> {
  await queries.delete(jobs).where(ofKey(key));
}

/**
 * Clears the position and ends an unfinished cycle's claim on it: the next cycle is initial (engine sheet 17, `Watermark`).
 * A cycle that was cut off is not taken up again.
 */
export async function resetWatermark(queries: Queries, key: JobKey, now: Date): Promise<void> {
  await change(queries, key, { watermark: null, generation: nextGeneration });
  const ended = await queries
    .update(cycles)
    .set({ endedAt: now })
    .where(and(eq(cycles.tenantId, key.tenantId), eq(cycles.jobId, key.jobId), sql`${cycles.endedAt} is null`))
    .returning({ id: cycles.id });
  // Its claims end with it.
  for (const { id } of ended) {
    await queries
      .update(links)
      .set({ claimedUntil: null })
      .where(and(eq(links.tenantId, key.tenantId), eq(links.jobId, key.jobId), eq(links.cycleId, id)));
  }
}

/** Lets the next cycle execute what is staged, whatever the guard says (engine sheet 17, `ForceDeletes`). */
export async function allowDeletions(queries: Queries, key: JobKey): Promise<void> {
  await change(queries, key, { forceDeletes: true });
}

const nextGeneration = sql<number>`${jobs.generation} + 1`;

type JobChange = Parameters<ReturnType<Queries['update']>['set']>[0];

async function change(queries: Queries, key: JobKey, values: JobChange): Promise<void> {
  const changed = await queries.update(jobs).set(values).where(ofKey(key));
  if ((changed.rowCount ?? 0) === 0) throw unknownJob(key);
}

function ofKey(key: JobKey) {
  return and(eq(jobs.tenantId, key.tenantId), eq(jobs.id, key.jobId));
}

function toJob(row: typeof jobs.$inferSelect | undefined, key: JobKey): Job {
  if (row === undefined) throw unknownJob(key);
  const { id, schema, settings, state, ...rest } = row;
  const known = jobStates.find((candidate) => candidate === state);
  if (known === undefined) throw problem('ENGINE_STORED_VALUE', `The job ${id} holds "${state}" as its state.`);
  return {
    ...rest,
    jobId: id,
    schema: parseSynchronizationSchema(schema),
    settings: parseJobSettings(settings),
    state: known,
  };
}

function unknownJob(key: JobKey) {
  return problem('ENGINE_JOB_UNKNOWN', `There is no synchronization job ${key.jobId}.`);
}
