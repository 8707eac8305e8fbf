import { problem } from '@joinery/problems';
import type { Queries } from '@joinery/store';
import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { JobKey } from '../job/job.ts';
import type { MatchQuery } from '../match/queries.ts';
import { isBehind, type SourceKey } from '../source/key.ts';
import { links } from '../tables.ts';
import { type Intent, intents, type Link, type LinkState, linkStates } from './link.ts';

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

/** Which object of the target. */
export interface TargetKey {
  readonly targetType: string;
  readonly targetId: string;
}

/** A target object as one text. */
export function targetKeyText({ targetType, targetId }: TargetKey): string {
  return JSON.stringify([targetType, targetId]);
}

/** The ids of the source objects that hold some target objects, by `targetKeyText`. */
export async function readOwners(
  queries: Queries,
  job: JobKey,
  targets: readonly TargetKey[],
): Promise<ReadonlyMap<string, string>> {
  if (targets.length === 0) return new Map();
  const types = sql.param(targets.map(({ targetType }) => targetType));
  const ids = sql.param(targets.map(({ targetId }) => targetId));
  const rows = await queries
    .select({ sourceId: links.sourceId, targetType: links.targetType, targetId: links.targetId })
    .from(links)
    .where(
      and(
        ofJob(job),
        sql`(${links.targetType}, ${links.targetId}) in (select * from unnest(${types}::text[], ${ids}::text[]))`,
      ),
    );
  return new Map(
    rows.flatMap(({ targetType, targetId, sourceId }) =>
      targetId === null ? [] : [[targetKeyText({ targetType, targetId }), sourceId]],
    ),
  );
}

/** One page of the links that a cycle has not come by, in key order: their objects are no longer in the source. */
export async function readUnseenLinks(
  queries: Queries,
  job: JobKey,
  cycleId: string,
  after: SourceKey | null,
  limit: number,
): Promise<readonly Link[]> {
  const rows = await queries
    .select()
    .from(links)
    .where(and(ofJob(job), sql`${links.cycleId} is distinct from ${cycleId}`, isBehind(links, after)))
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
export function isAnyOf(column: typeof links.sourceId, values: readonly string[]): SQL {
  return sql`${column} = any(${sql.param([...values])}::text[])`;
}

function toLink(row: LinkRow): Link {
  return {
    sourceType: row.sourceType,
    sourceId: row.sourceId,
    targetType: row.targetType,
    targetId: row.targetId,
    displayName: row.displayName,
    state: stateOf(row.state),
    intent: row.intent === null ? null : intentOf(row.intent),
    match: row.match === null ? [] : matchOf(row.match),
  };
}

function matchOf(value: unknown): readonly MatchQuery[] {
  if (Array.isArray(value) && value.every(isMatchQuery)) return value;
  throw unknown('match', JSON.stringify(value));
}

function isMatchQuery(value: unknown): value is MatchQuery {
  if (typeof value !== 'object' || value === null || !('attributePath' in value) || !('value' in value)) return false;
  return typeof value.attributePath === 'string' && typeof value.value === 'string';
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
