import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { NetFailure } from '../src/errors/raise.ts';
import { GrantedFiles } from '../src/world/files.ts';
import { GrantedPaths } from '../src/world/granted-paths.ts';

let root: string;
let readable: string;
let outside: string;
let files: GrantedFiles;

beforeEach(async () => {
  let undo = async (): Promise<void> => {};
  const folder = realpathSync(
    await temporaryFolder((later) => {
      undo = later;
    }),
  );
  root = join(folder, 'root');
  readable = join(folder, 'readable');
  outside = join(folder, 'root-beside');
  for (const each of [root, readable, outside]) {
    mkdirSync(each);
    writeFileSync(join(each, 'file.txt'), 'text');
  }
  files = new GrantedFiles(
    new GrantedPaths([
      { path: root, access: 'write' },
      { path: readable, access: 'read' },
    ]),
  );
  return undo;
});

/** The type of the .NET exception that an action throws. */
function failure(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof NetFailure) return error.exception.type.name;
    throw error;
  }
  return 'nothing';
}

const denied = 'System.UnauthorizedAccessException';

test('a file below a root is read, written, listed, renamed, copied and removed', () => {
  const path = join(root, 'sub', 'new.txt');
  files.makeDirectory(join(root, 'sub'));
  files.writeBytes(path, Buffer.from('a'), 'create');
  files.writeBytes(path, Buffer.from('b'), 'append');
  expect(files.readText(path)).toBe('ab');
  files.copy(path, join(root, 'copy.txt'));
  files.rename(path, join(root, 'moved.txt'));
  expect(files.list(root)).toEqual(['copy.txt', 'file.txt', 'moved.txt', 'sub']);
  files.remove(join(root, 'sub'), false);
  expect(files.stat(join(root, 'sub'))).toBeUndefined();
  expect(files.stat(join(root, 'moved.txt'))).toMatchObject({ kind: 'file', length: 2 });
});

test('an open file is read and written at any place', () => {
  const handle = files.open(join(root, 'file.txt'), 'readWrite');
  handle.write(Buffer.from('EX'), 1);
  expect(Buffer.from(handle.read(10, 0)).toString()).toBe('tEXt');
  handle.truncate(2);
  expect(handle.length).toBe(2);
  handle.close();
  handle.close();
  expect(failure(() => files.open(join(root, 'file.txt'), 'createNew'))).toBe('System.IO.IOException');
});

describe('outside of the roots everything is denied', () => {
  test.each([
    ['a path beside that begins like the root', (): string => join(outside, 'file.txt')],
    ['a way up', (): string => `${root}/../root-beside/file.txt`],
    ['a way up through a folder that does not exist', (): string => `${root}/none/../../root-beside/file.txt`],
    ['the root of the system', (): string => '/etc/passwd'],
    ['a relative path', (): string => 'file.txt'],
    ['a NUL in the path', (): string => `${root}/file.txt\0`],
  ])('%s', (_, path) => {
    expect(failure(() => files.readText(path()))).toBe(denied);
    expect(failure(() => files.writeBytes(path(), Buffer.from('x'), 'truncate'))).toBe(denied);
    expect(failure(() => files.stat(path()))).toBe(denied);
    expect(failure(() => files.list(path()))).toBe(denied);
    expect(failure(() => files.makeDirectory(path()))).toBe(denied);
    expect(failure(() => files.remove(path(), true))).toBe(denied);
    expect(failure(() => files.rename(join(root, 'file.txt'), path()))).toBe(denied);
    expect(failure(() => files.rename(path(), join(root, 'file2.txt')))).toBe(denied);
    expect(failure(() => files.copy(path(), join(root, 'file2.txt')))).toBe(denied);
    expect(failure(() => files.copy(join(root, 'file.txt'), path()))).toBe(denied);
    expect(failure(() => files.open(path(), 'read'))).toBe(denied);
    expect(readFileSync(join(outside, 'file.txt'), 'utf8')).toBe('text');
  });

  test('a link to a file, to a folder, to nothing, and a link in a link', () => {
    symlinkSync(join(outside, 'file.txt'), join(root, 'to-file'));
    symlinkSync(outside, join(root, 'to-folder'));
    symlinkSync(join(outside, 'new.txt'), join(root, 'to-nothing'));
    symlinkSync('to-folder', join(root, 'to-link'));
    for (const name of ['to-file', 'to-folder/file.txt', 'to-nothing', 'to-link/file.txt', 'to-folder/new.txt']) {
      expect(failure(() => files.readText(join(root, name)))).toBe(denied);
      expect(failure(() => files.writeBytes(join(root, name), Buffer.from('x'), 'truncate'))).toBe(denied);
    }
    expect(failure(() => files.list(join(root, 'to-folder')))).toBe(denied);
    expect(new GrantedFiles(new GrantedPaths([{ path: outside, access: 'read' }])).list(outside)).toEqual(['file.txt']);
  });
});

test('a link that stays inside is followed; removing it leaves what it leads to', () => {
  symlinkSync(join(root, 'file.txt'), join(root, 'link'));
  expect(files.readText(join(root, 'link'))).toBe('text');
  files.remove(join(root, 'link'), false);
  expect(files.readText(join(root, 'file.txt'))).toBe('text');
});

test('what may be read only is not changed', () => {
  const path = join(readable, 'file.txt');
  expect(files.readText(path)).toBe('text');
  expect(failure(() => files.writeBytes(path, Buffer.from('x'), 'append'))).toBe(denied);
  expect(failure(() => files.remove(path, false))).toBe(denied);
  expect(failure(() => files.open(path, 'append'))).toBe(denied);
  expect(failure(() => files.rename(path, join(root, 'mine.txt')))).toBe(denied);
});

test('what is missing is told as .NET tells it', () => {
  expect(failure(() => files.readText(join(root, 'none.txt')))).toBe('System.IO.FileNotFoundException');
  expect(failure(() => files.readText(join(root, 'none', 'none.txt')))).toBe('System.IO.DirectoryNotFoundException');
  expect(failure(() => files.writeBytes(join(root, 'file.txt'), Buffer.from(''), 'create'))).toBe(
    'System.IO.IOException',
  );
  expect(failure(() => files.remove(root, false))).not.toBe('nothing');
});

test('a folder, a device and a pipe are no files', () => {
  expect(failure(() => files.readText(root))).toBe(denied);
  const devices = new GrantedFiles(new GrantedPaths([{ path: '/dev', access: 'read' }]));
  expect(failure(() => devices.readText('/dev/zero'))).toBe(denied);
});

test('a file that is larger than may be read is not read, and what would be too much is not written', () => {
  const refuse = (most: number) => (bytes: number) => {
    if (bytes > most) throw new RangeError(`${bytes}`);
  };
  const grants = new GrantedPaths([{ path: root, access: 'write' }]);
  const path = join(root, 'file.txt');
  const small = new GrantedFiles(grants, { reserve: refuse(3), emit: refuse(2) });
  expect(() => small.readText(path)).toThrow(new RangeError('4'));
  expect(() => small.writeBytes(path, Buffer.from('abc'), 'append')).toThrow(new RangeError('3'));
  expect(() => small.copy(path, join(root, 'copy.txt'))).toThrow(new RangeError('4'));
  const handle = small.open(path, 'readWrite');
  expect(() => handle.write(Buffer.from('abc'), 0)).toThrow(new RangeError('3'));
  expect(() => handle.read(4, 0)).toThrow(new RangeError('4'));
  handle.close();
  expect(readFileSync(path, 'utf8')).toBe('text');
});

test('a name that is too long is no fault', () => {
  expect(failure(() => files.readText(join(root, 'a/'.repeat(4_000))))).toBe('System.IO.PathTooLongException');
  expect(failure(() => files.makeDirectory(join(root, 'a'.repeat(300))))).toBe('System.IO.PathTooLongException');
});
