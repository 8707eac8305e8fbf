import { parentPort, workerData } from 'node:worker_threads';
import { problem } from '@joinery/problems';
import { failPoint } from '../../fail-points.ts';
import { openForWriting } from '../file.ts';
import type { StoredRow } from '../row.ts';
import { toSpaceProblem } from '../sqlite-error.ts';
import { answerCalls } from '../worker-calls.ts';
import type { Confirmation, SpaceState, WriterCalls, WriterData } from './calls.ts';
import { recordRun } from './history.ts';
import { Indexes } from './indexes.ts';
import { Journal } from './journal.ts';
import { Staging } from './staging.ts';
import { Versions } from './versions.ts';

/*
 * The one writer of a space file. SQLite has one writer at a time and a second one waits in vain (design decision 2), so
 * every change is a call to this thread, and calls are answered in order.
 */
const data: WriterData = workerData;
const { database, keptAside } = openForWriting(data.path, data.now);
const versions = new Versions(database);
const indexes = new Indexes(database, versions);
const journal = new Journal(database);
const staging = new Staging(database, versions);
const readState = database.prepare('SELECT generation, staging, filled, objects, watermark, imported_at FROM state');
/** What was in doubt when the import opened: only that does its content decide. */
let decidable: readonly string[] = [];
const changeObjects = database.prepare('UPDATE state SET objects = objects + ?');

/** Imports can be run again, so their pages need not wait for the disk; everything else is on the disk when it answers. */
function transaction<T>(durability: 'FULL' | 'NORMAL', work: () => T): T {
  database.exec(`PRAGMA synchronous = ${durability}; BEGIN IMMEDIATE`);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function state(): { generation: number; staging: number | null; filled: boolean; objects: number } & Pick<
  SpaceState,
  'watermark' | 'importedAt'
> {
  const found = readState.get() ?? {};
  return {
    generation: Number(found.generation),
    staging: found.staging === null ? null : Number(found.staging),
    filled: found.filled === 1,
    objects: Number(found.objects),
    watermark: found.watermark === null ? null : String(found.watermark),
    importedAt: found.imported_at === null ? null : Number(found.imported_at),
  };
}

/** Takes every version of an object out and says where it was. */
function remove(id: string, generation: number): { row: number | undefined; visible: number; staged: number } {
  const heads = versions.of(id);
  const next = staging.next ?? generation;
  for (const { row } of heads) versions.delete(row);
  return {
    row: heads[0]?.row,
    visible: heads.some(({ born, died }) => born <= generation && died > generation) ? 1 : 0,
    staged: heads.some(({ born, died }) => born <= next && died > next) ? 1 : 0,
  };
}

function confirmOne(
  { identifier, row, remove: gone = [] }: Confirmation,
  generation: number,
  now: number,
): StoredRow | null {
  for (const id of gone) {
    const was = remove(id, generation);
    changeObjects.run(-was.visible);
    staging.touch(id, was.visible - was.staged);
  }
  journal.end(identifier);
  if (row === undefined) return null;
  const was = remove(row.id, generation);
  const stored = versions.insert(was.row ?? versions.nextRow(), generation, row, now);
  changeObjects.run(1 - was.visible);
  // The object is in both generations now: what the import staged for it, or took away, no longer counts.
  staging.touch(row.id, was.visible - was.staged);
  return stored;
}

const port = parentPort;
if (port === null) throw problem('RUNTIME_INTERNAL', 'The space writer runs as a worker thread only.');

answerCalls<WriterCalls>(
  port,
  {
    open: () => {
      const complete = transaction('FULL', () => indexes.load(data.indexed));
      const { staging: left, filled, objects, watermark, importedAt } = state();
      staging.resume(left);
      return { filled, objects, watermark, importedAt, open: journal.all(), keptAside, indexes: complete };
    },
    journal: (entries) => {
      failPoint('journal.before');
      transaction('FULL', () => journal.enter(entries));
      failPoint('journal.after');
    },
    forget: (identifiers) => transaction('FULL', () => journal.endAll(identifiers)),
    mark: ({ identifiers, state: to }) => transaction('FULL', () => journal.mark(identifiers, to)),
    confirm: ({ confirmations, now }) => {
      failPoint('commit.before');
      const { generation } = state();
      const stored = transaction('FULL', () => confirmations.map((each) => confirmOne(each, generation, now)));
      failPoint('commit.after');
      return stored;
    },
    openStaging: () => {
      decidable = journal.all().flatMap(({ state: stands, identifier }) => (stands === 'sent' ? [] : [identifier]));
      transaction('NORMAL', () => staging.open(state().generation));
    },
    stage: ({ rows, keep, now }) => {
      failPoint('stage.before');
      return transaction('NORMAL', () => {
        staging.keep(keep);
        return staging.stage(rows, now);
      });
    },
    sweep: ({ after }) => transaction('NORMAL', () => staging.sweep(after)),
    flip: ({ watermark, run, errors }) => {
      failPoint('flip.before');
      const decided = transaction('FULL', () => {
        database
          .prepare(
            'UPDATE state SET generation = ?, staging = NULL, filled = 1, objects = objects + ?, watermark = ?, imported_at = ?',
          )
          .run(staging.next ?? null, staging.growth, watermark, run.endedAt);
        for (const identifier of decidable) journal.end(identifier);
        recordRun(database, run, watermark, errors);
        return decidable;
      });
      staging.closed();
      failPoint('flip.after');
      return { objects: state().objects, decided };
    },
    abandon: () => transaction('NORMAL', () => staging.abandon()),
    collect: () => transaction('NORMAL', () => staging.collect(state().generation)),
    record: ({ run, errors }) => transaction('FULL', () => recordRun(database, run, null, errors)),
    buildIndex: ({ attribute, after }) => transaction('NORMAL', () => indexes.build(attribute, after)),
    close: () => {
      database.exec('PRAGMA optimize');
      database.close();
      port.close();
    },
  },
  (error) => toSpaceProblem(error, data.path),
);
