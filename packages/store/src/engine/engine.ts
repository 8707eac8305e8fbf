import type { Pool, PoolClient } from 'pg';

/** A prepared statement that selects one text for each row. */
export interface LookupStatement {
  readonly name: string;
  readonly text: string;
  readonly rowMode: 'array';
  readonly values: unknown[];
}

/** What differs between PostgreSQL and PGlite; everything above speaks to `pool` alone. */
export interface Engine {
  readonly name: 'postgresql' | 'pglite';
  readonly pool: Pool;
  /** One sentence for the log and the health page: what a crash costs. */
  readonly durability: string;
  /** The data folder of PGlite, whose files may be copied while no statement runs. */
  readonly dataFolder?: string;
  /** Runs a statement that an index answers at once; outside any transaction. */
  lookup(statement: LookupStatement): Promise<readonly string[]>;
  /** Lets statements of the client's open transaction take `ms`; the returned function ends that where the transaction does not. */
  allowStatement(client: PoolClient, ms: number): Promise<() => void>;
  /** Ends what the client's server side is doing; the client itself is dropped by the caller. */
  cancel(client: PoolClient): Promise<void>;
  /**
   * Closes every connection and lets go of the folder.
   * @param now does not wait for what runs or is being opened
   */
  close(now?: boolean): Promise<void>;
}

/** Runs a look-up on any free connection of the pool. */
export async function poolLookup(pool: Pool, statement: LookupStatement): Promise<readonly string[]> {
  const { rows } = await pool.query<[string]>(statement);
  return rows.map(([text]) => text);
}

/**
 * Keeps a broken connection from ending the process: the statement that it breaks reports it, and `pg` emits the same as an
 * event. On every client from its first moment, because the fault may arrive in the very bytes that made the client ready.
 */
export function hearFaults(pool: Pool): void {
  pool.on('connect', (client) => client.on('error', () => {}));
}

export interface EngineLimits {
  /** Connections at most (PostgreSQL; PGlite has one). */
  readonly connections: number;
  /** Milliseconds a statement may take. */
  readonly statementMs: number;
  /** Milliseconds to wait for a free connection. */
  readonly connectMs: number;
}
