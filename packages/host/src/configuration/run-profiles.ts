import type { YamlMap } from './yaml-file.ts';

/**
 * The imports of a connector by the names of its run profiles (host sheet 2.8). `export` is not among them: exports are not
 * run, each one happens when its caller asks for it.
 */
export const RUN_PROFILES = ['full', 'delta', 'fullThenDelta'] as const;
export type RunProfileName = (typeof RUN_PROFILES)[number];

/** What one run profile says; what it leaves out the connector file and the host's settings say for all of them. */
export interface RunProfile {
  /** Objects per page that the connector is asked for; `pageSize` of the connector file where absent. */
  readonly pageSize?: number;
  /** Longest time of one step in minutes; `importTimeout` of the host where absent. */
  readonly timeoutMinutes?: number;
  /**
   * Most objects that one step may bring; one that brings more fails and changes nothing. MIM's limit takes what it read so
   * far, which in a space that answers "not found" would make callers create everybody who was not read.
   */
  readonly objectLimit?: number;
}

/** `full` is always there; `delta` is run by the timer, and `fullThenDelta` in the place of `full`, where the file names them. */
export type RunProfiles = Readonly<Partial<Record<RunProfileName, RunProfile>>>;

/** Reads `runProfiles`. @throws HOST_CONFIGURATION_INVALID */
export function readRunProfiles(map: YamlMap | undefined): RunProfiles {
  if (map === undefined) return {};
  map.only(RUN_PROFILES);
  return Object.fromEntries(
    RUN_PROFILES.flatMap((name) => (map.has(name) ? [[name, readProfile(map.map(name))]] : [])),
  );
}

/** 0 is what a member that is absent means. */
function readProfile(map: YamlMap | undefined): RunProfile {
  map?.only(['pageSize', 'timeoutMinutes', 'objectLimit']);
  const pageSize = map?.integer('pageSize', 0, 0, 100_000) ?? 0;
  const timeoutMinutes = map?.integer('timeoutMinutes', 0, 0, 525_600) ?? 0;
  const objectLimit = map?.integer('objectLimit', 0, 0, Number.MAX_SAFE_INTEGER) ?? 0;
  return {
    ...(pageSize === 0 ? {} : { pageSize }),
    ...(timeoutMinutes === 0 ? {} : { timeoutMinutes }),
    ...(objectLimit === 0 ? {} : { objectLimit }),
  };
}

/** The part as it is written to a file; undefined when it names no profile. */
export function writeRunProfiles(profiles: RunProfiles): Record<string, Record<string, number>> | undefined {
  const named = Object.entries(profiles).map(([name, profile]): [string, Record<string, number>] => [
    name,
    { ...profile },
  ]);
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
