import { problem } from '@joinery/problems';
import type { Queries } from '@joinery/store';
import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm';
import { logRows } from '../tables.ts';
import type { LogDetails } from './record.ts';

/** Which rows of a tenant's provisioning log; every member narrows. */
export interface LogQuery {
  readonly jobId?: string;
  readonly cycleId?: string;
  readonly changeId?: string;
  readonly sourceId?: string;
  readonly targetId?: string;
  readonly action?: string;
  readonly status?: string;
  readonly errorCode?: string;
  /** Inclusive. */
  readonly since?: Date;
  /** Exclusive. */
  readonly until?: Date;
  /** Further conditions on `logColumns`, e.g. from an OData filter. */
  readonly where?: SQL;
  /** Rows below this ordinal: the `ordinal` of the last row of the page before. */
  readonly below?: number;
  /** The most rows to answer with. */
  readonly limit: number;
}

/** One stored row of the provisioning log. */
export interface LogRow extends Omit<typeof logRows.$inferSelect, 'record' | 'ordinal'> {
  /** Newest highest. */
  readonly ordinal: number;
  readonly details: LogDetails;
}

/** The columns that a caller may build conditions on. */
export const logColumns = {
  id: logRows.id,
  jobId: logRows.jobId,
  cycleId: logRows.cycleId,
  changeId: logRows.changeId,
  activityAt: logRows.activityAt,
  action: logRows.action,
  status: logRows.status,
  sourceId: logRows.sourceId,
  sourceName: logRows.sourceName,
  targetId: logRows.targetId,
  errorCode: logRows.errorCode,
} as const;

/** Rows of the provisioning log, newest first (graph sheet 20). */
export async function readLog(queries: Queries, tenantId: string, query: LogQuery): Promise<readonly LogRow[]> {
  const equal = (column: Parameters<typeof eq>[0], value: string | undefined): SQL | undefined =>
    value === undefined ? undefined : eq(column, value);
  const rows = await queries
    .select()
    .from(logRows)
    .where(
      and(
        eq(logRows.tenantId, tenantId),
        equal(logRows.jobId, query.jobId),
        equal(logRows.cycleId, query.cycleId),
        equal(logRows.changeId, query.changeId),
        equal(logRows.sourceId, query.sourceId),
        equal(logRows.targetId, query.targetId),
        equal(logRows.action, query.action),
        equal(logRows.status, query.status),
        equal(logRows.errorCode, query.errorCode),
        query.since === undefined ? undefined : gte(logRows.activityAt, query.since),
        query.until === undefined ? undefined : lt(logRows.activityAt, query.until),
        query.below === undefined ? undefined : lt(logRows.ordinal, query.below),
        query.where,
      ),
    )
    .orderBy(desc(logRows.ordinal))
    .limit(query.limit);
  return rows.map(({ record, ordinal, ...row }) => {
    if (!isDetails(record)) throw problem('ENGINE_STORED_VALUE', `The log row ${row.id} holds no details.`);
    return { ...row, ordinal: Number(ordinal), details: record };
  });
}

/** The engine alone writes these documents, whole; of one that is an object with steps the rest is there too. */
function isDetails(value: unknown): value is LogDetails {
  return typeof value === 'object' && value !== null && 'steps' in value && Array.isArray(value.steps);
}
