import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { sqliteCode } from './sqlite-error.ts';

/** What no import brings back: the ids of renamed objects, writes on their way, what a person has to look after, and the history. */
const TABLES = ['alias', 'journal', 'password_unknown', 'deletion', 'run', 'run_error'];

/**
 * Takes over from a damaged file what can still be read of the tables that no import fills. A table that cannot be read is left
 * behind: the file stays aside for whoever wants to look further.
 * @param version only a file of the same version has these tables as they are now
 */
export function salvage(path: string, into: DatabaseSync, version: number): void {
  const from = attempt(() => new DatabaseSync(path, { timeout: 1000 }));
  if (from === undefined) return;
  try {
    if (attempt(() => from.prepare('PRAGMA user_version').get()?.user_version) !== version) return;
    for (const table of TABLES) {
      const rows = attempt(() => from.prepare(`SELECT * FROM ${table}`).all()) ?? [];
      const [first] = rows;
      if (first === undefined) continue;
      const columns = Object.keys(first);
      const insert = into.prepare(
        `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      into.exec('BEGIN');
      for (const row of rows) insert.run(...Object.values(row).map((value): SQLInputValue => value));
      into.exec('COMMIT');
    }
  } finally {
    from.close();
  }
}

/** What SQLite cannot read of a damaged file is not there; anything else is a fault of this program. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return undefined;
  }
}
