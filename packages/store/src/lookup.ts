import { fillPlaceholders, type SQLWrapper } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Engine } from './engine/engine.ts';
import { fromSqlError } from './sql-error.ts';

/** A prepared look-up: from the values of its placeholders to the texts it selects, one for each row. */
export type Lookup = (values: Readonly<Record<string, unknown>>) => Promise<readonly string[]>;

/** See `Database.prepareLookup`. The statement is written once; a call only fills in its values. */
export function prepareLookup(engine: Engine, name: string, statement: SQLWrapper, check: () => void): Lookup {
  const { sql: text, params } = new PgDialect().sqlToQuery(statement.getSQL());
  // The driver copies a statement's own properties with their descriptors, which costs more than sending them: values alone are its own.
  const shared = { name, text, rowMode: 'array' };
  return async (values) => {
    check();
    try {
      return await engine.lookup(Object.assign(Object.create(shared), { values: fillPlaceholders(params, values) }));
    } catch (error) {
      throw fromSqlError(error);
    }
  };
}
