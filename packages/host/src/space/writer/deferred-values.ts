import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ValueRun } from './value-run.ts';

export interface DeferredSizes {
  /** Entries that are sorted and written together: enough that most pages of an index take several of them. */
  readonly run: number;
  /** Entries that one step writes at least. */
  readonly step: number;
}

const USUAL: DeferredSizes = { run: 100_000, step: 4_000 };

/** A run that is being written. */
interface Writing {
  readonly run: ValueRun;
  readonly order: Uint32Array;
  /** The place in the order that committed transactions have reached. */
  place: number;
}

/**
 * Index entries of rows that an open import has made. Nobody can find those rows before the flip, so their entries wait in
 * memory, a bounded number of them, and are written in the order of the index: one by one, each would change a page of its own.
 *
 * What a transaction has done here counts when it is committed. A process that ends loses the import with its entries.
 */
export class DeferredValues {
  readonly #insert: StatementSync;
  readonly #sizes: DeferredSizes;
  #gathered = new ValueRun();
  /** Entries that committed transactions have gathered. */
  #count = 0;
  #writing: Writing | undefined;
  /** The place that the present transaction has reached. */
  #reached = 0;
  /** Rows whose waiting entries no longer hold; what such a row holds now is written at once. */
  readonly #void = new Set<number>();
  /** Those of the present transaction. */
  #voiding: number[] = [];

  constructor(database: DatabaseSync, sizes: DeferredSizes = USUAL) {
    this.#sizes = sizes;
    this.#insert = database.prepare('INSERT OR IGNORE INTO value (attribute, folded, row) VALUES (?, ?, ?)');
  }

  add(attribute: number, key: string, row: number): void {
    if (this.#void.has(row)) this.#insert.run(attribute, key, row);
    else this.#gathered.add(attribute, key, row);
  }

  /** Entries of a row that is deleted no longer count. */
  void(row: number): void {
    const nothingWaits = this.#gathered.count === 0 && this.#writing === undefined;
    if (nothingWaits || this.#void.has(row)) return;
    this.#voiding.push(row);
    this.#void.add(row);
  }

  /** Writes some of what waits once there is enough of it; called by every transaction that adds to it. */
  settle(): void {
    this.#write(Math.max(this.#sizes.step, 2 * (this.#gathered.count - this.#count)));
  }

  /** Writes the next of all that waits. */
  step(): { done: boolean } {
    // What this very transaction has added may still be taken back.
    if (this.#writing === undefined && this.#count === this.#gathered.count) this.#begin(1);
    this.#write(this.#sizes.step);
    const isWritten = this.#writing === undefined || this.#reached === this.#writing.order.length;
    return { done: isWritten && this.#gathered.count === 0 };
  }

  commit(): void {
    this.#voiding = [];
    this.#count = this.#gathered.count;
    if (this.#writing !== undefined) this.#writing.place = this.#reached;
    if (this.#reached === this.#writing?.order.length) this.#endRun();
    if (this.#writing === undefined) this.#begin(this.#sizes.run);
  }

  rollback(): void {
    for (const row of this.#voiding) this.#void.delete(row);
    this.#voiding = [];
    this.#gathered.cut(this.#count);
    this.#reached = this.#writing?.place ?? 0;
  }

  clear(): void {
    this.#gathered = new ValueRun();
    this.#count = 0;
    this.#void.clear();
    this.#voiding = [];
    this.#endRun();
  }

  #begin(least: number): void {
    if (this.#count < least) return;
    this.#writing = { run: this.#gathered, order: this.#gathered.order(), place: 0 };
    this.#reached = 0;
    this.#gathered = new ValueRun();
    this.#count = 0;
  }

  #endRun(): void {
    this.#writing = undefined;
    this.#reached = 0;
    if (this.#count === 0) this.#void.clear();
  }

  #write(limit: number): void {
    if (this.#writing === undefined) return;
    const { run, order } = this.#writing;
    const end = Math.min(order.length, this.#reached + limit);
    for (let at = this.#reached; at < end; at++) {
      const entry = order[at] ?? 0;
      const row = run.rowAt(entry);
      if (!this.#void.has(row)) this.#insert.run(run.attributeAt(entry), run.keyAt(entry), row);
    }
    this.#reached = end;
  }
}
