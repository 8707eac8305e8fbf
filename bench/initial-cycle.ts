/*
 * Initial and idle incremental cycles against a SCIM application in this process: matching read, create, link rows and log
 * rows for everyone. Each database in a process of its own, so that neither finds the other's compiled code.
 * Usage: node bench/initial-cycle.ts [--users 20000] [--database pglite|postgres]
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Fastify from 'fastify';
import {
  assessObject,
  compileJob,
  createJob,
  defaultJobSettings,
  engineMigrations,
  planObject,
  runCycle,
  saveSecretsReference,
} from '../packages/engine/src/index.ts';
import { silentLogger, systemClock, systemRandom } from '../packages/runtime/src/index.ts';
import {
  compileResourceType,
  createInProcessFetch,
  createScimClient,
  MemoryStorage,
  scimServer,
} from '../packages/scim/src/index.ts';
import { type DatabaseLocation, migrate, openDatabase } from '../packages/store/src/index.ts';
import { startPostgres } from '../testing/postgres-cluster.ts';
import { GeneratedPeople } from './engine/generated-people.ts';
import { tutorialSchema, tutorialType } from './engine/tutorial-job.ts';
import { median, printRow } from './row.ts';

const { values: words } = parseArgs({
  options: { users: { type: 'string', default: '20000' }, database: { type: 'string' } },
});
const users = Number(words.users);
/** Idle cycles are over in milliseconds; the middle of so many is a figure. */
const idleCycles = 15;
const smallJob = 1_000;

if (words.database === undefined) {
  for (const database of ['pglite', 'postgres']) {
    const script = fileURLToPath(import.meta.url);
    const ended = spawnSync(process.execPath, [script, '--users', words.users, '--database', database], {
      stdio: 'inherit',
    });
    if (ended.status !== 0) process.exitCode = 1;
  }
} else await measure(words.database);

async function measure(database: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
  const cluster = database === 'postgres' ? await startPostgres() : undefined;
  try {
    await measureOn(database, cluster === undefined ? { folder } : { url: cluster.url });
  } finally {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A SCIM application in this process, and how many requests it has seen. */
async function startTarget() {
  const app = Fastify();
  const seen = { requests: 0 };
  app.addHook('onRequest', async () => {
    seen.requests += 1;
  });
  await app.register(scimServer, {
    prefix: '/scim',
    resourceTypes: [compileResourceType(tutorialType)],
    storage: new MemoryStorage(),
    authenticate: () => {},
  });
  await app.ready();
  const client = createScimClient({
    base: 'http://target.test/scim',
    fetch: createInProcessFetch(app),
    token: () => 'secret',
  });
  return { client, seen, close: () => app.close() };
}

/** The requests of an initial cycle and nothing else: what client and application leave for the engine. */
async function requestsAlone(): Promise<number> {
  const target = await startTarget();
  const signal = new AbortController().signal;
  const [mapping] = compileJob(tutorialSchema).objectMappings;
  if (mapping === undefined) throw new Error('The schema has no mapping.');
  const context = { settings: defaultJobSettings, expressions: { clock: systemClock, random: systemRandom } };
  const source = new GeneratedPeople(users);
  const started = performance.now();
  for (let at: string | null = '0'; at !== null; ) {
    const page = await source.readAll(at, 100);
    at = page.next;
    const lanes = page.entries.values();
    const lane = async (): Promise<void> => {
      for (const entry of lanes) {
        const assessment = assessObject(context, mapping, entry, null);
        const [query] = assessment.inquiry.kind === 'match' ? assessment.inquiry.queries : [];
        if (query === undefined) throw new Error('There is nothing to match by.');
        await target.client.find('/Users', query.attributePath, query.value, signal);
        const { write } = planObject(assessment, { kind: 'unmatched', attempts: [] });
        if (write?.kind === 'create') await target.client.create('/Users', write.resource, signal);
      }
    };
    await Promise.all(Array.from({ length: 32 }, lane));
  }
  const perSecond = users / ((performance.now() - started) / 1000);
  await target.close();
  return perSecond;
}

async function measureOn(name: string, location: DatabaseLocation): Promise<void> {
  const database = await openDatabase(location);
  await migrate(database, [engineMigrations], { version: 'bench' });
  const target = await startTarget();

  const job = async (jobId: string, count: number) => {
    const key = { tenantId: 'tenant', jobId };
    await createJob(database.drizzle, {
      ...key,
      servicePrincipalId: 'principal',
      templateId: 'scim',
      schema: tutorialSchema,
      settings: defaultJobSettings,
      createdAt: new Date(),
    });
    await saveSecretsReference(database.drizzle, key, 'none');
    const options = {
      database,
      source: new GeneratedPeople(count),
      target: target.client,
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
    };
    return async () => {
      const started = performance.now();
      const result = await runCycle(key, { ...options, signal: new AbortController().signal });
      return { ...result, milliseconds: performance.now() - started };
    };
  };
  const idle = async (cycle: () => Promise<{ readonly milliseconds: number }>): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < idleCycles; round++) times.push((await cycle()).milliseconds);
    return median(times);
  };

  const limit = await requestsAlone();
  const large = await job('large', users);
  const before = process.cpuUsage();
  const initial = await large();
  const used = process.cpuUsage(before);
  if (initial.counts.created !== users) throw new Error(`Of ${users} users ${initial.counts.created} were created.`);
  const micros = (used.user + used.system) / users;
  // Other programs on the machine disturb the rate, and processor time less.
  console.error(`${name}: ${micros.toFixed(0)} µs of processor time by user in this process`);
  const perSecond = users / (initial.milliseconds / 1000);
  printRow({
    bench: 'initial-cycle',
    name: `initial cycle, ${users} users, ${name}, batches of 100, 32 in flight`,
    figure: Math.round(perSecond),
    unit: 'users/s',
    limit: { name: 'the same requests without links and log', figure: Math.round(limit) },
    ratio: Number((perSecond / limit).toFixed(2)),
    goal: '≥ 2,000 users/s',
    met: perSecond >= 2000,
  });

  // A job of people whom the target has: the same match, no create.
  const small = await job('small', Math.min(users, smallJob));
  await small();
  target.seen.requests = 0;
  const smallIdle = await idle(small);
  const largeIdle = await idle(large);
  const ratio = largeIdle / smallIdle;
  printRow({
    bench: 'initial-cycle',
    name: `incremental cycle without a change, ${users} users, ${name}`,
    figure: Number(largeIdle.toFixed(2)),
    unit: 'ms',
    limit: { name: `the same with ${smallJob} users`, figure: Number(smallIdle.toFixed(2)) },
    ratio: Number(ratio.toFixed(2)),
    goal: '≤ 1.5, no target request',
    met: ratio <= 1.5 && target.seen.requests === 0,
  });
  await target.close();
  await database.close();
}
