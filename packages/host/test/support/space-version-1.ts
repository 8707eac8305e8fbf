import { DatabaseSync } from 'node:sqlite';

/** The layout of space files as the first release made them. */
const LAYOUT_1 = `
CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  staging INTEGER,
  filled INTEGER NOT NULL,
  shape TEXT,
  objects INTEGER NOT NULL,
  watermark TEXT,
  imported_at INTEGER
) STRICT;
INSERT INTO state (one, generation, filled, objects) VALUES (1, 1, 0, 0);

CREATE TABLE object (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  born INTEGER NOT NULL,
  died INTEGER NOT NULL,
  version TEXT NOT NULL,
  dn TEXT,
  hidden TEXT,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX object_id ON object (id);
CREATE INDEX object_ending ON object (died) WHERE died < 9007199254740991;

CREATE TABLE indexed_attribute (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL,
  complete INTEGER NOT NULL
) STRICT;
CREATE TABLE value (
  attribute INTEGER NOT NULL,
  folded TEXT NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (attribute, folded, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (row INTEGER PRIMARY KEY) STRICT;
CREATE TABLE touched (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
  identifier TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  id TEXT,
  begun_at INTEGER NOT NULL,
  entry TEXT NOT NULL,
  keys TEXT NOT NULL,
  password_pending INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  adds INTEGER NOT NULL,
  updates INTEGER NOT NULL,
  deletes INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  watermark TEXT,
  detail TEXT
) STRICT;
CREATE TABLE run_error (
  run INTEGER NOT NULL,
  number INTEGER NOT NULL,
  object TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
`;

const NEVER = Number.MAX_SAFE_INTEGER;

/** One version of an object of the first release: `[row, id, born, died]`; its title is its id and row. */
export type Version1Row = readonly [row: number, id: string, born: number, died: number];

/**
 * Makes a space file as the first release did: generation 3 is visible and an import was building generation 4 when the
 * process ended.
 * @param seen the rows that the import had met or made
 */
export function makeVersion1(
  path: string,
  rows: readonly Version1Row[],
  seen: readonly number[],
  fingerprint: string,
): void {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; BEGIN; ${LAYOUT_1} PRAGMA user_version = 1`);
  const insert = database.prepare(
    'INSERT INTO object (row, id, type, born, died, version, dn, hidden, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const value = database.prepare('INSERT INTO value (attribute, folded, row) VALUES (1, ?, ?)');
  let objects = 0;
  for (const [row, id, born, died] of rows) {
    const json = { schemas: ['urn:x'], id, 'urn:x': { title: `${id} ${row}` }, meta: { resourceType: 'User' } };
    insert.run(row, id, 'User', born, died, `v${row}`, null, null, JSON.stringify(json));
    value.run(`${id} ${row}`, row);
    if (born <= 3 && died > 3) objects += 1;
  }
  database
    .prepare('INSERT INTO indexed_attribute (number, name, fingerprint, complete) VALUES (1, ?, ?, 1)')
    .run('urn:x:title', fingerprint);
  for (const row of seen) database.prepare('INSERT INTO seen (row) VALUES (?)').run(row);
  database
    .prepare(
      'UPDATE state SET generation = 3, staging = 4, filled = 1, shape = ?, objects = ?, watermark = ?, imported_at = 7',
    )
    .run('one', objects, 'w');
  database
    .prepare(
      'INSERT INTO journal (identifier, state, id, begun_at, entry, keys, password_pending) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run('write', 'sent', 'a', 5, '{}', '[]', 0);
  database
    .prepare(
      `INSERT INTO run (kind, started_at, ended_at, outcome, adds, updates, deletes, unchanged, failed, watermark, detail)
       VALUES ('fullImport', 6, 7, 'finished', 3, 0, 0, 0, 0, 'w', NULL)`,
    )
    .run();
  database.exec('COMMIT');
  database.close();
}

export { NEVER };
