import type { Problem } from '@joinery/problems';
import type { RunError, RunRecord } from '../space/run-record.ts';

/** How one run ended, for whoever asked for it. */
export interface RunReport extends RunRecord {
  readonly errors: readonly RunError[];
  /** Why it was not taken over; undefined when it was. */
  readonly problem: Problem | undefined;
  /** Journal entries that this content decided. */
  readonly decided: readonly string[];
  /** The step before this one: the full import of `fullThenDelta`, or the delta import whose watermark was refused. */
  readonly before?: RunReport;
  /** Where the next delta import starts. */
  readonly watermark: string | null;
}

/** True when the run's content answers now. */
export function isTakenOver({ outcome }: Pick<RunReport, 'outcome'>): boolean {
  return outcome === 'finished' || outcome === 'finishedWithErrors';
}
