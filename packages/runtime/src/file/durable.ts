import { type FileHandle, open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Random, systemRandom } from '../random.ts';
import { systemErrorCode, writeFault } from './system-error.ts';

export type FileContent = string | Uint8Array | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

export interface WriteFileOptions {
  /** Permission bits of the file. Default: those of the file that is replaced, and 0600 for a new one. */
  readonly mode?: number;
  /** Ends the writing before the rename; afterwards the file is in place and the signal is too late. */
  readonly signal?: AbortSignal;
  readonly random?: Random;
  /** Runs when the new content is safe on the disk, right before the rename; what it throws calls the replacement off. */
  readonly beforeRename?: () => Promise<void>;
}

/**
 * Replaces a file so that after any crash, kill or power loss it holds either all of the old or all of the new content:
 * a new file beside it, fsync, rename over the old one, fsync of the folder. Readers never see a half-written file.
 * A symbolic link stays a link and its target is replaced; the owner is kept where this process may set it.
 *
 * @param content bytes, text (written as UTF-8) or a stream of either
 * @throws RUNTIME_DISK_FULL, RUNTIME_FILE_UNWRITABLE, or the signal's reason; the old file is untouched and nothing is left beside it
 */
export async function writeFileDurably(
  path: string,
  content: FileContent,
  options: WriteFileOptions = {},
): Promise<void> {
  options.signal?.throwIfAborted();
  const random = options.random ?? systemRandom;
  const target = await realTarget(path);
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target)}.${Buffer.from(random.bytes(6)).toString('hex')}.tmp`);
  const replaced = await statIfPresent(target);
  const mode = options.mode ?? (replaced === undefined ? 0o600 : replaced.mode & 0o7777);
  let created = false;
  try {
    const file = await open(temporary, 'wx', mode);
    created = true;
    try {
      // The process's umask does not apply to what the caller asked for or the old file had.
      await file.chmod(mode);
      if (replaced !== undefined) await keepOwner(file, replaced);
      await writeAll(file, content, options.signal);
      await file.sync();
    } finally {
      await file.close();
    }
    await options.beforeRename?.();
    options.signal?.throwIfAborted();
    await rename(temporary, target);
    created = false;
    await syncFolder(folder);
  } catch (error) {
    if (created) await removeIfPresent(temporary);
    if (options.signal?.aborted === true) throw options.signal.reason;
    throw writeFault(path, error);
  }
}

/**
 * Removes what killed writers left beside the files of a folder. Only for a folder this process holds ({@link lockFolder}):
 * a running writer's new file looks the same.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^\..+\.[0-9a-f]{12}\.tmp$/.test(name)) await removeIfPresent(join(folder, name));
  }
}

/**
 * Makes a rename, creation or deletion in a folder survive power loss.
 * Windows has no such call and its file systems journal the entry themselves.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAll(file: FileHandle, content: FileContent, signal: AbortSignal | undefined): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    await file.writeFile(content);
    return;
  }
  for await (const part of content) {
    signal?.throwIfAborted();
    // FileHandle.writeFile continues at the current position and, unlike write, never stops half-way.
    await file.writeFile(part);
  }
}

async function keepOwner(file: FileHandle, replaced: { uid: number; gid: number }): Promise<void> {
  const own = await file.stat();
  if (own.uid === replaced.uid && own.gid === replaced.gid) return;
  try {
    await file.chown(replaced.uid, replaced.gid);
  } catch (error) {
    // Only the superuser may give a file away; the content matters more than the owner, as with every editor.
    if (systemErrorCode(error) !== 'EPERM') throw error;
  }
}

async function realTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return path;
    throw writeFault(path, error);
  }
}

async function statIfPresent(path: string): Promise<{ mode: number; uid: number; gid: number } | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw writeFault(path, error);
  }
}

async function removeIfPresent(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw writeFault(path, error);
  }
}
