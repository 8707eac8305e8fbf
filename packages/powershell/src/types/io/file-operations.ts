import { posix } from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import type { Session } from '../../runtime/session.ts';
import { text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { accessDenied } from '../../world/file-failure.ts';
import { missingFolder } from './folder-operations.ts';
import { absolutePath } from './path.ts';

/** What .NET says of a file that is not there: its folder may be missing as well. */
export function missingFile(session: Session, path: string): Error {
  if (session.world.files.stat(posix.dirname(path)) === undefined) return missingFolder(path);
  return netFailure('System.IO.FileNotFoundException', `Could not find file '${path}'.`, {
    details: { FileName: path },
  });
}

/** Throws `NetFailure` where there is no file at a path. */
export function requireFile(session: Session, path: string): void {
  const status = session.world.files.stat(path);
  if (status === undefined) throw missingFile(session, path);
  if (status.kind === 'directory') throw accessDenied(path);
}

function requireFree(session: Session, path: string, overwrite: boolean): void {
  if (overwrite || session.world.files.stat(path) === undefined) return;
  throw netFailure('System.IO.IOException', `The file '${path}' already exists.`);
}

export function copyFile(session: Session, from: string, to: string, overwrite: boolean): void {
  requireFile(session, from);
  requireFree(session, to, overwrite);
  if (session.world.files.stat(posix.dirname(to)) === undefined) throw missingFolder(to);
  session.world.files.copy(from, to);
}

export function moveFile(session: Session, from: string, to: string, overwrite: boolean): void {
  requireFile(session, from);
  if (from !== to) requireFree(session, to, overwrite);
  if (session.world.files.stat(posix.dirname(to)) === undefined) throw missingFolder(to);
  session.world.files.rename(from, to);
}

/** What is not there is deleted already. */
export function removeFile(session: Session, path: string): void {
  const { files } = session.world;
  const status = files.stat(path);
  if (status?.kind === 'directory') throw accessDenied(path);
  if (status !== undefined) files.remove(path, false);
  else if (files.stat(posix.dirname(path)) === undefined) throw missingFolder(path);
}

/** @param backup where the old file goes; nowhere for null */
export function replaceFile(session: Session, from: string, to: string, backup: Value): void {
  requireFile(session, from);
  requireFile(session, to);
  if (text(backup) !== '') session.world.files.rename(to, absolutePath(backup, session, 'destinationBackupFileName'));
  session.world.files.rename(from, to);
}
