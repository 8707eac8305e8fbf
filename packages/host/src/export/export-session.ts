import type {
  CloseReason,
  Connector,
  CSEntryChange,
  CSEntryChangeResult,
  ExportRun,
  ExportStep,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import { type Clock, type Logger, withDeadline } from '@joinery/runtime';
import { failPoint } from '../fail-points.ts';
import { type ExportCall, outcomesOf } from './outcome.ts';

export interface ExportSessionOptions {
  readonly connector: Connector;
  readonly step: ExportStep;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds that one call may take, from opening the run to closing it. */
  readonly callMs: number;
  /** Milliseconds without a batch after which a run that is kept open is closed; undefined closes it after every batch. */
  readonly keepOpenMs: number | undefined;
}

/** How long a connector may take to end a run, also one that failed. */
const CLOSE_MS = 10_000;

/**
 * The export runs of one connector, one at a time: opened for a batch and closed after it, or kept open for the next batch.
 * Batches are handed over one after the other.
 */
export class ExportSession {
  readonly #options: ExportSessionOptions;
  #kept: ExportRun | undefined;
  #cancelIdle: (() => void) | undefined;
  #closing: Promise<void> | undefined;
  #saidIncomplete = false;

  constructor(options: ExportSessionOptions) {
    this.#options = options;
  }

  /** Hands one batch to the target. Never throws: every fault is the outcome of the entries it concerns. */
  async put(entries: readonly CSEntryChange[]): Promise<ExportCall> {
    const { clock, callMs } = this.#options;
    await this.#closing;
    const kept = this.#takeKept();
    let run = kept;
    let sent = false;
    let results: readonly CSEntryChangeResult[] = [];
    let ended = false;
    let released: Promise<void> = Promise.resolve();
    let fault: unknown;
    try {
      await withDeadline(clock, callMs, 'The write to the target', new AbortController().signal, (within) => {
        const work = (async () => {
          run ??= await this.#open(within);
          // A call that was given up while it opened must not go on to write.
          within.throwIfAborted();
          failPoint('call.before');
          sent = true;
          results = await run.putEntries(entries, within);
          failPoint('call.after');
          // What answers after its time was over is closed below, as a run that failed.
          within.throwIfAborted();
          ended = true;
          if (this.#mayStayOpen(entries, results)) this.#keep(run);
          else await run.close('Normal', within);
        })();
        released = work.catch(() => {});
        return work;
      });
    } catch (error) {
      fault = error;
      if (!ended) released = released.then(() => this.#close(run, 'Unknown'));
    }
    return { outcomes: outcomesOf(entries, { results, sent, fault }), released, reused: kept !== undefined };
  }

  /** Closes the run that is kept open, if there is one. Its entries all have their results, so nothing hangs on how it ends. */
  async close(): Promise<void> {
    const kept = this.#takeKept();
    if (kept !== undefined) this.#closing = this.#close(kept, 'Normal');
    await this.#closing;
  }

  async #open(signal: AbortSignal): Promise<ExportRun> {
    const { connector, step } = this.#options;
    if (connector.export !== undefined) return connector.export(step, signal);
    throw problem('HOST_EXPORT_UNSUPPORTED', 'The connector does not write to its target.');
  }

  /** A missing result is decided by how the run ends, so a run with one must end. */
  #mayStayOpen(entries: readonly CSEntryChange[], results: readonly CSEntryChangeResult[]): boolean {
    if (this.#options.keepOpenMs === undefined) return false;
    const told = new Set(results.map(({ identifier }) => identifier));
    const complete = entries.every(({ identifier }) => told.has(identifier));
    if (!complete && !this.#saidIncomplete) {
      this.#saidIncomplete = true;
      this.#options.logger.warn(
        {},
        'exportSession is keepOpen, but the connector does not report every entry: its runs are closed after such batches',
      );
    }
    return complete;
  }

  #keep(run: ExportRun): void {
    const { clock, keepOpenMs = 0 } = this.#options;
    this.#kept = run;
    this.#cancelIdle = clock.timer(keepOpenMs, () => void this.close());
  }

  #takeKept(): ExportRun | undefined {
    const kept = this.#kept;
    this.#kept = undefined;
    this.#cancelIdle?.();
    this.#cancelIdle = undefined;
    return kept;
  }

  /** What went wrong first is what matters; that closing failed as well is only logged. */
  async #close(run: ExportRun | undefined, reason: CloseReason): Promise<void> {
    const { clock, logger } = this.#options;
    try {
      const never = new AbortController().signal;
      await withDeadline(clock, CLOSE_MS, 'Closing the export', never, async (within) => run?.close(reason, within));
    } catch (error) {
      logger.warn({ error }, 'an export run could not be closed');
    }
  }
}
