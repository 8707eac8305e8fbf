import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { openForWriting } from '../src/space/file.ts';
import { fingerprint } from '../src/space/indexed-attribute.ts';
import { SPACE_VERSION } from '../src/space/layout.ts';
import { temporaryFolder } from './support/home.ts';
import { finishFull, openSpace, plainRow, title } from './support/space.ts';
import { makeVersion1, NEVER, type Version1Row } from './support/space-version-1.ts';

const never = new AbortController().signal;

/** `b` was changed, `c` found new and `d` missed by the import that was open; `e` is long gone. */
const rows: readonly Version1Row[] = [
  [2, 'a', 1, NEVER],
  [4, 'b', 2, 4],
  [5, 'b', 4, NEVER],
  [8_196, 'c', 4, NEVER],
  [6, 'd', 1, 4],
  [8, 'e', 1, 3],
];

test('a file of the first release is backed up and migrated; an import that was open is taken back', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'x.sqlite');
  makeVersion1(path, rows, [2, 5, 8_196], fingerprint(title));
  const space = await openSpace(path, { clock: { ...systemClock, now: () => 9 } });
  const backup = new DatabaseSync(`${path}.version-1-9`, { readOnly: true });
  expect(backup.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
  expect(backup.prepare('SELECT count(*) AS n FROM object').get()).toEqual({ n: rows.length });
  backup.close();

  const found = await space.search({ type: 'User', descending: false, offset: 0, limit: 10 }, never);
  expect(found.total).toBe(3);
  expect(found.rows.map(({ id, version }) => [id, version])).toEqual([
    ['a', 'v2'],
    ['b', 'v4'],
    ['d', 'v6'],
  ]);
  expect(space.count('User')).toBe(3);
  expect(space.findByValue('User', title.name, 'b 4')?.map(({ id }) => id)).toEqual(['b']);
  expect(space.findByValue('User', title.name, 'b 5')).toEqual([]);
  expect(space.state).toMatchObject({ filled: true, watermark: 'w', importedAt: 7, fullAt: 7, passwordUnknown: [] });
  expect(space.state.open.map(({ identifier }) => identifier)).toEqual(['write']);
  expect((await space.history(10, never)).map(({ adds, renames }) => [adds, renames])).toEqual([[3, 0]]);

  // What the older program left does not stand in the way of the next import.
  await space.openStaging();
  const staged = await space.stage({
    rows: [plainRow('c', { title: 'New' })],
    keep: ['a'],
    now: 1,
  });
  expect(staged).toMatchObject({ adds: 1, updates: 0 });
  expect([...(await finishFull(space))]).toEqual(['b', 'd']);
  expect((await space.search({ type: 'User', descending: false, offset: 1, limit: 10 }, never)).total).toBe(2);
  expect(space.get('c')).toBeDefined();
});

test('a migrated file has the tables that a new one has', async () => {
  const folder = await temporaryFolder();
  makeVersion1(join(folder, 'old.sqlite'), rows, [], fingerprint(title));
  const shapes = ['old.sqlite', 'new.sqlite'].map((name) => {
    const { database } = openForWriting(join(folder, name), 1);
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'index')").all();
    const columns = tables.map(({ name: table }) =>
      [
        table,
        ...database
          .prepare('SELECT name FROM pragma_table_info(?)')
          .all(String(table))
          .map(({ name: column }) => column)
          .sort(),
      ].join(' '),
    );
    database.close();
    return columns.sort();
  });
  expect(shapes[0]).toEqual(shapes[1]);
});

test('a file of an older version is migrated step by step; without a way it is left alone', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'x.sqlite');
  openForWriting(path, 1).database.close();
  const steps = [
    { from: SPACE_VERSION, sql: 'ALTER TABLE run ADD COLUMN note TEXT;' },
    { from: SPACE_VERSION + 1, sql: 'CREATE TABLE extra (x TEXT) STRICT;' },
  ];
  const { database } = openForWriting(path, 7, SPACE_VERSION + 2, steps);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: SPACE_VERSION + 2 });
  expect(database.prepare('SELECT note FROM run').all()).toEqual([]);
  database.close();
  const backup = new DatabaseSync(`${path}.version-${SPACE_VERSION}-7`);
  expect(backup.prepare('PRAGMA user_version').get()).toEqual({ user_version: SPACE_VERSION });
  backup.close();
  expect(() => openForWriting(path, 8, SPACE_VERSION + 4, steps)).toThrowError(
    expect.objectContaining({ code: 'HOST_SPACE_UNREADABLE' }),
  );
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
  await expect(openSpace(path)).rejects.toMatchObject({ code: 'HOST_SPACE_NEWER', place: path });
  expect(await readFile(path)).toEqual(before);
});
