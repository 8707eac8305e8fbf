import { insertBatch, type Queries } from '@joinery/store';
import { and, asc, eq, lte, ne, sql } from 'drizzle-orm';
import type { Cycle } from '../cycle/cycle.ts';
import type { JobKey } from '../job/job.ts';
import type { Conclusion } from '../plan/conclude.ts';
import { isBehind, type SourceKey } from '../source/key.ts';
import { escrows } from '../tables.ts';
import { nextAttempt } from './schedule.ts';

/**
 * Notes who of a batch failed and when to try again, and forgets who did not: without it a fault that passes in a minute would
 * leave an account wrong until the person changes (engine sheet 16.1).
 * @param cycleId of the run, which does not try the same object twice
 */
export async function settleEscrow(
  queries: Queries,
  job: JobKey,
  sourceType: string,
  cycleId: string,
  conclusions: readonly Conclusion[],
  now: Date,
): Promise<void> {
  const faults = new Map(conclusions.flatMap(({ plan, error }) => (error === null ? [] : [[plan.entry.id, error]])));
  const failed = conclusions.filter(({ status }) => status === 'failure').map(({ plan }) => plan.entry.id);
  const over = conclusions.filter(({ status }) => status !== 'failure').map(({ plan }) => plan.entry.id);
  const earlier = await readFailures(queries, job, sourceType, failed);
  const rows = failed.flatMap((sourceId) => {
    const fault = faults.get(sourceId);
    if (fault === undefined) return [];
    const before = earlier.get(sourceId);
    const failure = { failures: (before?.failures ?? 0) + 1, firstFailedAt: before?.firstFailedAt ?? now };
    const retryAt = nextAttempt(failure, fault.problem, now);
    if (retryAt === null) {
      over.push(sourceId);
      return [];
    }
    const { errorCode } = fault;
    return [
      { tenantId: job.tenantId, jobId: job.jobId, sourceType, sourceId, errorCode, ...failure, retryAt, cycleId },
    ];
  });
  await insertBatch(queries, escrows, {
    columns: [
      'tenantId',
      'jobId',
      'sourceType',
      'sourceId',
      'errorCode',
      'failures',
      'firstFailedAt',
      'retryAt',
      'cycleId',
    ],
    rows,
    onConflict: sql`on conflict (tenant_id, job_id, source_type, source_id)
      do update set error_code = excluded.error_code, failures = excluded.failures, retry_at = excluded.retry_at,
        cycle_id = excluded.cycle_id`,
  });
  if (over.length > 0) {
    await queries.delete(escrows).where(and(ofJob(job), eq(escrows.sourceType, sourceType), isAmong(over)));
  }
}

/** One page of the objects that a cycle has to try again, in key order. */
export async function readDue(
  queries: Queries,
  job: JobKey,
  cycle: Cycle,
  after: SourceKey | null,
  limit: number,
): Promise<readonly SourceKey[]> {
  return queries
    .select({ sourceType: escrows.sourceType, sourceId: escrows.sourceId })
    .from(escrows)
    .where(
      and(ofJob(job), lte(escrows.retryAt, cycle.startedAt), ne(escrows.cycleId, cycle.id), isBehind(escrows, after)),
    )
    .orderBy(asc(escrows.sourceType), asc(escrows.sourceId))
    .limit(limit);
}

/** Forgets what failed: restart with `Escrows` or `Full` (engine sheet 17). */
export async function clearEscrow(queries: Queries, job: JobKey): Promise<void> {
  await queries.delete(escrows).where(ofJob(job));
}

async function readFailures(queries: Queries, job: JobKey, sourceType: string, sourceIds: readonly string[]) {
  if (sourceIds.length === 0) return new Map<string, typeof escrows.$inferSelect>();
  const rows = await queries
    .select()
    .from(escrows)
    .where(and(ofJob(job), eq(escrows.sourceType, sourceType), isAmong(sourceIds)));
  return new Map(rows.map((row) => [row.sourceId, row]));
}

function ofJob(job: JobKey) {
  return and(eq(escrows.tenantId, job.tenantId), eq(escrows.jobId, job.jobId));
}

function isAmong(sourceIds: readonly string[]) {
  return sql`${escrows.sourceId} = any(${sql.param([...sourceIds])}::text[])`;
}
