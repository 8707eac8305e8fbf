import { stampOf, timeOf } from '../stamps.ts';

/** Milliseconds for which a record may come after a later one: it bears the time at which its operation began (LDAP sheet 4.8). */
const LATE = 5_000;
/** Records that are remembered; where more were written in that time, it is shorter. */
export const MOST_SEEN = 100;

/**
 * Which records at the end of an access log are known. `reqStart` is in order but not gapless, and an operation that began earlier may be
 * written later: so the end of the log is read again, and what is known of it is passed over (behaviour L41).
 */
export interface SeenRecords {
  /** From where the log is read again. */
  readonly since: string;
  /** `reqStart` of the records from there on, the latest last. */
  readonly seen: readonly string[];
}

/** @param starts `reqStart` of records, in any order; empty: nothing was logged yet @param otherwise where the log is read from then */
export function seenRecords(starts: Iterable<string>, otherwise: string): SeenRecords {
  const sorted = [...new Set(starts)].sort();
  const latest = sorted.at(-1);
  if (latest === undefined) return { since: otherwise, seen: [] };
  const since = withFraction(stampOf((timeOf(latest) ?? 0) - LATE));
  const within = sorted.filter((start) => start >= since);
  const seen = within.slice(-MOST_SEEN);
  return { since: seen.length < within.length ? (seen[0] ?? since) : since, seen };
}

/** A time in the form of `reqStart`. */
export function withFraction(stamp: string): string {
  return stamp.includes('.') ? stamp : stamp.replace('Z', '.000000Z');
}
