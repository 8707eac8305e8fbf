/*
 * The limit of an import: the rows of a filled space, inserted into an empty file of the same layout, a thousand a transaction.
 * <space file> <new file> <table …>   Prints {"milliseconds": …, "rows": …}
 */
import { DatabaseSync } from 'node:sqlite';

const [from = '', to = '', ...tables] = process.argv.slice(2);
const rowsATransaction = 1000;
const source = new DatabaseSync(from, { readOnly: true });
const target = new DatabaseSync(to);
target.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000');
for (const table of tables) {
  for (const { sql } of source
    .prepare(`SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'index'`)
    .all(table))
    target.exec(String(sql));
}
let milliseconds = 0;
let rows = 0;
for (const table of tables) {
  const columns = source
    .prepare(`SELECT name FROM pragma_table_info(?)`)
    .all(table)
    .map(({ name }) => `"${name}"`);
  const insert = target.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`);
  const read = source.prepare(`SELECT ${columns} FROM ${table}`);
  read.setReturnArrays(true);
  let batch: unknown[] = [];
  for (const row of read.iterate()) {
    batch.push(row);
    if (batch.length === rowsATransaction) write();
  }
  write();

  /** Only this is measured: the rows are in memory by then. */
  function write(): void {
    const started = performance.now();
    target.exec('BEGIN IMMEDIATE');
    for (const row of batch) if (Array.isArray(row)) insert.run(...row);
    target.exec('COMMIT');
    milliseconds += performance.now() - started;
    rows += batch.length;
    batch = [];
  }
}
source.close();
target.close();
console.log(JSON.stringify({ milliseconds, rows }));
