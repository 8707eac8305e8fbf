import { logColumns } from '@joinery/engine';
import { problem } from '@joinery/problems';
import type { CompareNode, FilterNode } from '@joinery/scim';
import { and, eq, gt, gte, lt, lte, not, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** What the log can be filtered by; property names without regard to case, values with (graph sheet 10). */
const textColumns = new Map<string, SQLWrapper>([
  ['id', logColumns.id],
  ['jobid', logColumns.jobId],
  ['cycleid', logColumns.cycleId],
  ['changeid', logColumns.changeId],
  ['provisioningaction', logColumns.action],
  ['action', logColumns.action],
  ['provisioningstatusinfo/status', logColumns.status],
  ['statusinfo/status', logColumns.status],
  ['status', logColumns.status],
  ['sourceidentity/id', logColumns.sourceId],
  ['sourceidentity/displayname', logColumns.sourceName],
  ['targetidentity/id', logColumns.targetId],
  ['provisioningstatusinfo/errorinformation/errorcode', logColumns.errorCode],
]);

/** Enum words are stored lower-first; filters may write them in any case (engine sheet 19). */
const wordColumns: ReadonlySet<unknown> = new Set([logColumns.action, logColumns.status]);
const words = [
  'create',
  'update',
  'delete',
  'disable',
  'stagedDelete',
  'other',
  'success',
  'failure',
  'skipped',
  'warning',
];

const comparisons = { gt, ge: gte, lt, le: lte } as const;

/** Names `servicePrincipal/id` for which the log has no column: rows know their job, jobs their service principal. */
export type JobsOfApplication = (servicePrincipalId: string) => Promise<readonly string[]>;

/**
 * A `$filter` as a condition on the provisioning log.
 * @throws SERVICE_QUERY_INVALID for a property or operator that the log cannot be filtered by
 */
export async function logCondition(filter: FilterNode, jobsOf: JobsOfApplication): Promise<SQL | undefined> {
  switch (filter.kind) {
    case 'and':
      return and(...(await Promise.all(filter.operands.map((operand) => logCondition(operand, jobsOf)))));
    case 'or':
      return or(...(await Promise.all(filter.operands.map((operand) => logCondition(operand, jobsOf)))));
    case 'not': {
      const condition = await logCondition(filter.operand, jobsOf);
      return condition === undefined ? undefined : not(condition);
    }
    case 'compare':
      return comparison(filter, jobsOf);
    default:
      throw unsupported(filter.path, 'cannot be filtered by like this');
  }
}

async function comparison(node: CompareNode, jobsOf: JobsOfApplication): Promise<SQL> {
  const path = node.path.toLowerCase();
  if (path === 'activitydatetime') return timeComparison(node);
  if (path === 'serviceprincipal/id' && node.operator === 'eq') {
    const jobs = await jobsOf(node.value.text);
    return sql`${logColumns.jobId} = any(${sql.param([...jobs])}::text[])`;
  }
  const column = textColumns.get(path);
  if (column === undefined) throw unsupported(node.path, 'is no property that the log can be filtered by');
  const text = wordColumns.has(column) ? storedWord(node.value.text) : node.value.text;
  if (node.value.kind === 'null') {
    if (node.operator === 'eq') return sql`${column} is null`;
    if (node.operator === 'ne') return sql`${column} is not null`;
  }
  switch (node.operator) {
    case 'eq':
      return eq(column, text);
    case 'ne':
      return sql`${column} is distinct from ${text}`;
    case 'co':
      return sql`strpos(${column}, ${text}) > 0`;
    case 'sw':
      return sql`starts_with(${column}, ${text})`;
    default:
      throw unsupported(node.path, 'can be compared with eq, ne, contains and startswith only');
  }
}

function timeComparison({ path, operator, value }: CompareNode): SQL {
  const time = Date.parse(value.text);
  if (Number.isNaN(time)) throw unsupported(path, 'is compared with a date and time such as 2026-01-31T00:00:00Z');
  const moment = new Date(time);
  if (operator === 'eq') return eq(logColumns.activityAt, moment);
  if (operator === 'gt' || operator === 'ge' || operator === 'lt' || operator === 'le') {
    return comparisons[operator](logColumns.activityAt, moment);
  }
  throw unsupported(path, 'can be compared with eq, gt, ge, lt and le only');
}

function storedWord(text: string): string {
  return words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? text;
}

function unsupported(path: string, what: string): Error {
  return problem('SERVICE_QUERY_INVALID', `'${path.slice(0, 100)}' ${what}.`, { place: '$filter' });
}
