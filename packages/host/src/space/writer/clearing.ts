import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { NEVER, ROWS_PER_TRANSACTION } from '../layout.ts';
import type { Aliases } from './aliases.ts';
import type { Blocks } from './blocks.ts';
import type { DeferredValues } from './deferred-values.ts';
import type { Exported } from './exported.ts';
import type { Staging } from './staging.ts';
import { otherSlot, type Versions } from './versions.ts';

export interface ClearingParts {
  readonly database: DatabaseSync;
  readonly versions: Versions;
  readonly blocks: Blocks;
  readonly exported: Exported;
  readonly aliases: Aliases;
  readonly staging: Staging;
  readonly deferred: DeferredValues;
}

/** Clears away what no reader needs: a generation that will not become visible, and versions that have ended. */
export class Clearing {
  readonly #parts: ClearingParts;
  readonly #ended: StatementSync;
  readonly #ranges: StatementSync;
  readonly #range: StatementSync;
  readonly #dropRange: StatementSync;
  readonly #collectable: StatementSync;
  readonly #exists: StatementSync;

  constructor(parts: ClearingParts) {
    const { database } = parts;
    this.#parts = parts;
    // Without the second condition SQLite does not see that the index of ended versions serves.
    this.#ended = database.prepare(`SELECT row, type FROM object WHERE died = ? AND died < ${NEVER} LIMIT ?`);
    this.#ranges = database.prepare('SELECT first, last FROM staged ORDER BY first LIMIT 1');
    this.#range = database.prepare('SELECT row, type FROM object WHERE row >= ? AND row <= ? AND born = ? LIMIT ?');
    this.#dropRange = database.prepare('DELETE FROM staged WHERE first = ?');
    this.#collectable = database.prepare(`SELECT row, id FROM object WHERE died <= ? AND died < ${NEVER} LIMIT ?`);
    this.#exists = database.prepare('SELECT 1 FROM object WHERE id = ? LIMIT 1');
  }

  /** Undoes at most one transaction's worth of the open import; `done` when there is none any more. */
  abandon(): { done: boolean } {
    const { database, exported, staging, deferred } = this.#parts;
    const next = staging.next;
    if (next === undefined) return { done: true };
    deferred.clear();
    let left = ROWS_PER_TRANSACTION;
    left -= this.#revive(next, left);
    while (left > 0) {
      const range = this.#ranges.get();
      if (range === undefined) break;
      const rows = this.#range.all(Number(range.first), Number(range.last), next, left);
      for (const { row, type } of rows) this.#unstage(Number(row), String(type));
      // What an export has confirmed meanwhile is born otherwise, and stays.
      if (rows.length < left) this.#dropRange.run(Number(range.first));
      left -= Math.max(1, rows.length);
    }
    if (left <= 0 || !exported.abandon(next).done) return { done: false };
    database.exec('UPDATE state SET staging = NULL; DELETE FROM touched; DELETE FROM unresolved');
    return { done: true };
  }

  /** Deletes at most one transaction's worth of versions that have ended. */
  collect(generation: number): { done: boolean } {
    const { versions, aliases, exported } = this.#parts;
    const rows = this.#collectable.all(generation, ROWS_PER_TRANSACTION);
    for (const found of rows) {
      const id = String(found.id);
      versions.delete(Number(found.row));
      if (this.#exists.get(id) === undefined) aliases.remove(id);
    }
    return { done: exported.collect(generation).done && rows.length < ROWS_PER_TRANSACTION };
  }

  /** Versions that the import has ended go on, in the place of those that it has made for them. */
  #revive(next: number, limit: number): number {
    const { versions, blocks } = this.#parts;
    const ended = this.#ended.all(next, limit);
    for (const found of ended) {
      const row = Number(found.row);
      const successor = versions.at(otherSlot(row));
      if (successor?.born === next) this.#unstage(successor.row, successor.type);
      versions.end(row, NEVER);
      blocks.change(String(found.type), row, 0, 1);
    }
    return ended.length;
  }

  #unstage(row: number, type: string): void {
    const { versions, blocks } = this.#parts;
    versions.delete(row);
    blocks.change(type, row, 0, -1);
  }
}
