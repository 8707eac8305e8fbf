import type { Connector, CSEntryChange, LookupQuery } from '@joinery/connector';
import { problem, toProblem } from '@joinery/problems';
import { type Clock, type Logger, type Random, withDeadline } from '@joinery/runtime';
import { parseIdentity } from '../object/identity.ts';
import { type IdOf, readEntry } from '../object/read-entry.ts';
import { type Shape, typeOfObject } from '../object/shape.ts';
import type { SpaceRow } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import type { JournalEntry } from '../space/writer/calls.ts';
import type { InDoubt } from './in-doubt.ts';
import { journalled } from './journal-entry.ts';
import { renameAliases } from './settle.ts';
import type { UnknownPasswords } from './unknown-passwords.ts';
import { lookupKey, parseLookupKey, type SpaceChange } from './write-order.ts';

export type Decision =
  | { readonly kind: 'found'; readonly row: SpaceRow | undefined; readonly change: SpaceChange }
  | { readonly kind: 'undecided' };

export interface DeciderOptions {
  readonly shape: Shape;
  readonly connector: Connector;
  readonly space: Space;
  readonly doubts: InDoubt;
  readonly passwords: UnknownPasswords;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: Random;
  readonly callMs: number;
}

/** First wait after a look-up that failed; it doubles up to the longest. */
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;

/**
 * Finds out what became of writes without an outcome: by asking the target where the connector has `lookup`, otherwise by
 * the next full import. Where there is neither they stay visible as uncertain and are never retried blindly.
 */
export class Decider {
  readonly #options: DeciderOptions;
  #retryMs = FIRST_RETRY_MS;
  #cancelTimer: (() => void) | undefined;
  #asking: Promise<void> | undefined;
  /** Writes whose call the connector has not let go of: the target may still act, so nothing can decide them yet. */
  readonly #acting = new Set<string>();
  /** Writes that could not be marked in the journal in their time: the disk was full. */
  readonly #unmarked = new Set<string>();
  #stopped = false;

  constructor(options: DeciderOptions) {
    this.#options = options;
  }

  /** Takes over what a process that ended abruptly left in the journal. */
  async resume(left: readonly JournalEntry[]): Promise<void> {
    for (const entry of left) this.#register(entry);
    await this.#mark(left.map(({ identifier }) => identifier));
    if (left.length > 0) {
      this.#options.logger.warn(
        { writes: left.length },
        'writes of an interrupted run have no known outcome; their objects are not answered until it is',
      );
    }
    this.#schedule(0);
  }

  /**
   * Notes a write whose outcome stayed unknown.
   * @param released when the connector has let go of its call: only what is read after that decides
   */
  doubt(entry: JournalEntry, released: Promise<void>): void {
    const { identifier } = entry;
    this.#register(entry);
    this.#acting.add(identifier);
    released
      .then(() => {
        this.#acting.delete(identifier);
        this.#unmarked.add(identifier);
        return this.markReleased();
      })
      // One that cannot be looked at again stays in the journal as sent, which a restart reads as in doubt too.
      .catch((error: unknown) => this.#options.logger.error({ error }, 'a write in doubt was not let go of'));
    this.#schedule(this.#retryMs);
  }

  /**
   * Marks in the journal which writes whatever is read from now on decides. Every import calls it before it begins, so that
   * one which could not be marked in its time is decided all the same.
   */
  async markReleased(): Promise<void> {
    const identifiers = [...this.#unmarked];
    try {
      await this.#mark(identifiers);
      for (const identifier of identifiers) this.#unmarked.delete(identifier);
    } catch (error) {
      this.#options.logger.error({ error }, 'a write in doubt could not be marked in the journal');
    }
  }

  /** Takes entries out that a finished full import, or a person, has decided. */
  decided(identifiers: readonly string[]): void {
    const withPassword = new Map(
      this.#options.doubts.all().flatMap((each) => (each.passwordPending ? [[each.identifier, each]] : [])),
    );
    for (const identifier of identifiers) {
      const entry = withPassword.get(identifier);
      if (entry === undefined) this.#options.doubts.remove(identifier);
      else this.#decideFromSpace(entry);
    }
  }

  /** Whether anything can find out what became of a write. */
  get decidable(): boolean {
    return this.#options.connector.lookup !== undefined || this.#options.connector.fullImport !== undefined;
  }

  /**
   * Asks the target about one object.
   * @param released when the connector has let go of the call in question: before that the target may still act
   */
  async ask(entry: JournalEntry, released: Promise<void>): Promise<Decision> {
    const { connector, shape, space, clock, callMs, logger } = this.#options;
    const { lookup } = connector;
    if (lookup === undefined) return { kind: 'undecided' };
    try {
      // Fails for an entry that was journalled under another configuration: its id may name nothing that there is now.
      const queries = lookupQueries(shape, space, entry);
      if (queries.length === 0) return { kind: 'undecided' };
      const found = await withDeadline(
        clock,
        callMs,
        'The look-up in the target',
        new AbortController().signal,
        async (signal) => {
          await released;
          for (const query of queries) {
            const answer = await lookup.call(connector, query, signal);
            if (answer.length > 0) return answer;
          }
          return [];
        },
      );
      const [only, second] = found;
      if (second !== undefined) return { kind: 'undecided' };
      if (only === undefined) {
        return { kind: 'found', row: undefined, change: { remove: entry.id === null ? [] : [entry.id] } };
      }
      return this.#found(entry, only);
    } catch (error) {
      logger.warn({ error: toProblem(error) }, 'the target could not be asked about a write in doubt');
      return { kind: 'undecided' };
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#asking;
  }

  #register(entry: JournalEntry): void {
    const state = this.decidable ? 'inDoubt' : 'uncertain';
    this.#options.doubts.add({ ...entry, state });
  }

  async #mark(identifiers: readonly string[]): Promise<void> {
    if (identifiers.length === 0) return;
    await this.#options.space.writer.call('mark', { identifiers, state: this.decidable ? 'inDoubt' : 'uncertain' });
  }

  #schedule(ms: number): void {
    if (this.#stopped || this.#options.connector.lookup === undefined || this.#options.doubts.size === 0) return;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.timer(ms, () => {
      this.#asking ??= this.#askAll().finally(() => {
        this.#asking = undefined;
        this.#schedule(this.#retryMs);
      });
    });
  }

  async #askAll(): Promise<void> {
    const { doubts, logger } = this.#options;
    let undecided = 0;
    for (const entry of doubts.all()) {
      if (this.#stopped) return;
      if (this.#acting.has(entry.identifier)) {
        undecided += 1;
        continue;
      }
      const decision = await this.ask(entry, Promise.resolve());
      if (decision.kind === 'undecided') {
        undecided += 1;
        continue;
      }
      const { row, change } = decision;
      try {
        await this.#end(entry, row?.id, change);
        logger.info({ object: row?.id ?? entry.id }, 'the target has decided a write that was in doubt');
      } catch (error) {
        undecided += 1;
        logger.error({ error: toProblem(error) }, 'a decided write could not be noted');
      }
    }
    this.#retryMs = undecided === 0 ? FIRST_RETRY_MS : Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
  }

  /**
   * An import has brought the object of a create with a password, or has not: its journal entry was left for this look, so
   * that a process which dies now finds it again.
   */
  #decideFromSpace(entry: JournalEntry): void {
    this.#end(entry, this.#inSpace(entry), {}).catch((error: unknown) =>
      this.#options.logger.error({ error: toProblem(error) }, 'a decided write could not be noted'),
    );
  }

  /** The object as the target has it; one that was to get another anchor keeps its id whichever of the two it has. */
  #found(entry: JournalEntry, found: CSEntryChange): Decision {
    const { space, shape, random } = this.#options;
    const renamedTo = journalled(entry)?.renamedTo;
    const { id } = entry;
    const idOf: IdOf = (identity) => (identity === renamedTo && id !== null ? id : space.idOf(identity));
    const reading = readEntry(shape, idOf, found);
    if (reading === undefined || !('row' in reading)) {
      throw reading?.fault ?? problem('CONNECTOR_ENTRY_INVALID', `The object is of the type "${found.objectType}".`);
    }
    const { row, identity } = reading;
    if (id === null || identity !== renamedTo) return { kind: 'found', row, change: { row } };
    const alias = renameAliases(space, random, id, space.identityOf(id), identity);
    return { kind: 'found', row, change: { row, alias } };
  }

  /** The id of the entry's object, where the space holds it. */
  #inSpace(entry: JournalEntry): string | undefined {
    const { space, shape } = this.#options;
    const { id, keys } = entry;
    if (id !== null) return space.get(id)?.id;
    const objectType = journalled(entry)?.objectType;
    const type = objectType === undefined ? undefined : typeOfObject(shape, objectType);
    if (type === undefined) return undefined;
    // Its anchor was the target's to make. The object is the one that has every value by which it can be looked up.
    let ids: ReadonlySet<string> | undefined;
    for (const key of keys) {
      const value = parseLookupKey(key).key;
      const attribute = type.matchable.find(({ name }) => lookupKey(name, value) === key);
      const rows = attribute && space.findByValue(type.file.resource, attribute.name, value);
      if (rows === undefined) continue;
      const found = new Set(rows.map((row) => row.id));
      ids = ids === undefined ? found : found.intersection(ids);
    }
    const [only, second] = ids ?? [];
    return second === undefined ? only : undefined;
  }

  /** Ends a decided entry. Of a create with a password nobody can say whether that was set. @param found the object's id, where it is there */
  async #end(entry: JournalEntry, found: string | undefined, change: SpaceChange): Promise<void> {
    const { space, clock, doubts, passwords } = this.#options;
    const now = clock.now();
    const unknown = entry.passwordPending ? found : undefined;
    const confirmation = { identifier: entry.identifier, ...change };
    await space.writer.call('confirm', {
      confirmations: [unknown === undefined ? confirmation : { ...confirmation, passwordUnknown: unknown }],
      now,
    });
    if (unknown !== undefined) passwords.note(unknown, now);
    doubts.remove(entry.identifier);
  }
}

/** How the target is asked: by anchor, else by the value that the write would have made unique; a renamed object also by its new anchor. */
function lookupQueries(shape: Shape, space: Space, entry: JournalEntry): readonly LookupQuery[] {
  const { schema } = shape;
  const said = journalled(entry);
  if (entry.id === null) {
    if (said?.findBy === undefined) return [];
    return [{ schema, objectType: said.objectType, ...said.findBy }];
  }
  const identities = [space.identityOf(entry.id), ...(said?.renamedTo === undefined ? [] : [said.renamedTo])];
  return identities.map((identity) => {
    const { type, anchors } = parseIdentity(shape, identity);
    return { schema, objectType: type.schemaType.name, anchor: anchors };
  });
}
