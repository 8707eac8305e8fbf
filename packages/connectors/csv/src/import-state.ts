import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Problem, problem, toProblem } from '@joinery/problems';
import type { Random } from '@joinery/runtime';

/*
 * What earlier imports saw: for each finished import (a generation) the digest of every row by its anchor, in an SQLite file in the connector's
 * folder. The watermark is the token of a generation. It is a cache: without it the next import is a full one.
 * The digit in the name is the layout's version; another layout takes another name.
 *
 * An import is one transaction. A second import is refused by SQLite's lock, a killed one is rolled back by the next that opens the file, and
 * only a run that was closed normally leaves a generation behind. The anchor is stored itself and not as a digest, because the deletion of
 * an object is reported by its anchor.
 */
const fileName = 'seen-rows-1.sqlite';

/** SQLite's primary result codes. */
const codes = { busy: 5, locked: 6, corrupt: 11, full: 13, notADatabase: 26 } as const;

/** One import's view: what it sees now against what the generation of its watermark saw. */
export class ImportState {
  readonly #database: DatabaseSync;
  readonly #generation: number;
  readonly #token: string;
  readonly #base: number | undefined;
  readonly #record: StatementSync;
  readonly #copies: StatementSync;
  readonly #digest: StatementSync | undefined;
  readonly #gone: StatementSync | undefined;
  #hasDuplicates = false;

  /**
   * Opens the state and begins the import's transaction.
   * @param source names file and object type; a watermark of another source is not valid
   * @param watermark the generation to compare with; without it there is nothing to compare with
   * @throws CSV_IMPORT_RUNNING, CONNECTOR_WATERMARK_INVALID
   */
  static open(folder: string, source: string, watermark: string | undefined, random: Random): ImportState {
    const path = join(folder, fileName);
    try {
      return ImportState.#begin(path, source, watermark, random);
    } catch (error) {
      const code = resultCode(error);
      if (code !== codes.corrupt && code !== codes.notADatabase) throw stateFault(path, error);
    }
    // A damaged cache is worth nothing and is made anew; the watermark that pointed into it is then unknown, as it should be.
    rmSync(path, { force: true });
    return ImportState.#begin(path, source, watermark, random);
  }

  static #begin(path: string, source: string, watermark: string | undefined, random: Random): ImportState {
    const database = new DatabaseSync(path, { timeout: 0 });
    try {
      return new ImportState(database, source, watermark, random);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  private constructor(database: DatabaseSync, source: string, watermark: string | undefined, random: Random) {
    this.#database = database;
    // 32 MiB of pages at most, whatever the number of rows.
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; BEGIN IMMEDIATE');
    database.exec(
      `CREATE TABLE IF NOT EXISTS generation (
         id INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE, source TEXT NOT NULL, base INTEGER) STRICT`,
    );
    this.#base = watermark === undefined ? undefined : findGeneration(database, source, watermark);
    this.#token = random.uuid();
    const { lastInsertRowid } = database
      .prepare('INSERT INTO generation (token, source, base) VALUES (?, ?, ?)')
      .run(this.#token, source, this.#base ?? null);
    this.#generation = Number(lastInsertRowid);
    // A table for each generation: dropping one takes milliseconds, deleting a million rows takes seconds.
    database.exec(
      `CREATE TABLE ${tableOf(this.#generation)} (
         anchor TEXT PRIMARY KEY, digest BLOB NOT NULL, copies INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
    );
    const seen = tableOf(this.#generation);
    this.#record = database.prepare(
      `INSERT INTO ${seen} VALUES (?, ?, 1) ON CONFLICT (anchor) DO UPDATE SET copies = copies + 1 RETURNING copies`,
    );
    this.#copies = database.prepare(`SELECT copies FROM ${seen} WHERE anchor = ?`);
    if (this.#base !== undefined) {
      const before = tableOf(this.#base);
      this.#digest = database.prepare(`SELECT digest FROM ${before} WHERE anchor = ?`);
      this.#gone = database.prepare(
        `SELECT anchor FROM ${before} WHERE anchor > ? AND anchor NOT IN (SELECT anchor FROM ${seen}) ORDER BY anchor LIMIT ?`,
      );
    }
  }

  /** Notes that a row with this anchor is in the file. */
  record(anchor: string, digest: Uint8Array): void {
    try {
      if (this.#record.get(anchor, digest)?.copies !== 1) this.#hasDuplicates = true;
    } catch (error) {
      throw stateFault(fileName, error);
    }
  }

  /** How many rows of the file have this anchor, which was recorded. */
  copies(anchor: string): number {
    // Asked for every row of the second reading; the usual file has no duplicate and needs no million look-ups to say so.
    return this.#hasDuplicates ? Number(this.#copies.get(anchor)?.copies ?? 0) : 1;
  }

  /** The digest that the row with this anchor had, or undefined when there was none. */
  digestBefore(anchor: string): Uint8Array | undefined {
    const digest = this.#digest?.get(anchor)?.digest;
    return digest instanceof Uint8Array ? digest : undefined;
  }

  /** Anchors that were there and are no more, in order, those after `after`. */
  gone(after: string, limit: number): readonly string[] {
    return (this.#gone?.all(after, limit) ?? []).map((row) => String(row.anchor));
  }

  /**
   * Keeps what this import saw, and what it takes to give the last two answers again: the generations before this one and below this one.
   * @returns the watermark
   */
  commit(): string {
    try {
      this.#prune();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.rollback();
      throw stateFault(fileName, error);
    }
    this.#database.close();
    return this.#token;
  }

  #prune(): void {
    const previous = this.#database
      .prepare('SELECT max(id) AS id FROM generation WHERE id < ?')
      .get(this.#generation)?.id;
    const keep = new Set([this.#generation, this.#base, previous]);
    for (const row of this.#database.prepare('SELECT id FROM generation').all()) {
      const id = Number(row.id);
      if (keep.has(id)) continue;
      this.#database.exec(`DROP TABLE ${tableOf(id)}`);
      this.#database.prepare('DELETE FROM generation WHERE id = ?').run(id);
    }
  }

  /** Forgets what this import saw. */
  rollback(): void {
    // SQLite rolls back an open transaction when its connection is closed, and has already done so after a full disk.
    this.#database.close();
  }
}

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

function stateFault(path: string, error: unknown): Problem {
  switch (resultCode(error)) {
    case codes.busy:
    case codes.locked:
      return problem('CSV_IMPORT_RUNNING', 'Another import of this connector has not ended yet.', { cause: error });
    case codes.full:
      return problem('RUNTIME_DISK_FULL', 'There is no room left to note what the import saw.', {
        place: path,
        cause: error,
      });
    default:
      return toProblem(error);
  }
}

function findGeneration(database: DatabaseSync, source: string, watermark: string): number {
  const row = database.prepare('SELECT id FROM generation WHERE token = ? AND source = ?').get(watermark, source);
  if (row === undefined) {
    throw problem('CONNECTOR_WATERMARK_INVALID', 'What the import of this watermark saw is no longer known.');
  }
  return Number(row.id);
}

/** Table names cannot be bound; the identifier is an integer that SQLite gave out. */
function tableOf(generation: number): string {
  return `seen_${generation}`;
}
