import { problem } from '@joinery/problems';
import type { Clock, Logger } from '@joinery/runtime';
import type { Exporter } from '../export/exporter.ts';
import type { Space } from '../space/space.ts';
import { type ImportOptions, type ImportReport, runFullImport } from './full-import.ts';

export interface ScheduleOptions extends Omit<ImportOptions, 'acceptDeletes' | 'progress'> {
  readonly exporter: Exporter;
  readonly decided: (identifiers: readonly string[]) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly space: Space;
}

/** The sentence of the original (host sheet 10.2), which people search for. */
const IMPORTING = 'The ECMA host is currently importing data from the target application';

/** Wait after a first import that failed; it doubles up to the timer, because nothing is answered until one succeeds. */
const FIRST_RETRY_MS = 30_000;

/** The imports of one connector: one at start, by timer, on demand; never two at once. */
export class Schedule {
  readonly #options: ScheduleOptions;
  readonly #stopping = new AbortController();
  #running: Promise<ImportReport> | undefined;
  #runningObjects = 0;
  #filled: boolean;
  #last: ImportReport | undefined;
  #cancelTimer: (() => void) | undefined;
  #retryMs = FIRST_RETRY_MS;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#filled = options.space.state.filled || options.connector.fullImport === undefined;
  }

  /** True once absence from the space means absence from the target, as far as the last import knew. */
  get filled(): boolean {
    return this.#filled;
  }
  get last(): ImportReport | undefined {
    return this.#last;
  }
  get importing(): boolean {
    return this.#running !== undefined;
  }

  /** Starts the import that every start brings (host sheet 4.1); the content of the last one answers meanwhile. */
  start(): void {
    if (this.#options.connector.fullImport === undefined) return;
    this.#runInBackground();
  }

  /**
   * Refuses to answer while nothing is known yet: "not found" from a half-filled space would make callers create everybody again.
   * @throws HOST_IMPORTING with the progress
   */
  gate(): void {
    if (this.#filled) return;
    if (this.#running === undefined) {
      throw problem(
        'HOST_IMPORTING',
        `${IMPORTING}. The last attempt failed: ${this.#last?.detail ?? 'it was stopped'}`,
        { retryAfterSeconds: 60 },
      );
    }
    throw problem('HOST_IMPORTING', `${IMPORTING}. ${this.#runningObjects} objects so far.`, { retryAfterSeconds: 10 });
  }

  /** Some targets take no writes while they are read (host sheet 13.1 (17)). @throws HOST_IMPORT_RUNNING */
  gateWrites(): void {
    if (this.#running === undefined || this.#options.connector.traits.exportDuringImport) return;
    throw problem('HOST_IMPORT_RUNNING', 'This target takes no writes while an import reads it.', {
      retryAfterSeconds: 10,
    });
  }

  /**
   * Runs a full import now, after one that is running already.
   * @param acceptDeletes takes over also what the guard held back
   * @throws HOST_IMPORT_UNSUPPORTED, HOST_STOPPING
   */
  async importNow({ acceptDeletes = false }: { readonly acceptDeletes?: boolean } = {}): Promise<ImportReport> {
    if (this.#options.connector.fullImport === undefined) {
      throw problem('HOST_IMPORT_UNSUPPORTED', 'This connector has no full import.');
    }
    while (this.#running !== undefined) await this.#running;
    if (this.#stopping.signal.aborted) throw this.#stopping.signal.reason;
    this.#running = this.#import(acceptDeletes);
    return this.#running;
  }

  /** Resolves when no import is running. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    this.#stopping.abort(problem('HOST_STOPPING', 'The host is stopping.', { retryAfterSeconds: 30 }));
    await this.#running;
  }

  async #import(acceptDeletes: boolean): Promise<ImportReport> {
    const { connector, exporter, decided, logger, ...options } = this.#options;
    this.#cancelTimer?.();
    this.#runningObjects = 0;
    const release = connector.traits.exportDuringImport ? undefined : await exporter.hold();
    try {
      const progress = (objects: number): void => {
        this.#runningObjects = objects;
      };
      const report = await runFullImport(
        { ...options, connector, logger, acceptDeletes, progress },
        this.#stopping.signal,
      );
      this.#last = report;
      if (report.outcome === 'finished' || report.outcome === 'finishedWithErrors') {
        this.#filled = true;
        this.#retryMs = FIRST_RETRY_MS;
        decided(report.decided);
        const { adds, updates, deletes, unchanged, failed } = report;
        logger.info(
          { adds, updates, deletes, unchanged, failed, milliseconds: report.endedAt - report.startedAt },
          'full import finished',
        );
      }
      return report;
    } finally {
      release?.();
      this.#running = undefined;
      this.#plan();
    }
  }

  #plan(): void {
    if (this.#stopping.signal.aborted) return;
    const autosyncMs = this.#options.shape.file.autosyncMinutes * 60_000;
    let wait = autosyncMs;
    if (!this.#filled) {
      wait = autosyncMs === 0 ? this.#retryMs : Math.min(autosyncMs, this.#retryMs);
      this.#retryMs *= 2;
    }
    if (wait > 0) this.#cancelTimer = this.#options.clock.timer(wait, () => this.#runInBackground());
  }

  #runInBackground(): void {
    this.importNow().catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) this.#options.logger.error({ error }, 'an import could not be started');
    });
  }
}
