import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { netFailure } from '../errors/raise.ts';
import type { Budget } from '../runtime/budget.ts';
import type { FileAccess, FileHandle, FileStatus, OpenMode } from '../runtime/session.ts';
import { decodeText } from './decode-text.ts';
import { accessDenied, fileFailure, fileInUse, systemCode } from './file-failure.ts';
import type { GrantedPaths } from './granted-paths.ts';

/** Never waits for the other end of a pipe, never follows a link that took the file's place after it was resolved. */
const guarded = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const openFlags = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
  append: constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND,
  existing: constants.O_RDWR,
  readWrite: constants.O_RDWR | constants.O_CREAT,
  createNew: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
} as const;

const writeFlags = {
  create: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
  truncate: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
  append: constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND,
} as const;

/** Asked before as many bytes are read into memory (`reserve`) or written to files (`emit`); throws where that is too much. */
export type FileBudget = Pick<Budget, 'reserve' | 'emit'>;

const noBudget: FileBudget = { reserve: () => {}, emit: () => {} };

/** The real file system below the granted roots. */
export class GrantedFiles implements FileAccess {
  readonly #paths: GrantedPaths;
  readonly #budget: FileBudget;
  /** Files that streams have open, and whether they let others in. */
  readonly #open = new Map<GrantedFile, { readonly stats: Stats; readonly isExclusive: boolean }>();

  constructor(paths: GrantedPaths, budget: FileBudget = noBudget) {
    this.#paths = paths;
    this.#budget = budget;
  }

  readText(path: string): string {
    return decodeText(this.readBytes(path));
  }

  readBytes(path: string): Uint8Array {
    const file = this.#descriptor(path, constants.O_RDONLY);
    try {
      const { size } = fstatSync(file);
      this.#budget.reserve(size);
      const bytes = new Uint8Array(size);
      let filled = 0;
      while (filled < size) {
        const count = readSync(file, bytes, filled, size - filled, filled);
        if (count === 0) break;
        filled += count;
      }
      return filled === size ? bytes : bytes.subarray(0, filled);
    } catch (error) {
      throw fileFailure(error, path);
    } finally {
      closeSync(file);
    }
  }

  writeBytes(path: string, bytes: Uint8Array, mode: 'create' | 'truncate' | 'append'): void {
    const file = this.#descriptor(path, writeFlags[mode]);
    try {
      this.#budget.emit(bytes.length);
      writeAll(file, bytes, null);
    } catch (error) {
      throw fileFailure(error, path);
    } finally {
      closeSync(file);
    }
  }

  stat(path: string): FileStatus | undefined {
    const real = this.#paths.resolve(path, 'read');
    return attempt(path, () => {
      const stats = statSync(real, { throwIfNoEntry: false });
      return stats === undefined ? undefined : statusOf(stats, lstatSync(path).isSymbolicLink());
    });
  }

  list(path: string): readonly string[] {
    const real = this.#paths.resolve(path, 'read');
    return attempt(path, () => readdirSync(real).sort(byName), true);
  }

  makeDirectory(path: string): void {
    const real = this.#paths.resolve(path, 'write');
    attempt(path, () => mkdirSync(real, { recursive: true }), true);
  }

  remove(path: string, recursive: boolean): void {
    const real = this.#paths.resolve(path, 'write', 'keep');
    attempt(path, () => {
      const stats = lstatSync(real);
      if (!stats.isDirectory()) unlinkSync(real);
      else if (recursive) rmSync(real, { recursive: true });
      else rmdirSync(real);
    });
  }

  rename(from: string, to: string): void {
    const source = this.#paths.resolve(from, 'write', 'keep');
    const target = this.#paths.resolve(to, 'write', 'keep');
    attempt(from, () => renameSync(source, target));
  }

  copy(from: string, to: string): void {
    const source = this.#paths.resolve(from, 'read');
    const target = this.#paths.resolve(to, 'write');
    const status = statSync(source, { throwIfNoEntry: false });
    if (!status?.isFile()) throw accessDenied(from);
    this.#budget.emit(status.size);
    attempt(from, () => copyFileSync(source, target));
  }

  setTimes(path: string, { accessed, modified }: { readonly accessed: number; readonly modified: number }): void {
    const real = this.#paths.resolve(path, 'write');
    attempt(path, () => utimesSync(real, accessed / 1000, modified / 1000));
  }

  setReadOnly(path: string, readOnly: boolean): void {
    const real = this.#paths.resolve(path, 'write');
    attempt(path, () => {
      const { mode } = statSync(real);
      chmodSync(real, readOnly ? mode & ~0o222 : mode | 0o200);
    });
  }

  open(path: string, mode: OpenMode, share: 'all' | 'none' = 'all'): FileHandle {
    const isExclusive = share === 'none';
    const descriptor = this.#descriptor(path, openFlags[mode], isExclusive);
    const file = new GrantedFile(descriptor, path, this.#budget, () => this.#open.delete(file));
    this.#open.set(file, { stats: fstatSync(descriptor), isExclusive });
    return file;
  }

  closeAll(): void {
    for (const file of [...this.#open.keys()]) file.close();
  }

  #descriptor(path: string, flags: number, isExclusive = false): number {
    const access = flags === constants.O_RDONLY ? 'read' : 'write';
    const real = this.#paths.resolve(path, access);
    let file: number;
    try {
      // Emptied only once it is known to be the file that was meant.
      file = openSync(real, (flags & ~constants.O_TRUNC) | guarded, 0o666);
    } catch (error) {
      throw fileFailure(error, path, systemCode(error) === 'ENOENT' && !isThere(dirname(real)));
    }
    try {
      this.#check(file, real, path, access);
      if (this.#isInUse(fstatSync(file), isExclusive)) throw fileInUse(path);
      if ((flags & constants.O_TRUNC) !== 0) ftruncateSync(file);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    return file;
  }

  /** What was opened is a file, and still the one at the resolved path: a folder on the way may have become a link meanwhile. */
  #check(file: number, real: string, path: string, access: 'read' | 'write'): void {
    const opened = fstatSync(file);
    if (!opened.isFile()) throw accessDenied(path);
    const meant = lstatSync(real, { throwIfNoEntry: false });
    const isSame = meant !== undefined && meant.ino === opened.ino && meant.dev === opened.dev;
    if (!isSame || this.#paths.resolve(real, access) !== real) throw accessDenied(path);
  }

  /** True where a stream keeps others from the file, or one has it open that is wanted alone. */
  #isInUse(stats: Stats, isExclusive: boolean): boolean {
    for (const open of this.#open.values()) {
      const isSame = open.stats.ino === stats.ino && open.stats.dev === stats.dev;
      if (isSame && (isExclusive || open.isExclusive)) return true;
    }
    return false;
  }
}

/** A file that stays open between calls. */
class GrantedFile implements FileHandle {
  readonly #file: number;
  readonly #path: string;
  readonly #budget: FileBudget;
  readonly #closed: () => void;
  #isOpen = true;

  constructor(file: number, path: string, budget: FileBudget, closed: () => void) {
    this.#file = file;
    this.#path = path;
    this.#budget = budget;
    this.#closed = closed;
  }

  read(length: number, position: number): Uint8Array {
    this.#check();
    this.#budget.reserve(length);
    const bytes = new Uint8Array(length);
    return attempt(this.#path, () => {
      let filled = 0;
      while (filled < length) {
        const count = readSync(this.#file, bytes, filled, length - filled, position + filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    });
  }

  write(bytes: Uint8Array, position: number): void {
    this.#check();
    this.#budget.emit(bytes.length);
    attempt(this.#path, () => writeAll(this.#file, bytes, position));
  }

  get length(): number {
    this.#check();
    return attempt(this.#path, () => fstatSync(this.#file).size);
  }

  truncate(length: number): void {
    this.#check();
    attempt(this.#path, () => ftruncateSync(this.#file, length));
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closed();
    closeSync(this.#file);
  }

  /** The number of a file that was closed may be that of another by now. */
  #check(): void {
    if (!this.#isOpen) throw netFailure('System.ObjectDisposedException', 'Cannot access a closed file.');
  }
}

/** @param position `null` appends, or goes on where the last write ended */
function writeAll(file: number, bytes: Uint8Array, position: number | null): void {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(file, bytes, written, bytes.length - written, position === null ? null : position + written);
  }
}

function attempt<T>(path: string, action: () => T, isDirectoryWanted = false): T {
  try {
    return action();
  } catch (error) {
    throw fileFailure(error, path, isDirectoryWanted);
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function statusOf(stats: Stats, isLink: boolean): FileStatus {
  return {
    kind: stats.isDirectory() ? 'directory' : 'file',
    isLink,
    length: stats.size,
    created: stats.birthtimeMs,
    modified: stats.mtimeMs,
    accessed: stats.atimeMs,
    readOnly: (stats.mode & 0o222) === 0,
  };
}

/** Listings are in the order of code units without case, the same on every system. */
function byName(left: string, right: string): number {
  const [foldedLeft, foldedRight] = [left.toUpperCase(), right.toUpperCase()];
  if (foldedLeft !== foldedRight) return foldedLeft < foldedRight ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}
