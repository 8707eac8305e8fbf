/** Version of the space file (`PRAGMA user_version`). Newer files are refused, older ones backed up and migrated (design decision 13). */
export const SPACE_VERSION = 2;

/** `died` of a row that no generation has ended. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** Most rows one transaction writes, so that an export never waits long behind an import (design decision 2). */
export const ROWS_PER_TRANSACTION = 1000;

/*
 * A row is one version of one object. Readers see the rows with born <= generation < died, so an import builds the next
 * generation beside the visible one and becomes visible by changing one number.
 *
 * `row` is sequence * 2 + slot: an object has at most two versions at a time, the visible one and the staged one, in the
 * two slots of its sequence. A change therefore keeps the object's place in the order in which pages are listed.
 *
 * `json` is the whole answer except `meta.location`: a plain GET is one look-up and no parse.
 * `shape` is what the rows were made by: rows of another one lack what an administrator has selected since.
 * `full_at` is when the content was last read as a whole; `imported_at` when it was last brought up to date at all.
 * `hidden` holds values that the connector needs and callers do not see (the deprovisioning attribute).
 */
export const LAYOUT = `
CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  staging INTEGER,
  filled INTEGER NOT NULL,
  shape TEXT,
  objects INTEGER NOT NULL,
  watermark TEXT,
  imported_at INTEGER,
  full_at INTEGER
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
CREATE INDEX object_ending ON object (died) WHERE died < ${NEVER};

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
CREATE TABLE password_unknown (id TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;

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
  detail TEXT,
  renames INTEGER NOT NULL DEFAULT 0,
  report TEXT NOT NULL DEFAULT '{}'
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
