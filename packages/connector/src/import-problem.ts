import { type Problem, type ProblemCode, problem } from '@joinery/problems';
import type { CSEntryChange } from './entry.ts';
import type { ImportErrorCode } from './error-codes.ts';
import { connectorText, objectPlace } from './export-problem.ts';

/** ECMA 2 `MAImportError` to our table. Every code but the last two names a fault of the object's data. */
function importCode(code: Exclude<ImportErrorCode, 'Success'>): ProblemCode {
  switch (code) {
    case 'ImportErrorCustomStopRun':
      return 'CONNECTOR_IMPORT_STOPPED';
    case 'ImportErrorReadError':
      return 'CONNECTOR_TARGET_UNAVAILABLE';
    default:
      return 'CONNECTOR_ENTRY_INVALID';
  }
}

/**
 * The problem that an imported entry carries.
 * @returns undefined when the entry is sound
 */
export function importErrorToProblem(entry: CSEntryChange): Problem | undefined {
  const code = entry.errorCodeImport ?? 'Success';
  if (code === 'Success') return undefined;
  return problem(importCode(code), connectorText(code, entry), { place: objectPlace(entry) });
}

/** True when the run must end at this entry (ECMA sheet 1.3); all other entry errors let it go on. */
export function stopsRun(entry: CSEntryChange): boolean {
  return entry.errorCodeImport === 'ImportErrorCustomStopRun';
}
