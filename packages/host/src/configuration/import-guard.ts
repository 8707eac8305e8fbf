import type { YamlMap } from './yaml-file.ts';

/** When an import is held back instead of taken over, because it would lose too much. A few objects may always go. */
export interface ImportGuard {
  /** Deletes that are always too many. */
  readonly maxDeletes: number;
  /** Percent of the objects that may go. */
  readonly maxDeletePercent: number;
  /** Percent of the objects that may lose their value of one attribute. */
  readonly maxBlankPercent: number;
}

export const USUAL_GUARD: ImportGuard = { maxDeletes: 500, maxDeletePercent: 10, maxBlankPercent: 10 };

/** Reads `importGuard`. @throws HOST_CONFIGURATION_INVALID */
export function readImportGuard(map: YamlMap | undefined): ImportGuard {
  if (map === undefined) return USUAL_GUARD;
  map.only(['maxDeletes', 'maxDeletePercent', 'maxBlankPercent']);
  return {
    maxDeletes: map.integer('maxDeletes', USUAL_GUARD.maxDeletes, 0, Number.MAX_SAFE_INTEGER),
    maxDeletePercent: map.integer('maxDeletePercent', USUAL_GUARD.maxDeletePercent, 0, 100),
    maxBlankPercent: map.integer('maxBlankPercent', USUAL_GUARD.maxBlankPercent, 0, 100),
  };
}

/** The part as it is written to a file; undefined when it is the usual one. */
export function writeImportGuard(guard: ImportGuard): Record<string, number> | undefined {
  const { maxDeletes, maxDeletePercent, maxBlankPercent } = guard;
  const usual =
    maxDeletes === USUAL_GUARD.maxDeletes &&
    maxDeletePercent === USUAL_GUARD.maxDeletePercent &&
    maxBlankPercent === USUAL_GUARD.maxBlankPercent;
  return usual ? undefined : { maxDeletes, maxDeletePercent, maxBlankPercent };
}
