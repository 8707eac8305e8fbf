import type { Clock, Logger } from '@joinery/runtime';
import { heldSentence } from './guard.ts';
import { isTakenOver, type RunReport } from './run-report.ts';

/** Milliseconds between two lines about how far a run is. */
const PROGRESS_MS = 5_000;

/** Objects with errors, and differences, that are logged one by one; the run history keeps more. */
const LINES = 20;

const WORDS = { fullImport: 'full import', deltaImport: 'delta import', export: 'export' } as const;

/** Tells in the log what a run does, so that whoever reads it line by line knows what happened and why. */
export class RunLog {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #kind: string;
  #said: number;

  constructor(logger: Logger, clock: Clock, run: Pick<RunReport, 'kind' | 'profile' | 'why'>) {
    this.#logger = logger;
    this.#clock = clock;
    this.#kind = WORDS[run.kind];
    this.#said = clock.monotonic();
    logger.info({ profile: run.profile, why: run.why }, `${this.#kind} started: ${run.why}`);
  }

  /** @param objects read so far */
  page(objects: number): void {
    const now = this.#clock.monotonic();
    if (now - this.#said < PROGRESS_MS) return;
    this.#said = now;
    this.#logger.info({ objects }, `${this.#kind}: ${objects} objects read so far`);
  }

  /** The import lets writes go between two pages. */
  paused(writes: number): void {
    this.#logger.info(
      { writes },
      `${this.#kind}: pauses for ${writes} writes, because the target takes none beside it`,
    );
  }

  ended(report: RunReport): void {
    const logger = this.#logger;
    for (const { object, code, detail } of report.errors.slice(0, LINES)) {
      logger.warn({ object, code }, `${this.#kind}: an object cannot be used and stays as it is: ${detail}`);
    }
    this.#more(report.failed, 'objects that cannot be used');
    for (const { id, attributes } of report.differences.slice(0, LINES)) {
      logger.info(
        { id, attributes },
        `${this.#kind}: the target has this object otherwise than it was exported, and the target counts`,
      );
    }
    this.#more(report.differing, 'objects that differ from what was exported');
    for (const reason of report.held) logger.warn({ ...reason }, `${this.#kind}: ${heldSentence(reason)}`);
    const { adds, updates, renames, deletes, unchanged, failed, startedAt, endedAt, outcome } = report;
    const milliseconds = endedAt - startedAt;
    if (isTakenOver(report)) {
      logger.info(
        { adds, updates, renames, deletes, unchanged, failed, milliseconds },
        `${this.#kind} finished: ${adds} added, ${updates} changed, ${deletes} gone, ${unchanged} as before, ${failed} with errors`,
      );
      return;
    }
    logger[outcome === 'cancelled' ? 'info' : 'error'](
      { error: report.problem, outcome, milliseconds },
      `${this.#kind} was not taken over; the previous content goes on answering`,
    );
  }

  #more(count: number, what: string): void {
    if (count > LINES)
      this.#logger.info({ count }, `${this.#kind}: ${count - LINES} more ${what} are in the run history`);
  }
}
