import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SharedState } from '../state-memory.ts';
import { Aliases } from './aliases.ts';
import { Blocks } from './blocks.ts';
import type { SpaceState, WriterData } from './calls.ts';
import { Clearing } from './clearing.ts';
import { Confirming } from './confirming.ts';
import { DeferredValues } from './deferred-values.ts';
import { Exported } from './exported.ts';
import { Indexes } from './indexes.ts';
import { Journal } from './journal.ts';
import { References } from './references.ts';
import { Resolving } from './resolving.ts';
import { Staging } from './staging.ts';
import { type Index, Versions } from './versions.ts';

interface State extends Pick<SpaceState, 'filled' | 'watermark' | 'importedAt' | 'fullAt'> {
  readonly generation: number;
  readonly shape: string | null;
  readonly staging: number | null;
}

/** The parts of the writer that share one connection, and what concerns all of them. */
export class WriterParts {
  readonly versions: Versions;
  readonly indexes: Indexes;
  readonly journal: Journal;
  readonly staging: Staging;
  readonly clearing: Clearing;
  readonly confirming: Confirming;
  readonly resolving: Resolving;
  readonly exported: Exported;
  readonly deferred: DeferredValues;
  readonly aliases: Aliases;
  readonly #database: DatabaseSync;
  readonly #blocks: Blocks;
  readonly #references: References;
  readonly #shared: SharedState;
  readonly #shape: string;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #state: StatementSync;
  readonly #flip: StatementSync;
  readonly #objects: StatementSync;
  #durability: 'FULL' | 'NORMAL' | undefined;

  constructor(database: DatabaseSync, data: WriterData) {
    this.#database = database;
    this.#shared = new SharedState(data.shared);
    this.#shape = data.shape;
    const indexes: Index[] = [];
    const references = new References(database, data.references, indexes);
    const blocks = new Blocks(database);
    const journal = new Journal(database);
    const deferred = new DeferredValues(database);
    const versions = new Versions(database, deferred, references, indexes);
    const exported = new Exported(database);
    const aliases = new Aliases(database, this.#shared);
    const staging = new Staging({ database, versions, blocks, references, exported, deferred });
    const parts = { database, versions, blocks, journal, references, exported, aliases, staging, deferred };
    const resolving = new Resolving(parts);
    this.#blocks = blocks;
    this.#references = references;
    this.deferred = deferred;
    this.versions = versions;
    this.journal = journal;
    this.exported = exported;
    this.aliases = aliases;
    this.staging = staging;
    this.resolving = resolving;
    this.indexes = new Indexes(database, versions);
    this.clearing = new Clearing(parts);
    this.confirming = new Confirming({ ...parts, resolving });
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#state = database.prepare(
      'SELECT generation, staging, filled, shape, watermark, imported_at, full_at FROM state',
    );
    this.#flip = database.prepare(
      `UPDATE state SET generation = :generation, staging = NULL, watermark = :watermark, imported_at = :at,
         full_at = iif(:whole, :at, full_at), filled = iif(:whole, 1, filled), shape = iif(:whole, :shape, shape)`,
    );
    this.#objects = database.prepare('SELECT coalesce(sum(objects), 0) AS objects FROM block');
    this.publish();
  }

  /** Imports can be run again, so their pages need not wait for the disk; everything else is on the disk when it answers. */
  transaction<T>(durability: 'FULL' | 'NORMAL', work: () => T): T {
    if (this.#durability !== durability) this.#database.exec(`PRAGMA synchronous = ${durability}`);
    this.#durability = durability;
    this.#begin.run();
    try {
      const result = work();
      this.#blocks.flush();
      this.#commit.run();
      this.staging.seen.commit();
      this.deferred.commit();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#blocks.discard();
      this.staging.seen.rollback();
      this.deferred.rollback();
      this.#references.forget();
      throw error;
    }
  }

  /** Makes the generation that was built the visible one. @param whole it holds everything that the target has */
  flip(generation: number, watermark: string | null, at: number, whole: boolean): void {
    this.#blocks.flip();
    this.#flip.run({ generation, watermark, at, whole: whole ? 1 : 0, shape: this.#shape });
    this.#database.exec('DELETE FROM touched; DELETE FROM staged');
  }

  /**
   * Takes the memory that an import needs and gives it back. With more pages at hand fewer are written twice, and the log is
   * written back a few times instead of after every page of the import.
   */
  importing(open: boolean): void {
    this.#database.exec(
      open
        ? 'PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 8000'
        : 'PRAGMA cache_size = -5000; PRAGMA wal_autocheckpoint = 1000; PRAGMA shrink_memory',
    );
  }

  /** Tells readers of other threads which generation is visible; after the transaction that changed it. */
  publish(): void {
    this.#shared.generation = this.state().generation;
  }

  /** Visible objects of every type. */
  objects(): number {
    return Number(this.#objects.get()?.objects);
  }

  state(): State {
    const found = this.#state.get() ?? {};
    return {
      generation: Number(found.generation),
      staging: found.staging === null ? null : Number(found.staging),
      filled: found.filled === 1,
      shape: found.shape === null ? null : String(found.shape),
      watermark: found.watermark === null ? null : String(found.watermark),
      importedAt: found.imported_at === null ? null : Number(found.imported_at),
      fullAt: found.full_at === null ? null : Number(found.full_at),
    };
  }
}
