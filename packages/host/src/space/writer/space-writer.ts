import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { failPoint } from '../../fail-points.ts';
import { openForWriting } from '../file.ts';
import { readHistory } from '../reader/history.ts';
import type { StoredRow } from '../row.ts';
import type { Confirmation, JournalEntry, PasswordUnknown, SpaceState, WriterCalls, WriterData } from './calls.ts';
import { recordRun } from './history.ts';
import { Indexes } from './indexes.ts';
import { Journal } from './journal.ts';
import { Staging } from './staging.ts';
import { Versions } from './versions.ts';

type Answers = { readonly [K in keyof WriterCalls]: WriterCalls[K] };

interface State extends Pick<SpaceState, 'filled' | 'objects' | 'watermark' | 'importedAt' | 'fullAt'> {
  readonly generation: number;
  readonly shape: string | null;
  readonly staging: number | null;
}

/** Opens a space file and answers the calls of its writer. @throws what {@link openForWriting} throws */
export function spaceWriter(data: WriterData): Answers {
  const { database, keptAside } = openForWriting(data.path, data.now);
  const parts = new WriterParts(database);
  const { versions, indexes, journal, staging } = parts;
  /** What was in doubt when the import opened: only that does its content decide. */
  let decidable: readonly JournalEntry[] = [];

  return {
    open: () => {
      const complete = parts.transaction('FULL', () => indexes.load(data.indexed));
      const { staging: left, filled, shape, objects, watermark, importedAt, fullAt } = parts.state();
      staging.resume(left);
      return {
        filled: filled && shape === data.shape,
        objects,
        watermark,
        importedAt,
        fullAt,
        lastRun: readHistory(database, 1)[0],
        open: journal.all(),
        passwordUnknown: parts.passwordUnknown(),
        keptAside,
        indexes: complete,
      };
    },
    journal: (entries) => {
      failPoint('journal.before');
      parts.transaction('FULL', () => journal.enter(entries));
      failPoint('journal.after');
    },
    forget: (identifiers) => parts.transaction('FULL', () => journal.endAll(identifiers)),
    passwordKnown: (ids) => parts.transaction('NORMAL', () => parts.passwordKnown(ids)),
    mark: ({ identifiers, state }) => parts.transaction('FULL', () => journal.mark(identifiers, state)),
    confirm: ({ confirmations, now, journalled }) => {
      failPoint('commit.before');
      const { generation } = parts.state();
      const stored = parts.transaction(journalled === true ? 'NORMAL' : 'FULL', () =>
        confirmations.map((each) => parts.confirm(each, generation, now)),
      );
      failPoint('commit.after');
      return stored;
    },
    openStaging: () => {
      decidable = journal.all().filter(({ state }) => state !== 'sent');
      parts.transaction('NORMAL', () => staging.open(parts.state().generation));
    },
    stage: ({ rows, keep, now }) => {
      failPoint('stage.before');
      return parts.transaction('NORMAL', () => {
        staging.keep(keep);
        return staging.stage(rows, now);
      });
    },
    sweep: ({ after }) => parts.transaction('NORMAL', () => staging.sweep(after)),
    flip: ({ watermark, run, errors }) => {
      failPoint('flip.before');
      parts.transaction('FULL', () => {
        database
          .prepare(
            'UPDATE state SET generation = ?, staging = NULL, filled = 1, shape = ?, objects = objects + ?, watermark = ?, imported_at = ?, full_at = coalesce(?, full_at)',
          )
          .run(
            staging.next ?? null,
            data.shape,
            staging.growth,
            watermark,
            run.endedAt,
            run.kind === 'fullImport' ? run.endedAt : null,
          );
        journal.endAll(decidable.flatMap((each) => (each.passwordPending ? [] : [each.identifier])));
        recordRun(database, run, watermark, errors);
      });
      staging.closed();
      failPoint('flip.after');
      return { objects: parts.state().objects, decided: decidable.map(({ identifier }) => identifier) };
    },
    abandon: () => parts.transaction('NORMAL', () => staging.abandon()),
    collect: () => parts.transaction('NORMAL', () => staging.collect(parts.state().generation)),
    record: ({ run, errors }) => parts.transaction('FULL', () => recordRun(database, run, null, errors)),
    buildIndex: ({ attribute, after }) => parts.transaction('NORMAL', () => indexes.build(attribute, after)),
    close: () => {
      database.exec('PRAGMA optimize');
      versions.indexes.length = 0;
      database.close();
    },
  };
}

/** The parts that share one connection, and what concerns more than one of them. */
class WriterParts {
  readonly versions: Versions;
  readonly indexes: Indexes;
  readonly journal: Journal;
  readonly staging: Staging;
  readonly #database: DatabaseSync;
  readonly #state: StatementSync;
  readonly #changeObjects: StatementSync;
  readonly #noteUnknown: StatementSync;
  readonly #passwordKnown: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.versions = new Versions(database);
    this.indexes = new Indexes(database, this.versions);
    this.journal = new Journal(database);
    this.staging = new Staging(database, this.versions);
    this.#state = database.prepare(
      'SELECT generation, staging, filled, shape, objects, watermark, imported_at, full_at FROM state',
    );
    this.#changeObjects = database.prepare('UPDATE state SET objects = objects + ?');
    this.#noteUnknown = database.prepare('INSERT OR IGNORE INTO password_unknown (id, since) VALUES (?, ?)');
    this.#passwordKnown = database.prepare('DELETE FROM password_unknown WHERE id = ?');
  }

  /** Imports can be run again, so their pages need not wait for the disk; everything else is on the disk when it answers. */
  transaction<T>(durability: 'FULL' | 'NORMAL', work: () => T): T {
    this.#database.exec(`PRAGMA synchronous = ${durability}; BEGIN IMMEDIATE`);
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  state(): State {
    const found = this.#state.get() ?? {};
    return {
      generation: Number(found.generation),
      staging: found.staging === null ? null : Number(found.staging),
      filled: found.filled === 1,
      shape: found.shape === null ? null : String(found.shape),
      objects: Number(found.objects),
      watermark: found.watermark === null ? null : String(found.watermark),
      importedAt: found.imported_at === null ? null : Number(found.imported_at),
      fullAt: found.full_at === null ? null : Number(found.full_at),
    };
  }

  passwordUnknown(): PasswordUnknown[] {
    return this.#database
      .prepare('SELECT id, since FROM password_unknown ORDER BY since')
      .all()
      .map(({ id, since }) => ({ id: String(id), since: Number(since) }));
  }

  passwordKnown(ids: readonly string[]): void {
    for (const id of ids) this.#passwordKnown.run(id);
  }

  /** Puts one confirmed write into the visible generation and, while an import is open, into the one it builds. */
  confirm(
    { identifier, row, remove = [], passwordUnknown }: Confirmation,
    generation: number,
    now: number,
  ): StoredRow | null {
    for (const id of remove) {
      const was = this.#remove(id, generation);
      this.#changeObjects.run(-was.visible);
      this.staging.touch(id, was.visible - was.staged);
    }
    this.passwordKnown(remove);
    if (passwordUnknown !== undefined) this.#noteUnknown.run(passwordUnknown, now);
    this.journal.end(identifier);
    if (row === undefined) return null;
    const was = this.#remove(row.id, generation);
    const stored = this.versions.insert(was.row ?? this.versions.nextRow(), generation, row, now);
    this.#changeObjects.run(1 - was.visible);
    // The object is in both generations now: what the import staged for it, or took away, no longer counts.
    this.staging.touch(row.id, was.visible - was.staged);
    return stored;
  }

  /** Takes every version of an object out and says where it was. */
  #remove(id: string, generation: number): { row: number | undefined; visible: number; staged: number } {
    const heads = this.versions.of(id);
    const next = this.staging.next ?? generation;
    for (const { row } of heads) this.versions.delete(row);
    return {
      row: heads[0]?.row,
      visible: heads.some(({ born, died }) => born <= generation && died > generation) ? 1 : 0,
      staged: heads.some(({ born, died }) => born <= next && died > next) ? 1 : 0,
    };
  }
}
