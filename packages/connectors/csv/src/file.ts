import { type FileHandle, open, stat } from 'node:fs/promises';
import { type Problem, problem, toProblem } from '@joinery/problems';
import { systemErrorCode } from '@joinery/runtime';

/**
 * An open file and what it was when it was opened. The descriptor keeps the content that it was opened on when another version is renamed over
 * the name, so whoever reads it reads one version; writing into the file itself is noticed by {@link assertUnchanged}.
 */
export interface OpenFile extends AsyncDisposable {
  readonly path: string;
  readonly handle: FileHandle;
  readonly identity: FileIdentity;
}

interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  /** Nanoseconds; many file systems move it in steps of some milliseconds, which is why writers compare contents too. */
  readonly modified: bigint;
}

/** @throws CSV_FILE_MISSING, CSV_FILE_UNREADABLE, CSV_FILE_LOCKED */
export async function openFile(path: string): Promise<OpenFile> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw readFault(path, error);
  }
  try {
    const facts = await handle.stat({ bigint: true });
    if (!facts.isFile()) throw problem('CSV_FILE_UNREADABLE', 'This is not a regular file.', { place: path });
    return { path, handle, identity: identityOf(facts), [Symbol.asyncDispose]: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw readFault(path, error);
  }
}

/**
 * Makes sure that the open file was not written to since it was opened.
 * @throws CSV_FILE_CHANGED
 */
export async function assertUnchanged(file: OpenFile): Promise<void> {
  if (!same(identityOf(await file.handle.stat({ bigint: true })), file.identity)) throw changed(file.path);
}

/**
 * Makes sure that the name still leads to the file that was opened, and that it was not written to.
 * @throws CSV_FILE_CHANGED
 */
export async function assertCurrent(file: OpenFile): Promise<void> {
  try {
    if (same(identityOf(await stat(file.path, { bigint: true })), file.identity)) return;
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw readFault(file.path, error);
  }
  throw changed(file.path);
}

/** The problem of a file whose content is no longer what was read. */
export function changed(path: string): Problem {
  return problem('CSV_FILE_CHANGED', 'Another program wrote the file in the meantime.', { place: path });
}

/** Translates faults of reading. EBUSY and EAGAIN are what Windows and mandatory locks answer for a file somebody keeps to himself. */
export function readFault(path: string, error: unknown): Problem {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return problem('CSV_FILE_MISSING', 'There is no such file.', { place: path, cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
    case 'EIO':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return problem('CSV_FILE_UNREADABLE', `The file cannot be read (${systemErrorCode(error)}).`, {
        place: path,
        cause: error,
      });
    case 'EBUSY':
    case 'EAGAIN':
      return problem('CSV_FILE_LOCKED', 'Another program keeps the file locked.', { place: path, cause: error });
    default:
      return toProblem(error);
  }
}

function identityOf(facts: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint }): FileIdentity {
  return { device: facts.dev, inode: facts.ino, size: facts.size, modified: facts.mtimeNs };
}

function same(a: FileIdentity, b: FileIdentity): boolean {
  return a.device === b.device && a.inode === b.inode && a.size === b.size && a.modified === b.modified;
}
