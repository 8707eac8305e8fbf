import { Socket } from 'node:net';
import { problem } from '@joinery/problems';
import type { Logger } from '@joinery/runtime';
import pg from 'pg';
import { type Engine, type EngineLimits, hearFaults, poolLookup } from './engine.ts';
import { SharedConnection } from './shared-connection.ts';

/**
 * A pool of connections to a PostgreSQL server.
 * @throws STORE_URL_INVALID
 */
export function postgresqlEngine(url: string, limits: EngineLimits, logger: Logger): Engine {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    // The address is not repeated: it may hold a password.
    throw problem('STORE_URL_INVALID', 'DATABASE_URL is not a postgres:// address.');
  }
  const settings: pg.ClientConfig = {
    connectionString: url,
    application_name: 'joinery',
    // The server ends by itself what a lost client left behind.
    statement_timeout: limits.statementMs,
    idle_in_transaction_session_timeout: 2 * limits.statementMs,
    connectionTimeoutMillis: limits.connectMs,
    keepAlive: true,
    options: '-c TimeZone=UTC',
  };
  const sockets = new Set<Socket>();
  const stream = (): Socket => {
    const socket = new Socket();
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  };
  // One of the connections is for look-ups, where there is more than one.
  const shared = limits.connections > 1 ? new SharedConnection({ ...settings, stream }, logger) : undefined;
  const max = limits.connections - (shared === undefined ? 0 : 1);
  const pool = new pg.Pool({ ...settings, stream, max, idleTimeoutMillis: 30_000 });
  hearFaults(pool);
  pool.on('error', (error) =>
    logger.warn({ error }, 'an idle database connection broke; the next query opens another'),
  );
  return {
    name: 'postgresql',
    pool,
    durability: 'PostgreSQL keeps what is committed as its own settings say (fsync, synchronous_commit).',
    lookup: (statement) => shared?.ask(statement) ?? poolLookup(pool, statement),
    async allowStatement(client, ms) {
      await client.query("select set_config('statement_timeout', $1, true)", [String(ms)]);
      return () => {};
    },
    async cancel(client) {
      // `pg` keeps the server's process id of a connection, but not in its types.
      if (!('processID' in client) || typeof client.processID !== 'number') return;
      const messenger = new pg.Client(settings);
      try {
        await messenger.connect();
        await messenger.query('select pg_cancel_backend($1)', [client.processID]);
      } finally {
        await messenger.end();
      }
    },
    async close(now = false) {
      const ended = Promise.all([pool.end(), shared?.close()]);
      if (now) for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}
