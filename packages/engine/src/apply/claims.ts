import { fold } from '@joinery/scim';
import { claimedBy } from '../match/claimed.ts';
import type { Assessment } from '../plan/assess.ts';
import type { Plan } from '../plan/model.ts';
import { planObject } from '../plan/plan.ts';

/**
 * Who takes which target object within one batch. Objects of a batch are asked for at the same time: two sources with one
 * matching value would both find nothing and both create, or both find the same object (engine sheet 8: DuplicateSourceEntries).
 */
export class Claims {
  readonly #owners = new Map<string, string>();

  /** The plan itself for the first to come, the plan of a failure for everyone after. */
  claim(plan: Plan, assessment: Assessment): Plan {
    for (const key of keysOf(plan, assessment)) {
      const owner = this.#owners.get(key);
      if (owner !== undefined && owner !== plan.entry.id) {
        return planObject(assessment, { kind: 'failed', problem: claimedBy(plan.mapping, owner) });
      }
      this.#owners.set(key, plan.entry.id);
    }
    return plan;
  }
}

function keysOf(plan: Plan, { inquiry, mapping }: Assessment): readonly string[] {
  if (plan.targetId !== null && plan.linkAfter.kind === 'set') return [JSON.stringify(['id', plan.targetId])];
  if (plan.write?.kind !== 'create') return [];
  const queries = inquiry.kind === 'match' ? inquiry.queries : inquiry.kind === 'read' ? (inquiry.orMatch ?? []) : [];
  // Folded: a target that compares without case would take both spellings for one.
  return queries.map(({ attributePath, value }) => JSON.stringify([mapping.endpoint, attributePath, fold(value)]));
}
