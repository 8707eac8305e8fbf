import type { DatabaseSync } from 'node:sqlite';
import { RUN_ERRORS_KEPT, type RunDetails, type RunError, type RunRecord } from '../run-record.ts';

/** Imports kept in the history, and as many exports: otherwise a day of writing would push the imports out of it. */
const RUNS_KEPT = 1000;

function detailsOf({ profile, why, held, differing, differences }: RunDetails): RunDetails {
  return { profile, why, held, differing, differences: differences.slice(0, RUN_ERRORS_KEPT) };
}

/** Writes one line of the run history with the errors of its objects. */
export function recordRun(
  database: DatabaseSync,
  run: RunRecord,
  watermark: string | null,
  errors: readonly RunError[],
): void {
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO run (kind, started_at, ended_at, outcome, adds, updates, renames, deletes, unchanged, failed, watermark, detail, report)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      run.kind,
      run.startedAt,
      run.endedAt,
      run.outcome,
      run.adds,
      run.updates,
      run.renames,
      run.deletes,
      run.unchanged,
      run.failed,
      watermark,
      run.detail,
      JSON.stringify(detailsOf(run)),
    );
  const insert = database.prepare('INSERT INTO run_error (run, number, object, code, detail) VALUES (?, ?, ?, ?, ?)');
  for (const [number, { object, code, detail }] of errors.slice(0, RUN_ERRORS_KEPT).entries()) {
    insert.run(lastInsertRowid, number, object, code, detail);
  }
  const old = database
    .prepare(`SELECT number FROM run WHERE (kind = 'export') = ? ORDER BY number DESC LIMIT -1 OFFSET ${RUNS_KEPT}`)
    .all(run.kind === 'export' ? 1 : 0);
  for (const { number = null } of old) {
    database.prepare('DELETE FROM run_error WHERE run = ?').run(number);
    database.prepare('DELETE FROM run WHERE number = ?').run(number);
  }
}
