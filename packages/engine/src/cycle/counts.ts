import { Fields } from '../job/fields.ts';
import type { Conclusion } from '../plan/conclude.ts';

/** What a cycle did, in objects. */
export interface CycleCounts {
  /** Objects looked at. */
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly disabled: number;
  readonly deleted: number;
  readonly skipped: number;
  readonly failed: number;
  /** Disables and deletes that the guard held back. */
  readonly held: number;
}

export const noCounts: CycleCounts = {
  read: 0,
  created: 0,
  updated: 0,
  disabled: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
  held: 0,
};

const memberOf = {
  create: 'created',
  update: 'updated',
  disable: 'disabled',
  delete: 'deleted',
  other: 'skipped',
} as const;

/** The counts with some concluded objects added; staged objects count when they are executed. */
export function addCounts(counts: CycleCounts, read: number, conclusions: readonly Conclusion[]): CycleCounts {
  const sum = { ...counts, read: counts.read + read };
  for (const { plan, status } of conclusions) {
    if (status === 'failure') sum.failed += 1;
    else sum[status === 'skipped' ? 'skipped' : memberOf[plan.action]] += 1;
  }
  return sum;
}

/** Reads stored counts. */
export function parseCounts(value: unknown): CycleCounts {
  const fields = new Fields(value, 'counts');
  return {
    read: fields.integer('read', 0),
    created: fields.integer('created', 0),
    updated: fields.integer('updated', 0),
    disabled: fields.integer('disabled', 0),
    deleted: fields.integer('deleted', 0),
    skipped: fields.integer('skipped', 0),
    failed: fields.integer('failed', 0),
    held: fields.integer('held', 0),
  };
}
