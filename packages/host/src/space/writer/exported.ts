import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ROWS_PER_TRANSACTION } from '../layout.ts';

/**
 * Objects that were exported and that no import has confirmed yet. Targets show what was written to them after a while, so
 * an added object that an import does not bring is not taken for deleted the first time (host sheet 13.1, issue part 2).
 */
export class Exported {
  readonly #statements: Record<
    'any' | 'put' | 'remove' | 'end' | 'spare' | 'absent' | 'missing' | 'unmiss' | 'unend' | 'collect',
    StatementSync
  >;
  #any = true;

  constructor(database: DatabaseSync) {
    this.#statements = {
      any: database.prepare('SELECT 1 FROM exported LIMIT 1'),
      put: database.prepare(
        `INSERT INTO exported (id, added) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET added = excluded.added OR (added AND ended IS NULL), missed = NULL, ended = NULL`,
      ),
      remove: database.prepare('DELETE FROM exported WHERE id = ?'),
      end: database.prepare('UPDATE exported SET ended = ? WHERE id = ? AND ended IS NULL RETURNING added'),
      spare: database.prepare(
        'UPDATE exported SET missed = ? WHERE id = ? AND added = 1 AND missed IS NULL AND ended IS NULL',
      ),
      absent: database.prepare('UPDATE exported SET missed = ? WHERE id = ? AND missed IS NULL'),
      missing: database.prepare(
        `SELECT id FROM exported WHERE id > ? AND added = 1 AND missed IS NULL AND ended IS NULL
         AND id NOT IN (SELECT id FROM touched) ORDER BY id LIMIT ?`,
      ),
      unmiss: database.prepare(
        'UPDATE exported SET missed = NULL WHERE id IN (SELECT id FROM exported WHERE missed = ? LIMIT ?)',
      ),
      unend: database.prepare(
        'UPDATE exported SET ended = NULL WHERE id IN (SELECT id FROM exported WHERE ended = ? LIMIT ?)',
      ),
      collect: database.prepare('DELETE FROM exported WHERE id IN (SELECT id FROM exported WHERE ended <= ? LIMIT ?)'),
    };
  }

  /** Finds out whether there is anything to ask for; exports that come later are touched and no matter of this import. */
  open(): void {
    this.#any = this.#statements.any.get() !== undefined;
  }

  /** Notes what was confirmed last. @param as undefined when it was read from the target, and so confirms itself */
  confirm(id: string, as: 'add' | 'change' | undefined): void {
    if (as === undefined) this.#statements.remove.run(id);
    else this.#statements.put.run(id, as === 'add' ? 1 : 0);
  }

  /** The open import has brought an object, or takes it away. @returns how it was exported, where no import had confirmed it yet */
  end(id: string, next: number): 'add' | 'change' | undefined {
    const ended = this.#any ? this.#statements.end.get(next, id) : undefined;
    if (ended === undefined) return undefined;
    return ended.added === 1 ? 'add' : 'change';
  }

  /** Whether an object that the open import did not bring stays nevertheless, this once. */
  spare(id: string, next: number): boolean {
    return this.#any && this.#statements.spare.run(next, id).changes === 1;
  }

  /** Added objects that the open import has not brought so far, by id. */
  missing(after: string, limit: number): string[] {
    return this.#any ? this.#statements.missing.all(after, limit).map(({ id }) => String(id)) : [];
  }

  /** The target has been asked: these are not there. @param generation the visible one, which an earlier import has missed them in */
  absent(ids: readonly string[], generation: number): void {
    for (const id of ids) this.#statements.absent.run(generation, id);
  }

  /** Takes back a transaction's worth of what the import has noted. */
  abandon(next: number): { done: boolean } {
    const missed = this.#statements.unmiss.run(next, ROWS_PER_TRANSACTION).changes;
    const ended = this.#statements.unend.run(next, ROWS_PER_TRANSACTION).changes;
    return { done: Number(missed) < ROWS_PER_TRANSACTION && Number(ended) < ROWS_PER_TRANSACTION };
  }

  /** Forgets a transaction's worth of what imports have ended. */
  collect(generation: number): { done: boolean } {
    const { changes } = this.#statements.collect.run(generation, ROWS_PER_TRANSACTION);
    return { done: Number(changes) < ROWS_PER_TRANSACTION };
  }
}
