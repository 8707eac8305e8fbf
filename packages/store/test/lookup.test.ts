import { sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { forEachDatabase, freshPostgres, openForTest } from '../../../testing/databases.ts';
import type { Database } from '../src/index.ts';

const id = sql.placeholder('id');
const process = sql`select pg_backend_pid()::text`;

const selectName = (database: Database) =>
  database.prepareLookup('name', sql`select name from t where id = ${id}::integer`);

forEachDatabase((_name, open) => {
  const openWithNames = async (): Promise<Database> => {
    const database = await open();
    await database.drizzle.execute(
      sql`create table t as select n as id, 'name ' || n as name from generate_series(0, 999) n`,
    );
    return database;
  };

  describe('a look-up', () => {
    test('answers what it selects to each of many callers at once', async () => {
      const lookup = selectName(await openWithNames());
      for (const ids of [[1], [...Array(200).keys()], [...Array(200).keys()], [5_000]]) {
        const found = await Promise.all(ids.map((each) => lookup({ id: each })));
        expect(found).toEqual(ids.map((each) => (each < 1_000 ? [`name ${each}`] : [])));
      }
    });

    test('sees what was committed before it was asked', async () => {
      const database = await openWithNames();
      const lookup = selectName(database);
      for (let round = 0; round < 50; round++) {
        await database.transaction((tx) => tx.execute(sql`update t set name = ${`round ${round}`} where id = 1`));
        expect(await lookup({ id: 1 })).toEqual([`round ${round}`]);
      }
    });

    test('fails alone, whatever is asked beside it', async () => {
      const database = await openWithNames();
      const lookup = selectName(database);
      await lookup({ id: 1 });
      const answers = await Promise.allSettled(
        ['1', 'one', '2', '99999999999', '3'].map((each) => lookup({ id: each })),
      );
      expect(answers).toMatchObject([
        { value: ['name 1'] },
        { reason: { code: 'STORE_VALUE_REFUSED' } },
        { value: ['name 2'] },
        { reason: { code: 'STORE_VALUE_REFUSED' } },
        { value: ['name 3'] },
      ]);
      expect(await lookup({ id: 4 })).toEqual(['name 4']);
    });

    test('is refused inside a transaction, and after the end', async () => {
      const database = await openWithNames();
      const lookup = selectName(database);
      await database.transaction(async () => {
        await expect(lookup({ id: 1 })).rejects.toMatchObject({ code: 'STORE_OUTER_QUERY_IN_TRANSACTION' });
      });
      const last = lookup({ id: 1 });
      await expect(last).resolves.toEqual(['name 1']);
      await database.close();
      await expect(lookup({ id: 1 })).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    });
  });
});

describe('the connection that look-ups share on PostgreSQL', () => {
  /** Opens a database and asks until the connection is there: every look-up then runs in one process of the server. */
  async function openShared(options: { readonly statementMs?: number } = {}) {
    const url = await freshPostgres();
    const database = await openForTest({ url }, { connections: 3, ...options });
    const lookup = database.prepareLookup('process', process);
    const processes = async () => new Set((await Promise.all([...Array(20)].map(() => lookup({})))).flat());
    const sharedProcess = () =>
      vi.waitUntil(async () => ((await processes()).size === 1 ? (await lookup({}))[0] : undefined));
    return { url, database, lookup, sharedProcess, shared: await sharedProcess() };
  }

  test('is one of those that the database may have', async () => {
    const { database, shared } = await openShared();
    const busy = await Promise.all(
      [1, 2].map(() =>
        database.transaction(
          async (tx) =>
            (await tx.execute<{ pid: string }>(sql`select pg_backend_pid()::text as pid, pg_sleep(0.05)`)).rows[0]?.pid,
        ),
      ),
    );
    const { rows } = await database.drizzle.execute(
      sql`select 1 from pg_stat_activity where application_name = 'joinery' and datname = current_database()`,
    );
    expect(rows.length).toBeLessThanOrEqual(3);
    expect(busy).not.toContain(shared);
  });

  test('is opened anew after it broke; what was on its way fails with a fault that may be tried again', async () => {
    const { url, database, lookup, shared, sharedProcess } = await openShared();
    const slow = database.prepareLookup('slow', sql`select 'slept' from pg_sleep(60)`)({});
    const broken = expect(slow).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const other = await openForTest({ url });
    await other.drizzle.execute(sql`select pg_terminate_backend(${Number(shared)})`);
    await broken;
    expect(await lookup({})).toHaveLength(1);
    expect(await sharedProcess()).not.toBe(shared);
  });

  test('holds up 63 at most behind a slow one; others go another way', async () => {
    const { database, shared } = await openShared({ statementMs: 2_000 });
    const slow = database.prepareLookup('slow', sql`select 'slept' from pg_sleep(60)`)({});
    const ended = expect(slow).rejects.toMatchObject({ code: 'STORE_STATEMENT_TIMEOUT' });
    const lookup = database.prepareLookup('process', process);
    const behind = [...Array(63)].map(() => lookup({}));
    expect((await lookup({}))[0]).not.toBe(shared);
    await ended;
    expect(new Set((await Promise.all(behind)).flat())).toEqual(new Set([shared]));
  });
});
