import type { CycleCounts } from './counts.ts';

export const cycleKinds = ['initial', 'incremental'] as const;
export type CycleKind = (typeof cycleKinds)[number];

/**
 * Where a cycle is: `read` pages of the source or its feed · `sweep` (initial only) connected objects that the source did
 * not show · `retry` (incremental only) objects that failed in earlier cycles and are due again · `execute` or `hold` the
 * staged disables and deletes, as the guard decided once.
 */
export const cyclePhases = ['read', 'sweep', 'retry', 'execute', 'hold'] as const;
export type CyclePhase = (typeof cyclePhases)[number];

/** A cycle as stored: enough to go on after a kill at any point. */
export interface Cycle {
  readonly id: string;
  readonly kind: CycleKind;
  /** The job's generation when it began. */
  readonly generation: number;
  readonly phase: CyclePhase;
  /** Initial: the feed's position before the first page, stored with the job at the end. Incremental: the feed's position after the last page dealt with. */
  readonly watermark: string;
  /** The next page within the phase; null: its first. */
  readonly position: string | null;
  readonly counts: CycleCounts;
  readonly startedAt: Date;
  /** The run that works on it. */
  readonly runner: string;
}
