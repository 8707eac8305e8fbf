import { type Connector, type CSEntryChange, exportResultToProblem } from '@joinery/connector';
import { type Problem, problem, toProblem } from '@joinery/problems';
import { type Clock, type Logger, withDeadline } from '@joinery/runtime';
import type { Shape } from '../facade/shape.ts';
import type { StoredRow } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import type { JournalEntry } from '../space/writer/calls.ts';
import { callExport, type EntryOutcome } from './call.ts';
import type { Decider } from './decide.ts';
import { type InDoubt, inDoubt } from './in-doubt.ts';
import { HeldClaims, type PreparedExport, type WriteOrder } from './write-order.ts';

export interface ExporterOptions {
  readonly shape: Shape;
  readonly connector: Connector;
  readonly space: Space;
  readonly doubts: InDoubt;
  readonly decider: Decider;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds one call may take. */
  readonly callMs: number;
  /** Orders that may wait. */
  readonly pending: number;
}

interface Waiting {
  readonly order: WriteOrder;
  readonly resolve: (row: StoredRow | null) => void;
  readonly reject: (error: unknown) => void;
}

interface Taken extends Waiting {
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
    if (this.#waiting.length >= this.#options.pending) {
      return Promise.reject(
        problem('HOST_TOO_MANY_WRITES', `${this.#waiting.length} writes wait for this connector already.`, {
          retryAfterSeconds: 5,
        }),
      );
    }
    const { promise, resolve, reject } = Promise.withResolvers<StoredRow | null>();
    const waiting: Waiting = { order, resolve, reject };
    this.#waiting.push(waiting);
    signal.addEventListener('abort', () => this.#takeBack(waiting, signal.reason), { once: true });
    this.#start();
    return promise;
  }

  /** Writes that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Waits until nothing is on its way and starts nothing new until the returned function is called. */
  async hold(): Promise<() => void> {
    this.#held = true;
    await this.#working;
    return () => {
      this.#held = false;
      this.#start();
    };
  }

  /** Refuses new writes, lets the ones on their way end within the grace, then gives up what waits. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort(stopping());
    for (const { reject } of this.#waiting.splice(0)) reject(stopping());
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
    try {
      await this.#export(batch);
    } catch (error) {
      // Whatever was not answered before a fault of our own must not leave its caller hanging.
      for (const { reject } of batch) reject(error);
      this.#options.logger.error({ error }, 'a batch of writes ended with an unexpected fault');
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
          batch.push({ ...waiting, prepared });
        }
      } catch (error) {
        waiting.reject(error);
      }
    }
    this.#waiting = left;
    return batch;
  }

  #confirmSpaceOnly({ resolve, reject }: Waiting, change: { readonly remove?: readonly string[] }): void {
    const { space, clock } = this.#options;
    space.writer
      .call('confirm', { confirmations: [{ identifier: '', ...change }], now: clock.now() })
      .then(([row]) => resolve(row ?? null), reject);
  }

  async #export(batch: readonly Taken[]): Promise<void> {
    const { space, shape, connector, callMs, clock } = this.#options;
    const begunAt = clock.now();
    const journalled = batch.map(({ prepared }) => journalEntry(prepared, begunAt));
    // Durable before the target hears of it: a write that leaves no trace could be done twice.
    await space.writer.call('journal', journalled);
    const step = { schema: { types: [shape.schemaType] } };
    const entries = batch.map(({ prepared }) => prepared.entry);
    const call = await callExport(connector, step, entries, callMs, this.#options, new AbortController().signal);
    await this.#settle(batch, call.outcomes);

    const converted = batch.filter(({ prepared }) => isConversion(call.outcomes.get(prepared.entry.identifier)));
    for (const taken of converted) await this.#sendAlone(taken, taken.prepared.asAdd ?? taken.prepared.entry);

    const unknown = batch.filter(({ prepared }) => call.outcomes.get(prepared.entry.identifier)?.kind === 'unknown');
    if (unknown.length > 0) await this.#decide(unknown, call.outcomes, call.released, batch.length > 1);
  }

  /** Puts what the target confirmed into the space, then answers the callers. */
  async #settle(batch: readonly Taken[], outcomes: ReadonlyMap<string, EntryOutcome>): Promise<void> {
    const { space, clock } = this.#options;
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
        answers.push(() => taken.reject(refusal));
      } else if (outcome?.kind === 'notSent') {
        forgotten.push(entry.identifier);
        answers.push(() => taken.reject(targetFault(outcome.error)));
      }
    }
    if (forgotten.length > 0) await space.writer.call('forget', forgotten);
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
  async #finish({ prepared, resolve, reject }: Taken, row: StoredRow | null): Promise<void> {
    const { connector, clock, callMs } = this.#options;
    if (prepared.password === undefined) {
      resolve(row);
      return;
    }
    const { password } = prepared;
    try {
      await withDeadline(clock, callMs, 'Setting the password', new AbortController().signal, async (signal) => {
        await connector.password?.set(prepared.entry, password, {}, signal);
      });
      resolve(row);
    } catch (error) {
      reject(
        problem(
          'HOST_PASSWORD_NOT_SET',
          `The object was created, but its password was not set: ${targetFault(error).detail}`,
          { cause: error },
        ),
      );
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
      if (found.kind === 'undecided') this.#doubt(taken, error);
      else if (taken.prepared.achieved(found.row))
        await this.#settle([taken], new Map([[identifier, { kind: 'applied', result: undefined }]]));
      else if (hadCompany) await this.#sendAlone(taken, taken.prepared.entry);
      else await this.#settle([taken], new Map([[identifier, { kind: 'notSent', error }]]));
    }
  }

  async #sendAlone(taken: Taken, entry: CSEntryChange): Promise<void> {
    const { connector, shape, callMs } = this.#options;
    const step = { schema: { types: [shape.schemaType] } };
    const call = await callExport(connector, step, [entry], callMs, this.#options, new AbortController().signal);
    await this.#settle([taken], call.outcomes);
    const outcome = call.outcomes.get(entry.identifier);
    if (outcome?.kind === 'unknown') await this.#decide([taken], call.outcomes, call.released, false);
    if (isConversion(outcome))
      await this.#settle([taken], new Map([[entry.identifier, { kind: 'notSent', error: undefined }]]));
  }

  #doubt({ prepared, reject }: Taken, cause: unknown): void {
    this.#options.decider.doubt(journalEntry(prepared, this.#options.clock.now()));
    reject(inDoubt(cause));
  }
}

function journalEntry(prepared: PreparedExport, begunAt: number): JournalEntry {
  const { entry, id, keys, findBy, password } = prepared;
  return {
    identifier: entry.identifier,
    state: 'sent',
    id: id ?? null,
    begunAt,
    entry: JSON.stringify({ operation: entry.objectModificationType, ...(findBy === undefined ? {} : { findBy }) }),
    keys,
    passwordPending: password !== undefined,
  };
}

function isConversion(outcome: EntryOutcome | undefined): boolean {
  return outcome?.kind === 'refused' && outcome.result.errorCode === 'ExportActionConvertUpdateToAdd';
}

/** A fault of a whole call, in words for the caller. What is no problem of ours is the connector's own exception. */
function targetFault(error: unknown): Problem {
  const found = toProblem(error);
  if (found.code !== 'RUNTIME_INTERNAL') return found;
  const text = error instanceof Error ? error.message : 'The connector did not say why.';
  return problem('HOST_EXPORT_FAILED', text, { cause: error });
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
