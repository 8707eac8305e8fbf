import type { Problem } from '@joinery/problems';

/** An object that failed and is tried again (engine sheet 1). */
export interface Failure {
  /** How often in a row it failed. */
  readonly failures: number;
  readonly firstFailedAt: Date;
}

const hour = 3_600_000;
/** Milliseconds after the first failure at which it is given up: 28 days. */
const patience = 28 * 24 * hour;

/**
 * When an object that has just failed is tried again: with the next cycle where the fault may pass by itself, else 6, 12 and
 * 24 hours after the first failure and daily from there on (engine sheet 16.1).
 * @param failure this one counted
 * @returns null 28 days after the first failure: only a change of the object brings another attempt
 */
export function nextAttempt({ failures, firstFailedAt }: Failure, { retry }: Problem, now: Date): Date | null {
  const first = firstFailedAt.getTime();
  if (now.getTime() - first >= patience) return null;
  if (retry !== 'never') return now;
  const hours = failures <= 3 ? 3 * 2 ** failures : 24 * (failures - 2);
  return new Date(first + hours * hour);
}
