import { assertTablesMatch, migrate } from '@joinery/store';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { directoryMigrations } from '../src/index.ts';
import { directoryTables } from '../src/tables.ts';

forEachDatabase((_, open) => {
  test('the tables in code are those that the migrations make, and a second run changes nothing', async () => {
    const database = await open();
    expect(await migrate(database, [directoryMigrations], { version: 'test' })).toEqual([
      'directory/0001-directory',
      'directory/0002-scim',
    ]);
    expect(await migrate(database, [directoryMigrations], { version: 'test' })).toEqual([]);
    await assertTablesMatch(database, directoryTables);
  });
});
