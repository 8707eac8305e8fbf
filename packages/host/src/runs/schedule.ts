import { isProblem, type Problem, problem } from '@joinery/problems';
import { isOverdue, nextImport } from '../configuration/import-timing.ts';
import { RUN_PROFILES, type RunProfileName } from '../configuration/run-profiles.ts';
import type { Exporter } from '../export/exporter.ts';
import type { InDoubt } from '../export/in-doubt.ts';
import type { ConnectorMeter } from '../metrics/connector-meter.ts';
import type { HistoryLine } from '../space/reader/calls.ts';
import type { HeldReason } from '../space/run-record.ts';
import { dueProfile } from './due.ts';
import { type ImportOptions, type ImportOrder, runImport } from './import-run.ts';
import type { RunLog } from './run-log.ts';
import { isTakenOver, type RunReport } from './run-report.ts';
import { WriteTurns } from './write-turns.ts';

export interface ScheduleOptions extends ImportOptions {
  readonly exporter: Exporter;
  readonly doubts: InDoubt;
  readonly decided: (identifiers: readonly string[]) => void;
  readonly meter: ConnectorMeter;
}

/** The sentence of the original (host sheet 10.2), which people search for. */
const IMPORTING = 'The ECMA host is currently importing data from the target application';

/** Wait after a first import that failed; it doubles up to the timer, because nothing is answered until one succeeds. */
const FIRST_RETRY_MS = 30_000;

/** The run that is going on. */
export interface RunningImport {
  readonly kind: ImportOrder['kind'];
  readonly profile: RunProfileName;
  readonly why: string;
  readonly startedAt: number;
  readonly objects: number;
}

/** The run that ended last, also before this process began. */
export type LastRun = Omit<HistoryLine, 'number' | 'watermark'> & {
  /** Why it was not taken over; known while the process that ran it lives, later only in words. */
  readonly problem?: Problem | undefined;
};

/** The imports of one connector: at start where they are due, by timer or cron, on demand; never two at once. */
export class Schedule {
  readonly #options: ScheduleOptions;
  readonly #turns: WriteTurns;
  readonly #stopping = new AbortController();
  #running: Promise<RunReport> | undefined;
  #now: RunningImport | undefined;
  #filled: boolean;
  #last: LastRun | undefined;
  #watermark: string | null;
  #importedAt: number | null;
  #fullAt: number | null;
  /** A delta met something that only a full import can put right. */
  #wantsFull = false;
  #cancelTimer: (() => void) | undefined;
  #retryMs = FIRST_RETRY_MS;

  constructor(options: ScheduleOptions) {
    const { filled, watermark, importedAt, fullAt, lastImport } = options.space.state;
    this.#options = options;
    this.#turns = new WriteTurns(options.exporter, options.clock);
    this.#filled = filled || options.connector.fullImport === undefined;
    this.#watermark = watermark;
    this.#importedAt = importedAt;
    this.#fullAt = fullAt;
    this.#last = lastImport;
  }

  /** True once absence from the space means absence from the target, as far as the last import knew. */
  get filled(): boolean {
    return this.#filled;
  }
  get last(): LastRun | undefined {
    return this.#last;
  }
  get running(): RunningImport | undefined {
    return this.#now;
  }

  /**
   * Imports at once what has no content or content older than the timer (host sheet 13.1 (10)), and what has writes in doubt
   * that only a full import can decide; otherwise the last content answers and the timer goes on where it was.
   */
  start(): void {
    const { connector, shape, clock, doubts } = this.#options;
    if (connector.fullImport === undefined) return;
    const full = connector.deltaImport !== undefined && shape.file.runProfiles.fullThenDelta !== undefined;
    const run = (why: string): void => this.#runInBackground(full ? 'fullThenDelta' : 'full', why);
    if (!this.#filled) run('the host has started and knows nothing of the target as it is configured now');
    else if (isOverdue(shape.file, this.#importedAt, clock.now())) run('the host has started and its content is old');
    else if (doubts.size > 0 && connector.lookup === undefined)
      run('writes are in doubt that only an import can decide');
    else this.#plan(this.#importedAt ?? clock.now());
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
    throw problem('HOST_IMPORTING', `${IMPORTING}. ${this.#now?.objects ?? 0} objects so far.`, {
      retryAfterSeconds: 10,
    });
  }

  /** Hands a write over. Where the target takes none beside an import it has its turn between two pages (host sheet 13.1 (17)). @throws HOST_IMPORT_RUNNING */
  write<T>(signal: AbortSignal, submit: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#turns.write(signal, submit);
  }

  /**
   * Runs a profile now, after an import that is running already. Where a delta cannot be, a full import takes its place.
   * @param accept what an administrator has looked at and accepts to lose
   * @throws HOST_IMPORT_UNSUPPORTED, HOST_STOPPING
   */
  async run(
    profile: RunProfileName,
    {
      accept = [],
      why = 'somebody asked for it',
    }: { readonly accept?: readonly HeldReason[]; readonly why?: string } = {},
  ): Promise<RunReport> {
    const { fullImport, deltaImport } = this.#options.connector;
    if (profile === 'delta' ? deltaImport === undefined : fullImport === undefined) {
      throw problem(
        'HOST_IMPORT_UNSUPPORTED',
        `This connector has no ${profile === 'delta' ? 'delta' : 'full'} import.`,
      );
    }
    while (this.#running !== undefined) await this.#running;
    if (this.#stopping.signal.aborted) throw this.#stopping.signal.reason;
    this.#running = this.#work(profile, accept, why);
    return this.#running;
  }

  /**
   * Runs the import that was held back again and takes it over, unless it would now lose more than was reported.
   * @throws HOST_NOTHING_HELD_BACK, HOST_STOPPING
   */
  async accept(): Promise<RunReport> {
    while (this.#running !== undefined) await this.#running;
    const last = this.#last;
    if (last?.outcome !== 'heldBack') {
      throw problem('HOST_NOTHING_HELD_BACK', 'The last import of this connector was not held back.');
    }
    const profile = last.kind === 'deltaImport' ? 'delta' : RUN_PROFILES.find((name) => name === last.profile);
    return this.run(profile ?? 'full', { accept: last.held, why: 'an administrator accepts what was held back' });
  }

  /** Resolves when no import is running. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    this.#stopping.abort(problem('HOST_STOPPING', 'The host is stopping.', { retryAfterSeconds: 30 }));
    await Promise.allSettled([this.#running]);
  }

  async #work(profile: RunProfileName, accept: readonly HeldReason[], why: string): Promise<RunReport> {
    this.#cancelTimer?.();
    const alone = !this.#options.connector.traits.exportDuringImport;
    try {
      // A write that hangs must not keep the host from stopping.
      if (alone) await unlessAborted(this.#turns.hold(), this.#stopping.signal);
      return await this.#steps(profile, accept, why);
    } finally {
      if (alone) this.#turns.release();
      this.#now = undefined;
      this.#running = undefined;
      this.#plan(this.#options.clock.now());
    }
  }

  async #steps(profile: RunProfileName, accept: readonly HeldReason[], why: string): Promise<RunReport> {
    if (profile === 'delta') {
      if (!this.#filled)
        return this.#step('fullImport', profile, accept, `${why}; nothing is known that a delta could start from`);
      const delta = await this.#step('deltaImport', profile, accept, why);
      if (!isProblem(delta.problem, 'CONNECTOR_WATERMARK_INVALID')) return delta;
      const full = await this.#step(
        'fullImport',
        profile,
        accept,
        'the target does not know any more where the last import ended',
      );
      return { ...full, before: delta };
    }
    const full = await this.#step('fullImport', profile, accept, why);
    if (profile === 'full' || !isTakenOver(full) || this.#watermark === null) return full;
    const delta = await this.#step('deltaImport', profile, accept, 'what changed while the full import ran');
    return { ...delta, before: full };
  }

  async #step(
    kind: ImportOrder['kind'],
    profile: RunProfileName,
    accept: readonly HeldReason[],
    why: string,
  ): Promise<RunReport> {
    const { clock, decided, exporter } = this.#options;
    const started = { kind, profile, why, startedAt: clock.now() };
    this.#now = { ...started, objects: 0 };
    const order: ImportOrder = {
      ...started,
      accept,
      watermark: this.#watermark,
      progress: (objects) => {
        this.#now = { ...started, objects };
      },
      between: (log: RunLog) => this.#turns.between(log),
    };
    await exporter.importBegins();
    const report = await runImport(this.#options, order, this.#stopping.signal);
    this.#last = report;
    this.#options.meter.importEnded(report);
    if (!isTakenOver(report)) return report;
    this.#filled = true;
    this.#retryMs = FIRST_RETRY_MS;
    this.#importedAt = report.endedAt;
    this.#watermark = report.watermark;
    if (kind === 'fullImport') this.#fullAt = report.endedAt;
    this.#wantsFull = report.errors.some(({ code }) => code.startsWith('HOST_DELTA_'));
    decided(report.decided);
    return report;
  }

  /** @param from milliseconds since 1970: when the last import ended */
  #plan(from: number): void {
    const { clock, shape, connector } = this.#options;
    if (this.#stopping.signal.aborted || connector.fullImport === undefined) return;
    const next = nextImport(shape.file, from);
    // A clock that was set back must not put the next import off for longer than the timer says.
    const usual =
      next === undefined ? undefined : Math.min(next, nextImport(shape.file, clock.now()) ?? next) - clock.now();
    let wait = usual;
    if (!this.#filled) {
      wait = Math.min(usual ?? this.#retryMs, this.#retryMs);
      this.#retryMs *= 2;
    }
    if (wait !== undefined) this.#cancelTimer = clock.timer(Math.max(0, wait), () => this.#onTimer());
  }

  #onTimer(): void {
    const { connector, shape, clock, doubts } = this.#options;
    const { schedule, autosyncMinutes, runProfiles } = shape.file;
    // What is in doubt a delta does not decide: that an object is not among the changes does not say that it is not there.
    const known = this.#filled && this.#watermark !== null && !this.#wantsFull && doubts.size === 0;
    const profile = dueProfile(connector, runProfiles, { known, fullAt: this.#fullAt }, clock.now());
    const timer = schedule === undefined ? `the timer of ${autosyncMinutes} minutes` : `the schedule "${schedule}"`;
    this.#runInBackground(profile, this.#filled ? timer : 'another attempt, because no import has succeeded yet');
  }

  #runInBackground(profile: RunProfileName, why: string): void {
    this.run(profile, { why }).catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) this.#options.logger.error({ error }, 'an import could not be started');
    });
  }
}

/** @throws the signal's reason when it is aborted first */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
}
