/*
 * The host's writes over HTTPS: POST and PATCH of people, into a connector that only stores and into a CSV file. Against fastify
 * that reads the body and answers as many bytes. Usage: node bench/host-writes.ts [--connections 1,16,64] [--rounds 3] [--writes 2000] [--profile folder]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inputFile, personKey } from '../examples/host-target/src/index.ts';
import { homeAt } from '../packages/host/src/index.ts';
import { answerOf } from './host/checked-answers.ts';
import { Contender, compareRates, inTurns, type Reached } from './host/contender.ts';
import type { LoadRequest } from './https-load.ts';
import { median, printRow } from './row.ts';
import { changedTitle, connectorName, newPerson, pathOfId, pathOfPage, pathOfUsers } from './servers/people.ts';

const { values: words } = parseArgs({
  options: {
    connections: { type: 'string', default: '1,16,64' },
    rounds: { type: 'string', default: '3' },
    writes: { type: 'string', default: '2000' },
    profile: { type: 'string' },
  },
});
const connectionCounts = words.connections.split(',').map(Number);
const rounds = Number(words.rounds);
const bench = 'host-writes';
/** People before the first write. */
const size = 1_000;

/** How many requests a round has: each write of the file rewrites all of it, and with one connection nothing is shared. */
function writesOf(contender: Contender, connections: number): number {
  const most = Number(words.writes);
  const share = connections === 1 ? 5 : 1;
  return Math.ceil(most / (contender.server.name.startsWith('host csv') ? 4 * share : share));
}

/** The next person that nobody has made yet, on whichever server. */
let next = 10_000_000;
/** How many each has been given. */
const made = new Map<Contender, number>();

const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
const started: Contender[] = [];
try {
  const memory = await start('host', ['memory', String(size)]);
  const csv = await start('host', ['csv', String(size)]);
  const answers = join(folder, 'answers.json');
  const [get, list] = await Promise.all(
    [pathOfId(personKey(1)), pathOfPage(1)].map((path) => answerOf(memory.server, path)),
  );
  await writeFile(answers, JSON.stringify({ get, list }));
  const echo = await start('echo', [answers]);
  const all = [echo, memory, csv];
  await inTurns(all, 1, (each) => write(each, 'POST', 64));
  await inTurns(all, 1, (each) => write(each, 'PATCH', 64));
  for (const method of ['POST', 'PATCH'] as const) {
    for (const connections of connectionCounts) await compare(method, connections, { memory, csv, echo });
  }
  for (const host of [memory, csv]) await checkWritten(host);
  await checkFile(csv);
} finally {
  for (const contender of started) await contender.stop();
  await rm(folder, { recursive: true, force: true });
}

type Method = 'POST' | 'PATCH';

async function start(script: string, scriptArguments: readonly string[]): Promise<Contender> {
  const contender = await Contender.start({ script, arguments: scriptArguments, folder, profile: words.profile, size });
  started.push(contender);
  return contender;
}

async function write(reached: Reached, method: Method, connections: number): Promise<void> {
  const requests = Array.from({ length: writesOf(reached.contender, connections) }, () => requestOf(method));
  await reached.round(connections, requests, { accept: [method === 'POST' ? 201 : 200] });
  if (method === 'POST') made.set(reached.contender, (made.get(reached.contender) ?? 0) + requests.length);
}

function requestOf(method: Method): LoadRequest {
  const n = next++;
  if (method === 'POST') return { method, path: pathOfUsers, body: newPerson(n) };
  return { method, path: pathOfId(personKey(n % size)), body: changedTitle(`Title ${n}`) };
}

async function compare(
  method: Method,
  connections: number,
  { memory, csv, echo }: { readonly memory: Contender; readonly csv: Contender; readonly echo: Contender },
): Promise<void> {
  const perRewrite: number[] = [];
  const all = await inTurns([echo, memory, csv], rounds, async (each) => {
    if (each.contender === csv) await csv.server.ask('batches');
    await write(each, method, connections);
    if (each.contender !== csv) return;
    const { batches = Number.NaN } = await csv.server.ask('batches');
    perRewrite.push(writesOf(csv, connections) / batches);
  });
  for (const reached of all.values()) reached.explain(`${method}, ${connections} at once`, connections);
  const [own, file, limit] = [memory, csv, echo].map((each) => all.get(each));
  if (own === undefined || file === undefined || limit === undefined) throw new Error('A server was not measured.');
  const where = `${connections} at once`;
  compareRates({ bench, name: `host ${method} into a connector that only stores, ${where}` }, own, limit, 'echo', 0.5);
  compareRates({ bench, name: `host ${method} into CSV, ${where}` }, file, limit, 'echo');
  printRow({
    bench,
    name: `host ${method} into CSV, ${where}`,
    figure: Number(median(perRewrite).toFixed(1)),
    unit: 'requests by rewrite of the file',
    limit: { name: 'requests at once', figure: connections },
    ratio: Number((median(perRewrite) / connections).toFixed(2)),
    goal: 'none',
    met: true,
  });
}

/** A fast write that is not there is no measurement. */
async function checkWritten(host: Contender): Promise<void> {
  const expected = size + (made.get(host) ?? 0);
  const { totalResults } = JSON.parse(await answerOf(host.server, pathOfPage(1)));
  if (totalResults !== expected) throw new Error(`${host.server.name} holds ${totalResults} of ${expected} people.`);
}

/** The target has them, too. */
async function checkFile(host: Contender): Promise<void> {
  const expected = size + (made.get(host) ?? 0);
  const text = await readFile(
    join(homeAt(join(folder, `host-csv-${size}`)).connectorFolder(connectorName), inputFile),
    'utf8',
  );
  const rows = text.trimEnd().split('\n').length - 1;
  if (rows !== expected) throw new Error(`The file has ${rows} of ${expected} people.`);
}
