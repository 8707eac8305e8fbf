/** Version of the space file (`PRAGMA user_version`). Newer files are refused, older ones backed up and migrated (design decision 13). */
export const SPACE_VERSION = 2;

/** `died` of a row that no generation has ended. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** `born` of what an export has put into every generation at once. */
export const ALWAYS = 0;

/** Most rows one transaction writes, so that an export never waits long behind an import (design decision 2). */
export const ROWS_PER_TRANSACTION = 1000;

/** Rows of one block: 2,048 sequences with two slots each. */
export const BLOCK_BITS = 12;

/** The block of a row. Rows stay far below 2^53, shifts of JavaScript end at 2^31. */
export function blockOf(row: number): number {
  return Math.floor(row / 2 ** BLOCK_BITS);
}

/*
 * What lies beside the objects. A delta of the version-1 layout: `migrations.ts` runs the same statements.
 *
 * `block` counts the objects of a type among the rows of a block: how many are visible, and what the open import will add.
 * A page is found by summing blocks, so its place costs the same at any offset.
 * `staged` are the rows that the open import has made for new objects, as ranges.
 * `alias` leads from what an object is called in the target now to the id it was first seen with.
 * `reference` leads from what an object is referred to by to the rows that do; `unresolved` are rows to be looked at again
 * before the open import becomes visible.
 * `exported` are objects that no import has confirmed yet. `missed` is the generation of the first full import that did not
 * bring an added one; `ended` that of the import that brought it, or took it away.
 * `deletion` are the times at which something was handed to the target to be deleted, of the last hour.
 * `password_unknown` are objects that were created with a password of which nobody knows whether the target has taken it.
 */
export const BESIDE = `
CREATE TABLE block (
  type TEXT NOT NULL,
  number INTEGER NOT NULL,
  objects INTEGER NOT NULL,
  staged INTEGER NOT NULL,
  PRIMARY KEY (type, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE staged (first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

CREATE TABLE alias (identity TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT, WITHOUT ROWID;

CREATE INDEX object_reference_key ON object (reference_key) WHERE reference_key IS NOT NULL;
CREATE TABLE reference (key TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)) STRICT, WITHOUT ROWID;
CREATE TABLE unresolved (row INTEGER PRIMARY KEY) STRICT;

CREATE TABLE exported (
  id TEXT PRIMARY KEY,
  added INTEGER NOT NULL,
  missed INTEGER,
  ended INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX exported_missed ON exported (missed) WHERE missed IS NOT NULL;
CREATE INDEX exported_ended ON exported (ended) WHERE ended IS NOT NULL;

CREATE TABLE password_unknown (id TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE deletion (at INTEGER NOT NULL) STRICT;
CREATE INDEX deletion_at ON deletion (at);
`;

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
 * `reference_key` is what other objects refer to it by, `reference_values` what it refers to, as the target spells it.
 */
export const LAYOUT = `
CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  staging INTEGER,
  filled INTEGER NOT NULL,
  shape TEXT,
  watermark TEXT,
  imported_at INTEGER,
  full_at INTEGER
) STRICT;
INSERT INTO state (one, generation, filled) VALUES (1, 1, 0);

CREATE TABLE object (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  born INTEGER NOT NULL,
  died INTEGER NOT NULL,
  version TEXT NOT NULL,
  dn TEXT,
  hidden TEXT,
  json TEXT NOT NULL,
  reference_key TEXT,
  reference_values TEXT
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
${BESIDE}`;
