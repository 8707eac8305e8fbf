import { posix } from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import type { Session } from '../../runtime/session.ts';
import { EnumValue } from '../../values/enum.ts';
import type { Value } from '../../values/value.ts';
import { FileItem } from './file-item.ts';

/** Whether a `SearchOption` means the folders below, too. */
export function isRecursive(option: Value): boolean {
  return option instanceof EnumValue && option.value === 1;
}

/** The folder above a path; null above the root. It is not looked at. */
export function parentFolder(path: string): FileItem | null {
  return path === '/' ? null : new FileItem(posix.dirname(path), undefined, { kind: 'directory' });
}

/** Makes a folder and those above it, where they are not there yet. */
export function makeFolder(session: Session, path: string): FileItem {
  const { files } = session.world;
  if (files.stat(path)?.kind === 'file') {
    throw netFailure('System.IO.IOException', `The file '${path}' already exists.`);
  }
  files.makeDirectory(path);
  return new FileItem(path, undefined, { kind: 'directory' });
}

export function removeFolder(session: Session, path: string, recursive: boolean): undefined {
  const { files } = session.world;
  const status = files.stat(path);
  if (status?.kind !== 'directory') throw missingFolder(path);
  files.remove(path, recursive);
  return undefined;
}

export function moveFolder(session: Session, from: string, to: string): void {
  const { files } = session.world;
  if (from === to) throw netFailure('System.IO.IOException', 'Source and destination path must be different.');
  if (files.stat(from) === undefined) throw missingFolder(from);
  if (files.stat(to) !== undefined) {
    throw netFailure(
      'System.IO.IOException',
      `Cannot create '${to}' because a file or directory with the same name already exists.`,
    );
  }
  files.rename(from, to);
}

export function missingFolder(path: string): Error {
  return netFailure('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`);
}
