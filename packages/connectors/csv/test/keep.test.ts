import { chmod, chown, lstat, mkdir, readdir, readFile, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes, entry, Folder } from './folder.ts';

/** What an export leaves as it was. */
describe('an export keeps', () => {
  const odd = [
    'Note;"AzureObjectID";IsActive;DisplayName;"Left;over";',
    '  padded ;1;TRUE;"quoted";"a ""b""";x',
    '',
    'x;"2";0;Über ß 東京;"two\r\nlines";',
    ';3;;;;',
  ];

  test('every byte of rows it does not touch, whatever their style and line ends', async () => {
    const text = `\ufeff${odd[0]}\r\n${odd[1]}\n${odd[2]}\r\n${odd[3]}\r\n${odd[4]}\n`;
    await using folder = await Folder.with(text);
    expect(codes(await folder.export([entry('Replace', '3', { DisplayName: 'Third' })]))).toEqual(['Success']);
    expect(await folder.text()).toBe(text.replace(';3;;;;\n', ';3;;"Third";;\n'));
  });

  test('unknown, unnamed and unselected columns of a row it replaces', async () => {
    await using folder = await Folder.with(`${odd.join('\n')}\n`);
    const selection = { attributes: ['DisplayName'] };
    expect(codes(await folder.export([entry('Replace', '1')], selection))).toEqual(['Success']);
    expect((await folder.text()).split('\n')[1]).toBe('  padded ;1;TRUE;"";"a ""b""";x');
  });

  test('column order and the quoting of each cell', async () => {
    await using folder = await Folder.with('"B";AzureObjectID;"Title"\n"x";1;"old"\ny;2;plain\n');
    await folder.export([
      entry('Replace', '1', { Title: 'new', B: 'x' }),
      entry('Replace', '2', { Title: 'newer', B: 'y' }),
    ]);
    expect(await folder.text()).toBe('"B";AzureObjectID;"Title"\n"x";1;"new"\ny;2;newer\n');
  });

  test('the quoting style and line end of the file in the rows it adds', async () => {
    await using quoted = await Folder.with('"AzureObjectID";"Title"\r\n"1";"a"\r\n');
    await quoted.export([entry('Add', '2', { Title: 'b' }), entry('Add', '3')]);
    expect(await quoted.text()).toBe('"AzureObjectID";"Title"\r\n"1";"a"\r\n"2";"b"\r\n"3";""\r\n');
    await using plain = await Folder.with('AzureObjectID;Title\n1;a\n');
    await plain.export([entry('Add', '2', { Title: 'b;c' })]);
    expect(await plain.text()).toBe('AzureObjectID;Title\n1;a\n2;"b;c"\n');
  });

  test('a file without a last line end readable when it adds a row', async () => {
    await using folder = await Folder.with('AzureObjectID;Title\r\n1;a');
    await folder.export([entry('Add', '2', { Title: 'b' })]);
    expect(await folder.text()).toBe('AzureObjectID;Title\r\n1;a\r\n2;b\r\n');
    await using empty = await Folder.with('AzureObjectID;Title');
    await empty.export([entry('Add', '1')]);
    expect(await empty.text()).toBe('AzureObjectID;Title\n1;\n');
  });

  test('empty lines and rows of empty cells at the end where they are, behind the rows it adds', async () => {
    for (const tail of ['\n', '\r\n\r\n', ';\n;\n', ';']) {
      await using folder = await Folder.with(`AzureObjectID;Title\n1;a\n${tail}`);
      await folder.export([entry('Add', '2', { Title: 'b' })]);
      expect(await folder.text()).toBe(`AzureObjectID;Title\n1;a\n2;b\n${tail}`);
    }
  });

  test('one line after the other when the last row, which had no line end, makes room for a new one', async () => {
    await using folder = await Folder.with('AzureObjectID;Title\n1;a\n2;b');
    await folder.export([entry('Delete', '2'), entry('Add', '3', { Title: 'c' })]);
    expect(await folder.text()).toBe('AzureObjectID;Title\n1;a\n3;c\n');
  });

  test('the byte order mark, and the lack of one', async () => {
    for (const mark of ['\ufeff', '']) {
      await using folder = await Folder.with(`${mark}AzureObjectID;Title\n1;a\n`);
      await folder.export([entry('Delete', '1'), entry('Add', '2', { Title: 'b' })]);
      expect(await folder.text()).toBe(`${mark}AzureObjectID;Title\n2;b\n`);
    }
  });

  test('the spelling of values that do not change, and then the very file', async () => {
    await using folder = await Folder.with('AzureObjectID;IsActive;Number\n1;TRUE;007\n', {
      ColumnTypes: 'IsActive:Boolean, Number:Integer',
    });
    const before = await stat(folder.file);
    expect(codes(await folder.export([entry('Replace', '1', { IsActive: true, Number: 7n })]))).toEqual(['Success']);
    expect((await stat(folder.file)).ino).toBe(before.ino);
    await folder.export([entry('Replace', '1', { IsActive: false, Number: 7n })]);
    expect(await folder.text()).toBe('AzureObjectID;IsActive;Number\n1;False;007\n');
  });

  test('mode and owner of the file', async () => {
    await using folder = await Folder.with('AzureObjectID\n1\n');
    await chmod(folder.file, 0o640);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(folder.file, 12345, 23456);
    const before = await stat(folder.file);
    await folder.export([entry('Add', '2')]);
    const after = await stat(folder.file);
    expect(after.ino).not.toBe(before.ino);
    expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
  });

  test('a symbolic link a link', async () => {
    await using folder = await Folder.with('AzureObjectID\n1\n');
    const real = join(folder.path, 'elsewhere');
    await mkdir(real);
    await writeFile(join(real, 'people.txt'), 'AzureObjectID\n1\n');
    await unlink(folder.file);
    await symlink(join(real, 'people.txt'), folder.file);
    await folder.export([entry('Add', '2')]);
    expect((await lstat(folder.file)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(real, 'people.txt'), 'utf8')).toBe('AzureObjectID\n1\n2\n');
  });

  test('the folder free of files of its own, but for the lock', async () => {
    await using folder = await Folder.with('AzureObjectID\n1\n');
    await folder.export([entry('Add', '2')]);
    expect((await readdir(folder.path)).toSorted()).toEqual(['.InputFile.txt.lock', 'InputFile.txt']);
  });

  test('values as they are, also what a spreadsheet would run as a formula', async () => {
    await using folder = await Folder.with('AzureObjectID;Title\n');
    await folder.export([entry('Add', '1', { Title: '=HYPERLINK("x")' }), entry('Add', '2', { Title: '+1' })]);
    expect(await folder.text()).toBe('AzureObjectID;Title\n1;"=HYPERLINK(""x"")"\n2;+1\n');
  });
});
