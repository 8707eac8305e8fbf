import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { forEachDatabase, freshLocation, freshPostgres, openForTest } from '../../../testing/databases.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { type Database, type MigrationSource, migrate } from '../src/index.ts';
import { startChild } from './support/child.ts';

const FIRST = 'create table t (id int primary key);\ninsert into t values (1);\n';
const SECOND = 'alter table t add column name text;\n';

/** A room with these migrations, in a folder of the running test. */
async function room(files: Record<string, string>, name = 'test'): Promise<MigrationSource> {
  const folder = join(await temporaryFolder(), name);
  await mkdir(folder);
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return { room: name, folder: pathToFileURL(`${folder}/`) };
}

const version = (text: string) => ({ version: text });

async function columnsOf(database: Database, table: string): Promise<unknown[]> {
  const { rows } = await database.drizzle.execute(
    sql`select attname from pg_attribute where attrelid = to_regclass(${table}) and attnum > 0 order by attnum`,
  );
  return rows.map((row) => row.attname);
}

forEachDatabase((name, open) => {
  describe('migrations', () => {
    test('run once, in order; a second run finds nothing to do', async () => {
      const database = await open();
      const source = await room({ '0001-people.sql': FIRST, '0002-names.sql': SECOND });
      expect(await migrate(database, [source], version('1.0.0'))).toEqual(['test/0001-people', 'test/0002-names']);
      expect(await columnsOf(database, 't')).toEqual(['id', 'name']);
      expect(await migrate(database, [source], version('1.0.0'))).toEqual([]);
    });

    test('bring an older database to the present and keep its data', async () => {
      const database = await open();
      await migrate(database, [await room({ '0001-people.sql': FIRST })], version('1.0.0'));
      const newer = await room({ '0001-people.sql': FIRST, '0002-names.sql': SECOND });
      expect(await migrate(database, [newer], version('2.0.0'))).toEqual(['test/0002-names']);
      const { rows } = await database.drizzle.execute(sql`select * from t`);
      expect(rows).toEqual([{ id: 1, name: null }]);
    });

    test('that fail leave the database as it was before them, and run after they are mended', async () => {
      const database = await open();
      const broken = await room({ '0001-people.sql': FIRST, '0002-names.sql': `${SECOND}select 1 / 0;` });
      await expect(migrate(database, [broken], version('1.0.0'))).rejects.toMatchObject({
        code: 'STORE_MIGRATION_FAILED',
        place: 'test/0002-names',
      });
      expect(await columnsOf(database, 't')).toEqual(['id']);
      const mended = await room({ '0001-people.sql': FIRST, '0002-names.sql': SECOND });
      expect(await migrate(database, [mended], version('1.0.1'))).toEqual(['test/0002-names']);
    });

    test('that were changed after they ran are refused; other line ends are no change', async () => {
      const database = await open();
      await migrate(database, [await room({ '0001-people.sql': FIRST })], version('1.0.0'));
      const windows = await room({ '0001-people.sql': FIRST.replaceAll('\n', '\r\n') });
      expect(await migrate(database, [windows], version('1.0.0'))).toEqual([]);
      const changed = await room({ '0001-people.sql': `${FIRST}-- more` });
      await expect(migrate(database, [changed], version('1.0.0'))).rejects.toMatchObject({
        code: 'STORE_MIGRATION_CHANGED',
        place: 'test/0001-people',
      });
    });

    test('refuse a database that a newer version wrote, and name that version', async () => {
      const database = await open();
      const newer = await room({ '0001-people.sql': FIRST, '0002-names.sql': SECOND });
      await migrate(database, [newer], version('2.0.0'));
      const attempt = migrate(database, [await room({ '0001-people.sql': FIRST })], version('1.0.0'));
      await expect(attempt).rejects.toMatchObject({ code: 'STORE_NEWER', message: expect.stringContaining('2.0.0') });
    });

    test('of several rooms are counted apart', async () => {
      const database = await open();
      const one = await room({ '0001-a.sql': 'create table a (id int);' }, 'one');
      const two = await room({ '0001-b.sql': 'create table b (id int);' }, 'two');
      await migrate(database, [one], version('1.0.0'));
      expect(await migrate(database, [one, two], version('1.0.0'))).toEqual(['two/0001-b']);
    });

    test('cut off by the death of the process are whole or not there, and the next run finishes them', async () => {
      const location = await freshLocation(name);
      const files = { '0001-people.sql': FIRST, '0002-names.sql': `${SECOND}select pg_sleep(1);` };
      const source = await room(files);
      const child = startChild(
        'migrates.ts',
        'url' in location ? location.url : location.folder,
        source.folder.pathname,
      );
      await child.line();
      await child.kill();
      const database = await openForTest(location);
      const done = await migrate(database, [source], version('1.0.0'));
      expect([[], ['test/0002-names'], ['test/0001-people', 'test/0002-names']]).toContainEqual(done);
      expect(await columnsOf(database, 't')).toEqual(['id', 'name']);
    });
  });
});

describe('migrations of one PostgreSQL database', () => {
  test('are run once by three that start together', async () => {
    const url = await freshPostgres();
    // The pause keeps the first inside its transaction until the others have come to it.
    const source = await room({ '0001-people.sql': `select pg_sleep(0.3);${FIRST}`, '0002-names.sql': SECOND });
    const databases = await Promise.all([1, 2, 3].map(() => openForTest({ url })));
    const done = await Promise.all(databases.map((database) => migrate(database, [source], version('1.0.0'))));
    expect(done.flat().sort()).toEqual(['test/0001-people', 'test/0002-names']);
  });
});

describe('migration files', () => {
  test.each([
    ['a gap', { '0001-a.sql': '', '0003-c.sql': '' }],
    ['a number twice', { '0001-a.sql': '', '0001-b.sql': '' }],
    ['a name that is none', { '1.sql': '' }],
  ])('with %s are refused before anything runs', async (_what, files) => {
    const database = await openForTest({ url: await freshPostgres() });
    const attempt = migrate(database, [await room(files)], version('1.0.0'));
    await expect(attempt).rejects.toMatchObject({ code: 'STORE_MIGRATION_FILES' });
    expect(await columnsOf(database, 'joinery_migrations')).toEqual([]);
  });

  test('in a folder that is not there are refused', async () => {
    const database = await openForTest({ url: await freshPostgres() });
    const nowhere = { room: 'test', folder: pathToFileURL(`${await temporaryFolder()}/nowhere/`) };
    await expect(migrate(database, [nowhere], version('1.0.0'))).rejects.toMatchObject({
      code: 'STORE_MIGRATION_FILES',
    });
  });
});

describe('the embedded database', () => {
  test('is copied before it is migrated, and the copy opens as it was', async () => {
    const location = await freshLocation('pglite');
    if (!('folder' in location)) throw new Error('PGlite lies in a folder.');
    const database = await openForTest(location);
    await migrate(database, [await room({ '0001-people.sql': FIRST })], version('1.0.0'));
    const backups = join(location.folder, 'backups');
    await expect(readdir(backups)).rejects.toThrow('ENOENT');
    await migrate(database, [await room({ '0001-people.sql': FIRST, '0002-names.sql': SECOND })], version('2.0.0'));
    const [copy, ...others] = await readdir(backups);
    expect(others).toEqual([]);

    const restored = join(await temporaryFolder(), 'restored');
    await rename(join(backups, copy ?? ''), restored);
    const old = await openForTest({ folder: restored });
    expect(await columnsOf(old, 't')).toEqual(['id']);
  });
});
