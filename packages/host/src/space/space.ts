import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isProblem, problem } from '@joinery/problems';
import { type Clock, type Logger, siblingModule, withDeadline } from '@joinery/runtime';
import { openForReading } from './file.ts';
import type { IndexedAttribute } from './indexed-attribute.ts';
import type { Found, HistoryLine, ReaderCalls, ReaderData, Search } from './reader/calls.ts';
import type { StoredRow } from './row.ts';
import { WorkerCalls } from './worker-calls.ts';
import type { SpaceState, WriterCalls, WriterData } from './writer/calls.ts';

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
  /** Milliseconds a search may take. */
  readonly searchMs: number;
}

/** Rows that the main thread reads at most for one equality; more is a search. */
const DIRECT_ROWS = 101;

/**
 * One connector's space as the rest of the host sees it. Reads by id and by equality happen here, in microseconds and also
 * while an import runs; everything that may touch many rows goes to the reader thread, every change to the writer thread.
 */
export class Space {
  readonly writer: WorkerCalls<WriterCalls>;
  readonly state: SpaceState;
  readonly #options: SpaceOptions;
  readonly #database: DatabaseSync;
  readonly #byId: StatementSync;
  readonly #byValue: StatementSync;
  readonly #objects: StatementSync;
  /** Numbers of the indexes that are complete, by attribute name. */
  readonly #indexes: Map<string, number>;
  readonly #building = new Map<string, Promise<void>>();
  #reader: WorkerCalls<ReaderCalls> | undefined;
  #closed = false;

  private constructor(options: SpaceOptions, writer: WorkerCalls<WriterCalls>, state: SpaceState) {
    this.#options = options;
    this.writer = writer;
    this.state = state;
    this.#database = openForReading(options.path);
    const visible = 'o.born <= s.generation AND o.died > s.generation';
    // CROSS JOIN keeps SQLite's planner to this order: the one-row state, the index entry, the object.
    this.#byId = this.#database.prepare(
      `SELECT o.id, o.version, o.json, o.hidden, o.dn FROM state s CROSS JOIN object o WHERE o.id = ? AND ${visible}`,
    );
    this.#byValue = this.#database.prepare(
      `SELECT o.id, o.version, o.json, o.hidden, o.dn FROM value v CROSS JOIN object o CROSS JOIN state s
       WHERE v.attribute = ? AND v.folded = ? AND o.row = v.row AND ${visible} ORDER BY v.row LIMIT ${DIRECT_ROWS}`,
    );
    this.#objects = this.#database.prepare('SELECT objects FROM state');
    for (const statement of [this.#byId, this.#byValue, this.#objects]) statement.setReturnArrays(true);
    this.#indexes = new Map(state.indexes);
  }

  /**
   * Opens the space file of a connector, making or migrating it, and takes back what an interrupted import left.
   * @throws HOST_SPACE_NEWER, HOST_SPACE_UNREADABLE, HOST_SPACE_DISK_FULL
   */
  static async open(options: SpaceOptions): Promise<Space> {
    const { path, clock, indexable, shape } = options;
    const data: WriterData = { path, now: clock.now(), indexed: indexable, shape };
    const writer = new WorkerCalls<WriterCalls>(
      siblingModule(import.meta.url, './writer/worker'),
      `the space writer of ${options.name}`,
      data,
    );
    try {
      const state = await writer.call('open', null);
      if (state.keptAside !== undefined) {
        options.logger.error(
          { file: state.keptAside },
          'the connector space was damaged; it is kept aside and the next full import fills a new one',
        );
      }
      await untilDone(() => writer.call('abandon', null));
      await untilDone(() => writer.call('collect', null));
      const space = new Space(options, writer, state);
      for (const attribute of options.indexed) await space.ensureIndex(attribute);
      return space;
    } catch (error) {
      await writer.terminate();
      throw error;
    }
  }

  get(id: string): StoredRow | undefined {
    return rowOf(this.#byId.get(id));
  }

  /**
   * The objects whose attribute has this key, in listing order.
   * @returns undefined when the attribute has no complete index, or more than a page matches: then it is a search
   */
  findByValue(attribute: string, key: string): StoredRow[] | undefined {
    const number = this.#indexes.get(attribute);
    if (number === undefined) return undefined;
    const found = this.#byValue.all(number, key);
    if (found.length === DIRECT_ROWS) return undefined;
    const rows: StoredRow[] = [];
    for (const each of found) {
      const row = rowOf(each);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** Visible objects. */
  count(): number {
    const found: unknown = this.#objects.get();
    return Array.isArray(found) ? Number(found[0]) : 0;
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
    this.#database.close();
    await this.#reader?.terminate();
    if (!this.writer.ended) await this.writer.call('close', null);
    await this.writer.terminate();
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

function rowOf(found: unknown): StoredRow | undefined {
  if (!Array.isArray(found)) return undefined;
  const [id, version, json, hidden, dn]: unknown[] = found;
  return {
    id: String(id),
    version: String(version),
    json: String(json),
    hidden: hidden === null ? null : String(hidden),
    dn: dn === null ? null : String(dn),
  };
}
