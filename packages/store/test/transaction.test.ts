import { problem } from '@joinery/problems';
import { type SQL, sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { type Database, type Queries, violatedConstraint } from '../src/index.ts';

async function idsOf(queries: Queries): Promise<number[]> {
  const { rows } = await queries.execute<{ id: number }>(sql`select id from t order by id`);
  return rows.map((row) => row.id);
}

const insert = (queries: Queries, id: number) => queries.execute(sql`insert into t values (${id})`);

forEachDatabase((name, open) => {
  const openWithTable = async (options: Parameters<typeof open>[0] = {}): Promise<Database> => {
    const database = await open(options);
    await database.drizzle.execute(sql`create table t (id int constraint t_key primary key)`);
    return database;
  };

  describe('a transaction', () => {
    test('keeps what its work wrote when that resolves, and nothing when it rejects', async () => {
      const database = await openWithTable();
      await database.transaction((tx) => insert(tx, 1));
      const failed = database.transaction(async (tx) => {
        await insert(tx, 2);
        throw new Error('undone');
      });
      await expect(failed).rejects.toThrow('undone');
      expect(await idsOf(database.drizzle)).toEqual([1]);
    });

    test('rejects with the problem that its work threw, whatever its code', async () => {
      const database = await openWithTable();
      const thrown = problem('ENGINE_JOB_PAUSED', 'Not now.');
      await expect(database.transaction(() => Promise.reject(thrown))).rejects.toBe(thrown);
    });

    test('refuses the outer handle, and a second transaction, inside it', async () => {
      const database = await openWithTable();
      const refused = { code: 'STORE_OUTER_QUERY_IN_TRANSACTION' };
      await database.transaction(async () => {
        await expect(idsOf(database.drizzle)).rejects.toMatchObject(refused);
        await expect(database.transaction(async () => {})).rejects.toMatchObject(refused);
        await Promise.resolve();
        // Also in code that was started in there and runs a little later.
        const later = new Promise((resolve) => setImmediate(resolve)).then(() => idsOf(database.drizzle));
        await expect(later).rejects.toMatchObject(refused);
      });
      expect(await idsOf(database.drizzle)).toEqual([]);
    });

    test('lets code that it left behind use the outer handle once it has ended', async () => {
      const database = await openWithTable();
      const ended = Promise.withResolvers<void>();
      let left: Promise<number[]> = Promise.resolve([]);
      await database.transaction(async (tx) => {
        await insert(tx, 1);
        left = ended.promise.then(() => idsOf(database.drizzle));
      });
      ended.resolve();
      expect(await left).toEqual([1]);
    });

    test('on another database is not hindered by it', async () => {
      const [one, other] = [await openWithTable(), await openWithTable()];
      await one.transaction(async () => {
        await insert(other.drizzle, 1);
      });
      expect(await idsOf(other.drizzle)).toEqual([1]);
    });

    test('inside a transaction is a savepoint: what fails in there is undone alone', async () => {
      const database = await openWithTable();
      await database.transaction(async (tx) => {
        await insert(tx, 1);
        const nested = tx.transaction(async (inner) => {
          await insert(inner, 2);
          await insert(inner, 1);
        });
        await expect(nested).rejects.toMatchObject({ code: 'STORE_UNIQUE_VIOLATION' });
        await insert(tx, 3);
      });
      expect(await idsOf(database.drizzle)).toEqual([1, 3]);
    });

    test('that goes on after a failed statement reports that nothing was kept', async () => {
      const database = await openWithTable();
      const attempt = database.transaction(async (tx) => {
        await insert(tx, 1);
        await expect(tx.execute(sql`select 1 / 0`)).rejects.toMatchObject({ code: 'STORE_VALUE_REFUSED' });
      });
      await expect(attempt).rejects.toMatchObject({ code: 'STORE_TRANSACTION_ROLLED_BACK' });
      expect(await idsOf(database.drizzle)).toEqual([]);
    });

    test('that is open too long is rolled back, and its handle refuses from then on', async () => {
      const database = await openWithTable();
      const stuck = Promise.withResolvers<void>();
      let late: Promise<unknown> = Promise.resolve();
      const attempt = database.transaction(
        async (tx) => {
          await insert(tx, 1);
          await stuck.promise;
          late = insert(tx, 2);
          await late;
        },
        { deadlineMs: 50 },
      );
      await expect(attempt).rejects.toMatchObject({ code: 'STORE_TRANSACTION_TIMEOUT' });
      stuck.resolve();
      await vi.waitFor(() => expect(late).rejects.toMatchObject({ code: 'STORE_TRANSACTION_TIMEOUT' }));
      expect(await idsOf(database.drizzle)).toEqual([]);
    });

    test('ends in the middle of a statement when its signal is aborted', async () => {
      const database = await openWithTable();
      const stop = new AbortController();
      const running = Promise.withResolvers<void>();
      const attempt = database.transaction(
        async (tx) => {
          await insert(tx, 1);
          running.resolve();
          await tx.execute(sql`select count(*) from generate_series(1, 100000000000)`);
        },
        { signal: stop.signal },
      );
      await running.promise;
      stop.abort(new Error('enough'));
      await expect(attempt).rejects.toThrow('enough');
      // The row's lock is gone with the transaction: this would wait otherwise.
      await insert(database.drizzle, 1);
      expect(await idsOf(database.drizzle)).toEqual([1]);
      if (name === 'postgresql') {
        await vi.waitFor(async () => {
          const { rows } = await database.drizzle.execute(
            sql`select pid from pg_stat_activity where datname = current_database() and query like '%generate_series%' and pid <> pg_backend_pid() and state = 'active'`,
          );
          expect(rows).toEqual([]);
        });
      }
    });

    test('calls back after its commit, and never after a rollback', async () => {
      const database = await openWithTable();
      const calls: string[] = [];
      await database.transaction(async (tx) => {
        database.afterCommit(() => calls.push('kept'));
        await insert(tx, 1);
        expect(calls).toEqual([]);
      });
      const failed = database.transaction(async () => {
        database.afterCommit(() => calls.push('lost'));
        throw new Error('undone');
      });
      await expect(failed).rejects.toThrow('undone');
      database.afterCommit(() => calls.push('at once'));
      expect(calls).toEqual(['kept', 'at once']);
    });
  });

  describe('a statement', () => {
    test('that takes too long is ended, and the next one works on what was committed', async () => {
      const database = await openWithTable({ statementMs: 1_000 });
      await insert(database.drizzle, 1);
      const slow = database.drizzle.execute(sql`select count(*) from generate_series(1, 100000000000)`);
      await expect(slow).rejects.toMatchObject({ code: 'STORE_STATEMENT_TIMEOUT' });
      expect(await idsOf(database.drizzle)).toEqual([1]);
    });

    test('that breaks a rule names the rule and no value', async () => {
      const database = await openWithTable();
      await database.drizzle.execute(sql`create table secret (name text constraint no_twins unique)`);
      const write = () => database.drizzle.execute(sql`insert into secret values ('Aïcha')`);
      await write();
      const error: unknown = await write().catch((fault: unknown) => fault);
      expect(error).toMatchObject({ code: 'STORE_UNIQUE_VIOLATION', message: expect.not.stringContaining('Aïcha') });
      expect(violatedConstraint(error)).toBe('no_twins');
    });

    test('that the database refuses fails as what it is', async () => {
      const database = await openWithTable();
      await database.drizzle.execute(sql`create table child (id int not null references t)`);
      const refused: [string, SQL][] = [
        ['STORE_REFERENCE_VIOLATION', sql`insert into child values (2)`],
        ['STORE_VALUE_REFUSED', sql`insert into child values (null)`],
        ['STORE_VALUE_REFUSED', sql`insert into child values (99999999999)`],
        ['STORE_QUERY_FAILED', sql`select * from nowhere`],
      ];
      for (const [code, statement] of refused) {
        await expect(database.drizzle.execute(statement)).rejects.toMatchObject({ code });
      }
    });

    test('after close is refused', async () => {
      const database = await openWithTable();
      await database.close();
      await database.close();
      await expect(idsOf(database.drizzle)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
      await expect(database.transaction(async () => {})).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    });
  });
});
