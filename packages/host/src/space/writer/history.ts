import type { DatabaseSync } from 'node:sqlite';
import { RUN_ERRORS_KEPT, type RunDetails, type RunError, type RunRecord } from '../run-record.ts';

/** Runs kept in the history; older ones are dropped with their errors. */
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
  const oldest = Number(lastInsertRowid) - RUNS_KEPT;
  database.prepare('DELETE FROM run_error WHERE run <= ?').run(oldest);
  database.prepare('DELETE FROM run WHERE number <= ?').run(oldest);
}
