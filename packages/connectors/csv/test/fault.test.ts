import { type ExecFileException, execFile } from 'node:child_process';
import { readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockFolder, type Random, siblingModule, systemRandom } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { connect } from './csv-fixture.ts';
import { codes, entry, Folder } from './folder.ts';

const header = 'AzureObjectID;Title';
const program = fileURLToPath(siblingModule(import.meta.url, './fault-child'));

/** Runs the exporting child to its end. */
function runChild(
  folder: Folder,
  options: { readonly failPoint?: string; readonly fileBlocks?: number; readonly word?: string } = {},
): Promise<{ readonly stdout: string; readonly signal: string | undefined }> {
  const env = { ...process.env, ...(options.failPoint === undefined ? {} : { JOINERY_FAIL_POINT: options.failPoint }) };
  const limit = options.fileBlocks === undefined ? '' : `ulimit -f ${options.fileBlocks}; trap '' XFSZ;`;
  const words = ['-c', `${limit} exec "$0" "$@"`, process.execPath, program, folder.path, options.word ?? ''];
  return new Promise((resolve) => {
    execFile('/bin/sh', words, { env }, (error: ExecFileException | null, stdout) => {
      resolve({ stdout, signal: error?.signal ?? undefined });
    });
  });
}

/** Files beside the input file that are not the lock. */
async function leftovers(folder: Folder): Promise<readonly string[]> {
  return (await readdir(folder.path)).filter((name) => name !== 'InputFile.txt' && name !== '.InputFile.txt.lock');
}

describe('a process killed while it exports', () => {
  const before = `${header}\n1;a\n`;
  const after = `${before}new;x\n`;

  test.each([
    ['csv.write.before', before, 0],
    ['csv.rename.before', before, 1],
    ['csv.rename.after', after, 0],
  ])(
    'at %s leaves the old file or the new one, and what it left beside is removed by the next',
    async (failPoint, expected, left) => {
      await using folder = await Folder.with(before);
      expect(await runChild(folder, { failPoint })).toEqual({ stdout: '', signal: 'SIGKILL' });
      expect(await folder.text()).toBe(expected);
      expect(await leftovers(folder)).toHaveLength(left);
      expect(codes(await folder.export([entry('Add', 'later')]))).toEqual(['Success']);
      expect(await folder.text()).toBe(`${expected}later;\n`);
      expect(await leftovers(folder)).toEqual([]);
    },
  );
});

describe('a process killed between two files of one batch', () => {
  test('leaves the first written and the second as it was; the batch again completes it and repeats nothing', async () => {
    await using folder = await Folder.with(`${header}\n1;a\n`, { MoreObjectTypes: 'Group | groups.txt | GroupID' });
    const groups = join(folder.path, 'groups.txt');
    await writeFile(groups, 'GroupID\n1\n');
    expect(await runChild(folder, { failPoint: 'csv.rename.after', word: 'groups' })).toMatchObject({
      signal: 'SIGKILL',
    });
    expect([await folder.text(), readFileSync(groups, 'utf8')]).toEqual([`${header}\n1;a\nnew;x\n`, 'GroupID\n1\n']);
    const group = { ...entry('Add', ''), objectType: 'Group', anchorAttributes: [{ name: 'GroupID', value: 'new' }] };
    const results = await folder.export([entry('Add', 'new', { Title: 'x' }), group]);
    expect(codes(results)).toEqual(['ExportErrorConnectedDirectoryExistingObject', 'Success']);
    expect([await folder.text(), readFileSync(groups, 'utf8')]).toEqual([
      `${header}\n1;a\nnew;x\n`,
      'GroupID\n1\nnew\n',
    ]);
  });
});

describe('a full disk', () => {
  // The limit on the size of one file stands in for a full disk: it needs no rights and meets the same call at the same place.
  test('leaves the file as it was, nothing beside it, and says so', async () => {
    const text = `${header}\n${Array.from({ length: 5000 }, (_, n) => `${n};${'x'.repeat(20)}\n`).join('')}`;
    await using folder = await Folder.with(text);
    expect(await runChild(folder, { fileBlocks: 64 })).toMatchObject({ stdout: 'RUNTIME_DISK_FULL' });
    expect(await folder.text()).toBe(text);
    expect(await leftovers(folder)).toEqual([]);
    expect(await runChild(folder)).toMatchObject({ stdout: 'done' });
  });
});

describe('another writer', () => {
  test('of ours that holds the lock gets this one refused, and imports go on', async () => {
    await using folder = await Folder.with(`${header}\n1;a\n`);
    const lock = lockFolder(join(folder.path, '.InputFile.txt.lock'));
    await expect(folder.export([entry('Add', '2')])).rejects.toMatchObject({
      code: 'CSV_FILE_LOCKED',
      retry: 'backoff',
    });
    expect(await runChild(folder)).toMatchObject({ stdout: 'CSV_FILE_LOCKED' });
    expect((await folder.import()).entries).toHaveLength(1);
    lock.release();
    expect(codes(await folder.export([entry('Add', '2')]))).toEqual(['Success']);
  });

  /** The connector asks for random bytes between planning a new version and writing it: that is when the other writer strikes. */
  const strikes: readonly [string, (path: string) => void][] = [
    ['appends to the file', (path) => writeFileSync(path, '9;z\n', { flag: 'a' })],
    ['replaces the file', (path) => writeOver(path, `${header}\n8;y\n`)],
    ['changes the file, keeping its size and time', (path) => changeQuietly(path)],
    ['empties the file', (path) => writeFileSync(path, '')],
  ];

  test.each(strikes)('that %s in between keeps its change, and ours is refused', async (_, strike) => {
    await using folder = await Folder.with(`${header}\n1;a\n`);
    // A whole second, which the third writer can restore exactly.
    utimesSync(folder.file, 1_700_000_000, 1_700_000_000);
    const random: Random = {
      uuid: () => systemRandom.uuid(),
      bytes: (count) => {
        strike(folder.file);
        return systemRandom.bytes(count);
      },
    };
    folder.use(connect(folder.path, { ColumnTypes: '' }, random));
    await expect(folder.export([entry('Add', '2')])).rejects.toMatchObject({
      code: 'CSV_FILE_CHANGED',
      retry: 'backoff',
    });
    expect(await folder.text()).not.toContain('2;');
    expect(await leftovers(folder)).toEqual([]);
    folder.use(connect(folder.path, { ColumnTypes: '' }));
  });

  test('that writes into the file during an import fails the import', async () => {
    await using folder = await Folder.with(`${header}\n1;a\n2;b\n`);
    const signal = AbortSignal.timeout(5000);
    const run = await folder.connector.fullImport?.({ schema: await folder.schema(), pageSize: 1 }, signal);
    await run?.getEntries(signal);
    await writeFile(folder.file, '3;c\n', { flag: 'a' });
    await expect(run?.getEntries(signal)).rejects.toMatchObject({ code: 'CSV_FILE_CHANGED' });
    expect(await run?.close('Unknown', signal)).toEqual({});
  });

  test('that replaces the file during an import does not disturb it', async () => {
    await using folder = await Folder.with(`${header}\n1;a\n2;b\n`);
    const signal = AbortSignal.timeout(5000);
    const run = await folder.connector.fullImport?.({ schema: await folder.schema(), pageSize: 1 }, signal);
    const anchors = [(await run?.getEntries(signal))?.entries[0]?.anchorAttributes[0]?.value];
    writeOver(folder.file, `${header}\n`);
    anchors.push((await run?.getEntries(signal))?.entries[0]?.anchorAttributes[0]?.value);
    await run?.close('Normal', signal);
    expect(anchors).toEqual(['1', '2']);
  });
});

/** A batch that changes nothing writes nothing, so it needs no room and wakes no one who watches the file. */
test('a batch of failures leaves the very file', async () => {
  await using folder = await Folder.with(`${header}\n1;a\n`);
  const before = await stat(folder.file);
  await folder.export([entry('Add', '1'), entry('Delete', '2'), entry('Replace', '1', { Title: 'a' })]);
  expect((await stat(folder.file)).ino).toBe(before.ino);
});

function writeOver(path: string, content: string): void {
  writeFileSync(`${path}.other`, content);
  renameSync(`${path}.other`, path);
}

function changeQuietly(path: string): void {
  const { mtimeMs } = statSync(path);
  const bytes = readFileSync(path);
  bytes[bytes.length - 2] = 'b'.charCodeAt(0);
  writeFileSync(path, bytes);
  utimesSync(path, mtimeMs / 1000, mtimeMs / 1000);
}
