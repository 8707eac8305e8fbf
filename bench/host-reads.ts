/*
 * The host's reads over HTTPS: one person by filter and by id, pages of a hundred. Against fastify answering a constant, against
 * fastify answering as many bytes, and against the bare handler. Every server is a process of its own; one at a time is under load.
 * Usage: node bench/host-reads.ts [--sizes 1000,100000,1000000] [--connections 1,16,64] [--rounds 3] [--kinds filter,id,list,pages] [--profile folder]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { personKey } from '../examples/host-target/src/index.ts';
import { answerOf, checkAnswers } from './host/checked-answers.ts';
import { Contender, compareRates, inTurns, type Reached } from './host/contender.ts';
import { median, printRow } from './row.ts';
import { pathOfId, pathOfKey, pathOfPage } from './servers/people.ts';

const { values: words } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000,1000000' },
    connections: { type: 'string', default: '1,16,64' },
    rounds: { type: 'string', default: '3' },
    kinds: { type: 'string', default: 'filter,id,list,pages' },
    profile: { type: 'string' },
  },
});
const [sizes, connectionCounts] = [words.sizes, words.connections].map((list) => list.split(',').map(Number));
const kinds = words.kinds.split(',');
const rounds = Number(words.rounds);
const bench = 'host-reads';
/** Random keys of a round, and how many of them nobody has. */
const lookups = 10_000;
const missPart = 0.2;
const pages = 400;
/** V8's compilers need some ten thousand requests before a server runs at its speed. */
const warmUps = 2;
const busiest = 16;

const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
const started: Contender[] = [];
try {
  const hosts: Contender[] = [];
  const bares: Contender[] = [];
  for (const size of sizes ?? []) {
    bares.push(await start('bare', [String(size)], size));
    hosts.push(await start('host', ['csv', String(size)], size));
    console.error(`${size} people are in their places`);
  }
  for (const { server, size } of started) await checkAnswers(server, size);
  const largest = Math.max(...(sizes ?? []));
  const hello = await start('hello', [], largest);
  const echo = await start('echo', [await answersOf(hosts[0])], largest);
  const servers = { hosts, bares, hello, echo };
  if (kinds.includes('filter')) await compareFilters(servers);
  if (kinds.includes('id')) await compareIds(servers);
  if (kinds.includes('list')) await compareLists(servers);
  if (kinds.includes('pages')) await comparePages(hosts);
} finally {
  for (const contender of started) await contender.stop();
  await rm(folder, { recursive: true, force: true });
}

interface Servers {
  /** One for each size, as are the bare handlers. */
  readonly hosts: readonly Contender[];
  readonly bares: readonly Contender[];
  readonly hello: Contender;
  readonly echo: Contender;
}

async function start(script: string, scriptArguments: readonly string[], size: number): Promise<Contender> {
  const contender = await Contender.start({
    script,
    arguments: scriptArguments,
    folder,
    profile: words.profile,
    size,
  });
  started.push(contender);
  return contender;
}

/** A file with an answer of each kind, for the server that answers as many bytes. */
async function answersOf(host: Contender | undefined): Promise<string> {
  if (host === undefined) throw new Error('No size was chosen.');
  const key = personKey(Math.floor(host.size / 2));
  const [filter, get, list] = await Promise.all(
    [pathOfKey(key), pathOfId(key), pathOfPage(1)].map((path) => answerOf(host.server, path)),
  );
  const file = join(folder, 'answers.json');
  await writeFile(file, JSON.stringify({ filter, get, list }));
  return file;
}

async function compareFilters({ hosts, bares, hello }: Servers): Promise<void> {
  const paths = (size: number): string[] => Array.from({ length: lookups }, () => pathOfKey(randomKey(size)));
  const all = [hello, ...bares, ...hosts];
  await inTurns(all, warmUps, (each) => each.round(busiest, paths(each.contender.size)));
  for (const connections of connectionCounts ?? []) {
    const reached = await inTurns(all, rounds, (each) => each.round(connections, paths(each.contender.size)));
    const of = found(reached, 'by filter', connections);
    for (const [index, host] of hosts.entries()) {
      const name = `host GET by filter, ${where(host.size, connections)}`;
      compareRates({ bench, name }, of(host), of(hello), 'hello', 0.4);
      compareRates({ bench, name }, of(host), of(bares[index]), 'bare', 0.8);
    }
    const [first, last] = [hosts[0], hosts.at(-1)];
    if (first === undefined || last === undefined || first === last) continue;
    const name = `host GET by filter, ${where(last.size, connections)}`;
    compareRates({ bench, name }, of(last), of(first), `${first.size.toLocaleString('en')} objects`, 0.8);
  }
}

async function compareIds({ hosts, bares, echo }: Servers): Promise<void> {
  const paths = (size: number): string[] => Array.from({ length: lookups }, () => pathOfId(randomKey(size)));
  const all = [echo, ...bares, ...hosts];
  const round = (connections: number) => (each: Reached) =>
    each.round(connections, paths(each.contender.size), { accept: [200, 404] });
  await inTurns(all, warmUps, round(busiest));
  for (const connections of connectionCounts ?? []) {
    const of = found(await inTurns(all, rounds, round(connections)), 'by id', connections);
    for (const [index, host] of hosts.entries()) {
      const name = `host GET by id, ${where(host.size, connections)}`;
      compareRates({ bench, name }, of(host), of(echo), 'echo');
      compareRates({ bench, name }, of(host), of(bares[index]), 'bare');
    }
  }
}

async function compareLists({ hosts, echo }: Servers): Promise<void> {
  const paths = Array.from({ length: pages }, () => pathOfPage(1));
  const all = [echo, ...hosts];
  await inTurns(all, 1, (each) => each.round(busiest, paths));
  for (const connections of connectionCounts ?? []) {
    const of = found(await inTurns(all, rounds, (each) => each.round(connections, paths)), 'list of 100', connections);
    for (const host of hosts) {
      const name = `host list of 100, ${where(host.size, connections)}`;
      compareRates({ bench, name }, of(host), of(echo), 'echo');
    }
  }
}

/** The first page against pages near the end, in turns. */
async function comparePages(hosts: readonly Contender[]): Promise<void> {
  const host = hosts.at(-1);
  if (host === undefined) return;
  const perRound = 64;
  const deep = Math.floor(host.size * 0.9);
  const load = await host.load(busiest);
  const times: { readonly first: number[]; readonly deep: number[] } = { first: [], deep: [] };
  for (let round = 0; round < 3 * rounds; round++) {
    times.first.push(await load.send(Array.from({ length: perRound }, () => pathOfPage(1))));
    const far = Math.max(0, host.size - deep - 100);
    times.deep.push(
      await load.send(Array.from({ length: perRound }, () => pathOfPage(deep + Math.floor(Math.random() * far)))),
    );
  }
  const [first, last] = [median(times.first) / perRound, median(times.deep) / perRound];
  printRow({
    bench,
    name: `host list of 100 at ${deep.toLocaleString('en')} of ${host.size.toLocaleString('en')}, ${busiest} at once`,
    figure: Number(last.toFixed(2)),
    unit: 'ms a page',
    limit: { name: 'the first page', figure: Number(first.toFixed(2)) },
    ratio: Number((last / first).toFixed(2)),
    goal: '≤ 1.50',
    met: last / first <= 1.5,
  });
}

/** What a contender reached, and a line about each on stderr. */
function found(
  all: ReadonlyMap<Contender, Reached>,
  what: string,
  connections: number,
): (contender: Contender | undefined) => Reached {
  for (const reached of all.values()) reached.explain(`${what}, ${connections} at once`, connections);
  return (contender) => {
    const reached = contender === undefined ? undefined : all.get(contender);
    if (reached === undefined) throw new Error('A server was not measured.');
    return reached;
  };
}

/** A key that a server of this size holds, or in one of five cases does not. */
function randomKey(size: number): string {
  const n = Math.floor(Math.random() * size);
  return personKey(Math.random() < missPart ? size + n : n);
}

function where(size: number, connections: number): string {
  return `${size.toLocaleString('en')} objects, ${connections} at once`;
}
