import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SharedState } from '../state-memory.ts';

/** What an object is called in the target now, and the id it keeps (host sheet 13.1 (1)). */
export interface Alias {
  readonly identity: string;
  readonly id: string;
}

/** The names of objects whose anchor has changed since they were first seen. */
export class Aliases {
  readonly #put: StatementSync;
  readonly #same: StatementSync;
  readonly #gone: StatementSync;
  readonly #any: StatementSync;
  readonly #shared: SharedState;
  #some: boolean;

  constructor(database: DatabaseSync, shared: SharedState) {
    this.#shared = shared;
    // Replaces what either of the two was before.
    this.#put = database.prepare('INSERT OR REPLACE INTO alias (identity, id) VALUES (?, ?)');
    this.#same = database.prepare('DELETE FROM alias WHERE id = ? OR identity = ?');
    this.#gone = database.prepare(
      `DELETE FROM alias WHERE (id = ?1 AND NOT EXISTS (SELECT 1 FROM object WHERE object.id = alias.identity))
         OR (identity = ?1 AND NOT EXISTS (SELECT 1 FROM object WHERE object.id = alias.id))`,
    );
    this.#any = database.prepare('SELECT 1 FROM alias LIMIT 1');
    this.#some = this.#any.get() !== undefined;
    shared.aliased = this.#some;
  }

  /** An object that is called again what its id says needs no alias. */
  put({ identity, id }: Alias): void {
    this.#some = true;
    if (identity === id) this.#same.run(id, identity);
    else this.#put.run(identity, id);
  }

  /**
   * The object is gone from the file, and another one may be called what it was called. Where that name is the id of an object
   * that is called otherwise now, it goes on leading here: it would be taken for that one.
   */
  remove(id: string): void {
    if (this.#some) this.#gone.run(id);
  }

  /** Tells the readers whether there are any; after every transaction that may have changed one. */
  publish(): void {
    if (!this.#some) return;
    this.#some = this.#any.get() !== undefined;
    this.#shared.aliased = this.#some;
  }
}
