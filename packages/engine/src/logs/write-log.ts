import { insertBatch, type Queries } from '@joinery/store';
import type { JobKey } from '../job/job.ts';
import { logRows } from '../tables.ts';
import type { LogEntry } from './record.ts';

/** Appends rows to the provisioning log by one statement; in the transaction of the outcomes they tell of. */
export async function writeLog(queries: Queries, job: JobKey, entries: readonly LogEntry[]): Promise<void> {
  await insertBatch(queries, logRows, {
    columns: [
      'tenantId',
      'id',
      'jobId',
      'cycleId',
      'changeId',
      'activityAt',
      'action',
      'status',
      'sourceType',
      'sourceId',
      'sourceName',
      'targetId',
      'errorCode',
      'durationMs',
      'record',
    ],
    rows: entries.map(({ details, ...entry }) => ({
      ...entry,
      tenantId: job.tenantId,
      jobId: job.jobId,
      record: details,
    })),
  });
}
