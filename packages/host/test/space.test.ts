import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openForWriting } from '../src/space/file.ts';
import type { SpaceRow } from '../src/space/row.ts';
import { temporaryFolder } from './support/home.ts';
import { openSpace, title } from './support/space.ts';

function row(id: string, value: string): SpaceRow {
  return {
    id,
    type: 'User',
    body: JSON.stringify({ schemas: ['urn:x'], id, 'urn:x': { title: value } }),
    hidden: null,
    dn: null,
  };
}

test('an index that is built on first use finds what was there and what comes while it is built', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const space = await openSpace(path, { indexed: [] });
  const rows = Array.from({ length: 2_500 }, (_, index) => row(`id-${index}`, `Title ${index}`));
  for (let at = 0; at < rows.length; at += 500) {
    const confirmations = rows.slice(at, at + 500).map((each) => ({ identifier: '', row: each }));
    await space.writer.call('confirm', { confirmations, now: 1 });
  }
  expect(space.findByValue('User', title.name, 'title 7')).toBeUndefined();
  const built = space.ensureIndex(title);
  await space.writer.call('confirm', {
    confirmations: [
      { identifier: '', row: row('late', 'Title late') },
      { identifier: '', remove: ['id-3'] },
    ],
    now: 1,
  });
  await built;
  for (const [key, id] of [
    ['title 7', 'id-7'],
    ['title 2499', 'id-2499'],
    ['title late', 'late'],
  ] as const) {
    expect(space.findByValue('User', title.name, key)?.map((each) => each.id)).toEqual([id]);
  }
  expect(space.findByValue('User', title.name, 'title 3')).toEqual([]);
});

test('a file of a newer version is refused and left alone', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  openForWriting(path, 1).database.close();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  const before = await readFile(path);
  expect(() => openForWriting(path, 1)).toThrowError(
    expect.objectContaining({ code: 'HOST_SPACE_NEWER', place: path }),
  );
  expect(await readFile(path)).toEqual(before);
});

test('a connector whose space is of a newer version says so and does not serve', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  openForWriting(path, 1).database.close();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  await expect(openSpace(path)).rejects.toMatchObject({ code: 'HOST_SPACE_NEWER', place: path });
});

test('a file of an older version is backed up and migrated step by step', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'x.sqlite');
  openForWriting(path, 1, 1).database.close();
  const steps = [
    { from: 1, sql: 'ALTER TABLE run ADD COLUMN note TEXT;' },
    { from: 2, sql: 'CREATE TABLE extra (x) STRICT;'.replace('(x)', '(x TEXT)') },
  ];
  const { database } = openForWriting(path, 7, 3, steps);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
  expect(database.prepare('SELECT note FROM run').all()).toEqual([]);
  database.close();
  const backup = new DatabaseSync(join(folder, 'x.sqlite.version-1-7'));
  expect(backup.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
  backup.close();
  expect(() => openForWriting(path, 8, 5, steps)).toThrowError(
    expect.objectContaining({ code: 'HOST_SPACE_UNREADABLE' }),
  );
});

test('a damaged file is kept aside and an empty space takes its place', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'x.sqlite');
  await writeFile(path, 'this is no database, however long one looks at it'.repeat(100));
  const space = await openSpace(path);
  expect(space.state.filled).toBe(false);
  expect(space.count()).toBe(0);
  expect((await readdir(folder)).some((name) => name.startsWith('x.sqlite.damaged-'))).toBe(true);
});
