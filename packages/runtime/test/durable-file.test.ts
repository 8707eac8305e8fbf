import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { removeLeftovers, writeFileDurably } from '../src/index.ts';
import { startChild, startChildWithFileLimit } from './child.ts';
import { expectProblem } from './expect-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Root can give a test a disk of its own size; for everybody else the limit on one file's size runs out instead. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

function mounts(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', '/tmp'], { stdio: 'ignore' });
    return true;
  } catch {
    // A container may forbid mounting to its root: the other way is then the real one.
    return false;
  }
}

function smallDisk(): string {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

describe('files that are all old or all new', () => {
  test('text, bytes and streams are written whole', async () => {
    const file = join(temporaryFolder(), 'f');
    await writeFileDurably(file, 'häßlich');
    expect(readFileSync(file, 'utf8')).toBe('häßlich');
    await writeFileDurably(file, new Uint8Array([1, 2]));
    expect([...readFileSync(file)]).toEqual([1, 2]);
    await writeFileDurably(
      file,
      (async function* () {
        yield 'a';
        yield new Uint8Array([98]);
        yield 'c'.repeat(100_000);
      })(),
    );
    expect(readFileSync(file, 'utf8')).toBe(`ab${'c'.repeat(100_000)}`);
    expect(readdirSync(join(file, '..'))).toEqual(['f']);
  });

  test('a new file belongs to this account alone; a replaced one keeps its rights; a given mode wins', async () => {
    const file = join(temporaryFolder(), 'f');
    const mode = (): number => statSync(file).mode & 0o777;
    await writeFileDurably(file, '1');
    expect(mode()).toBe(0o600);
    chmodSync(file, 0o664);
    await writeFileDurably(file, '2');
    expect(mode()).toBe(0o664);
    await writeFileDurably(file, '3', { mode: 0o640 });
    expect(mode()).toBe(0o640);
  });

  test('a symbolic link stays one and its target is replaced', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real'), 'old');
    symlinkSync('real', join(folder, 'link'));
    await writeFileDurably(join(folder, 'link'), 'new');
    expect(readlinkSync(join(folder, 'link'))).toBe('real');
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
  });

  test('a source that fails and a signal leave the old content and nothing beside it', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'f');
    writeFileSync(file, 'old');
    const controller = new AbortController();
    const reason = new Error('enough');
    await expect(
      writeFileDurably(
        file,
        (function* () {
          yield 'new';
          controller.abort(reason);
          yield 'newer';
        })(),
        { signal: controller.signal },
      ),
    ).rejects.toBe(reason);
    await expectProblem('RUNTIME_INTERNAL', () =>
      writeFileDurably(
        file,
        (function* () {
          yield 'new';
          throw new Error('source');
        })(),
      ),
    );
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['f']);
  });

  test('what beforeRename throws calls the replacement off', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'f');
    writeFileSync(file, 'old');
    await expectProblem('RUNTIME_INTERNAL', () =>
      writeFileDurably(file, 'new', { beforeRename: () => Promise.reject(new Error('changed underneath')) }),
    );
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['f']);
  });

  test('a folder that is missing, or a folder in place of the file, is a clear error', async () => {
    const folder = temporaryFolder();
    const found = await expectProblem('RUNTIME_FILE_UNWRITABLE', () => writeFileDurably(join(folder, 'no', 'f'), ''));
    expect(found.place).toBe(join(folder, 'no', 'f'));
    mkdirSync(join(folder, 'dir'));
    await expectProblem('RUNTIME_FILE_UNWRITABLE', () => writeFileDurably(join(folder, 'dir'), ''));
  });

  test(`a full disk is a clear error and the old content stays (${canMount ? 'tmpfs of 1 MiB' : 'limit on the file size'})`, async () => {
    const folder = canMount ? smallDisk() : temporaryFolder();
    const file = join(folder, 'f');
    writeFileSync(file, 'old');
    const arguments_ = [file, String(2_097_152)];
    const child = canMount
      ? startChild('write-file', arguments_)
      : startChildWithFileLimit(1_024, 'write-file', arguments_);
    expect((await child.ended).output).toBe('RUNTIME_DISK_FULL\n');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['f']);
  });

  test('a limit on the size of one file counts as a full disk', async () => {
    const folder = temporaryFolder();
    const child = startChildWithFileLimit(64, 'write-file', [join(folder, 'f'), '131072']);
    expect((await child.ended).output).toBe('RUNTIME_DISK_FULL\n');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leftovers of killed writers are removed, other files stay', async () => {
    const folder = temporaryFolder();
    for (const name of ['.f.0123456789ab.tmp', '.f.tmp', 'f.0123456789ab.tmp', '.hidden'])
      writeFileSync(join(folder, name), '');
    await removeLeftovers(folder);
    expect(readdirSync(folder).sort()).toEqual(['.f.tmp', '.hidden', 'f.0123456789ab.tmp']);
  });
});
