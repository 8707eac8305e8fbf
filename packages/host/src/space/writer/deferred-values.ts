import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface DeferredSizes {
  /** Entries that are sorted and written together: enough that most pages of an index take several of them. */
  readonly run: number;
  /** Entries that one step writes at least. */
  readonly step: number;
}

const USUAL: DeferredSizes = { run: 120_000, step: 4_000 };

interface Entry {
  readonly key: string;
  readonly row: number;
}

/** One index's part of a run. */
interface Part {
  readonly attribute: number;
  readonly entries: Entry[];
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
  /** By index; not sorted yet. */
  #gathered = new Map<number, Entry[]>();
  #count = 0;
  /** Sorted and being written, from the place reached. */
  #run: Part[] = [];
  #place = { part: 0, entry: 0 };
  /** Rows whose waiting entries no longer hold; what such a row holds now is written at once. */
  readonly #void = new Set<number>();
  /** What the present transaction has done. */
  #adding = new Map<number, Entry[]>();
  #added = 0;
  #voiding: number[] = [];
  #reached = this.#place;

  constructor(database: DatabaseSync, sizes: DeferredSizes = USUAL) {
    this.#sizes = sizes;
    this.#insert = database.prepare('INSERT OR IGNORE INTO value (attribute, folded, row) VALUES (?, ?, ?)');
  }

  add(attribute: number, key: string, row: number): void {
    if (this.#void.has(row)) this.#insert.run(attribute, key, row);
    else {
      const adding = this.#adding.get(attribute);
      if (adding === undefined) this.#adding.set(attribute, [{ key, row }]);
      else adding.push({ key, row });
      this.#added += 1;
    }
  }

  /** Entries of a row that is deleted no longer count. */
  void(row: number): void {
    const nothingWaits = this.#count === 0 && this.#added === 0 && this.#run.length === 0;
    if (nothingWaits || this.#void.has(row)) return;
    this.#voiding.push(row);
    this.#void.add(row);
  }

  /** Writes some of what waits once there is enough of it; called by every transaction that adds to it. */
  settle(): void {
    if (this.#run.length === 0 && this.#count >= this.#sizes.run) this.#begin();
    if (this.#run.length > 0) this.#write(Math.max(this.#sizes.step, 2 * this.#added));
  }

  /** Writes the next of all that waits. */
  step(): { done: boolean } {
    if (this.#run.length === 0 && this.#count > 0) this.#begin();
    if (this.#run.length > 0) this.#write(this.#sizes.step);
    return { done: this.#count === 0 && this.#reached.part >= this.#run.length };
  }

  commit(): void {
    for (const [attribute, entries] of this.#adding) {
      const gathered = this.#gathered.get(attribute);
      if (gathered === undefined) this.#gathered.set(attribute, entries);
      else for (const each of entries) gathered.push(each);
    }
    this.#count += this.#added;
    this.#place = this.#reached;
    if (this.#place.part >= this.#run.length) this.#endRun();
    this.#adding = new Map();
    this.#added = 0;
    this.#voiding = [];
  }

  rollback(): void {
    for (const row of this.#voiding) this.#void.delete(row);
    this.#reached = this.#place;
    this.#adding = new Map();
    this.#added = 0;
    this.#voiding = [];
  }

  clear(): void {
    this.#gathered = new Map();
    this.#count = 0;
    this.#void.clear();
    this.#adding = new Map();
    this.#added = 0;
    this.#voiding = [];
    this.#endRun();
  }

  #begin(): void {
    this.#run = [...this.#gathered].map(([attribute, entries]) => ({ attribute, entries: entries.sort(byKey) }));
    this.#gathered = new Map();
    this.#count = 0;
    this.#place = { part: 0, entry: 0 };
    this.#reached = this.#place;
  }

  #endRun(): void {
    this.#run = [];
    this.#place = { part: 0, entry: 0 };
    this.#reached = this.#place;
    if (this.#count === 0) this.#void.clear();
  }

  #write(limit: number): void {
    let { part, entry } = this.#reached;
    for (let left = limit; left > 0; ) {
      const current = this.#run[part];
      if (current === undefined) break;
      const next = current.entries[entry];
      if (next === undefined) {
        part += 1;
        entry = 0;
        continue;
      }
      if (!this.#void.has(next.row)) this.#insert.run(current.attribute, next.key, next.row);
      entry += 1;
      left -= 1;
    }
    this.#reached = { part, entry };
  }
}

function byKey(a: Entry, b: Entry): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
