import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { RunDetails } from '../run-record.ts';
import type { HistoryLine } from './calls.ts';

/** What a run of a release that kept less is read with. */
const NO_DETAILS: RunDetails = { profile: '', why: '', held: [], differing: 0, differences: [] };

/** This program wrote it; an older one wrote less. */
function detailsOf(report: string): Partial<RunDetails> {
  const details: Partial<RunDetails> = JSON.parse(report);
  return details;
}

/** The latest runs, newest first, with the errors of their objects. */
export function readHistory(database: DatabaseSync, limit: number): readonly HistoryLine[] {
  return database
    .prepare('SELECT * FROM run ORDER BY number DESC LIMIT ?')
    .all(limit)
    .map((found) => lineOf(database, found));
}

/** The import that ended last; exports are runs of the history too. */
export function readLastImport(database: DatabaseSync): HistoryLine | undefined {
  const found = database.prepare("SELECT * FROM run WHERE kind <> 'export' ORDER BY number DESC LIMIT 1").get();
  return found === undefined ? undefined : lineOf(database, found);
}

function lineOf(database: DatabaseSync, found: Record<string, SQLOutputValue>): HistoryLine {
  const errors = database.prepare('SELECT object, code, detail FROM run_error WHERE run = ? ORDER BY number');
  return {
    number: Number(found.number),
    kind: String(found.kind),
    startedAt: Number(found.started_at),
    endedAt: Number(found.ended_at),
    outcome: String(found.outcome),
    adds: Number(found.adds),
    updates: Number(found.updates),
    renames: Number(found.renames),
    deletes: Number(found.deletes),
    unchanged: Number(found.unchanged),
    failed: Number(found.failed),
    watermark: found.watermark === null ? null : String(found.watermark),
    detail: found.detail === null ? null : String(found.detail),
    ...NO_DETAILS,
    ...detailsOf(String(found.report)),
    errors: errors.all(Number(found.number)).map((error) => ({
      object: String(error.object),
      code: String(error.code),
      detail: String(error.detail),
    })),
  };
}
