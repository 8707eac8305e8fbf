import type { YamlMap } from './yaml-file.ts';

/** What a connector lets its callers do at most. */
export interface ConnectorLimits {
  /** Deletions that are handed to the target within any hour; 0 means without limit. */
  readonly deletesPerHour: number;
}

/** Reads `limits`. @throws HOST_CONFIGURATION_INVALID */
export function readLimits(map: YamlMap | undefined): ConnectorLimits {
  map?.only(['deletesPerHour']);
  return { deletesPerHour: map?.integer('deletesPerHour', 0, 0, 1_000_000) ?? 0 };
}

/** The part as it is written to a file; undefined when nothing is limited. */
export function writeLimits({ deletesPerHour }: ConnectorLimits): Record<string, number> | undefined {
  return deletesPerHour === 0 ? undefined : { deletesPerHour };
}
