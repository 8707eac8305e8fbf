import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import pg from 'pg';
import { describe, onTestFinished } from 'vitest';
import {
  type Database,
  type DatabaseLocation,
  type DatabaseOptions,
  openDatabase,
} from '../packages/store/src/index.ts';
import { type Later, temporaryFolder } from './folder.ts';
import { startedServer } from './server-starter.ts';

export type EngineName = Database['engine'];

/** Opens a fresh, empty database for the running test and closes it afterwards. */
export type OpenFresh = (options?: DatabaseOptions) => Promise<Database>;

/** Runs one suite on PGlite and on a real PostgreSQL server. */
export function forEachDatabase(suite: (name: EngineName, open: OpenFresh) => void): void {
  const engines: readonly EngineName[] = ['pglite', 'postgresql'];
  describe.each(engines)('on %s', (name) => {
    suite(name, async (options) => openForTest(await freshLocation(name), options));
  });
}

/** Opens a database and closes it after the running test. */
export async function openForTest(location: DatabaseLocation, options?: DatabaseOptions): Promise<Database> {
  const database = await openDatabase(location, options);
  onTestFinished(() => database.close());
  return database;
}

/** Where a fresh, empty database lies that is removed after the running test. */
export async function freshLocation(name: EngineName, later: Later = onTestFinished): Promise<DatabaseLocation> {
  if (name === 'postgresql') return { url: await freshPostgres(later) };
  const folder = await temporaryFolder(later);
  // A thousand small files: in one go they take half as long as one await each.
  cpSync(await startedServer('/pglite'), folder, { recursive: true });
  return { folder };
}

/** The address of a fresh, empty database on the run's PostgreSQL server. */
export async function freshPostgres(later: Later = onTestFinished): Promise<string> {
  const server = await startedServer('/postgres');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name} template template0`);
  later(() => administer(server, `drop database ${name} with (force)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
