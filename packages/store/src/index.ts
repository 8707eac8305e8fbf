export { type Database, type DatabaseLocation, type DatabaseOptions, openDatabase } from './database.ts';
export type { Queries, Transaction } from './session.ts';
export { violatedConstraint } from './sql-error.ts';
export type { TransactionOptions } from './transaction.ts';
