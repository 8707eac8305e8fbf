import { createHash } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { defineFailPoints, type Random, writeFileDurably } from '@joinery/runtime';
import type { Encoding } from './encoding.ts';
import { assertCurrent, changed, type OpenFile } from './file.ts';
import { byteOrderMarkLength } from './rows.ts';

/** Bytes of the old file that the new one replaces: by nothing for a deletion; an empty range at the end for what is appended. */
export interface Patch {
  /** Offset of the first byte replaced. */
  readonly start: number;
  /** Offset behind the last byte replaced. */
  readonly end: number;
  /** In the encoding of the file. */
  readonly bytes: Buffer;
}

const copySize = 256 * 1024;
const failPoint = defineFailPoints('csv', ['write.before', 'rename.before', 'rename.after']);

/**
 * Writes the next version of a file: what the patches do not name is copied byte for byte, so a row that nobody touched stays as it is, whatever
 * tool wrote it. The new version takes the place of the old by a rename, with its mode and owner; at any moment the name leads to one of the two.
 *
 * The old content is read again for copying. Its digest must be the one that the patches were made for, and right before the rename the name must
 * still lead to this unchanged file. What is left is the instant between that look and the rename, which only a writer that ignores the lock can hit.
 *
 * @param patches in file order, not overlapping
 * @param digest SHA-256 of the content the patches were made for, without its byte order mark
 * @throws CSV_FILE_CHANGED, RUNTIME_DISK_FULL, RUNTIME_FILE_UNWRITABLE, the signal's reason; the file is then as it was
 */
export async function replaceFile(
  file: OpenFile,
  patches: readonly Patch[],
  digest: string,
  encoding: Encoding,
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  failPoint('write.before');
  await removeLeftovers(file.path);
  await writeFileDurably(file.path, patchedContent(file, patches, digest, encoding), {
    signal,
    random,
    beforeRename: async () => {
      await assertCurrent(file);
      failPoint('rename.before');
    },
  });
  failPoint('rename.after');
}

async function* patchedContent(
  file: OpenFile,
  patches: readonly Patch[],
  digest: string,
  encoding: Encoding,
): AsyncGenerator<Buffer> {
  const content = createHash('sha256');
  let position = await byteOrderMarkLength(file, encoding);
  if (position > 0) yield encoding.byteOrderMark;
  const size = Number(file.identity.size);
  for (const patch of [...patches, { start: size, end: size, bytes: Buffer.alloc(0) }]) {
    for await (const bytes of range(file, position, patch.start)) {
      content.update(bytes);
      yield bytes;
    }
    for await (const bytes of range(file, patch.start, patch.end)) content.update(bytes);
    yield patch.bytes;
    position = patch.end;
  }
  if (content.digest('hex') !== digest) throw changed(file.path);
}

async function* range(file: OpenFile, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end; ) {
    const buffer = Buffer.allocUnsafe(Math.min(copySize, end - position));
    const { bytesRead } = await file.handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) throw changed(file.path);
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Removes what a killed writer left beside the file. Nobody else is writing: the caller holds the lock.
 * The names are those that {@link writeFileDurably} gives its new files.
 */
async function removeLeftovers(path: string): Promise<void> {
  const prefix = `.${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const isLeftover = name.startsWith(prefix) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(prefix.length));
    if (isLeftover) await unlink(join(dirname(path), name));
  }
}
