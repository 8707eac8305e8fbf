import { type CSEntryChange, objectPlace } from '@joinery/connector';
import { type Problem, toProblem } from '@joinery/problems';
import type { Clock, Logger } from '@joinery/runtime';
import { RUN_ERRORS_KEPT, type RunError } from '../space/run-record.ts';
import type { Space } from '../space/space.ts';

/** A stretch of exports ends when nothing was written for so long, */
const IDLE_MS = 60_000;
/** or when it holds so many entries. */
const MOST_ENTRIES = 10_000;

/** What became of one entry: what it did to the target, or why it did not. */
export type StretchEntry =
  | { readonly done: 'add' | 'update' | 'rename' | 'delete' }
  | { readonly entry: CSEntryChange; readonly fault: Problem };

interface Stretch {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When the first and the last entry ended, by the clock that nobody sets. */
  readonly first: number;
  latest: number;
  readonly counts: Record<'add' | 'update' | 'rename' | 'delete', number>;
  failed: number;
  readonly errors: RunError[];
}

/**
 * Exports in the run history: one line for each stretch of work, because a line for each write would push the imports out of
 * it. The line is written when the stretch ends; a process that is killed leaves the objects, the journal and no line.
 */
export class ExportStretches {
  readonly #space: Space;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #stretch: Stretch | undefined;
  #cancelTimer: (() => void) | undefined;
  #recording: Promise<void> = Promise.resolve();

  constructor({ space, clock, logger }: { readonly space: Space; readonly clock: Clock; readonly logger: Logger }) {
    this.#space = space;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Enters what became of one entry; a stretch begins with the first. */
  note(what: StretchEntry): void {
    const now = this.#clock.monotonic();
    this.#stretch ??= this.#begin(now);
    const stretch = this.#stretch;
    stretch.latest = now;
    if ('done' in what) stretch.counts[what.done] += 1;
    else {
      const { code, detail } = what.fault;
      stretch.failed += 1;
      if (stretch.errors.length < RUN_ERRORS_KEPT)
        stretch.errors.push({ object: objectPlace(what.entry), code, detail });
    }
    const { add, update, rename, delete: deletes } = stretch.counts;
    if (add + update + rename + deletes + stretch.failed >= MOST_ENTRIES) this.#record();
  }

  /** Writes the line of the present stretch, if there is one. */
  async end(): Promise<void> {
    this.#record();
    await this.#recording;
  }

  #begin(now: number): Stretch {
    this.#watch(IDLE_MS);
    return {
      startedAt: this.#clock.now(),
      first: now,
      latest: now,
      counts: { add: 0, update: 0, rename: 0, delete: 0 },
      failed: 0,
      errors: [],
    };
  }

  /** One timer at a time, set anew when it fires: one for every write would cost more than the counting. */
  #watch(ms: number): void {
    this.#cancelTimer = this.#clock.timer(ms, () => {
      const idle = this.#clock.monotonic() - (this.#stretch?.latest ?? 0);
      if (idle >= IDLE_MS) this.#record();
      else this.#watch(IDLE_MS - idle);
    });
  }

  #record(): void {
    const stretch = this.#stretch;
    if (stretch === undefined) return;
    this.#stretch = undefined;
    this.#cancelTimer?.();
    const { startedAt, first, latest, counts, failed, errors } = stretch;
    const endedAt = startedAt + Math.round(latest - first);
    const run = {
      kind: 'export' as const,
      profile: 'export',
      why: 'callers wrote',
      held: [],
      differing: 0,
      differences: [],
      startedAt,
      endedAt,
      outcome: failed === 0 ? ('finished' as const) : ('finishedWithErrors' as const),
      adds: counts.add,
      updates: counts.update + counts.rename,
      renames: counts.rename,
      deletes: counts.delete,
      unchanged: 0,
      failed,
      detail: null,
    };
    this.#logger.info(
      {
        adds: run.adds,
        updates: run.updates,
        renames: run.renames,
        deletes: run.deletes,
        failed,
        milliseconds: endedAt - startedAt,
      },
      'exports finished',
    );
    this.#recording = this.#space.writer
      .call('record', { run, errors })
      .catch((error: unknown) =>
        this.#logger.warn({ error: toProblem(error) }, 'exports could not be entered in the run history'),
      );
  }
}
