import type { Connector } from '@joinery/connector';
import { type Problem, problem } from '@joinery/problems';
import type { Clock, Logger, Redactor } from '@joinery/runtime';
import type { ExportSessionFile } from '../configuration/export-session.ts';
import type { DeletesPerHour } from '../limits/deletes-per-hour.ts';
import type { ConnectorMeter } from '../metrics/connector-meter.ts';
import type { Shape } from '../object/shape.ts';
import type { StoredRow } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import type { Decider } from './decide.ts';
import { Delivery, type DeliveryOptions, type Taken } from './delivery.ts';
import { ExportSession } from './export-session.ts';
import { ExportStretches } from './export-stretch.ts';
import { journalEntry } from './journal-entry.ts';
import { PasswordStep } from './password-step.ts';
import type { UnknownPasswords } from './unknown-passwords.ts';
import { Waiting } from './waiting.ts';
import { withdraw } from './withdraw.ts';
import { HeldClaims, type SpaceChange, type WriteOrder } from './write-order.ts';

export interface ExporterOptions {
  readonly shape: Shape;
  readonly connector: Connector;
  readonly space: Space;
  readonly decider: Decider;
  readonly passwords: UnknownPasswords;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Learns passwords while they are on their way. */
  readonly redactor: Redactor;
  /** Milliseconds one call may take. */
  readonly callMs: number;
  /** Orders that may wait. */
  readonly pending: number;
  readonly deletes: DeletesPerHour;
  readonly meter: ConnectorMeter;
  readonly exportSession: ExportSessionFile;
  /** Why nothing may be written now; undefined when it may. */
  readonly refusal: () => Problem | undefined;
}

/** Writes that are in the journal, or on their way into it, and go to the target together. */
interface Entered {
  readonly batch: Taken[];
  readonly held: HeldClaims;
}

/** So many writes must have gathered behind a batch before the journal is written for them: it waits for the disk. */
const AHEAD_AT_LEAST = 8;

/** Writes that the target has done and the space has not taken in yet. */
interface Settling {
  readonly held: HeldClaims;
  readonly settled: Promise<void>;
}

/**
 * The writes of one connector, by group commit (design decision 3): an idle connector gets a write at once; while a batch
 * is on its way further writes gather, and go together as far as the connector takes them and they do not touch each other.
 */
export class Exporter {
  readonly #options: ExporterOptions;
  readonly #delivery: DeliveryOptions;
  readonly #session: ExportSession;
  readonly #stretches: ExportStretches;
  readonly #batchSize: number;
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  readonly #settling = new Set<Settling>();
  /** What is on its way to the target. */
  #calling: HeldClaims | undefined;
  /** What goes next, as far as it was entered in the journal while the target still works. */
  #ahead: Entered = { batch: [], held: new HeldClaims() };
  #entering: Promise<void> | undefined;
  #held = false;
  /** While it holds: the writes that still go. */
  #going: ReadonlySet<Waiting> = new Set();
  readonly #stopping = new AbortController();

  constructor(options: ExporterOptions) {
    const { connector, shape, exportSession } = options;
    this.#options = options;
    this.#batchSize = Math.max(1, Math.min(100, connector.traits.batchSize));
    this.#session = new ExportSession({
      ...options,
      step: { schema: shape.schema },
      keepOpenMs: exportSession.mode === 'keepOpen' ? exportSession.idleSeconds * 1000 : undefined,
    });
    this.#stretches = new ExportStretches(options);
    const passwordStep = new PasswordStep(options);
    this.#delivery = { ...options, session: this.#session, stretches: this.#stretches, passwordStep };
  }

  /**
   * Hands a write over and waits for its outcome. A caller that stops waiting takes it back only while nothing was sent.
   * @throws what the write ends with; HOST_READ_ONLY, HOST_TOO_MANY_WRITES, HOST_STOPPING
   */
  submit(order: WriteOrder, signal: AbortSignal): Promise<StoredRow | null> {
    if (this.#stopping.signal.aborted) return Promise.reject(stopping());
    if (signal.aborted) return Promise.reject(signal.reason);
    const refusal = this.#options.refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    if (this.waiting >= this.#options.pending) {
      return Promise.reject(
        problem('HOST_TOO_MANY_WRITES', `${this.waiting} writes wait for this connector already.`, {
          retryAfterSeconds: 5,
        }),
      );
    }
    const waiting = new Waiting(order);
    this.#waiting.push(waiting);
    signal.addEventListener('abort', () => this.#takeBack(waiting, signal.reason), { once: true });
    this.#start();
    this.#enterAhead();
    this.#options.meter.writing(waiting.outcome);
    return waiting.outcome;
  }

  /** Writes that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length + this.#ahead.batch.length;
  }

  /**
   * Waits until the writes that wait now are done and the target is let go of, and starts nothing new until the returned
   * function is called; later writes wait for that. Called again while it holds, it lets those that came meanwhile go first.
   */
  async hold(): Promise<() => void> {
    this.#going = new Set(this.#waiting);
    this.#held = true;
    this.#start();
    while (this.#working !== undefined) await this.#working;
    await this.#session.close();
    return () => {
      this.#held = false;
      this.#start();
    };
  }

  /** What has not been sent is refused; what has been, ends; then the target is let go of. */
  async becomeReadOnly(refusal: Problem): Promise<void> {
    await this.#giveUpWaiting(() => refusal);
    while (this.#working !== undefined) await this.#working;
    await this.#session.close();
  }

  /** What is read of the target from now on decides the writes whose call has ended without an outcome. */
  async importBegins(): Promise<void> {
    await this.#options.decider.markReleased();
  }

  /** Refuses new writes, lets the ones on their way end within the grace, then gives up what waits. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort(stopping());
    await this.#withinGrace(graceMs, Promise.all([this.#giveUpWaiting(stopping), this.#working]));
    await this.#session.close();
    await this.#stretches.end();
  }

  async #withinGrace(graceMs: number, working: Promise<unknown>): Promise<void> {
    const ended = new AbortController();
    await Promise.race([
      working,
      new Promise<void>((resolve) => {
        const cancel = this.#options.clock.timer(graceMs, resolve);
        ended.signal.addEventListener('abort', cancel);
      }),
    ]);
    ended.abort();
  }

  /** Nothing that waits is sent any more. The journal hears of it at once: the target may work for longer than the host. */
  async #giveUpWaiting(refusal: () => Problem): Promise<void> {
    const { batch } = this.#ahead;
    this.#ahead = { batch: [], held: new HeldClaims() };
    for (const waiting of this.#waiting.splice(0)) waiting.reject(refusal());
    for (const { waiting } of batch) waiting.reject(refusal());
    await this.#entering;
    if (batch.length > 0) await withdraw(this.#options, batch, undefined);
  }

  #takeBack(waiting: Waiting, reason: unknown): void {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    const isAhead = this.#ahead.batch.some((taken) => taken.waiting === waiting);
    if (this.#waiting.length < before || isAhead) waiting.reject(reason);
  }

  #start(): void {
    if (this.#pauses || this.#working !== undefined || this.#waiting.length === 0) return;
    this.#working = this.#work().finally(() => {
      this.#working = undefined;
      this.#start();
    });
  }

  get #pauses(): boolean {
    return this.#held && !this.#waiting.some((waiting) => this.#going.has(waiting));
  }

  /**
   * One batch after the other. While the target works, what comes meanwhile is entered in the journal and the space takes in what
   * the last batch made, so that the target need not wait for our disk.
   */
  async #work(): Promise<void> {
    for (;;) {
      while (this.#entering !== undefined) await this.#entering;
      let next = this.#ahead;
      this.#ahead = { batch: [], held: new HeldClaims() };
      if (next.batch.length === 0) {
        if (this.#pauses) break;
        next = this.#take(this.#batchSize);
        if (next.batch.length > 0) await this.#enter(next.batch);
      }
      if (next.batch.length > 0) await this.#deliver(next);
      else {
        const [first] = this.#settling;
        if (first === undefined) return;
        await first.settled;
      }
    }
    await Promise.all([...this.#settling].map(({ settled }) => settled));
  }

  /** Enters writes in the journal that have gathered while the target is busy. Who ends abruptly leaves them there: it has to be one to ask. */
  #enterAhead(): void {
    if (this.#options.connector.lookup === undefined) return;
    const room = this.#batchSize - this.#ahead.batch.length;
    if (this.#calling === undefined || this.#entering !== undefined || this.#pauses) return;
    if (room === 0 || this.#waiting.length < AHEAD_AT_LEAST) return;
    const { batch } = this.#take(room);
    if (batch.length === 0) return;
    for (const taken of batch) {
      this.#ahead.batch.push(taken);
      this.#ahead.held.hold(taken.prepared);
    }
    this.#entering = this.#enter(batch).then(() => {
      this.#entering = undefined;
      this.#enterAhead();
    });
  }

  /** Durable before the target hears of it: a write that leaves no trace could be done twice. Answers the callers if it cannot be. */
  async #enter(batch: readonly Taken[]): Promise<void> {
    const { space, clock } = this.#options;
    const begunAt = clock.now();
    try {
      await space.writer.call(
        'journal',
        batch.map(({ prepared }) => journalEntry(prepared, begunAt)),
      );
    } catch (error) {
      for (const { waiting } of batch) waiting.reject(error);
    }
  }

  async #deliver({ batch, held }: Entered): Promise<void> {
    const { redactor } = this.#options;
    const refusal = this.#options.refusal();
    const withdrawn = batch.filter(({ waiting }) => waiting.answered || refusal !== undefined);
    if (withdrawn.length > 0) await withdraw(this.#options, withdrawn, refusal);
    const sent = batch.filter((taken) => !withdrawn.includes(taken));
    if (sent.length === 0) return;
    const passwords = sent.flatMap(({ prepared: { password } }) => password?.text ?? []);
    const forget = passwords.map((password) => redactor.register(password));
    const delivery = new Delivery(this.#delivery, sent);
    this.#calling = held;
    this.#enterAhead();
    const { settled } = await delivery.run();
    this.#calling = undefined;
    this.#settles(held, settled);
    if (forget.length === 0) return;
    // A call that was given up may still speak of the password, in the log.
    settled
      .then(() => delivery.released())
      .then(() => {
        for (const each of forget) each();
      });
  }

  /** The writes that go now, in order of arrival; a write that touches another one before it stays behind it. */
  #take(most: number): Entered {
    // A switch counts from the moment it is set, not only once the disk has it.
    const refusal = this.#options.refusal();
    if (refusal !== undefined) for (const waiting of this.#waiting.splice(0)) waiting.reject(refusal);
    const before = new HeldClaims();
    const held = new HeldClaims();
    const batch: Taken[] = [];
    const left: Waiting[] = [];
    const conflicts = (claims: Parameters<HeldClaims['conflicts']>[0]): boolean =>
      held.conflicts(claims) ||
      before.conflicts(claims) ||
      this.#calling?.conflicts(claims) === true ||
      this.#ahead.held.conflicts(claims) ||
      this.#settling.values().some((settling) => settling.held.conflicts(claims));
    for (const [at, waiting] of this.#waiting.entries()) {
      if (batch.length >= most) {
        left.push(...this.#waiting.slice(at));
        break;
      }
      if (conflicts(waiting.order.known)) {
        before.hold(waiting.order.known);
        left.push(waiting);
        continue;
      }
      try {
        const prepared = waiting.order.prepare();
        if (prepared.kind === 'settled') waiting.resolve(prepared.row);
        else if (prepared.kind === 'spaceOnly') this.#confirmSpaceOnly(waiting, prepared.change);
        else if (conflicts(prepared)) {
          before.hold(prepared);
          left.push(waiting);
        } else {
          if (prepared.deletes === true) this.#options.deletes.take();
          held.hold(prepared);
          batch.push({ waiting, prepared });
        }
      } catch (error) {
        waiting.reject(error);
      }
    }
    this.#waiting = left;
    return { batch, held };
  }

  /** Not in the journal, so it waits for the disk. */
  #confirmSpaceOnly(waiting: Waiting, change: SpaceChange): void {
    const { space, clock } = this.#options;
    const held = new HeldClaims();
    held.hold(waiting.order.known);
    const confirmed = space.writer
      .call('confirm', { confirmations: [{ identifier: '', ...change }], now: clock.now() })
      .then(
        ([row]) => waiting.resolve(row ?? null),
        (error: unknown) => waiting.reject(error),
      );
    this.#settles(held, confirmed);
  }

  #settles(held: HeldClaims, settled: Promise<void>): void {
    const settling = { held, settled };
    this.#settling.add(settling);
    settled.finally(() => this.#settling.delete(settling));
  }
}

function stopping(): Problem {
  return problem('HOST_STOPPING', 'The host is stopping and takes no writes.', { retryAfterSeconds: 30 });
}
