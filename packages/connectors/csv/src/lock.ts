import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProblem, problem } from '@joinery/problems';
import { type FolderLock, lockFolder } from '@joinery/runtime';
import { readFault } from './file.ts';

/** The right to write a file, and the file's real path: replacing must not turn a symbolic link into a file. */
export interface WriteLock extends Disposable {
  readonly path: string;
}

/**
 * Keeps other writers of Joinery away from a file, in this and in other processes, until it is disposed or the process ends, however it ends.
 * The lock lies beside the file (`.<name>.lock/`), because it is about the file and not about a connector: two connectors may share one.
 * Programs that know nothing of it are noticed by comparing the file instead.
 * @throws CSV_FILE_LOCKED, and what finding the file throws
 */
export async function lockForWriting(path: string): Promise<WriteLock> {
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    throw readFault(path, error);
  }
  let lock: FolderLock;
  try {
    lock = lockFolder(join(dirname(real), `.${basename(real)}.lock`));
  } catch (error) {
    if (!isProblem(error, 'RUNTIME_FOLDER_IN_USE')) throw error;
    throw problem('CSV_FILE_LOCKED', 'Another writer holds the lock of this file.', { place: path, cause: error });
  }
  return { path: real, [Symbol.dispose]: () => lock.release() };
}
