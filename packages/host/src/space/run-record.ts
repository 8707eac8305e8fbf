/** What a run does: reads the whole target, or what changed since the watermark; or writes, as one stretch of exports. */
export type RunKind = 'fullImport' | 'deltaImport' | 'export';

/** How a run ended. `heldBack`: it read the target well enough, but taking it over would have lost too much. */
export type RunOutcome = 'finished' | 'finishedWithErrors' | 'failed' | 'cancelled' | 'heldBack';

/** One thing that an import would have lost too much of. */
export interface HeldReason {
  readonly guard: 'empty' | 'deletes' | 'blanks';
  /** The attribute that would have been blanked. */
  readonly attribute?: string;
  /** The resource type that would have become empty; absent where everything would have. */
  readonly type?: string;
  readonly count: number;
  /** Objects of the content that answered then. */
  readonly of: number;
  readonly allowed: number;
  /** Ids of some of the objects. */
  readonly examples: readonly string[];
}

/** An object that the target has otherwise than it was exported; names of attributes, never values. */
export interface Difference {
  readonly id: string;
  readonly attributes: readonly string[];
}

/** What a run found out beyond its counts. */
export interface RunDetails {
  /** The run profile that it was a step of. */
  readonly profile: string;
  /** Why it was run, in words. */
  readonly why: string;
  /** Why it was held back; empty unless it was. */
  readonly held: readonly HeldReason[];
  /** Differences between what was exported and what the target has; kept of the first ones. */
  readonly differing: number;
  readonly differences: readonly Difference[];
}

/** One line of the run history. Times are milliseconds since 1970. */
export interface RunRecord extends RunDetails {
  readonly kind: RunKind;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: RunOutcome;
  readonly adds: number;
  readonly updates: number;
  /** Of the updates: objects whose DN is another one. */
  readonly renames: number;
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

/** Errors, and differences, kept of one run; the count of all of them is kept too. */
export const RUN_ERRORS_KEPT = 1000;

/** Example ids kept of each thing that held an import back. */
export const RUN_EXAMPLES_KEPT = 20;
