import type { DatabaseSync } from 'node:sqlite';
import type { HistoryLine } from './calls.ts';

/** The latest runs, newest first, with the errors of their objects. */
export function readHistory(database: DatabaseSync, limit: number): readonly HistoryLine[] {
  const errors = database.prepare('SELECT object, code, detail FROM run_error WHERE run = ? ORDER BY number');
  return database
    .prepare('SELECT * FROM run ORDER BY number DESC LIMIT ?')
    .all(limit)
    .map((found) => ({
      number: Number(found.number),
      kind: String(found.kind),
      startedAt: Number(found.started_at),
      endedAt: Number(found.ended_at),
      outcome: String(found.outcome),
      adds: Number(found.adds),
      updates: Number(found.updates),
      deletes: Number(found.deletes),
      unchanged: Number(found.unchanged),
      failed: Number(found.failed),
      detail: found.detail === null ? null : String(found.detail),
      errors: errors.all(Number(found.number)).map((error) => ({
        object: String(error.object),
        code: String(error.code),
        detail: String(error.detail),
      })),
    }));
}
