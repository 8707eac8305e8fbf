import type { Connector } from '@joinery/connector';
import type { RunProfileName, RunProfiles } from '../configuration/run-profiles.ts';

/** Beside deltas the whole target is read once a day: some targets do not report every change (host sheet 4.3, 13.1 (10)). */
const DAY_MS = 24 * 3_600_000;

/**
 * What the timer runs (host sheet 13.1 (10)): the delta where the connector can and the file names the profile, and the whole
 * target where it cannot start from anything or was last read more than a day ago.
 * @param content `known`: it has a watermark that a delta may start from
 * @param now milliseconds since 1970
 */
export function dueProfile(
  { deltaImport }: Pick<Connector, 'deltaImport'>,
  profiles: RunProfiles,
  { known, fullAt }: { readonly known: boolean; readonly fullAt: number | null },
  now: number,
): RunProfileName {
  if (deltaImport === undefined) return 'full';
  const full = profiles.fullThenDelta === undefined ? 'full' : 'fullThenDelta';
  if (profiles.delta === undefined || !known || fullAt === null) return full;
  const age = now - fullAt;
  // A full import that lies in the future says that the clock was set back; how old it is nobody knows.
  return age >= 0 && age < DAY_MS ? 'delta' : full;
}
