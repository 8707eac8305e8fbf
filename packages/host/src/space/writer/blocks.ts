import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { BLOCK_BITS, blockOf } from '../layout.ts';

interface Change {
  objects: number;
  staged: number;
}

/** Where a type's next row goes. */
interface Cursor {
  next: number;
  end: number;
}

/**
 * Counts objects per type and block, in the transactions that change them, and gives out rows. Types take whole blocks in
 * turn, so that the rows of one that is rare do not lie scattered among those of one that is not.
 */
export class Blocks {
  readonly #write: StatementSync;
  readonly #flip: StatementSync;
  readonly #lastRow: StatementSync;
  readonly #database: DatabaseSync;
  readonly #changes = new Map<string, Map<number, Change>>();
  readonly #cursors = new Map<string, Cursor>();
  #free = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#write = database.prepare(
      `INSERT INTO block (type, number, objects, staged) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET objects = objects + excluded.objects, staged = staged + excluded.staged`,
    );
    this.#flip = database.prepare('UPDATE block SET objects = objects + staged, staged = 0 WHERE staged <> 0');
    this.#lastRow = database.prepare('SELECT max(row) AS last FROM object WHERE row >= ? AND row < ?');
    this.#load();
  }

  /** What an object has become: +1, 0 or -1 in the visible content and in what the open import adds to it. */
  change(type: string, row: number, objects: number, staged: number): void {
    const ofType = this.#changes.get(type) ?? new Map<number, Change>();
    this.#changes.set(type, ofType);
    const number = blockOf(row);
    const change = ofType.get(number);
    if (change === undefined) ofType.set(number, { objects, staged });
    else {
      change.objects += objects;
      change.staged += staged;
    }
  }

  /** Writes the counts; the last step of every transaction. */
  flush(): void {
    for (const [type, changes] of this.#changes) {
      for (const [number, { objects, staged }] of changes) {
        if (objects !== 0 || staged !== 0) this.#write.run(type, number, objects, staged);
      }
    }
    this.#changes.clear();
  }

  /** Forgets the counts of a transaction that was taken back. */
  discard(): void {
    this.#changes.clear();
  }

  /** What the open import has counted becomes visible. */
  flip(): void {
    this.flush();
    this.#flip.run();
  }

  /** A row for an object that has none. */
  nextRow(type: string): number {
    let cursor = this.#cursors.get(type);
    if (cursor === undefined || cursor.next >= cursor.end) {
      const first = this.#free * 2 ** BLOCK_BITS;
      cursor = { next: first, end: first + 2 ** BLOCK_BITS };
      this.#cursors.set(type, cursor);
      this.#free += 1;
    }
    const row = cursor.next;
    cursor.next += 2;
    return row;
  }

  /** Every type goes on in its last block. */
  #load(): void {
    for (const { type, number } of this.#database
      .prepare('SELECT type, max(number) AS number FROM block GROUP BY type ORDER BY 2')
      .all()) {
      const first = Number(number) * 2 ** BLOCK_BITS;
      // An object that changed its type stays in its block; only one type may go on in it.
      if (Number(number) < this.#free) continue;
      const end = first + 2 ** BLOCK_BITS;
      const last = this.#lastRow.get(first, end)?.last ?? null;
      const next = last === null ? first : Number(last) - (Number(last) % 2) + 2;
      this.#cursors.set(String(type), { next, end });
      this.#free = Number(number) + 1;
    }
  }
}
