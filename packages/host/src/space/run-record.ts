/** How a run ended. `heldBack`: it read the target well enough, but taking it over would have lost too much. */
export type RunOutcome = 'finished' | 'finishedWithErrors' | 'failed' | 'cancelled' | 'heldBack';

/** One line of the run history. Times are milliseconds since 1970. */
export interface RunRecord {
  readonly kind: 'fullImport';
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: RunOutcome;
  readonly adds: number;
  readonly updates: number;
  readonly deletes: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Why it failed or was held back: the problem's code and sentence. */
  readonly detail: string | null;
}

/** One object that a run could not take over. */
export interface RunError {
  /** What names the object: its anchor, its DN, or its place in the source. */
  readonly object: string;
  readonly code: string;
  readonly detail: string;
}

/** Errors kept of one run; the count of all of them is in `failed`. */
export const RUN_ERRORS_KEPT = 1000;
