import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';

forEachDatabase((_name, open) => {
  describe('transactions', () => {
    test('what is committed is there, what is rolled back is not', async () => {
      const database = await open();
      await database.drizzle.execute(sql`create table t (id int primary key)`);
      await database.transaction(async (tx) => {
        await tx.execute(sql`insert into t values (1)`);
      });
      const failed = database.transaction(async (tx) => {
        await tx.execute(sql`insert into t values (2)`);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      const { rows } = await database.drizzle.execute(sql`select id from t`);
      expect(rows).toEqual([{ id: 1 }]);
    });

    test('a query on the outer handle inside a transaction is refused', async () => {
      const database = await open();
      const attempt = database.transaction(async () => {
        await database.drizzle.execute(sql`select 1`);
      });
      await expect(attempt).rejects.toMatchObject({ code: 'STORE_OUTER_QUERY_IN_TRANSACTION' });
    });
  });
});
