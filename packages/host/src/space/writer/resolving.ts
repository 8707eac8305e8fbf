import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { NEVER } from '../layout.ts';
import type { References } from './references.ts';
import type { Staging } from './staging.ts';
import { livesIn, type Versions } from './versions.ts';

export interface ResolvingParts {
  readonly database: DatabaseSync;
  readonly versions: Versions;
  readonly references: References;
  readonly staging: Staging;
}

/** Rows that one transaction looks at again; a group may be large. */
const ROWS_PER_STEP = 200;

/** Keeps what rows say of other objects true when those come, go, or are called otherwise. */
export class Resolving {
  readonly #parts: ResolvingParts;
  readonly #queued: StatementSync;
  readonly #done: StatementSync;

  constructor(parts: ResolvingParts) {
    this.#parts = parts;
    this.#queued = parts.database.prepare(`SELECT row FROM unresolved ORDER BY row LIMIT ${ROWS_PER_STEP}`);
    this.#done = parts.database.prepare('DELETE FROM unresolved WHERE row = ?');
  }

  /** Looks at the next rows whose references may be others in the open import's generation. */
  step(now: number): { done: boolean } {
    const { versions, references, staging } = this.#parts;
    const next = staging.opened();
    const rows = this.#queued.all().map(({ row }) => Number(row));
    for (const row of rows) {
      this.#done.run(row);
      const stored = versions.at(row);
      // One that the import has replaced meanwhile has a successor, which is in the queue itself where it refers to anything.
      if (stored === undefined || stored.died !== NEVER) continue;
      const resolved = references.resolveAgain(stored, next);
      if (resolved.references !== stored.references) staging.replace(stored, resolved, next, now);
    }
    return { done: rows.length < ROWS_PER_STEP };
  }

  /**
   * Looks again at the visible rows that refer to objects by these keys.
   * @returns the rows that have changed
   */
  refresh(keys: Iterable<string>, generation: number, now: number): ReadonlySet<number> {
    const { versions, references, staging } = this.#parts;
    const rows = new Set<number>();
    for (const key of keys) for (const row of references.rowsReferringTo(key)) rows.add(row);
    const changed = new Set<number>();
    for (const row of rows) {
      const stored = versions.at(row);
      if (stored === undefined) continue;
      staging.queue(row);
      if (!livesIn(stored, generation)) continue;
      const resolved = references.resolveAgain(stored, generation);
      if (resolved.references === stored.references) continue;
      versions.replace(row, stored, resolved, now);
      changed.add(row);
    }
    return changed;
  }
}
