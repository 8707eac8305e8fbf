import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { sqliteCode } from './sqlite-error.ts';

/** What no import brings back, and what it means that it is lost: ids of renamed objects, writes on their way, what a person has to look after, the history. */
const TABLES: ReadonlyMap<string, string> = new Map([
  ['alias', 'Objects whose anchor has changed are answered with other ids than before.'],
  [
    'journal',
    'Which writes were on their way cannot be read any more: look into the target for those that callers were given no answer to.',
  ],
  [
    'password_unknown',
    'Which objects were created without a password that is known to be set cannot be read any more.',
  ],
  ['deletion', 'How many deletes the last hour has seen is not known.'],
  ['run', 'The run history cannot be read any more.'],
  ['run_error', 'The errors in the run history cannot be read any more.'],
]);

/**
 * Takes over from a damaged file what can still be read of the tables that no import fills. A table that cannot be read is left
 * behind: the file stays aside for whoever wants to look further.
 * @param version only a file of the same version has these tables as they are now
 * @returns what is lost, a sentence each
 */
export function salvage(path: string, into: DatabaseSync, version: number): readonly string[] {
  const from = attempt(() => new DatabaseSync(path, { timeout: 1000 }));
  if (from === undefined) return [...TABLES.values()];
  const lost: string[] = [];
  try {
    if (attempt(() => from.prepare('PRAGMA user_version').get()?.user_version) !== version) return [...TABLES.values()];
    for (const [table, meaning] of TABLES) {
      const rows = attempt(() => from.prepare(`SELECT * FROM ${table}`).all());
      if (rows === undefined) lost.push(meaning);
      const [first] = rows ?? [];
      if (rows === undefined || first === undefined) continue;
      const columns = Object.keys(first);
      const insert = into.prepare(
        `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      into.exec('BEGIN');
      for (const row of rows) insert.run(...Object.values(row).map((value): SQLInputValue => value));
      into.exec('COMMIT');
    }
    return lost;
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
