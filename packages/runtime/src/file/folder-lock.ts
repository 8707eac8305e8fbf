import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { problem } from '@joinery/problems';
import { systemErrorCode, writeFault } from './system-error.ts';

/** A folder held by this process until {@link FolderLock.release} or the end of the process, however it ends. */
export interface FolderLock {
  /** The folder's real path. */
  readonly folder: string;
  /** Gives the folder free; calling it again does nothing. */
  release(): void;
}

/** Keeps the connections reachable: a collected one would give its lock back. */
const held = new Set<DatabaseSync>();

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;

/**
 * Takes a folder for this process alone, creating it (0700) if need be (design decision 4).
 *
 * Node has no flock, and a file that merely exists would outlive a killed process. SQLite's exclusive lock is a lock of the operating system
 * (fcntl on POSIX, LockFileEx on Windows), given back when the process dies, and it also holds between threads of one process.
 * The lock file itself must never be opened by anything but SQLite: on POSIX, closing any descriptor of a file drops every lock the process has on it.
 * The holder's process id therefore stands in a file of its own; it is a hint for people, never trusted.
 * On network file systems the lock is as good as the server's lock service.
 *
 * @throws RUNTIME_FOLDER_IN_USE when another process or thread holds it, RUNTIME_FILE_UNWRITABLE or RUNTIME_DISK_FULL
 */
export function lockFolder(path: string): FolderLock {
  const folder = createFolder(path);
  const holderFile = join(folder, '.joinery-lock.pid');
  const database = openLockFile(folder);
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    const code = sqliteCode(error);
    if (code === SQLITE_BUSY) throw folderInUse(path, holderFile, error);
    if (code === SQLITE_FULL) throw diskFull(join(folder, '.joinery-lock'), error);
    throw unwritable(join(folder, '.joinery-lock'), error);
  }
  held.add(database);
  let released = false;
  const release = (): void => {
    if (released) return;
    released = true;
    rmSync(holderFile, { force: true });
    held.delete(database);
    database.close();
  };
  try {
    writeFileSync(holderFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    release();
    throw writeFault(holderFile, error);
  }
  return { folder, release };
}

function createFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return realpathSync(path);
  } catch (error) {
    throw writeFault(path, error);
  }
}

function openLockFile(folder: string): DatabaseSync {
  const path = join(folder, '.joinery-lock');
  try {
    const database = new DatabaseSync(path, { timeout: 0 });
    closeToOthers(path);
    return database;
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Whoever may open the file, if only to read it, could lock it and keep the folder's owner out; the folder may be open to all. */
function closeToOthers(path: string): void {
  if (process.getuid === undefined) return;
  const { mode, uid } = statSync(path);
  if (uid === process.getuid() && (mode & 0o007) !== 0) chmodSync(path, mode & 0o770);
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

function diskFull(place: string, cause: unknown): Error {
  return problem('RUNTIME_DISK_FULL', 'There is no room left to write the file.', { place, cause });
}

function unwritable(place: string, cause: unknown): Error {
  return problem('RUNTIME_FILE_UNWRITABLE', 'The lock file cannot be written.', { place, cause });
}

function folderInUse(path: string, holderFile: string, cause: unknown): Error {
  const pid = readHolder(holderFile);
  const holder =
    pid === undefined ? 'Another process' : pid === process.pid ? 'This process itself' : `The process ${pid}`;
  return problem('RUNTIME_FOLDER_IN_USE', `${holder} is working in this folder already.`, { place: path, cause });
}

function readHolder(holderFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(holderFile, 'utf8'), 10);
    return Number.isSafeInteger(pid) ? pid : undefined;
  } catch (error) {
    // The holder may be between taking the lock and writing its id, or belong to another account: the sentence does without the id.
    if (['ENOENT', 'EACCES', 'EPERM'].includes(systemErrorCode(error) ?? '')) return undefined;
    throw writeFault(holderFile, error);
  }
}
