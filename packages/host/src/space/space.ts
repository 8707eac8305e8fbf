import { isProblem, type Problem, problem } from '@joinery/problems';
import { type Clock, type Logger, siblingModule, withDeadline } from '@joinery/runtime';
import { Damage } from './damage.ts';
import { DirectReads } from './direct-reads.ts';
import type { IndexedAttribute } from './indexed-attribute.ts';
import { PageMemory } from './page-memory.ts';
import type { Found, HistoryLine, ReaderCalls, ReaderData, Search } from './reader/calls.ts';
import type { StoredRow } from './row.ts';
import { SharedState } from './state-memory.ts';
import { WorkerCalls } from './worker-calls.ts';
import type { Alias, ReferenceDefinition, SpaceState, StageOutcome, WriterCalls, WriterData } from './writer/calls.ts';
import { type Page, RowPacker } from './writer/packed-page.ts';

/** Aliases that are handed over at once. */
export const ALIASES_PER_PAGE = 500;

export interface SpaceOptions {
  readonly path: string;
  /** The connector's name, for errors and logs. */
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Attributes that are indexed from the start: anchor, query attribute, DN, references. */
  readonly indexed: readonly IndexedAttribute[];
  /** Every attribute that a filter may ask an index for. */
  readonly indexable: readonly IndexedAttribute[];
  /** Changes when rows would be made differently from the same objects. */
  readonly shape: string;
  /** Which attributes refer to other objects, and how; absent: none does. */
  readonly references?: readonly ReferenceDefinition[];
  /** Milliseconds a search may take. */
  readonly searchMs: number;
}

/**
 * One connector's space as the rest of the host sees it. Reads by id and by equality happen here, in microseconds and also
 * while an import runs; everything that may touch many rows goes to the reader thread, every change to the writer thread.
 */
export class Space {
  readonly writer: WorkerCalls<WriterCalls>;
  readonly state: SpaceState;
  readonly #options: SpaceOptions;
  readonly #reads: DirectReads;
  readonly #damage: Damage;
  readonly #pages = new PageMemory();
  /** Numbers of the indexes that are complete, by attribute name. */
  readonly #indexes: Map<string, number>;
  readonly #building = new Map<string, Promise<void>>();
  readonly #cleared: Promise<void>;
  #reader: WorkerCalls<ReaderCalls> | undefined;
  #closed = false;

  private constructor(
    options: SpaceOptions,
    writer: WorkerCalls<WriterCalls>,
    state: SpaceState,
    shared: SharedState,
    damage: Damage,
  ) {
    this.#options = options;
    this.writer = writer;
    this.state = state;
    this.#damage = damage;
    this.#reads = new DirectReads(options.path, shared, writer);
    writer.beforeWork = () => damage.attempt(() => this.#reads.release());
    this.#indexes = new Map(state.indexes);
    this.#cleared = this.#clear();
  }

  /**
   * Opens the space file of a connector, making or migrating it. What an interrupted import left is taken back meanwhile; the
   * time this takes does not grow with the content.
   * @throws HOST_SPACE_NEWER, HOST_SPACE_UNREADABLE, HOST_SPACE_DISK_FULL
   */
  static async open(options: SpaceOptions): Promise<Space> {
    const damage = new Damage(options.path, options.logger);
    try {
      return await Space.#open(options, damage);
    } catch (error) {
      if (!isProblem(error, 'HOST_SPACE_CORRUPT')) throw error;
      // It has left its mark, so this time another file takes its place.
      return Space.#open(options, new Damage(options.path, options.logger));
    }
  }

  static async #open(options: SpaceOptions, damage: Damage): Promise<Space> {
    const { path, clock, indexable, shape, references = [] } = options;
    const shared = new SharedState();
    const data: WriterData = { path, now: clock.now(), indexed: indexable, shape, references, shared: shared.memory };
    const writer = new WorkerCalls<WriterCalls>(
      siblingModule(import.meta.url, './writer/worker'),
      `the space writer of ${options.name}`,
      data,
      (fault) => damage.note(fault),
    );
    try {
      const state = await writer.call('open', null);
      if (state.keptAside !== undefined) {
        options.logger.error(
          { file: state.keptAside },
          'the connector space was damaged; it is kept aside and the next full import fills a new one',
        );
      }
      const space = new Space(options, writer, state, shared, damage);
      for (const attribute of options.indexed) await space.ensureIndex(attribute);
      return space;
    } catch (error) {
      await writer.terminate();
      throw error;
    }
  }

  /** Resolves when the space can serve no longer: its thread has ended, or its file turned out to be damaged. It is to be opened again. */
  get crash(): Promise<Problem> {
    return Promise.race([this.writer.crash, this.#damage.found]);
  }

  /** Opens a new generation beside the visible one, when what an interrupted import left is out of its way. */
  async openStaging(): Promise<void> {
    await this.#cleared;
    await this.writer.call('openStaging', null);
  }

  /** Puts a page of an import into the open generation. */
  stage({ rows, ...rest }: Page): Promise<StageOutcome> {
    const packer = this.packer();
    for (const row of rows) packer.add(row);
    return this.stagePacked(packer.take(), rest);
  }

  /** Packs rows for {@link stagePacked}. */
  packer(): RowPacker {
    return new RowPacker(this.#pages);
  }

  async stagePacked({ rows, piece }: ReturnType<RowPacker['take']>, rest: Omit<Page, 'rows'>): Promise<StageOutcome> {
    try {
      return await this.writer.call('stage', { ...rest, rows });
    } finally {
      this.#pages.giveBack(piece);
    }
  }

  get(id: string): StoredRow | undefined {
    return this.#damage.watch(() => this.#reads.get(id));
  }

  /**
   * The objects of a type whose attribute has this key, in listing order.
   * @param type SCIM resource type
   * @returns undefined when the attribute has no complete index, or more than a page matches: then it is a search
   */
  findByValue(type: string, attribute: string, key: string): StoredRow[] | undefined {
    const number = this.#indexes.get(attribute);
    if (number === undefined) return undefined;
    return this.#damage.watch(() => this.#reads.findByValue(type, number, key));
  }

  /** Visible objects. @param type SCIM resource type; absent: of every type */
  count(type?: string): number {
    return this.#damage.watch(() => this.#reads.count(type));
  }

  /** The id of the object that is called this in the target now: the identity itself, unless its anchor has changed. */
  idOf(identity: string): string {
    return this.#damage.watch(() => this.#reads.idOf(identity));
  }

  /** What the object of an id is called in the target now. */
  identityOf(id: string): string {
    return this.#damage.watch(() => this.#reads.identityOf(id));
  }

  /** The next objects that are called otherwise than their id says, in the order of what they are called. @param after the last one's identity, or nothing */
  aliases(after: string, signal: AbortSignal): Promise<readonly Alias[]> {
    return this.#read('aliases', { after, limit: ALIASES_PER_PAGE }, signal);
  }

  /** The numbers of the indexes that are complete, by attribute name. */
  get indexes(): ReadonlyMap<string, number> {
    return this.#indexes;
  }

  indexNumber(attribute: string): number | undefined {
    return this.#indexes.get(attribute);
  }

  /** Builds the index of an attribute unless it exists; a filter that asks for it meanwhile is answered by a search. */
  ensureIndex(attribute: IndexedAttribute): Promise<void> {
    if (this.#indexes.has(attribute.name)) return Promise.resolve();
    const present = this.#building.get(attribute.name);
    if (present !== undefined) return present;
    // One that fails is built again when the next filter asks for it.
    const building = this.#buildIndex(attribute).finally(() => this.#building.delete(attribute.name));
    this.#building.set(attribute.name, building);
    return building;
  }

  /** @throws HOST_SEARCH_TOO_LONG when it does not end in time */
  search(search: Search, signal: AbortSignal): Promise<Found> {
    return this.#read('search', search, signal);
  }

  history(limit: number, signal: AbortSignal): Promise<readonly HistoryLine[]> {
    return this.#read('history', { limit }, signal);
  }

  /** Every object's JSON in listing order, some hundred at a time. */
  async *documents(signal: AbortSignal): AsyncGenerator<readonly string[]> {
    for (let after = -1; ; ) {
      const { documents, next } = await this.#read('dump', { after, limit: 500 }, signal);
      if (documents.length === 0) return;
      yield documents;
      after = next;
    }
  }

  /** Ends both threads; calls on their way are finished first. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#building.values());
    this.#reads.close();
    await this.#reader?.terminate();
    try {
      if (!this.writer.ended) await this.writer.call('close', null);
    } finally {
      await this.writer.terminate();
    }
  }

  /** Takes back, a transaction at a time, what an interrupted import left. What fails here fails again when an import opens. */
  async #clear(): Promise<void> {
    try {
      await untilDone(() => this.writer.call('abandon', null));
      await untilDone(() => this.writer.call('collect', null));
    } catch (error) {
      if (!this.#closed)
        this.#options.logger.warn({ error }, 'what an interrupted import left could not be cleared away');
    }
  }

  async #buildIndex(attribute: IndexedAttribute): Promise<void> {
    for (let after = -1; !this.#closed; ) {
      const { number, next, done } = await this.writer.call('buildIndex', { attribute, after });
      after = next;
      if (!done) continue;
      this.#indexes.set(attribute.name, number);
      return;
    }
  }

  async #read<K extends keyof ReaderCalls>(
    kind: K,
    argument: Parameters<ReaderCalls[K]>[0],
    signal: AbortSignal,
  ): Promise<ReturnType<ReaderCalls[K]>> {
    if (this.#reader === undefined || this.#reader.ended) {
      const data: ReaderData = { path: this.#options.path };
      this.#reader = new WorkerCalls<ReaderCalls>(
        siblingModule(import.meta.url, './reader/worker'),
        `the space reader of ${this.#options.name}`,
        data,
        (fault) => this.#damage.note(fault),
      );
    }
    const reader = this.#reader;
    const { clock, searchMs } = this.#options;
    try {
      return await withDeadline(clock, searchMs, 'the search', signal, () => reader.call(kind, argument));
    } catch (error) {
      if (reader.ended || this.#closed) throw error;
      // SQLite does not return before it has finished: the thread is given up, the next search starts another.
      if (isProblem(error, 'RUNTIME_DEADLINE')) {
        await reader.terminate();
        throw problem('HOST_SEARCH_TOO_LONG', `The search did not end within ${searchMs} ms.`, { cause: error });
      }
      throw error;
    }
  }
}

/** Repeats a call that does one transaction's worth of work. */
export async function untilDone(step: () => Promise<{ readonly done: boolean }>): Promise<void> {
  while (!(await step()).done);
}
