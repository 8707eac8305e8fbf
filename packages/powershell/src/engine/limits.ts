import type { RunLimits } from '../sandbox/run-budget.ts';

/** What a run may use where a caller says nothing else. */
export const defaultLimits: RunLimits = {
  milliseconds: 300_000,
  callDepth: 1000,
  valueBytes: 2 ** 28,
  memoryBytes: 2 ** 30,
  outputBytes: 2 ** 30,
};
