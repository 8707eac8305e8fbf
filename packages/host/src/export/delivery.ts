import { type CSEntryChange, type CSEntryChangeResult, exportResultToProblem } from '@joinery/connector';
import { type Problem, problem, toProblem } from '@joinery/problems';
import type { Clock, Logger, Redactor } from '@joinery/runtime';
import { parseIdentity } from '../object/identity.ts';
import type { Shape } from '../object/shape.ts';
import type { SpaceRow, StoredRow } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import type { Confirmation } from '../space/writer/calls.ts';
import type { Decider } from './decide.ts';
import type { ExportSession } from './export-session.ts';
import type { ExportStretches } from './export-stretch.ts';
import { inDoubt } from './in-doubt.ts';
import { journalEntry } from './journal-entry.ts';
import { type EntryOutcome, type ExportCall, isConversion } from './outcome.ts';
import { type PasswordOrder, type PasswordStep, passwordUnknown } from './password-step.ts';
import { targetFault, withoutSecrets } from './target-fault.ts';
import type { UnknownPasswords } from './unknown-passwords.ts';
import type { Waiting } from './waiting.ts';
import type { PreparedExport, SpaceChange } from './write-order.ts';

export interface DeliveryOptions {
  readonly shape: Shape;
  readonly session: ExportSession;
  readonly space: Space;
  readonly decider: Decider;
  readonly passwordStep: PasswordStep;
  readonly passwords: UnknownPasswords;
  readonly stretches: ExportStretches;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly redactor: Redactor;
}

/** A write whose turn has come. */
export interface Taken {
  readonly waiting: Waiting;
  readonly prepared: PreparedExport;
}

/** A write that the target has carried out. */
interface Applied {
  readonly taken: Taken;
  readonly change: SpaceChange;
  /** The password that is still to be set. */
  readonly order: PasswordOrder | undefined;
  /** The object is there; that its password is, nobody has said. */
  readonly doubtful: boolean;
}

/** The way of one batch from the journal to its callers: the call, what the target made of it, the space, the answers. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #batch: readonly Taken[];
  /** Each resolves when the connector has let go of a call. */
  readonly #calls: Promise<void>[] = [];

  /** @param batch entered in the journal already */
  constructor(options: DeliveryOptions, batch: readonly Taken[]) {
    this.#options = options;
    this.#batch = batch;
  }

  /**
   * Carries the batch out. Never throws.
   * @returns once the target is free for the next batch. `settled` resolves when every caller has an answer and the space has
   * what there is to keep: until then nothing else may touch what this batch touches.
   */
  async run(): Promise<{ readonly settled: Promise<void> }> {
    let call: ExportCall;
    try {
      call = await this.#call(this.#batch.map(({ prepared }) => prepared.entry));
    } catch (error) {
      return { settled: this.#abort(error) };
    }
    const settled = this.#conclude(call).catch((error: unknown) => this.#abort(error));
    // What goes to the target once more must be through before another batch does.
    if (!this.#batch.every((taken) => isPlain(taken, call))) await settled;
    return { settled };
  }

  /** Resolves when the connector has let go of every call. */
  async released(): Promise<void> {
    await Promise.all(this.#calls);
  }

  async #call(entries: readonly CSEntryChange[]): Promise<ExportCall> {
    const call = await this.#options.session.put(entries);
    this.#calls.push(call.released);
    return call;
  }

  /** No caller must be left hanging, and once the journal has a write, nobody knows that the target has not. */
  async #abort(error: unknown): Promise<void> {
    this.#options.logger.error({ error }, 'a batch of writes ended with an unexpected fault');
    for (const taken of this.#batch) if (!taken.waiting.answered) this.#doubt(taken, error);
  }

  async #conclude(call: ExportCall): Promise<void> {
    await this.#settle(this.#batch, call.outcomes);

    const converted = this.#batch.filter(({ prepared }) => isConversion(call.outcomes.get(prepared.entry.identifier)));
    for (const taken of converted) await this.#sendAlone(taken, taken.prepared.asAdd?.() ?? taken.prepared.entry);

    const unknown = this.#batch.filter(({ prepared }) => isUnknown(prepared, call));
    if (unknown.length > 0) await this.#decide(unknown, call, this.#batch.length > 1 || call.reused);
  }

  /** Puts what the target confirmed into the space and ends the journal entries, then answers the callers. */
  async #settle(batch: readonly Taken[], outcomes: ReadonlyMap<string, EntryOutcome>): Promise<void> {
    const { redactor, space, clock, decider, logger } = this.#options;
    const applied: Applied[] = [];
    const refused: { readonly taken: Taken; readonly fault: Problem }[] = [];
    for (const taken of batch) {
      const { entry } = taken.prepared;
      const outcome = outcomes.get(entry.identifier);
      if (outcome === undefined || outcome.kind === 'unknown' || isConversion(outcome)) continue;
      if (outcome.kind === 'notSent') refused.push({ taken, fault: targetFault(outcome.error, redactor) });
      else if (outcome.kind === 'refused') {
        const fault = exportResultToProblem(outcome.result, entry) ?? problem('HOST_EXPORT_FAILED', 'It was refused.');
        refused.push({ taken, fault: withoutSecrets(fault, redactor) });
      } else {
        try {
          applied.push(appliedOf(taken, outcome));
        } catch (error) {
          // Done, but the host cannot tell what it became, e.g. an anchor that the target made and did not report.
          this.#doubt(taken, error);
        }
      }
    }
    if (applied.length + refused.length === 0) return;
    const confirmations: Confirmation[] = [
      ...applied.map(confirmationOf),
      ...refused.map(({ taken }) => ({ identifier: taken.prepared.entry.identifier })),
    ];
    let rows: readonly (StoredRow | null)[];
    try {
      // What the target could not be asked about after a power loss waits for the disk (see `confirm`).
      const lost = !decider.decidable || confirmations.some(({ alias }) => alias !== undefined);
      const journalled = lost ? {} : { journalled: true as const };
      rows = await space.writer.call('confirm', { confirmations, now: clock.now(), ...journalled });
    } catch (error) {
      // What did not happen is known here all the same; it stays in the journal, so the next start asks the target about it.
      logger.warn({ error: toProblem(error) }, 'the space could not be told what became of a batch of writes');
      for (const { taken, fault } of refused) this.#fail(taken, fault);
      for (const { taken } of applied) this.#doubt(taken, error);
      return;
    }
    for (const { taken, fault } of refused) this.#fail(taken, fault);
    for (const [index, each] of applied.entries()) this.#answer(each, rows[index] ?? null);
    const orders = applied.flatMap(({ taken, order }, index) =>
      order === undefined ? [] : [{ taken, order, row: rows[index] ?? null }],
    );
    if (orders.length > 0) await this.#setPasswords(orders);
  }

  #answer({ taken, change, order, doubtful }: Applied, row: StoredRow | null): void {
    const { passwords, clock } = this.#options;
    for (const id of change.remove ?? []) passwords.drop(id);
    if (order !== undefined) return;
    if (doubtful && row !== null) {
      passwords.note(row.id, clock.now());
      this.#fail(taken, passwordUnknown(row.id));
    } else this.#done(taken, row);
  }

  /** One after the other. After one that did not come back in time the target is not asked for the others. */
  async #setPasswords(
    orders: readonly { readonly taken: Taken; readonly order: PasswordOrder; readonly row: StoredRow | null }[],
  ): Promise<void> {
    const { passwordStep, passwords, clock } = this.#options;
    let hangs = false;
    for (const { taken, order, row } of orders) {
      if (hangs) {
        passwords.note(order.id, clock.now());
        this.#fail(taken, passwordUnknown(order.id));
        continue;
      }
      const { fault, released } = await passwordStep.set(order);
      this.#calls.push(released);
      if (fault === undefined) this.#done(taken, row);
      else this.#fail(taken, fault);
      hangs = fault?.code === 'HOST_PASSWORD_UNKNOWN';
    }
  }

  /** Asks the target what became of writes without an outcome; those that had company are tried once more alone. */
  async #decide(unknown: readonly Taken[], call: ExportCall, tryAgain: boolean): Promise<void> {
    for (const taken of unknown) {
      const { identifier } = taken.prepared.entry;
      const outcome = call.outcomes.get(identifier);
      const error = outcome?.kind === 'unknown' ? outcome.error : undefined;
      const found = await this.#options.decider.ask(journalEntry(taken.prepared, 0), call.released);
      if (found.kind === 'undecided') this.#doubt(taken, error, call.released);
      else if (taken.prepared.achieved(found.row)) {
        const result = this.#madeAnchor(taken.prepared.entry, found.row);
        await this.#settle([taken], new Map([[identifier, { kind: 'found', result }]]));
      } else if (tryAgain) await this.#sendAlone(taken, taken.prepared.entry);
      else await this.#settle([taken], new Map([[identifier, { kind: 'notSent', error }]]));
    }
  }

  /** An object that was found by its matching value tells which anchor the target made. */
  #madeAnchor(
    { identifier, anchorAttributes }: CSEntryChange,
    found: SpaceRow | undefined,
  ): CSEntryChangeResult | undefined {
    const { shape, space } = this.#options;
    if (found === undefined || anchorAttributes.length > 0) return undefined;
    const { anchors } = parseIdentity(shape, space.identityOf(found.id));
    return { identifier, errorCode: 'Success', anchorAttributes: anchors };
  }

  async #sendAlone(taken: Taken, entry: CSEntryChange): Promise<void> {
    const call = await this.#call([entry]);
    await this.#settle([taken], call.outcomes);
    const outcome = call.outcomes.get(entry.identifier);
    if (outcome?.kind === 'unknown') await this.#decide([taken], call, false);
    if (isConversion(outcome))
      await this.#settle([taken], new Map([[entry.identifier, { kind: 'notSent', error: undefined }]]));
  }

  #done({ prepared, waiting }: Taken, row: StoredRow | null): void {
    this.#options.stretches.note({ done: verbOf(prepared.entry, row) });
    waiting.resolve(row);
  }

  #fail({ prepared, waiting }: Taken, fault: Problem): void {
    this.#options.stretches.note({ entry: prepared.entry, fault });
    waiting.reject(fault);
  }

  /** @param released when the connector has let go of the call */
  #doubt(taken: Taken, cause: unknown, released: Promise<void> = Promise.resolve()): void {
    const { decider, clock, redactor } = this.#options;
    decider.doubt(journalEntry(taken.prepared, clock.now()), released);
    this.#fail(taken, inDoubt(redactor.value(cause)));
  }
}

/** True for an entry after which the target has nothing more to do. */
function isPlain({ prepared }: Taken, call: ExportCall): boolean {
  const outcome = call.outcomes.get(prepared.entry.identifier);
  return outcome?.kind !== 'unknown' && !isConversion(outcome) && prepared.password?.separate !== true;
}

function isUnknown({ entry }: PreparedExport, call: ExportCall): boolean {
  return call.outcomes.get(entry.identifier)?.kind === 'unknown';
}

function appliedOf(
  taken: Taken,
  { kind, result }: Extract<EntryOutcome, { readonly kind: 'applied' | 'found' }>,
): Applied {
  const { prepared } = taken;
  const change = prepared.settle(result);
  const { password } = prepared;
  const order =
    password?.separate === true && change.row !== undefined
      ? { prepared, result, text: password.text, id: change.row.id }
      : undefined;
  // A target that was found with the object may have been cut off between the object and its password.
  return { taken, change, order, doubtful: password?.separate === false && kind === 'found' };
}

function confirmationOf({ taken, change, order, doubtful }: Applied): Confirmation {
  const { identifier } = taken.prepared.entry;
  const { row } = change;
  const unknown = row !== undefined && (order !== undefined || doubtful);
  return { identifier, ...change, ...(unknown ? { passwordUnknown: row.id } : {}) };
}

function verbOf(
  { objectModificationType, dn }: CSEntryChange,
  row: StoredRow | null,
): 'add' | 'update' | 'rename' | 'delete' {
  if (objectModificationType === 'Add') return 'add';
  if (objectModificationType === 'Delete') return 'delete';
  return dn !== undefined && row !== null && row.dn !== null && row.dn !== dn ? 'rename' : 'update';
}
