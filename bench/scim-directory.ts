/*
 * The directory as a SCIM server at `/scim` of the service, on PostgreSQL and on the embedded database: reads, lists, writes, members.
 * Compared with fastify answering the same JSON, and with a bare handler that makes the same query. Servers take turns, in rounds.
 * Usage: node bench/scim-directory.ts [--users 1000000] [--embedded-users 100000] [--rounds 3]
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDirectory } from '../packages/directory/src/index.ts';
import { bulkUsers } from '../packages/directory/test/bulk-users.ts';
import { systemClock, systemRandom } from '../packages/runtime/src/index.ts';
import { serviceMigrations } from '../packages/service/src/index.ts';
import { at, listAt, textAt } from '../packages/service/test/json.ts';
import { type DatabaseLocation, migrate, openDatabase } from '../packages/store/src/index.ts';
import { startPostgres } from '../testing/postgres-cluster.ts';
import { addOneByOne, addToGroup, fillGroup } from './directory/members.ts';
import { ScimCaller, sendWrites } from './directory/scim-caller.ts';
import { HttpsLoad } from './https-load.ts';
import { median, printRow } from './row.ts';
import { ServerProcess } from './server-process.ts';

const { values: words } = parseArgs({
  options: {
    users: { type: 'string', default: '1000000' },
    'embedded-users': { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
  },
});
const rounds = Number(words.rounds);
const connectionCounts = [1, 16];
/** Requests of one round, by what is asked. */
const requests = { get: 2_000, filter: 2_000, list: 100 } as const;
const writes = 400;

const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
const cluster = await startPostgres();
try {
  await measure('PostgreSQL', Number(words.users), { url: cluster.url }, cluster.url);
  await measure('PGlite', Number(words['embedded-users']), { folder: join(folder, 'PGlite', 'database') }, '');
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}

type Kind = keyof typeof requests;

interface Contender {
  readonly server: ServerProcess;
  readonly load: HttpsLoad;
}

async function measure(name: string, users: number, location: DatabaseLocation, url: string): Promise<void> {
  const home = join(folder, name);
  await mkdir(home, { recursive: true });
  const tenant = await fill(location, users);
  const servers: ServerProcess[] = [];
  const start = async (script: string, ...scriptArguments: string[]): Promise<ServerProcess> => {
    const server = await ServerProcess.start({
      name: script,
      script,
      arguments: scriptArguments,
      folder,
      nodeOptions: [],
    });
    servers.push(server);
    return server;
  };
  try {
    const directory = await start('directory', home, url);
    const caller = new ScimCaller(directory);
    const paths = await pathsOf(caller, users);
    const answers = join(folder, `${name}-answers.json`);
    await writeFile(answers, JSON.stringify(paths.answers));
    const echo = await start('echo', answers);
    const bare = url === '' ? undefined : await start('directory-bare', url, tenant);
    for (const connections of connectionCounts) {
      for (const kind of ['get', 'filter', 'list'] as const) {
        const contenders = await Promise.all(
          [directory, echo, ...(bare === undefined || kind === 'list' ? [] : [bare])].map(
            async (server): Promise<Contender> => ({ server, load: await HttpsLoad.open(server, connections) }),
          ),
        );
        await compareReads(
          `${name}, ${users.toLocaleString('en')} users, ${connections} at once`,
          kind,
          contenders,
          paths,
        );
        for (const { load } of contenders) load.close();
      }
      await compareWrites(`${name}, ${connections} at once`, connections, directory, echo);
    }
    await comparePages(name, users, directory);
    await compareMembers(name, caller);
    await caller.close();
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** Migrates a database and fills it; answers the tenant. */
async function fill(location: DatabaseLocation, users: number): Promise<string> {
  const database = await openDatabase(location);
  try {
    await migrate(database, serviceMigrations, { version: 'bench' });
    const directory = openDirectory({ database, clock: systemClock, random: systemRandom });
    const { id } = await directory.tenants.create('Bench', new AbortController().signal);
    const started = performance.now();
    await bulkUsers(database, id, users);
    console.error(`${users} users in ${Math.round((performance.now() - started) / 1000)} s on ${database.engine}`);
    return id;
  } finally {
    await database.close();
  }
}

/** What is asked, at random, and an answer of each kind, checked. */
async function pathsOf(caller: ScimCaller, users: number) {
  const ids: string[] = [];
  for (let page = 0; page < 10; page++) {
    const startIndex = 1 + Math.floor((page * users) / 10);
    const answer = await caller.json(`/Users?count=100&startIndex=${startIndex}&attributes=id`);
    for (const user of listAt(answer, 'Resources')) ids.push(textAt(user, 'id'));
  }
  const get = (): string => `/scim/Users/${ids[Math.floor(Math.random() * ids.length)]}`;
  const filter = (): string => {
    const name = `user${1 + Math.floor(Math.random() * users)}`;
    return `/scim/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`;
  };
  const list = (): string => '/scim/Users?startIndex=1&count=100';
  const answers = {
    get: await caller.text(get()),
    filter: await caller.text(filter()),
    list: await caller.text(list()),
  };
  if (at(JSON.parse(answers.filter), 'totalResults') !== 1) throw new Error(`A name was not found: ${answers.filter}`);
  if (at(JSON.parse(answers.list), 'totalResults') !== users) throw new Error('The list has not everybody.');
  return { answers, of: { get, filter, list } };
}

async function compareReads(
  where: string,
  kind: Kind,
  contenders: readonly Contender[],
  paths: Awaited<ReturnType<typeof pathsOf>>,
): Promise<void> {
  const rates = new Map<Contender, number[]>(contenders.map((each) => [each, []]));
  const micros = new Map<Contender, number[]>(contenders.map((each) => [each, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const each of contenders) {
      const asked = Array.from({ length: requests[kind] }, () => paths.of[kind]());
      const before = await each.server.usage();
      const milliseconds = await each.load.send(asked);
      const after = await each.server.usage();
      // The first round warms up.
      if (round === 0) continue;
      rates.get(each)?.push((asked.length / milliseconds) * 1000);
      micros.get(each)?.push((after.processorMicros - before.processorMicros) / asked.length);
    }
  }
  const [directory, ...limits] = contenders;
  if (directory === undefined) return;
  const own = rates.get(directory) ?? [];
  for (const each of contenders) {
    console.error(
      `${where}, ${kind}: ${each.server.name} ${Math.round(median(micros.get(each) ?? []))} µs of processor a request`,
    );
  }
  for (const limit of limits) {
    const theirs = rates.get(limit) ?? [];
    const ratio = median(own.map((rate, round) => rate / (theirs[round] ?? Number.NaN)));
    const goal = limit.server.name === 'echo' ? (kind === 'list' ? 0 : 0.25) : 0.8;
    printRow({
      bench: 'scim-directory',
      name: `${kind === 'get' ? 'GET by id' : kind === 'filter' ? 'GET by userName' : 'list of 100'}, ${where}`,
      figure: Math.round(median(own)),
      unit: 'requests/s',
      limit: { name: limit.server.name, figure: Math.round(median(theirs)) },
      ratio: Number(ratio.toFixed(2)),
      goal: goal === 0 ? 'none' : `≥ ${goal.toFixed(2)}`,
      met: ratio >= goal,
    });
  }
}

async function compareWrites(
  where: string,
  connections: number,
  directory: ServerProcess,
  echo: ServerProcess,
): Promise<void> {
  const figures = new Map<string, { post: number; patch: number }>();
  for (const server of [directory, echo]) {
    const run = `${server.name}-${connections}-${Date.now()}`;
    figures.set(server.name, await sendWrites(server, connections, writes, run));
  }
  for (const kind of ['post', 'patch'] as const) {
    const [own, limit] = [figures.get('directory')?.[kind] ?? 0, figures.get('echo')?.[kind] ?? Number.NaN];
    printRow({
      bench: 'scim-directory',
      name: `${kind.toUpperCase()} of a user, ${where}`,
      figure: Math.round(own),
      unit: 'requests/s',
      limit: { name: 'echo', figure: Math.round(limit) },
      ratio: Number((own / limit).toFixed(2)),
      goal: 'none',
      met: true,
    });
  }
}

/** The first page against one near the end, in turns, and how late the event loop came meanwhile. */
async function comparePages(name: string, users: number, directory: ServerProcess): Promise<void> {
  const load = await HttpsLoad.open(directory, 16);
  const deep = Math.floor(users * 0.9);
  const times = { first: [0].slice(1), deep: [0].slice(1) };
  await directory.ask('loopDelay');
  for (let round = 0; round < 3 * rounds; round++) {
    times.first.push(await load.send(Array.from({ length: 32 }, () => '/scim/Users?startIndex=1&count=100')));
    times.deep.push(
      await load.send(Array.from({ length: 32 }, (_, at) => `/scim/Users?startIndex=${deep + at * 100}&count=100`)),
    );
  }
  const { milliseconds: loopDelay = Number.NaN } = await directory.ask('loopDelay');
  load.close();
  const [first, last] = [median(times.first) / 32, median(times.deep) / 32];
  printRow({
    bench: 'scim-directory',
    name: `list of 100 at ${deep.toLocaleString('en')} of ${users.toLocaleString('en')}, ${name}, 16 at once`,
    figure: Number(last.toFixed(2)),
    unit: 'ms a page',
    limit: { name: 'the first page', figure: Number(first.toFixed(2)) },
    ratio: Number((last / first).toFixed(2)),
    goal: '≤ 1.50',
    met: last / first <= 1.5,
  });
  printRow({
    bench: 'scim-directory',
    name: `event loop delay p99 while listing, ${name}, 16 at once`,
    figure: Number(loopDelay.toFixed(1)),
    unit: 'ms',
    limit: null,
    ratio: null,
    goal: '≤ 10 ms',
    met: loopDelay <= 10,
  });
}

async function compareMembers(name: string, caller: ScimCaller): Promise<void> {
  const small = await fillGroup(caller, `small ${name}`, 10);
  const large = await fillGroup(caller, `large ${name}`, 100_000);
  await addOneByOne(caller, [small, large], 20);
  const times = await addOneByOne(caller, [small, large], 60);
  await addToGroup(caller, small, 'last');
  const [few, many] = [median(times[0] ?? []), median(times[1] ?? [])];
  printRow({
    bench: 'scim-directory',
    name: `one member added to a group of 100,000, ${name}`,
    figure: Number(many.toFixed(2)),
    unit: 'ms',
    limit: { name: 'a group of 10', figure: Number(few.toFixed(2)) },
    ratio: Number((many / few).toFixed(2)),
    goal: '≤ 5 ms, ratio ≤ 1.50',
    met: many <= 5 && many / few <= 1.5,
  });
}
