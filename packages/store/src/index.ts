export { type Database, type DatabaseLocation, type DatabaseOptions, openDatabase } from './database.ts';
export {
  currentWatermark,
  type FeedColumns,
  type FeedPage,
  feedAfter,
  feedOrder,
  readFeed,
  requireReachable,
} from './feed/read-feed.ts';
export { feedStart, parseWatermark, serialiseWatermark, type Watermark } from './feed/watermark.ts';
export type { Lookup } from './lookup.ts';
export type { MigrationSource } from './migrate/files.ts';
export { type MigrateOptions, migrate } from './migrate/migrate.ts';
export type { DeadJob, Job, QueueDefinition, SendOptions } from './queues/definition.ts';
export { openQueues, type Queues, type QueuesOptions } from './queues/queues.ts';
export type { Queries, Transaction } from './session.ts';
export { violatedConstraint } from './sql-error.ts';
export { assertTablesMatch } from './tables/assert-tables-match.ts';
export { bytea, changedXact, currentXact, exactJsonb, xid8 } from './tables/columns.ts';
export { type Batch, insertBatch } from './tables/insert-batch.ts';
export { parseJson, stringifyJson } from './tables/json.ts';
export type { TransactionOptions } from './transaction.ts';
