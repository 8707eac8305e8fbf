import type { DatabaseSync } from 'node:sqlite';
import { collectGarbage } from '@joinery/runtime/heap';
import { failPoint } from '../../fail-points.ts';
import { openForWriting } from '../file.ts';
import { unmarkOpen } from '../log-guard.ts';
import { readLastImport } from '../reader/history.ts';
import type { JournalEntry, PasswordUnknown, WriterCalls, WriterData } from './calls.ts';
import { recordRun } from './history.ts';
import { WriterParts } from './parts.ts';
import { untilDone } from './until-done.ts';

type Answers = { readonly [K in keyof WriterCalls]: WriterCalls[K] };

/** Opens a space file and answers the calls of its writer. @throws what {@link openForWriting} throws */
export function spaceWriter(data: WriterData): Answers {
  const { database, keptAside, losses } = openForWriting(data.path, data.now);
  const parts = new WriterParts(database, data);
  const { versions, indexes, journal, staging, clearing, confirming, resolving, exported, aliases, deferred } = parts;
  /** What was in doubt when the import opened: only that does its content decide. */
  let decidable: readonly JournalEntry[] = [];
  const abandon = (): { done: boolean } => {
    const outcome = parts.transaction('NORMAL', () => clearing.abandon());
    if (outcome.done && staging.next !== undefined) {
      staging.closed();
      parts.importing(false);
    }
    return outcome;
  };
  /** Brings what an import has staged one transaction nearer to what the flip may show. */
  const prepare = (now: number): { done: boolean } => {
    const resolved = resolving.step(now);
    return resolved.done ? deferred.step() : resolved;
  };
  const collect = (): { done: boolean } =>
    parts.transaction('NORMAL', () => clearing.collect(parts.state().generation));

  return {
    open: () => {
      const complete = parts.transaction('FULL', () => indexes.load(data.indexed));
      const { staging: left, filled, shape, watermark, importedAt, fullAt } = parts.state();
      staging.resume(left);
      return {
        filled: filled && shape === data.shape,
        watermark,
        importedAt,
        fullAt,
        deletions: journal.deletions(),
        lastImport: readLastImport(database),
        open: journal.all(),
        passwordUnknown: passwordUnknown(database),
        keptAside,
        losses,
        indexes: complete,
      };
    },
    journal: (entries) => {
      failPoint('journal.before');
      parts.transaction('FULL', () => journal.enter(entries));
      failPoint('journal.after');
    },
    forget: (identifiers) => parts.transaction('FULL', () => journal.endAll(identifiers)),
    passwordKnown: (ids) => parts.transaction('NORMAL', () => confirming.passwordKnown(ids)),
    mark: ({ identifiers, state }) => parts.transaction('FULL', () => journal.mark(identifiers, state)),
    confirm: ({ confirmations, now, journalled }) => {
      failPoint('commit.before');
      const { generation } = parts.state();
      const stored = parts.transaction(journalled === true ? 'NORMAL' : 'FULL', () =>
        confirming.confirm(confirmations, generation, now),
      );
      aliases.publish();
      failPoint('commit.after');
      return stored;
    },
    openStaging: () => {
      // What an earlier one left would stand in the way of the new one's rows.
      untilDone(abandon);
      untilDone(collect);
      decidable = journal.all().filter(({ state }) => state !== 'sent');
      const { generation, shape } = parts.state();
      parts.transaction('NORMAL', () => {
        staging.open(generation, shape !== data.shape);
        // A target that does not bring what was to be deleted is not late with showing it.
        exported.absent(decidable.flatMap(deletedId), generation);
      });
      parts.importing(true);
    },
    latest: (ids) => staging.latest(ids),
    stage: (page) => {
      staging.introduce(page);
      failPoint('stage.before');
      return parts.transaction('NORMAL', () => staging.stage(page));
    },
    sweep: ({ after }) => parts.transaction('NORMAL', () => staging.sweep(after, journal.underWay())),
    missingAdds: ({ after, limit }) => staging.missingAdds(after, limit),
    absent: (ids) => parts.transaction('NORMAL', () => exported.absent(ids, parts.state().generation)),
    resolve: ({ now }) => parts.transaction('NORMAL', () => prepare(now)),
    flip: ({ watermark, run, errors }) => {
      failPoint('flip.before');
      const whole = run.kind === 'fullImport';
      // Only who reads everything, and begins after the write, knows what became of it.
      const decisive = whole ? decidable : [];
      const generation = staging.opened();
      untilDone(() => parts.transaction('NORMAL', () => prepare(run.endedAt)));
      parts.transaction('FULL', () => {
        parts.flip(generation, watermark, run.endedAt, whole);
        journal.endAll(decisive.flatMap((each) => (each.passwordPending ? [] : [each.identifier])));
        recordRun(database, run, watermark, errors);
      });
      staging.closed();
      parts.publish();
      parts.importing(false);
      failPoint('flip.after');
      return { objects: parts.objects(), decided: decisive.map(({ identifier }) => identifier) };
    },
    abandon,
    rest: () => collectGarbage(),
    collect: () => {
      const outcome = collect();
      aliases.publish();
      return outcome;
    },
    importAliases: (all) => {
      parts.transaction('FULL', () => {
        for (const each of all) aliases.put(each);
      });
      aliases.publish();
    },
    record: ({ run, errors }) => parts.transaction('FULL', () => recordRun(database, run, null, errors)),
    buildIndex: ({ attribute, after }) => parts.transaction('NORMAL', () => indexes.build(attribute, after)),
    close: () => {
      database.exec('PRAGMA optimize');
      versions.indexes.length = 0;
      unmarkOpen(database, data.path);
      database.close();
    },
  };
}

/** The object that an entry was to delete. */
function deletedId({ id, entry }: JournalEntry): string[] {
  const said: unknown = JSON.parse(entry);
  const deletes = typeof said === 'object' && said !== null && 'operation' in said && said.operation === 'Delete';
  return deletes && id !== null ? [id] : [];
}

function passwordUnknown(database: DatabaseSync): PasswordUnknown[] {
  return database
    .prepare('SELECT id, since FROM password_unknown ORDER BY since')
    .all()
    .map(({ id, since }) => ({ id: String(id), since: Number(since) }));
}
