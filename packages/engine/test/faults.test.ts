import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { failPointNames, systemClock } from '@joinery/runtime';
import { compileResourceType, MemoryStorage, scimServer } from '@joinery/scim';
import { type Database, type DatabaseLocation, migrate, openDatabase } from '@joinery/store';
import Fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freshLocation } from '../../../testing/databases.ts';
import {
  countLinks,
  createJob,
  defaultJobSettings,
  engineMigrations,
  findLink,
  readJob,
  readLog,
  readUnfinishedCycle,
  saveSecretsReference,
} from '../src/index.ts';
import { faultJob, oneRun } from './support/one-run.ts';
import { testSchema, tutorialMappings } from './support/schema.ts';
import { ecma, tutorialType } from './support/target.ts';

/** Two batches, the second not full. */
const people = 130;
/** Of processes that start while other tests have the machine. */
const patience = 120_000;

interface Account {
  readonly id: string;
  readonly name: string;
}

/** The target: a server in this process, which outlives the runs that are killed. */
async function startServer(): Promise<{ readonly base: string; writes: number; accounts(): Promise<Account[]> }> {
  const app = Fastify();
  const storage = new MemoryStorage();
  const type = compileResourceType(tutorialType);
  const server = {
    base: '',
    writes: 0,
    async accounts() {
      const { resources } = await storage.list(type, { descending: false, startIndex: 1, count: 10_000 });
      return resources.map(({ id, json }) => ({ id, name: String(JSON.parse(json)[ecma].AzureObjectID) }));
    },
  };
  app.addHook('onRequest', async ({ method }) => {
    if (method !== 'GET') server.writes += 1;
  });
  await app.register(scimServer, { prefix: '/scim', resourceTypes: [type], storage, authenticate: () => {} });
  server.base = `${await app.listen({ host: '127.0.0.1', port: 0 })}/scim`;
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
  });
  return server;
}

/** Runs a cycle in a process of its own that a fail-point kills. @returns the signal that ended it */
function killedAt(failPoint: string, place: DatabaseLocation, base: string, leavers: number): Promise<string | null> {
  const script = fileURLToPath(new URL('./support/one-run-child.ts', import.meta.url));
  const location = 'url' in place ? place.url : place.folder;
  const child = spawn(process.execPath, [script, location, base, String(people), String(leavers)], {
    env: { ...process.env, JOINERY_FAIL_POINT: failPoint },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_, signal) => (errors === '' ? resolve(signal) : reject(new Error(errors))));
  });
}

async function withDatabase<T>(place: DatabaseLocation, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(place);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function prepare(database: Database): Promise<void> {
  await migrate(database, [engineMigrations], { version: '0.0.0-test' });
  await createJob(database.drizzle, {
    ...faultJob,
    servicePrincipalId: 'principal',
    templateId: 'scim',
    schema: testSchema({ mappings: tutorialMappings }),
    settings: defaultJobSettings,
    createdAt: new Date(systemClock.now()),
  });
  await saveSecretsReference(database.drizzle, faultJob, 'vault:job');
}

const points = failPointNames().filter((name) => name.startsWith('engine.'));
/** The second batch, where there is one; the points of the end come by once. */
const visits: Readonly<Record<string, number>> = {
  'engine.intents.before': 2,
  'engine.intents.after': 2,
  'engine.write.before': 115,
  'engine.write.after': 115,
  'engine.outcomes.before': 2,
  'engine.outcomes.after': 2,
};
const cases = points.map((point, index) => ({
  point: `${point}@${visits[point] ?? 1}`,
  // What is proved is the order of commits, which is the same on both: each point takes one of them, in turn.
  engine: index % 2 === 0 ? ('postgresql' as const) : ('pglite' as const),
}));

test('the engine has a fail-point on either side of every commit and every write', () => {
  expect(points).toHaveLength(10);
});

describe('killed in an initial cycle', () => {
  test.each(cases)(
    'at $point on $engine: one account per person, links right, then no write',
    async ({ point, engine }) => {
      const place = await freshLocation(engine);
      await withDatabase(place, prepare);
      const server = await startServer();
      expect(await killedAt(point, place, server.base, 0)).toBe('SIGKILL');

      await withDatabase(place, async (database) => {
        const second = await oneRun(database, server.base, people, 0);
        // Killed after the last commit there is nothing to take up: this is the next, incremental cycle.
        const closed = point.startsWith('engine.cycle.closed');
        expect(second).toMatchObject({ resumed: !closed, kind: closed ? 'incremental' : 'initial' });

        const accounts = await server.accounts();
        expect(new Set(accounts.map(({ name }) => name)).size).toBe(people);
        expect(accounts).toHaveLength(people);
        expect(server.writes).toBe(people);
        expect(await countLinks(database.drizzle, faultJob)).toBe(people);
        for (const { id, name } of accounts.slice(-5)) {
          expect(await findLink(database.drizzle, faultJob, name)).toMatchObject({ targetId: id, intent: null });
        }
        const created = await readLog(database.drizzle, 'tenant', { action: 'create', status: 'success', limit: 1000 });
        expect(created).toHaveLength(people);

        const third = await oneRun(database, server.base, people, 0);
        expect(third).toMatchObject({ resumed: false, kind: 'incremental', counts: { read: 0 } });
        expect(server.writes).toBe(people);
        expect(await readUnfinishedCycle(database.drizzle, faultJob)).toBeUndefined();
        expect(await readJob(database.drizzle, faultJob)).toMatchObject({ state: 'Active', watermark: String(people) });
      });
    },
    patience,
  );
});

describe('killed while taking accounts away', () => {
  test.each(['engine.write.after@3', 'engine.outcomes.before@3', 'engine.phase.changed@1'])(
    'at %s: every leaver is disabled once, and nobody else',
    async (point) => {
      const place = await freshLocation('postgresql');
      const server = await startServer();
      await withDatabase(place, async (database) => {
        await prepare(database);
        await oneRun(database, server.base, people, 0);
        server.writes = 0;
        expect(await killedAt(point, place, server.base, 120)).toBe('SIGKILL');
        expect(await oneRun(database, server.base, people, 120)).toMatchObject({ resumed: true, kind: 'incremental' });
        expect(server.writes).toBe(120);
        await oneRun(database, server.base, people, 120);
        expect(server.writes).toBe(120);
        expect(await server.accounts()).toHaveLength(people);
      });
    },
    patience,
  );
});
