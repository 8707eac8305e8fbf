/*
 * The host's read of one person by filter over HTTPS, against fastify answering a constant and against the bare handler.
 * Every server is a process of its own; one at a time is under load, in rounds, so that whatever else the machine does meets
 * all of them. Usage: node bench/host-get.ts [--rounds 5] [--profile folder]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';
import { HttpsLoad } from './https-load.ts';
import { median, printRow } from './row.ts';
import { ServerProcess } from './server-process.ts';
import { pathOfKey, personKey } from './servers/people.ts';

const connections = 16;
const requests = 10_000;
const missPart = 0.2;
const warmUps = 2;
const sizes = [1_000, 100_000];

const { values: words } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, profile: { type: 'string' } },
});
const rounds = Number(words.rounds);

interface Measured {
  readonly server: ServerProcess;
  /** Opened once: hand-shakes are no part of the figure. */
  readonly connections: HttpsLoad;
  /** Objects that it holds. */
  readonly size: number;
  readonly perSecond: number[];
  /** Processor time of the server by request, which other programs on the machine disturb less than the rate. */
  readonly micros: number[];
  readonly serverBusy: number[];
}

const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
const started: Measured[] = [];
try {
  const hello = await start('hello', [], sizes.at(-1) ?? 0);
  const pairs: { bare: Measured; host: Measured }[] = [];
  for (const size of sizes) {
    const bare = await start('bare', [String(size)], size);
    const host = await start('host', [String(size)], size);
    for (const { server } of [bare, host]) await checkAnswers(server, size);
    pairs.push({ bare, host });
  }
  // V8's compilers need some ten thousand requests before a server runs at its speed.
  for (let round = 0; round < warmUps; round++) for (const each of started) await load(each);
  for (const each of started) forget(each);
  for (let round = 0; round < rounds; round++) for (const each of started) await load(each);
  for (const each of started) explain(each);
  for (const { bare, host } of pairs) {
    compare(host, hello, 0.4);
    compare(host, bare, 0.8);
  }
} finally {
  for (const { server, connections } of started) {
    connections.close();
    await server.stop();
  }
  await rm(folder, { recursive: true, force: true });
}

/** Starts a server and opens the connections to it. */
async function start(script: string, scriptArguments: readonly string[], size: number): Promise<Measured> {
  const server = await ServerProcess.start({
    name: [script, ...scriptArguments].join(' '),
    script,
    arguments: scriptArguments,
    folder,
    nodeOptions: words.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(words.profile)}`],
  });
  const figures = { perSecond: [], micros: [], serverBusy: [] };
  const each = { server, size, connections: await HttpsLoad.open(server, connections), ...figures };
  started.push(each);
  return each;
}

function forget({ perSecond, micros, serverBusy }: Measured): void {
  for (const each of [perSecond, micros, serverBusy]) each.length = 0;
}

/** Every server gets keys of its own size, hello too, which does not look at them. */
async function load({ server, size, connections, ...figures }: Measured): Promise<void> {
  const paths = Array.from({ length: requests }, () => pathOfKey(randomKey(size)));
  const before = await server.usage();
  const milliseconds = await connections.send(paths);
  const after = await server.usage();
  const active = after.active - before.active;
  figures.perSecond.push((requests / milliseconds) * 1000);
  figures.micros.push((after.processorMicros - before.processorMicros) / requests);
  figures.serverBusy.push(active / (active + after.idle - before.idle));
}

/** A key that the server holds, or in one of five cases does not. */
function randomKey(size: number): string {
  const n = Math.floor(Math.random() * size);
  return personKey(Math.random() < missPart ? size + n : n);
}

/** A fast wrong answer is no measurement: hits, misses, another case of the letters, a wrong token. */
async function checkAnswers(server: ServerProcess, size: number): Promise<void> {
  const agent = new Agent({ connect: { ca: server.certificate } });
  const ask = async (
    key: string,
    token = server.token,
  ): Promise<{ readonly status: number; readonly text: string }> => {
    const answer = await request(new URL(pathOfKey(key), server.url), {
      dispatcher: agent,
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  for (const n of [0, 11, Math.floor(size / 2), size - 1]) {
    const key = personKey(n);
    for (const asked of [key, key.toUpperCase()]) {
      const { status, text } = await ask(asked);
      const { totalResults, itemsPerPage, Resources } = JSON.parse(text);
      const person = Resources[0]?.['urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User'];
      const right =
        status === 200 &&
        totalResults === 1 &&
        itemsPerPage === 1 &&
        Resources.length === 1 &&
        person?.AzureObjectID === key &&
        person?.Email === `person.${n}@mail.contoso.example`;
      if (!right) throw new Error(`${server.name} answers ${status} ${text} for ${asked}.`);
    }
  }
  for (const n of [size, size + 12]) {
    const { status, text } = await ask(personKey(n));
    const { totalResults, Resources } = JSON.parse(text);
    if (status !== 200 || totalResults !== 0 || Resources.length !== 0)
      throw new Error(`${server.name} answers ${status} ${text} for a key that it does not hold.`);
  }
  const { status } = await ask(personKey(0), `${server.token}x`);
  if (status !== 401) throw new Error(`${server.name} answers ${status} to a wrong token.`);
  await agent.close();
}

function explain({ server, ...figures }: Measured): void {
  const [rate, micros] = [median(figures.perSecond), median(figures.micros)].map(Math.round);
  const busy = median(figures.serverBusy);
  // A server that waits for its load is not what was measured.
  const disturbed = busy < 0.8 ? ', DISTURBED: the load generator did not get a processor of its own' : '';
  const spread = `${Math.round(Math.min(...figures.perSecond))} to ${Math.round(Math.max(...figures.perSecond))}`;
  console.error(
    `${server.name}: ${rate} requests/s (${spread}), ${micros} µs of processor a request, busy ${busy.toFixed(2)}${disturbed}`,
  );
}

/** The ratio is the median of the rounds' ratios: within a round both meet the same machine. */
function compare(host: Measured, limit: Measured, goal: number): void {
  const ratio = median(host.perSecond.map((rate, round) => rate / (limit.perSecond[round] ?? Number.NaN)));
  printRow({
    bench: 'host-get',
    name: `host GET by filter, ${host.size.toLocaleString('en')} objects`,
    figure: Math.round(median(host.perSecond)),
    unit: 'requests/s',
    limit: { name: limit.server.name, figure: Math.round(median(limit.perSecond)) },
    ratio: Number(ratio.toFixed(2)),
    goal: `≥ ${goal.toFixed(2)}`,
    met: ratio >= goal,
  });
}
