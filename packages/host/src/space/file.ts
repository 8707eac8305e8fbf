import { closeSync, copyFileSync, existsSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isProblem, problem } from '@joinery/problems';
import { LAYOUT, SPACE_VERSION } from './layout.ts';
import { checkNumber, hasLostLog, markOpen, ownNumber } from './log-guard.ts';
import { SPACE_MIGRATIONS, type SpaceMigration } from './migrations.ts';
import { salvage } from './salvage.ts';
import { toSpaceProblem } from './sqlite-error.ts';

/** A file that is open for writing, and what it has lost. */
export interface OpenedFile {
  readonly database: DatabaseSync;
  /** Where a damaged file was kept. */
  readonly keptAside: string | undefined;
  /** What neither file nor import brings back, a sentence each. */
  readonly losses: readonly string[];
}

const LOST_LOG =
  'The write-ahead log of the connector space is gone: what callers were told since the file was last whole, and which writes were on their way, is not in it.';

/**
 * Opens a space file for its one writer, making or migrating it first. A damaged file is kept aside under
 * `<file>.damaged-<time>` and another one takes its place, with what no import can bring back as far as it can still be read:
 * the next full import fills it again.
 * @param now milliseconds since 1970, for the names of files kept aside
 * @param version the version this program writes, with its migrations; parameters so that tests can be the next release
 * @throws HOST_SPACE_NEWER, HOST_SPACE_UNREADABLE, HOST_SPACE_DISK_FULL
 */
export function openForWriting(
  path: string,
  now: number,
  version: number = SPACE_VERSION,
  migrations: readonly SpaceMigration[] = SPACE_MIGRATIONS,
): OpenedFile {
  const losses = hasLostLog(path) ? [LOST_LOG] : [];
  let damaged = existsSync(damageMark(path));
  try {
    if (!damaged) return { database: open(path, now, version, migrations), keptAside: undefined, losses };
  } catch (error) {
    if (!isProblem(error, 'HOST_SPACE_CORRUPT')) throw error;
    damaged = true;
  }
  const keptAside = `${path}.damaged-${now}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, keptAside + suffix);
  }
  const database = open(path, now, version, migrations);
  const lost = salvage(keptAside, database, version);
  rmSync(damageMark(path), { force: true });
  return { database, keptAside, losses: [...losses, ...lost] };
}

/** Leaves word that a file which opens is damaged all the same: the next one who opens it keeps it aside. */
export function markDamaged(path: string): void {
  writeFileSync(damageMark(path), '', { mode: 0o600 });
}

function damageMark(path: string): string {
  return `${path}.damaged`;
}

function open(path: string, now: number, version: number, migrations: readonly SpaceMigration[]): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    const own = ownNumber(path);
    const lostLog = hasLostLog(path);
    createPrivately(path);
    database = new DatabaseSync(path, { timeout: 1000 });
    // Before anything that could change the file.
    refuseNewer(database, path, version);
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; PRAGMA automatic_index = 0',
    );
    migrate(database, path, now, version, migrations);
    checkNumber(database, path, own, now);
    // What the file lacks an import brings; until then absence means nothing.
    if (lostLog) database.exec('UPDATE state SET filled = 0');
    // The log begins with the page that has the number.
    database.exec(`PRAGMA user_version = ${version}`);
    markOpen(path);
    return database;
  } catch (error) {
    database?.close();
    throw toSpaceProblem(error, path);
  }
}

/** SQLite gives the files beside a database its rights; those of a database that it makes itself let everybody read. */
function createPrivately(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    throw problem('HOST_SPACE_UNREADABLE', 'The file of the connector space cannot be made.', {
      place: path,
      cause: error,
    });
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

function refuseNewer(database: DatabaseSync, path: string, version: number): void {
  const found = versionOf(database);
  if (found <= version) return;
  const sentence = `The space file has version ${found}; this program knows versions up to ${version}.`;
  throw problem('HOST_SPACE_NEWER', sentence, { place: path });
}

function migrate(
  database: DatabaseSync,
  path: string,
  now: number,
  version: number,
  migrations: readonly SpaceMigration[],
): void {
  const found = versionOf(database);
  if (found === version) return;
  if (found === 0) {
    database.exec(`BEGIN IMMEDIATE; ${LAYOUT} PRAGMA user_version = ${version}; COMMIT`);
    return;
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  copyFileSync(path, `${path}.version-${found}-${now}`);
  database.exec('BEGIN IMMEDIATE');
  for (let at = found; at < version; at += 1) {
    const step = migrations.find((migration) => migration.from === at);
    if (step === undefined) {
      throw problem('HOST_SPACE_UNREADABLE', `There is no way from version ${at} of the space file to ${at + 1}.`, {
        place: path,
      });
    }
    database.exec(step.sql);
  }
  database.exec(`PRAGMA user_version = ${version}; COMMIT`);
}

/** Opens a space file for reading; its writer made it. */
export function openForReading(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 1000 });
    database.exec('PRAGMA cache_size = -8000; PRAGMA query_only = 1; PRAGMA automatic_index = 0');
    return database;
  } catch (error) {
    throw toSpaceProblem(error, path);
  }
}
