import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openForReading } from './file.ts';
import type { StoredRow } from './row.ts';
import type { SharedState } from './state-memory.ts';

/** Rows that the main thread reads at most for one equality; more is a search. */
const DIRECT_ROWS = 101;

/**
 * The reads that the main thread does itself, because they touch a few rows and are over in microseconds. The visible
 * generation comes from the writer's memory, not from the file: that is a third of such a read.
 *
 * While the writer has nothing to do, one read transaction stays open: to begin and end one for every statement is another third.
 * It ends before the writer gets work, so that nobody reads what was and the log can be written back.
 */
export class DirectReads {
  readonly #shared: SharedState;
  readonly #database: DatabaseSync;
  readonly #byId: StatementSync;
  readonly #byValue: StatementSync;
  readonly #objects: StatementSync;
  readonly #objectsOf: StatementSync;
  readonly #idOf: StatementSync;
  readonly #identityOf: StatementSync;
  readonly #writer: { readonly idle: boolean };
  #held = false;

  /** @param writer whether the thread that changes the file has nothing to do; see {@link release} */
  constructor(path: string, shared: SharedState, writer: { readonly idle: boolean }) {
    this.#shared = shared;
    this.#writer = writer;
    this.#database = openForReading(path);
    const columns = 'o.id, o.version, o.json, o.hidden, o.dn, o.reference_values';
    this.#byId = this.#database.prepare(
      `SELECT ${columns} FROM object o WHERE o.id = ? AND o.born <= ? AND o.died > ?`,
    );
    // CROSS JOIN keeps SQLite's planner to this order: the index entry, then the object.
    this.#byValue = this.#database.prepare(
      `SELECT ${columns} FROM value v CROSS JOIN object o
       WHERE v.attribute = ? AND v.folded = ? AND o.row = v.row AND o.type = ? AND o.born <= ? AND o.died > ?
       ORDER BY v.row LIMIT ${DIRECT_ROWS}`,
    );
    this.#objects = this.#database.prepare('SELECT coalesce(sum(objects), 0) FROM block');
    this.#objectsOf = this.#database.prepare('SELECT coalesce(sum(objects), 0) FROM block WHERE type = ?');
    this.#idOf = this.#database.prepare('SELECT id FROM alias WHERE identity = ?');
    this.#identityOf = this.#database.prepare('SELECT identity FROM alias WHERE id = ?');
    for (const statement of [this.#byId, this.#byValue, this.#objects, this.#objectsOf, this.#idOf, this.#identityOf]) {
      statement.setReturnArrays(true);
    }
  }

  get(id: string): StoredRow | undefined {
    this.#hold();
    const { generation } = this.#shared;
    return rowOf(this.#byId.get(id, generation, generation));
  }

  /** @returns undefined when more match than a page */
  findByValue(type: string, index: number, key: string): StoredRow[] | undefined {
    this.#hold();
    const { generation } = this.#shared;
    const found = this.#byValue.all(index, key, type, generation, generation);
    if (found.length === DIRECT_ROWS) return undefined;
    const rows: StoredRow[] = [];
    for (const each of found) {
      const row = rowOf(each);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  count(type: string | undefined): number {
    return Number(first(type === undefined ? this.#objects.get() : this.#objectsOf.get(type)));
  }

  idOf(identity: string): string {
    return this.#shared.aliased ? String(first(this.#idOf.get(identity)) ?? identity) : identity;
  }

  identityOf(id: string): string {
    return this.#shared.aliased ? String(first(this.#identityOf.get(id)) ?? id) : id;
  }

  /** To be called before the writer gets work. @throws what a read met before, once more */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    // A statement that failed may have ended it.
    if (this.#database.isTransaction) this.#database.exec('COMMIT');
  }

  close(): void {
    this.#held = false;
    this.#database.close();
  }

  #hold(): void {
    if (this.#held || !this.#writer.idle) return;
    this.#database.exec('BEGIN');
    this.#held = true;
  }
}

function first(found: unknown): unknown {
  return Array.isArray(found) ? found[0] : undefined;
}

function rowOf(found: unknown): StoredRow | undefined {
  if (!Array.isArray(found)) return undefined;
  const [id, version, json, hidden, dn, references]: unknown[] = found;
  return {
    id: String(id),
    version: String(version),
    json: String(json),
    hidden: hidden === null ? null : String(hidden),
    dn: dn === null ? null : String(dn),
    references: references === null ? null : String(references),
  };
}
