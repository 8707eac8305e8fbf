import { stampOf, timeOf } from '../stamps.ts';

/** Milliseconds of the log that are read again, in case a record shows up behind a later one after all. */
const LATE = 5_000;
/** Records that are remembered; where more were written in that time, it is shorter. */
export const MOST_SEEN = 100;

/**
 * Which records at the end of an access log are known. They are told apart by `reqEnd`, the time at which the record was written: it is in
 * order but not gapless. `reqStart` is the time at which the server received the operation, which may then have waited behind a thousand
 * others: under load such records were seen to be written six seconds and a hundred records behind later ones (measured; behaviour L41).
 */
export interface SeenRecords {
  /** From where the log is read again. */
  readonly since: string;
  /** `reqEnd` of the records from there on, the latest last. */
  readonly seen: readonly string[];
}

/** @param ends `reqEnd` of records, in any order; empty: nothing was logged yet @param otherwise where the log is read from then */
export function seenRecords(ends: Iterable<string>, otherwise: string): SeenRecords {
  const sorted = [...new Set(ends)].sort();
  const latest = sorted.at(-1);
  if (latest === undefined) return { since: otherwise, seen: [] };
  const since = withFraction(stampOf((timeOf(latest) ?? 0) - LATE));
  const within = sorted.filter((end) => end >= since);
  const seen = within.slice(-MOST_SEEN);
  return { since: seen.length < within.length ? (seen[0] ?? since) : since, seen };
}

/** A time in the form of `reqEnd`. */
export function withFraction(stamp: string): string {
  return stamp.includes('.') ? stamp : stamp.replace('Z', '.000000Z');
}
