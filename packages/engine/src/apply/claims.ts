import { fold } from '@joinery/scim';
import { targetKeyText } from '../links/read-links.ts';
import { claimedBy } from '../match/claimed.ts';
import { type Assessment, queriesOf } from '../plan/assess.ts';
import type { Plan } from '../plan/model.ts';
import { planObject } from '../plan/plan.ts';

/**
 * Who takes which target object among the batches under way. Objects are asked for at the same time: two sources with one
 * matching value would both find nothing and both create, or both find the same object, before a link says whose it is
 * (engine sheet 8: DuplicateSourceEntries).
 */
export class Claims {
  readonly #owners = new Map<string, string>();
  readonly #settled: (readonly string[])[] = [];
  readonly #width: number;

  /** @param width how many batches are under way at the same time at most */
  constructor(width: number) {
    this.#width = width;
  }

  /** The claims of one batch. */
  open(): BatchClaims {
    return new BatchClaims(this.#owners, (keys) => this.#settle(keys));
  }

  /**
   * Claims outlive their batch by as many batches as may have asked the target before its links were committed; after that
   * the links speak for themselves.
   */
  #settle(keys: readonly string[]): void {
    this.#settled.push(keys);
    while (this.#settled.length >= this.#width) {
      for (const key of this.#settled.shift() ?? []) this.#owners.delete(key);
    }
  }
}

export class BatchClaims {
  readonly #owners: Map<string, string>;
  readonly #settle: (keys: readonly string[]) => void;
  readonly #keys: string[] = [];

  constructor(owners: Map<string, string>, settle: (keys: readonly string[]) => void) {
    this.#owners = owners;
    this.#settle = settle;
  }

  /** The plan itself for the first to come, the plan of a failure for everyone after. */
  claim(plan: Plan, assessment: Assessment): Plan {
    for (const key of keysOf(plan, assessment)) {
      const owner = this.#take(key, plan.entry.id);
      if (owner !== plan.entry.id) {
        return planObject(assessment, { kind: 'failed', problem: claimedBy(plan.mapping, owner) });
      }
    }
    return plan;
  }

  /** Claims an object that was just created, by its `targetKeyText`. @returns the source object whose it is: another one where the target hands out what it had */
  created(target: string, sourceId: string): string {
    return this.#take(target, sourceId);
  }

  /** To be called once the links of the batch are committed. */
  settled(): void {
    this.#settle(this.#keys);
  }

  #take(key: string, sourceId: string): string {
    const owner = this.#owners.get(key);
    if (owner !== undefined) return owner;
    this.#owners.set(key, sourceId);
    this.#keys.push(key);
    return sourceId;
  }
}

function keysOf(plan: Plan, { inquiry, mapping, link }: Assessment): readonly string[] {
  const takes = plan.write?.kind === 'create' || (plan.linkAfter.kind === 'set' && (link?.targetId ?? null) === null);
  if (!takes) return [];
  const queries = queriesOf(inquiry);
  // What was asked, up to the hit; folded, as a target that compares without case takes both spellings for one.
  const asked = plan.write?.kind === 'create' ? queries : queries.slice(0, 1);
  const keys = asked.map(({ attributePath, value }) => JSON.stringify([mapping.endpoint, attributePath, fold(value)]));
  if (plan.targetId === null) return keys;
  return [targetKeyText({ targetType: mapping.targetObjectName, targetId: plan.targetId }), ...keys];
}
