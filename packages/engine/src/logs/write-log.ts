import type { Queries } from '@joinery/store';
import { sql } from 'drizzle-orm';
import type { JobKey } from '../job/job.ts';
import type { LogEntry } from './record.ts';

/**
 * Appends rows to the provisioning log by one statement; in the transaction of the outcomes they tell of.
 * The rows travel as one JSON document: with records of 2.5 kB an array of texts per column, as `insertBatch` sends it, costs
 * half as much again in quoting and parsing (120 against 82 µs of processor time by row, PGlite, 100 rows a statement).
 */
export async function writeLog(queries: Queries, job: JobKey, entries: readonly LogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    id: entry.id,
    cycle_id: entry.cycleId,
    change_id: entry.changeId,
    activity_at: entry.activityAt,
    action: entry.action,
    status: entry.status,
    source_type: entry.sourceType,
    source_id: entry.sourceId,
    source_name: entry.sourceName,
    target_id: entry.targetId,
    error_code: entry.errorCode,
    duration_ms: entry.durationMs,
    record: entry.details,
  }));
  await queries.execute(sql`
    insert into engine_log (tenant_id, job_id, id, cycle_id, change_id, activity_at, action, status,
      source_type, source_id, source_name, target_id, error_code, duration_ms, record)
    select ${job.tenantId}, ${job.jobId}, batch.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as batch (
      id text, cycle_id text, change_id text, activity_at timestamptz, action text, status text,
      source_type text, source_id text, source_name text, target_id text, error_code text, duration_ms integer, record jsonb)`);
}
