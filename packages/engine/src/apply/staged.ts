import { insertBatch, type Queries } from '@joinery/store';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { JobKey } from '../job/job.ts';
import type { Plan } from '../plan/model.ts';
import { isBehind, type SourceKey } from '../source/key.ts';
import { staged } from '../tables.ts';

/** Puts disables and deletes aside for the end of the cycle. Only who, not what: the plan is made again from the present state. */
export async function stage(queries: Queries, job: JobKey, cycleId: string, plans: readonly Plan[]): Promise<void> {
  await insertBatch(queries, staged, {
    columns: ['tenantId', 'jobId', 'sourceType', 'sourceId', 'cycleId', 'action'],
    rows: plans.map((plan) => ({
      tenantId: job.tenantId,
      jobId: job.jobId,
      sourceType: plan.mapping.sourceObjectName,
      sourceId: plan.entry.id,
      cycleId,
      action: plan.action,
    })),
    onConflict: sql`on conflict (tenant_id, job_id, source_type, source_id)
      do update set cycle_id = excluded.cycle_id, action = excluded.action`,
  });
}

/**
 * How many actions a cycle has staged.
 * @param cycleId null: those of every cycle, held ones included (`ForceDeletes`)
 */
export async function countStaged(queries: Queries, job: JobKey, cycleId: string | null): Promise<number> {
  return queries.$count(staged, and(ofJob(job), ofCycle(cycleId)));
}

/** One page of staged objects in key order. */
export async function readStaged(
  queries: Queries,
  job: JobKey,
  cycleId: string | null,
  after: SourceKey | null,
  limit: number,
): Promise<readonly SourceKey[]> {
  return queries
    .select({ sourceType: staged.sourceType, sourceId: staged.sourceId })
    .from(staged)
    .where(and(ofJob(job), ofCycle(cycleId), isBehind(staged, after)))
    .orderBy(asc(staged.sourceType), asc(staged.sourceId))
    .limit(limit);
}

/** Takes objects off the stage: executed, or found to have come back. */
export async function unstage(
  queries: Queries,
  job: JobKey,
  sourceType: string,
  sourceIds: readonly string[],
): Promise<void> {
  if (sourceIds.length === 0) return;
  await queries
    .delete(staged)
    .where(
      and(
        ofJob(job),
        eq(staged.sourceType, sourceType),
        sql`${staged.sourceId} = any(${sql.param([...sourceIds])}::text[])`,
      ),
    );
}

/** Clears the stage of a job: restart (engine sheet 17). */
export async function clearStage(queries: Queries, job: JobKey): Promise<void> {
  await queries.delete(staged).where(ofJob(job));
}

function ofJob(job: JobKey) {
  return and(eq(staged.tenantId, job.tenantId), eq(staged.jobId, job.jobId));
}

function ofCycle(cycleId: string | null) {
  return cycleId === null ? undefined : eq(staged.cycleId, cycleId);
}
