import { problem, toProblem } from '@joinery/problems';
import type { ScimClient, ScimObject } from '@joinery/scim';
import type { Inquiry } from '../plan/assess.ts';
import type { Found, MatchAttempt } from './found.ts';
import type { MatchQuery } from './queries.ts';

/** What looking something up takes from a client. */
export type TargetReader = Pick<ScimClient, 'get' | 'find'>;

/**
 * Asks the target what a plan needs to know. A fault of the target is an answer too: it concerns this object alone.
 * @throws the signal's reason, and nothing else
 */
export async function lookUp(
  target: TargetReader,
  endpoint: string,
  inquiry: Inquiry,
  signal: AbortSignal,
): Promise<Found> {
  try {
    if (inquiry.kind === 'none') return { kind: 'notAsked' };
    if (inquiry.kind === 'match') return await match(target, endpoint, inquiry.queries, signal);
    const resource = await target.get(endpoint, inquiry.id, signal);
    if (resource !== undefined) return { kind: 'read', id: inquiry.id, resource };
    if (inquiry.orMatch === null || inquiry.orMatch.length === 0) return { kind: 'vanished', id: inquiry.id };
    return await match(target, endpoint, inquiry.orMatch, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', problem: toProblem(error) };
  }
}

/** Priorities in turn, stopping at the first hit; a combination is not supported (engine sheet 8). */
async function match(
  target: TargetReader,
  endpoint: string,
  queries: readonly MatchQuery[],
  signal: AbortSignal,
): Promise<Found> {
  const attempts: MatchAttempt[] = [];
  for (const query of queries) {
    const answer = await findOne(target, endpoint, query, signal);
    if (answer === 'several') return { kind: 'ambiguous', attempts: [...attempts, { ...query, hits: 2 }] };
    attempts.push({ ...query, hits: answer === undefined ? 0 : 1 });
    if (answer !== undefined) return { kind: 'matched', id: idOf(answer), resource: answer, attempts, owner: null };
  }
  return { kind: 'unmatched', attempts };
}

async function findOne(
  target: TargetReader,
  endpoint: string,
  { attributePath, value }: MatchQuery,
  signal: AbortSignal,
): Promise<ScimObject | undefined | 'several'> {
  try {
    return await target.find(endpoint, attributePath, value, signal);
  } catch (error) {
    const fault = toProblem(error);
    if (fault.code === 'SCIM_TARGET_AMBIGUOUS') return 'several';
    throw fault;
  }
}

function idOf(resource: ScimObject): string {
  const id = resource.id;
  if (typeof id === 'string' && id !== '') return id;
  throw problem('ENGINE_TARGET_WITHOUT_ID', 'The target answered with an object that has no id.');
}
