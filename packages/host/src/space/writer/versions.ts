import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type IndexedAttribute, keysOf } from '../indexed-attribute.ts';
import { NEVER } from '../layout.ts';
import { rowVersion, type SpaceRow, type StoredRow, withMeta } from '../row.ts';
import { parseStored } from '../stored-json.ts';

/** One version of an object, without its content. */
export interface VersionHead {
  readonly row: number;
  readonly born: number;
  readonly died: number;
  readonly version: string;
}

/** An index that exists, complete or being built. */
export interface Index {
  readonly number: number;
  readonly attribute: IndexedAttribute;
}

/** Inserts and deletes versions of objects together with their index entries. */
export class Versions {
  readonly #insert: StatementSync;
  readonly #insertValue: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteValue: StatementSync;
  readonly #heads: StatementSync;
  readonly #json: StatementSync;
  /** Every index that rows must be entered in; kept current by the index module. */
  readonly indexes: Index[] = [];
  #sequence: number;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      'INSERT INTO object (row, id, type, born, died, version, dn, hidden, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertValue = database.prepare('INSERT OR IGNORE INTO value (attribute, folded, row) VALUES (?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM object WHERE row = ?');
    this.#deleteValue = database.prepare('DELETE FROM value WHERE attribute = ? AND folded = ? AND row = ?');
    this.#heads = database.prepare('SELECT row, born, died, version FROM object WHERE id = ?');
    this.#json = database.prepare('SELECT json FROM object WHERE row = ?');
    this.#sequence = Number(database.prepare('SELECT max(row) AS last FROM object').get()?.last ?? 0) >> 1;
  }

  /** Every version of an object, ended ones that are not collected yet included. */
  of(id: string): VersionHead[] {
    return this.#heads.all(id).map((found) => ({
      row: Number(found.row),
      born: Number(found.born),
      died: Number(found.died),
      version: String(found.version),
    }));
  }

  /** A row for an object that has none. */
  nextRow(): number {
    this.#sequence += 1;
    return this.#sequence * 2;
  }

  insert(at: number, born: number, row: SpaceRow, now: number): StoredRow {
    const version = rowVersion(row);
    const json = withMeta(row, version, now);
    this.#insert.run(at, row.id, row.type, born, NEVER, version, row.dn, row.hidden, json);
    this.enter(at, json, this.indexes);
    return { id: row.id, version, json, hidden: row.hidden, dn: row.dn };
  }

  /** Enters a stored row in some indexes. */
  enter(at: number, json: string, indexes: readonly Index[]): void {
    if (indexes.length === 0) return;
    const resource = parseStored(json);
    for (const { number, attribute } of indexes) {
      for (const key of keysOf(resource, attribute)) this.#insertValue.run(number, key, at);
    }
  }

  delete(at: number): void {
    const json = this.#json.get(at)?.json;
    if (typeof json !== 'string') return;
    const resource = parseStored(json);
    for (const { number, attribute } of this.indexes) {
      for (const key of keysOf(resource, attribute)) this.#deleteValue.run(number, key, at);
    }
    this.#delete.run(at);
  }
}
