import { hash } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { problem } from '@joinery/problems';
import { sqliteCode } from './sqlite-error.ts';

/*
 * SQLite trusts whatever write-ahead log it finds beside a file, and takes a file without one for whole. Two things tell that the log
 * is not the one this file was left with: a mark that lies beside the file while it is open, and a number that stands both in the
 * file's own header and in every log that was written for it.
 */

/** Where SQLite keeps `PRAGMA application_id` in the first page (sqlite.org/fileformat2.html 1.3). */
const NUMBER_OFFSET = 68;

/** Whether the file was left open and what it was given since then is gone with its log. Asked before the file is opened. */
export function hasLostLog(path: string): boolean {
  const left = statSync(markOf(path), { throwIfNoEntry: false }) !== undefined;
  return left && (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

/** From now on, until {@link unmarkOpen}, the file is nothing without its log. The log must have been written to. */
export function markOpen(path: string): void {
  writeFileSync(markOf(path), '', { mode: 0o600 });
}

/** Puts everything into the file itself and takes the mark away; the mark stays where that is not possible. */
export function unmarkOpen(database: DatabaseSync, path: string): void {
  try {
    if (database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy !== 0) return;
  } catch (error) {
    // A damaged file, or a full disk: whoever opens it next shall know that its log matters.
    if (sqliteCode(error) === undefined) throw error;
    return;
  }
  rmSync(markOf(path), { force: true });
}

/** The number in the header of the file itself, whatever its log says; 0 where there is none. Asked before the file is opened. */
export function ownNumber(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < NUMBER_OFFSET + 4) return 0;
  const header = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, 4, NUMBER_OFFSET);
  } finally {
    closeSync(file);
  }
  return header.readUInt32BE();
}

/**
 * Makes sure that file and log belong together, and gives a new file its number.
 * @param own what {@link ownNumber} said
 * @param now milliseconds since 1970; with the path it makes the number another one than that of other files
 * @throws HOST_SPACE_CORRUPT
 */
export function checkNumber(database: DatabaseSync, path: string, own: number, now: number): void {
  if (own === 0) {
    const number = (Number.parseInt(hash('sha256', `${path} ${now}`, 'hex').slice(0, 8), 16) & 0x7f_ff_ff_ff) | 1;
    database.exec(`PRAGMA application_id = ${number}; PRAGMA wal_checkpoint(TRUNCATE)`);
    return;
  }
  if (Number(database.prepare('PRAGMA application_id').get()?.application_id) === own) return;
  throw problem('HOST_SPACE_CORRUPT', 'The write-ahead log of the connector space belongs to another file.', {
    place: path,
  });
}

function markOf(path: string): string {
  return `${path}.open`;
}
