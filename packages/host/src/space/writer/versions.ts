import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { problem } from '@joinery/problems';
import { listDifferences } from '../../list-differences.ts';
import type { IndexedAttribute } from '../indexed-attribute.ts';
import { NEVER } from '../layout.ts';
import { bodyOf, type IndexEntry, metaMember, type ResolvedRow, type StoredRow } from '../row.ts';
import { storedKeys } from '../stored-json.ts';
import type { DeferredValues } from './deferred-values.ts';
import type { References } from './references.ts';

/** One version of an object, without its content. */
export interface VersionHead {
  readonly row: number;
  readonly born: number;
  readonly died: number;
  readonly version: string;
  readonly type: string;
  readonly dn: string | null;
  readonly referenceKey: string | null;
}

/** One version of an object as it lies in the file. */
export interface WholeVersion extends VersionHead, StoredRow {}

/** Between which generations a version is there. */
export interface Life {
  readonly born: number;
  readonly died: number;
}

/** An index that exists, complete or being built. */
export interface Index extends IndexedAttribute {
  readonly number: number;
}

/** Takes the entries of a row in indexes. */
export interface Entries {
  add(attribute: number, key: string, row: number): void;
}

/** The row of the other version of the same object. */
export function otherSlot(row: number): number {
  return row % 2 === 0 ? row + 1 : row - 1;
}

/** The UTF-8 of a page of an import goes into the file as it is. */
const JSON_OF_PARTS = 'CAST(? AS TEXT) || ?';

const HEAD = 'row, born, died, version, type, dn, reference_key';

/** Inserts and deletes versions of objects together with their index entries. */
export class Versions {
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #insertValue: StatementSync;
  readonly #insertReference: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteValue: StatementSync;
  readonly #deleteReference: StatementSync;
  readonly #heads: StatementSync;
  readonly #live: StatementSync;
  readonly #whole: StatementSync;
  readonly #end: StatementSync;
  readonly #direct: Entries = { add: (attribute, key, row) => this.#insertValue.run(attribute, key, row) };
  readonly #deferred: DeferredValues;
  /** Knows the keys of what rows refer to, and remembers which objects bear them. */
  readonly #references: Pick<References, 'keysOf' | 'forget'>;
  /** Every index that rows must be entered in; kept current by the index module. */
  readonly indexes: Index[];

  constructor(
    database: DatabaseSync,
    deferred: DeferredValues,
    references: Pick<References, 'keysOf' | 'forget'>,
    indexes: Index[],
  ) {
    this.indexes = indexes;
    this.#deferred = deferred;
    this.#references = references;
    this.#insert = database.prepare(
      `INSERT INTO object (row, id, type, born, died, version, dn, hidden, json, reference_key, reference_values)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${JSON_OF_PARTS}, ?, ?)`,
    );
    // Without the id, whose index would be written anew.
    this.#update = database.prepare(
      `UPDATE object SET type = ?, born = ?, died = ?, version = ?, dn = ?, hidden = ?, json = ${JSON_OF_PARTS}, reference_key = ?,
         reference_values = ? WHERE row = ?`,
    );
    this.#insertValue = database.prepare('INSERT OR IGNORE INTO value (attribute, folded, row) VALUES (?, ?, ?)');
    this.#insertReference = database.prepare('INSERT OR IGNORE INTO reference (key, row) VALUES (?, ?)');
    this.#delete = database.prepare('DELETE FROM object WHERE row = ?');
    this.#deleteValue = database.prepare('DELETE FROM value WHERE attribute = ? AND folded = ? AND row = ?');
    this.#deleteReference = database.prepare('DELETE FROM reference WHERE key = ? AND row = ?');
    this.#heads = database.prepare(`SELECT ${HEAD} FROM object WHERE id = ?`);
    this.#heads.setReturnArrays(true);
    this.#live = database.prepare(`SELECT row, version, type FROM object WHERE id = ? AND died = ${NEVER}`);
    this.#live.setReturnArrays(true);
    this.#whole = database.prepare(`SELECT ${HEAD}, id, json, hidden, reference_values FROM object WHERE row = ?`);
    this.#end = database.prepare('UPDATE object SET died = ? WHERE row = ?');
  }

  /** Every version of an object, ended ones that are not collected yet included. */
  of(id: string): VersionHead[] {
    const found: unknown = this.#heads.all(id);
    return Array.isArray(found) ? found.map(headOf) : [];
  }

  /** The version of an object that no generation has ended, at the price of one look-up: what an import asks for every row. */
  live(id: string): { readonly row: number; readonly version: string; readonly type: string } | undefined {
    const found: unknown = this.#live.get(id);
    if (!Array.isArray(found)) return undefined;
    const [row, version, type]: unknown[] = found;
    return { row: Number(row), version: String(version), type: String(type) };
  }

  /** The version at a row; undefined when there is none. */
  at(row: number): WholeVersion | undefined {
    const found = this.#whole.get(row);
    if (found === undefined) return undefined;
    return {
      row,
      born: Number(found.born),
      died: Number(found.died),
      version: String(found.version),
      type: String(found.type),
      dn: text(found.dn),
      referenceKey: text(found.reference_key),
      id: String(found.id),
      json: String(found.json),
      hidden: text(found.hidden),
      references: text(found.reference_values),
    };
  }

  /** @param entries where its index entries go; the open import defers those of what nobody can see yet */
  insert(at: number, { born, died }: Life, row: ResolvedRow, now: number, entries: Entries = this.#direct): void {
    const { id, type, version, dn, hidden, body, referenceKey, references } = row;
    const end = row.shown + metaMember(type, version, now);
    if (referenceKey !== null) this.#references.forget(referenceKey);
    this.#insert.run(at, id, type, born, died, version, dn, hidden, body, end, referenceKey, references);
    for (const [index, key] of this.#entriesOf(row)) entries.add(index, key, at);
    for (const key of row.referred) this.#insertReference.run(key, at);
  }

  /**
   * Puts content into a version that is in the file already, with its index entries. Writes what differs: a large group that
   * takes in one more has the entries of all others.
   */
  replace(at: number, { born, died }: Life, row: ResolvedRow, now: number): void {
    const { type, version, dn, hidden, body, referenceKey, references } = row;
    const was = this.at(at);
    if (was === undefined) throw problem('RUNTIME_INTERNAL', 'A version that was just found is gone.');
    const end = row.shown + metaMember(type, version, now);
    this.#references.forget();
    this.#update.run(type, born, died, version, dn, hidden, body, end, referenceKey, references, at);
    const had = storedKeys(was.json, this.indexes).map(([{ number }, key]): IndexEntry => [number, key]);
    const entries = listDifferences([...had], this.#entriesOf(row), isSameEntry, ([index, key]) => `${index} ${key}`);
    for (const [index, key] of entries.came) this.#insertValue.run(index, key, at);
    for (const [index, key] of entries.went) this.#deleteValue.run(index, key, at);
    const referred = was.references === null ? [] : this.#references.keysOf(was.type, was.references);
    const keys = listDifferences(referred, row.referred, (a, b) => a === b, String);
    for (const key of keys.came) this.#insertReference.run(key, at);
    for (const key of keys.went) this.#deleteReference.run(key, at);
  }

  /** The entries of a row in every index: those that are known, and for the rest those that its JSON has. */
  #entriesOf(row: ResolvedRow): readonly IndexEntry[] {
    const { keys } = row;
    const left = keys === undefined ? this.indexes : this.indexes.filter(({ number }) => !keys.indexes.has(number));
    const known = keys?.entries ?? [];
    if (left.length === 0) return known;
    return [...known, ...storedKeys(bodyOf(row), left).map(([{ number }, key]) => [number, key] as const)];
  }

  /** Enters a stored row in an index. */
  enter(at: number, json: string, index: Index): void {
    for (const [{ number }, key] of storedKeys(json, [index])) this.#insertValue.run(number, key, at);
  }

  /** Ends a version, or takes its end back. @param died the first generation without it, or NEVER */
  end(at: number, died: number): void {
    this.#references.forget();
    this.#end.run(died, at);
  }

  delete(at: number): void {
    const found = this.#whole.get(at);
    if (found === undefined) return;
    this.#references.forget();
    for (const [{ number }, key] of storedKeys(String(found.json), this.indexes))
      this.#deleteValue.run(number, key, at);
    if (found.reference_values !== null) {
      for (const key of this.#references.keysOf(String(found.type), String(found.reference_values)))
        this.#deleteReference.run(key, at);
    }
    this.#deferred.void(at);
    this.#delete.run(at);
  }
}

/** True for a version that is there in a generation. */
export function livesIn({ born, died }: Life, generation: number): boolean {
  return born <= generation && died > generation;
}

/** The version that the newest generation has, the open import's where there is one. */
export function liveOf<V extends Life>(versions: readonly V[]): V | undefined {
  return versions.find(({ died }) => died === NEVER);
}

function isSameEntry(a: IndexEntry, b: IndexEntry): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function headOf(found: unknown): VersionHead {
  const [row, born, died, version, type, dn, referenceKey]: unknown[] = Array.isArray(found) ? found : [];
  return {
    row: Number(row),
    born: Number(born),
    died: Number(died),
    version: String(version),
    type: String(type),
    dn: dn === null ? null : String(dn),
    referenceKey: referenceKey === null ? null : String(referenceKey),
  };
}

function text(value: SQLOutputValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
