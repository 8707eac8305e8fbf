import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { fingerprint, type IndexedAttribute } from '../indexed-attribute.ts';
import { ROWS_PER_TRANSACTION } from '../layout.ts';
import type { Index, Versions } from './versions.ts';

/** Equality indexes over attribute values: those named in configuration from the start, others built when a filter first asks. */
export class Indexes {
  readonly #database: DatabaseSync;
  readonly #versions: Versions;
  readonly #rows: StatementSync;

  constructor(database: DatabaseSync, versions: Versions) {
    this.#database = database;
    this.#versions = versions;
    this.#rows = database.prepare('SELECT row, json FROM object WHERE row > ? ORDER BY row LIMIT ?');
  }

  /**
   * Takes up the file's indexes. An index of an attribute that is gone or is compared differently now is dropped.
   * @returns the number of each complete index by attribute name
   */
  load(known: readonly IndexedAttribute[]): Map<string, number> {
    const complete = new Map<string, number>();
    for (const found of this.#database
      .prepare('SELECT number, name, fingerprint, complete FROM indexed_attribute')
      .all()) {
      const number = Number(found.number);
      const attribute = known.find(({ name }) => name === found.name);
      if (attribute === undefined || fingerprint(attribute) !== found.fingerprint) {
        this.#drop(number);
        continue;
      }
      this.#versions.indexes.push({ ...attribute, number });
      if (found.complete === 1) complete.set(attribute.name, number);
    }
    return complete;
  }

  /** One transaction's worth of building; rows written meanwhile enter the index by themselves. */
  build(attribute: IndexedAttribute, after: number): { number: number; next: number; done: boolean } {
    const index = this.#versions.indexes.find((each) => each.name === attribute.name) ?? this.#declare(attribute);
    const rows = this.#rows.all(after, ROWS_PER_TRANSACTION);
    let next = after;
    for (const found of rows) {
      next = Number(found.row);
      this.#versions.enter(next, String(found.json), index);
    }
    const done = rows.length < ROWS_PER_TRANSACTION;
    if (done) this.#database.prepare('UPDATE indexed_attribute SET complete = 1 WHERE number = ?').run(index.number);
    return { number: index.number, next, done };
  }

  #declare(attribute: IndexedAttribute): Index {
    const added = this.#database
      .prepare('INSERT INTO indexed_attribute (name, fingerprint, complete) VALUES (?, ?, 0)')
      .run(attribute.name, fingerprint(attribute));
    const index = { ...attribute, number: Number(added.lastInsertRowid) };
    this.#versions.indexes.push(index);
    return index;
  }

  #drop(number: number): void {
    this.#database.prepare('DELETE FROM value WHERE attribute = ?').run(number);
    this.#database.prepare('DELETE FROM indexed_attribute WHERE number = ?').run(number);
  }
}
