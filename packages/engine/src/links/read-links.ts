import { problem } from '@joinery/problems';
import type { Queries } from '@joinery/store';
import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import type { JobKey } from '../job/job.ts';
import { links } from '../tables.ts';
import { type Intent, intents, type Link, type LinkState, linkStates } from './link.ts';

/** Which object of the source. */
export interface SourceKey {
  readonly sourceType: string;
  readonly sourceId: string;
}

type LinkRow = typeof links.$inferSelect;

/** The links of some source objects, by `sourceType` and `sourceId`. */
export async function readLinks(
  queries: Queries,
  job: JobKey,
  sourceType: string,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, Link>> {
  const rows = await queries
    .select()
    .from(links)
    .where(and(ofJob(job), eq(links.sourceType, sourceType), isAnyOf(links.sourceId, sourceIds)));
  return new Map(rows.map((row) => [row.sourceId, toLink(row)]));
}

/** The ids of the source objects that hold some target objects, by target id. */
export async function readOwners(
  queries: Queries,
  job: JobKey,
  targetType: string,
  targetIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (targetIds.length === 0) return new Map();
  const rows = await queries
    .select({ sourceId: links.sourceId, targetId: links.targetId })
    .from(links)
    .where(and(ofJob(job), eq(links.targetType, targetType), isAnyOf(links.targetId, targetIds)));
  return new Map(rows.flatMap(({ targetId, sourceId }) => (targetId === null ? [] : [[targetId, sourceId]])));
}

/** One page of the links that a cycle has not come by, in key order: their objects are no longer in the source. */
export async function readUnseenLinks(
  queries: Queries,
  job: JobKey,
  cycleId: string,
  after: SourceKey | null,
  limit: number,
): Promise<readonly Link[]> {
  const beyond =
    after === null
      ? undefined
      : or(
          gt(links.sourceType, after.sourceType),
          and(eq(links.sourceType, after.sourceType), gt(links.sourceId, after.sourceId)),
        );
  const rows = await queries
    .select()
    .from(links)
    .where(and(ofJob(job), sql`${links.cycleId} is distinct from ${cycleId}`, beyond))
    .orderBy(asc(links.sourceType), asc(links.sourceId))
    .limit(limit);
  return rows.map(toLink);
}

/** The connection of one object: by its source id, else by its target id (graph sheet 19.3). */
export async function findLink(queries: Queries, job: JobKey, objectId: string): Promise<Link | undefined> {
  const rows = await queries
    .select()
    .from(links)
    .where(and(ofJob(job), or(eq(links.sourceId, objectId), eq(links.targetId, objectId))))
    .orderBy(sql`${links.sourceId} = ${objectId} desc`)
    .limit(1);
  return rows[0] === undefined ? undefined : toLink(rows[0]);
}

/** How many objects of a job are connected. */
export async function countLinks(queries: Queries, job: JobKey): Promise<number> {
  return queries.$count(links, and(ofJob(job), sql`${links.targetId} is not null`));
}

export function ofJob(job: JobKey): SQL | undefined {
  return and(eq(links.tenantId, job.tenantId), eq(links.jobId, job.jobId));
}

/** `column = any($1)`: one parameter whatever the number of values, so that the statement stays the same. */
export function isAnyOf(column: typeof links.sourceId | typeof links.targetId, values: readonly string[]): SQL {
  return sql`${column} = any(${sql.param([...values])}::text[])`;
}

function toLink(row: LinkRow): Link {
  return {
    sourceType: row.sourceType,
    sourceId: row.sourceId,
    targetId: row.targetId,
    displayName: row.displayName,
    state: stateOf(row.state),
    intent: row.intent === null ? null : intentOf(row.intent),
  };
}

function stateOf(text: string): LinkState {
  const state = linkStates.find((known) => known === text);
  if (state === undefined) throw unknown('state', text);
  return state;
}

function intentOf(text: string): Intent {
  const intent = intents.find((known) => known === text);
  if (intent === undefined) throw unknown('intent', text);
  return intent;
}

function unknown(column: string, text: string) {
  return problem('ENGINE_STORED_VALUE', `An object connection holds "${text}" as its ${column}.`);
}
