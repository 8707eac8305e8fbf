import { type Connector, type CSEntryChange, exportResultToProblem } from '@joinery/connector';
import { type Problem, problem } from '@joinery/problems';
import { type Clock, type Logger, type Redactor, withDeadline } from '@joinery/runtime';
import type { Shape } from '../facade/shape.ts';
import type { StoredRow } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import { callExport, type EntryOutcome, type ExportCall } from './call.ts';
import type { Decider } from './decide.ts';
import { type InDoubt, inDoubt } from './in-doubt.ts';
import { journalEntry } from './journal-entry.ts';
import { targetFault, withoutSecrets } from './target-fault.ts';
import { Waiting } from './waiting.ts';
import { HeldClaims, type PreparedExport, type WriteOrder } from './write-order.ts';

export interface ExporterOptions {
  readonly shape: Shape;
  readonly connector: Connector;
  readonly space: Space;
  readonly doubts: InDoubt;
  readonly decider: Decider;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Learns passwords while they are on their way. */
  readonly redactor: Redactor;
  /** Milliseconds one call may take. */
  readonly callMs: number;
  /** Orders that may wait. */
  readonly pending: number;
}

interface Taken {
  readonly waiting: Waiting;
  readonly prepared: PreparedExport;
}

/**
 * The writes of one connector, by group commit (design decision 3): an idle connector gets a write at once; while a batch
 * is on its way further writes gather, and go together as far as the connector takes them and they do not touch each other.
 */
export class Exporter {
  readonly #options: ExporterOptions;
  readonly #batchSize: number;
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  #held = false;
  /** The calls of the present batch; each resolves when the connector has let go of it. */
  #calls: Promise<void>[] = [];
  readonly #stopping = new AbortController();

  constructor(options: ExporterOptions) {
    this.#options = options;
    this.#batchSize = Math.max(1, Math.min(100, options.connector.traits.batchSize));
  }

  /**
   * Hands a write over and waits for its outcome. A caller that stops waiting takes it back only while nothing was sent.
   * @throws what the write ends with; HOST_TOO_MANY_WRITES, HOST_STOPPING
   */
  submit(order: WriteOrder, signal: AbortSignal): Promise<StoredRow | null> {
    if (this.#stopping.signal.aborted) return Promise.reject(stopping());
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.length >= this.#options.pending) {
      return Promise.reject(
        problem('HOST_TOO_MANY_WRITES', `${this.#waiting.length} writes wait for this connector already.`, {
          retryAfterSeconds: 5,
        }),
      );
    }
    const waiting = new Waiting(order);
    this.#waiting.push(waiting);
    signal.addEventListener('abort', () => this.#takeBack(waiting, signal.reason), { once: true });
    this.#start();
    return waiting.outcome;
  }

  /** Writes that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Waits until every write that was taken so far is done, and starts nothing new until the returned function is called.
   * The caller refuses further writes meanwhile: one that waited here would wait for a whole import.
   */
  async hold(): Promise<() => void> {
    while (this.#working !== undefined) await this.#working;
    this.#held = true;
    return () => {
      this.#held = false;
      this.#start();
    };
  }

  /** Refuses new writes, lets the ones on their way end within the grace, then gives up what waits. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort(stopping());
    for (const waiting of this.#waiting.splice(0)) waiting.reject(stopping());
    const working = this.#working;
    if (working === undefined) return;
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

  #takeBack(waiting: Waiting, reason: unknown): void {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    if (this.#waiting.length < before) waiting.reject(reason);
  }

  #start(): void {
    if (this.#held || this.#working !== undefined || this.#waiting.length === 0) return;
    this.#working = this.#work().finally(() => {
      this.#working = undefined;
      this.#start();
    });
  }

  async #work(): Promise<void> {
    const batch = this.#take();
    if (batch.length === 0) return;
    const { redactor, logger, space, clock } = this.#options;
    const passwords = batch.flatMap(({ prepared: { password } }) => password?.text ?? []);
    const forget = passwords.map((password) => redactor.register(password));
    this.#calls = [];
    let journalled = false;
    try {
      const begunAt = clock.now();
      // Durable before the target hears of it: a write that leaves no trace could be done twice.
      await space.writer.call(
        'journal',
        batch.map(({ prepared }) => journalEntry(prepared, begunAt)),
      );
      journalled = true;
      await this.#export(batch);
    } catch (error) {
      logger.error({ error }, 'a batch of writes ended with an unexpected fault');
      // No caller must be left hanging; and once the journal has a write, nobody knows that the target has not.
      const open = batch.filter(({ waiting }) => !waiting.answered);
      for (const taken of open) journalled ? this.#doubt(taken, error) : taken.waiting.reject(error);
    } finally {
      // A call that was given up may still speak of the password, in the log.
      Promise.all(this.#calls).then(() => {
        for (const each of forget) each();
      });
    }
  }

  /** The writes that go now, in order of arrival; a write that touches another one before it stays behind it. */
  #take(): Taken[] {
    const held = new HeldClaims();
    const batch: Taken[] = [];
    const left: Waiting[] = [];
    for (const waiting of this.#waiting) {
      if (batch.length >= this.#batchSize || held.conflicts(waiting.order.known)) {
        held.hold(waiting.order.known);
        left.push(waiting);
        continue;
      }
      held.hold(waiting.order.known);
      try {
        const prepared = waiting.order.prepare();
        if (prepared.kind === 'settled') waiting.resolve(prepared.row);
        else if (prepared.kind === 'spaceOnly') this.#confirmSpaceOnly(waiting, prepared.change);
        else if (held.conflicts(minus(prepared, waiting.order.known))) {
          held.hold(prepared);
          left.push(waiting);
        } else {
          held.hold(prepared);
          batch.push({ waiting, prepared });
        }
      } catch (error) {
        waiting.reject(error);
      }
    }
    this.#waiting = left;
    return batch;
  }

  #confirmSpaceOnly(waiting: Waiting, change: { readonly remove?: readonly string[] }): void {
    const { space, clock } = this.#options;
    space.writer.call('confirm', { confirmations: [{ identifier: '', ...change }], now: clock.now() }).then(
      ([row]) => waiting.resolve(row ?? null),
      (error: unknown) => waiting.reject(error),
    );
  }

  async #export(batch: readonly Taken[]): Promise<void> {
    const call = await this.#call(batch.map(({ prepared }) => prepared.entry));
    await this.#settle(batch, call.outcomes);

    const converted = batch.filter(({ prepared }) => isConversion(call.outcomes.get(prepared.entry.identifier)));
    for (const taken of converted) await this.#sendAlone(taken, taken.prepared.asAdd ?? taken.prepared.entry);

    const unknown = batch.filter(({ prepared }) => call.outcomes.get(prepared.entry.identifier)?.kind === 'unknown');
    if (unknown.length > 0) await this.#decide(unknown, call.outcomes, call.released, batch.length > 1);
  }

  async #call(entries: readonly CSEntryChange[]): Promise<ExportCall> {
    const { shape, connector, callMs } = this.#options;
    const step = { schema: shape.schema };
    const call = await callExport(connector, step, entries, callMs, this.#options, new AbortController().signal);
    this.#calls.push(call.released);
    return call;
  }

  /** Puts what the target confirmed into the space, then answers the callers. */
  async #settle(batch: readonly Taken[], outcomes: ReadonlyMap<string, EntryOutcome>): Promise<void> {
    const { space, clock, redactor, logger } = this.#options;
    const applied: { taken: Taken; confirmation: { identifier: string } }[] = [];
    const forgotten: string[] = [];
    const answers: (() => void)[] = [];
    for (const taken of batch) {
      const { entry } = taken.prepared;
      const outcome = outcomes.get(entry.identifier);
      if (outcome?.kind === 'applied') {
        try {
          applied.push({
            taken,
            confirmation: { identifier: entry.identifier, ...taken.prepared.settle(outcome.result) },
          });
        } catch (error) {
          // Done, but the host cannot tell what it became, e.g. an anchor that the target made and did not report.
          this.#doubt(taken, error);
        }
      } else if (outcome?.kind === 'refused' && !isConversion(outcome)) {
        forgotten.push(entry.identifier);
        const refusal = exportResultToProblem(outcome.result, entry);
        answers.push(() => taken.waiting.reject(refusal && withoutSecrets(refusal, redactor)));
      } else if (outcome?.kind === 'notSent') {
        forgotten.push(entry.identifier);
        answers.push(() => taken.waiting.reject(targetFault(outcome.error, redactor)));
      }
    }
    try {
      if (forgotten.length > 0) await space.writer.call('forget', forgotten);
    } catch (error) {
      // They stay in the journal, so the next start asks the target about them; what happened is known here all the same.
      logger.warn({ error }, 'writes that did not happen could not be taken out of the journal');
    }
    for (const answer of answers) answer();
    if (applied.length === 0) return;
    try {
      const confirmations = applied.map(({ confirmation }) => confirmation);
      const rows = await space.writer.call('confirm', { confirmations, now: clock.now() });
      for (const [index, { taken }] of applied.entries()) await this.#finish(taken, rows[index] ?? null);
    } catch (error) {
      for (const { taken } of applied) this.#doubt(taken, error);
    }
  }

  /** The second call of a connector that does not take a password with the Add (host sheet 3.10). */
  async #finish({ prepared, waiting }: Taken, row: StoredRow | null): Promise<void> {
    const { connector, clock, callMs, redactor } = this.#options;
    const { password } = prepared;
    if (password?.separate !== true) {
      waiting.resolve(row);
      return;
    }
    try {
      await withDeadline(clock, callMs, 'Setting the password', new AbortController().signal, async (signal) => {
        await connector.password?.set(prepared.entry, password.text, {}, signal);
      });
      waiting.resolve(row);
    } catch (error) {
      const fault = targetFault(error, redactor);
      const sentence = `The object was created, but its password was not set: ${fault.detail}`;
      waiting.reject(problem('HOST_PASSWORD_NOT_SET', sentence, { cause: fault }));
    }
  }

  /** Asks the target what became of writes without an outcome; those that had company are tried once more alone. */
  async #decide(
    unknown: readonly Taken[],
    outcomes: ReadonlyMap<string, EntryOutcome>,
    released: Promise<void>,
    hadCompany: boolean,
  ): Promise<void> {
    for (const taken of unknown) {
      const { identifier } = taken.prepared.entry;
      const outcome = outcomes.get(identifier);
      const error = outcome?.kind === 'unknown' ? outcome.error : undefined;
      const found = await this.#options.decider.ask(journalEntry(taken.prepared, 0), released);
      if (found.kind === 'undecided') this.#doubt(taken, error, released);
      else if (taken.prepared.achieved(found.row))
        await this.#settle([taken], new Map([[identifier, { kind: 'applied', result: undefined }]]));
      else if (hadCompany) await this.#sendAlone(taken, taken.prepared.entry);
      else await this.#settle([taken], new Map([[identifier, { kind: 'notSent', error }]]));
    }
  }

  async #sendAlone(taken: Taken, entry: CSEntryChange): Promise<void> {
    const call = await this.#call([entry]);
    await this.#settle([taken], call.outcomes);
    const outcome = call.outcomes.get(entry.identifier);
    if (outcome?.kind === 'unknown') await this.#decide([taken], call.outcomes, call.released, false);
    if (isConversion(outcome))
      await this.#settle([taken], new Map([[entry.identifier, { kind: 'notSent', error: undefined }]]));
  }

  /** @param released when the connector has let go of the call */
  #doubt({ prepared, waiting }: Taken, cause: unknown, released: Promise<void> = Promise.resolve()): void {
    const { decider, clock, redactor } = this.#options;
    decider.doubt(journalEntry(prepared, clock.now()), released);
    waiting.reject(inDoubt(redactor.value(cause)));
  }
}

function isConversion(outcome: EntryOutcome | undefined): boolean {
  return outcome?.kind === 'refused' && outcome.result.errorCode === 'ExportActionConvertUpdateToAdd';
}

function stopping(): Problem {
  return problem('HOST_STOPPING', 'The host is stopping and takes no writes.', { retryAfterSeconds: 30 });
}

/** The claims that are new against those which the write holds already. */
function minus<T extends { readonly claims: readonly string[]; readonly needs: readonly string[] }>(
  all: T,
  known: { readonly claims: readonly string[] },
): { claims: string[]; needs: string[] } {
  return {
    claims: all.claims.filter((key) => !known.claims.includes(key)),
    needs: all.needs.filter((key) => !known.claims.includes(key)),
  };
}
