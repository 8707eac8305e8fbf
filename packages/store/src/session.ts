import { NodePgDatabase, type NodePgQueryResultHKT, NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres';
import { type PgDatabase, PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core';
import pg, { type ClientBase, type Pool, type PoolClient } from 'pg';
import { fromSqlError } from './sql-error.ts';
import { parseJson } from './tables/json.ts';

// Drizzle asks the driver's global table how to read a type; by default jsonb loses digits of 64-bit integers.
pg.types.setTypeParser(pg.types.builtins.JSONB, parseJson);

type NoSchema = Record<string, never>;

/** What a room may ask of the store, inside a transaction and outside: Drizzle's query builders. */
export type Queries = Pick<
  PgDatabase<NodePgQueryResultHKT>,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | 'insert'
  | 'update'
  | 'delete'
  | 'execute'
  | 'with'
  | '$with'
  | '$count'
>;

/** The handle inside a transaction. Its own `transaction` is a savepoint: what fails in there is undone alone. */
export interface Transaction extends Queries {
  transaction<T>(work: (nested: Transaction) => Promise<T>): Promise<T>;
}

const dialect = new PgDialect();

/** Drizzle's session, with a check before each query and every fault translated in this one place. */
class StoreSession extends NodePgSession<NoSchema, NoSchema> {
  readonly #check: () => void;

  constructor(client: Pool | PoolClient, check: () => void) {
    super(client, dialect, undefined);
    this.#check = check;
  }

  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    ...args: Parameters<NodePgSession<NoSchema, NoSchema>['prepareQuery']>
  ): PgPreparedQuery<T> {
    const prepared = super.prepareQuery<T>(...args);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = async (values) => {
      this.#check();
      try {
        return await execute(values);
      } catch (error) {
        throw fromSqlError(error);
      }
    };
    return prepared;
  }
}

/** Query builders over the pool: each statement is its own transaction. */
export function poolQueries(pool: Pool, check: () => void): Queries {
  return new NodePgDatabase(dialect, new StoreSession(pool, check), undefined);
}

/** Query builders over one client that has a transaction open. */
export function transactionQueries(client: PoolClient, check: () => void): Transaction {
  return new NodePgTransaction(dialect, new StoreSession(client, check), undefined);
}

/** Whether a client is outside any transaction, so that the next user may have it. */
export function isIdle(client: ClientBase): boolean {
  return client.getTransactionStatus() === 'I';
}
