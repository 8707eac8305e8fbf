import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { problem } from '@joinery/problems';
import { NEVER, ROWS_PER_TRANSACTION } from '../layout.ts';
import { rowVersion, type SpaceRow } from '../row.ts';
import type { StageOutcome } from './calls.ts';
import type { Versions } from './versions.ts';

/**
 * The generation that an import builds beside the visible one.
 *
 * A changed object gets a second version that is born with the new generation, and its visible version dies with it;
 * an unchanged one is only noted as seen. Objects exported after the import opened are noted as touched: the import may
 * hold an older state of them, so it neither overwrites nor deletes them (design decision 2).
 */
export class Staging {
  readonly #database: DatabaseSync;
  readonly #versions: Versions;
  readonly #statements: Record<
    'touched' | 'touch' | 'see' | 'end' | 'unseen' | 'revive' | 'staged' | 'collectable',
    StatementSync
  >;
  #next: number | undefined;
  /** What the flip will add to the number of objects. */
  #growth = 0;

  constructor(database: DatabaseSync, versions: Versions) {
    this.#database = database;
    this.#versions = versions;
    this.#statements = {
      touched: database.prepare('SELECT 1 FROM touched WHERE id = ?'),
      touch: database.prepare('INSERT OR IGNORE INTO touched (id) VALUES (?)'),
      see: database.prepare('INSERT OR IGNORE INTO seen (row) VALUES (?)'),
      end: database.prepare('UPDATE object SET died = ? WHERE row = ?'),
      unseen: database.prepare(
        `SELECT row, id FROM object WHERE row > ? AND died = ${NEVER} AND row NOT IN (SELECT row FROM seen)
         AND id NOT IN (SELECT id FROM touched) ORDER BY row LIMIT ?`,
      ),
      revive: database.prepare(
        `UPDATE object SET died = ${NEVER} WHERE row IN (SELECT row FROM object WHERE died = ? LIMIT ?)`,
      ),
      staged: database.prepare(
        'SELECT object.row FROM seen JOIN object ON object.row = seen.row WHERE object.born = ? LIMIT ?',
      ),
      collectable: database.prepare('SELECT row FROM object WHERE died <= ? LIMIT ?'),
    };
  }

  get next(): number | undefined {
    return this.#next;
  }
  get growth(): number {
    return this.#growth;
  }

  /** The generation that a process which ended abruptly left behind. */
  resume(left: number | null): void {
    this.#next = left ?? undefined;
  }

  open(generation: number): void {
    this.#database.exec('DELETE FROM seen; DELETE FROM touched');
    this.#next = generation + 1;
    this.#growth = 0;
    this.#database.prepare('UPDATE state SET staging = ?').run(this.#next);
  }

  stage(rows: readonly SpaceRow[], now: number): StageOutcome {
    const next = this.#opened();
    let adds = 0;
    let updates = 0;
    let unchanged = 0;
    const duplicates: string[] = [];
    for (const row of rows) {
      if (this.#statements.touched.get(row.id) !== undefined) {
        unchanged += 1;
        continue;
      }
      const live = this.#versions.of(row.id).find(({ died }) => died === NEVER);
      if (live === undefined) {
        const at = this.#versions.nextRow();
        this.#versions.insert(at, next, row, now);
        this.#statements.see.run(at);
        this.#growth += 1;
        adds += 1;
      } else if (this.#statements.see.run(live.row).changes === 0) {
        duplicates.push(row.id);
      } else if (live.version === rowVersion(row)) {
        unchanged += 1;
      } else {
        this.#statements.end.run(next, live.row);
        this.#versions.insert(live.row ^ 1, next, row, now);
        this.#statements.see.run(live.row ^ 1);
        updates += 1;
      }
    }
    return { adds, updates, unchanged, duplicates };
  }

  /** Objects that the import met but could not read stay as they are. */
  keep(ids: readonly string[]): void {
    for (const id of ids) {
      const live = this.#versions.of(id).find(({ died }) => died === NEVER);
      if (live !== undefined) this.#statements.see.run(live.row);
    }
  }

  sweep(after: number): { deletes: number; next: number; done: boolean } {
    const next = this.#opened();
    const rows = this.#statements.unseen.all(after, ROWS_PER_TRANSACTION);
    let last = after;
    for (const found of rows) {
      last = Number(found.row);
      this.#statements.end.run(next, last);
      this.#growth -= 1;
    }
    return { deletes: rows.length, next: last, done: rows.length < ROWS_PER_TRANSACTION };
  }

  /** Notes that an export has just decided what this object is, whatever the import still brings. */
  touch(id: string, growth: number): void {
    if (this.#next === undefined) return;
    this.#statements.touch.run(id);
    this.#growth += growth;
  }

  closed(): void {
    this.#next = undefined;
    this.#growth = 0;
  }

  /** Undoes at most one transaction's worth of a generation that will not become visible. */
  abandon(): { done: boolean } {
    if (this.#next === undefined) return { done: true };
    const staged = this.#statements.staged.all(this.#next, ROWS_PER_TRANSACTION);
    for (const found of staged) this.#versions.delete(Number(found.row));
    const revived = this.#statements.revive.run(this.#next, ROWS_PER_TRANSACTION);
    if (staged.length === ROWS_PER_TRANSACTION || Number(revived.changes) === ROWS_PER_TRANSACTION)
      return { done: false };
    this.#database.exec('UPDATE state SET staging = NULL; DELETE FROM seen; DELETE FROM touched');
    this.closed();
    return { done: true };
  }

  /** Deletes at most one transaction's worth of versions that have ended. */
  collect(generation: number): { done: boolean } {
    const rows = this.#statements.collectable.all(generation, ROWS_PER_TRANSACTION);
    for (const found of rows) this.#versions.delete(Number(found.row));
    return { done: rows.length < ROWS_PER_TRANSACTION };
  }

  #opened(): number {
    if (this.#next === undefined) throw problem('RUNTIME_INTERNAL', 'No import is open in this connector space.');
    return this.#next;
  }
}
