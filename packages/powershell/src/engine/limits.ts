import { problem } from '@joinery/problems';
import type { RunLimits } from '../sandbox/run-budget.ts';

/** What a run may use where a caller says nothing else. */
export const defaultLimits: RunLimits = {
  milliseconds: 300_000,
  callDepth: 1000,
  valueBytes: 2 ** 28,
  memoryBytes: 2 ** 30,
  outputBytes: 2 ** 30,
};

/** @throws POWERSHELL_LIMIT_INVALID for what is no finite number above zero: nothing would ever reach it */
export function checkedLimits(limits: RunLimits): RunLimits {
  for (const [name, limit] of Object.entries(limits)) {
    if (!(Number.isFinite(limit) && limit > 0)) {
      throw problem('POWERSHELL_LIMIT_INVALID', `${limit} is no finite number above zero.`, { place: name });
    }
  }
  return limits;
}
