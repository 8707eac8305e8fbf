import type { PoolClient } from 'pg';
import type { Db } from 'pg-boss';
import { type Database, engineOf } from '../database.ts';
import { isIdle } from '../session.ts';
import { refuseInTransaction } from '../transaction.ts';

/** The database as pg-boss wants it: statements outside any transaction of ours, some of them whole scripts. */
export function bossDatabase(database: Database): Db {
  const engine = engineOf(database);
  let sessionStatements: readonly string[] = [];
  return {
    async executeSql(text, values) {
      refuseInTransaction(engine);
      const client = await engine.pool.connect();
      try {
        for (const statement of sessionStatements) await client.query(statement);
        const result: unknown = await client.query(text, values);
        return { rows: rowsOf(result) };
      } finally {
        await giveBack(client);
      }
    },
    // pg-boss's TestClock sets these; connections are shared, so each use sets them again.
    async setSessionStatements(statements) {
      sessionStatements = statements;
    },
  };
}

/** A script that failed half-way leaves its transaction open; a connection on which not even that can be ended is thrown away. */
async function giveBack(client: PoolClient): Promise<void> {
  if (!isIdle(client)) await client.query('rollback').catch(() => undefined);
  client.release(!isIdle(client));
}

/** The driver answers a script with one result per statement; pg-boss expects their rows in one list. */
function rowsOf(result: unknown): unknown[] {
  if (Array.isArray(result)) return result.flatMap(rowsOf);
  if (typeof result !== 'object' || result === null || !('rows' in result)) return [];
  return Array.isArray(result.rows) ? result.rows : [];
}
