/*
 * What the number of objects costs a host over a CSV file: memory of all its processes, idle and during an import, against fastify
 * that says hello; the time from its start to its first answer; how long reads take while an import runs.
 * Usage: node bench/host-size.ts [--sizes 1000,100000,1000000]. Memory is read from /proc, on Linux only.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { personKey } from '../examples/host-target/src/index.ts';
import { answerOf } from './host/checked-answers.ts';
import { memoryOf, mostWhile } from './host/process-memory.ts';
import { HttpsLoad } from './https-load.ts';
import { type BenchRow, median, printRow } from './row.ts';
import { ServerProcess } from './server-process.ts';
import { pathOfKey } from './servers/people.ts';

const { values: words } = parseArgs({ options: { sizes: { type: 'string', default: '1000,100000,1000000' } } });
const sizes = words.sizes.split(',').map(Number);
const [smallest, middle, largest] = [sizes[0] ?? Number.NaN, sizes[1] ?? Number.NaN, sizes.at(-1) ?? Number.NaN];
const bench = 'host-size';
/** Reads that every server answers before its memory is read, so that none is measured without its compiled code. */
const reads = 10_000;
/** Reads of one look at how long they take. */
const looks = 2_000;

interface Size {
  readonly idle: number;
  readonly importing: number;
  /** Milliseconds from the start of the process to its first answer, over the content it has. */
  readonly restart: number;
}

const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
try {
  const hello = await start('hello', []);
  await warm(hello, largest);
  const helloMemory = await quietMemory(hello);
  const bySize = new Map<number, Size>();
  for (const size of sizes) bySize.set(size, await measure(size));
  await hello.stop();
  memoryRows(helloMemory, bySize);
  restartRow(bySize);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(size: number): Promise<Size> {
  const first = await start('host', ['csv', String(size)]);
  const { milliseconds = Number.NaN } = await first.ask('settled');
  await first.stop();
  const started = performance.now();
  const host = await start('host', ['csv', String(size), 'at-once']);
  try {
    const answer = JSON.parse(await answerOf(host, pathOfKey(personKey(size - 1))));
    const restart = performance.now() - started;
    if (answer.totalResults !== 1) throw new Error('A host that was started again did not find a person.');
    const { most, value } = await mostWhile(host.pid, host.ask('import'));
    if (value.unchanged !== size) throw new Error(`${value.unchanged} of ${size} people are said to be unchanged.`);
    await warm(host, size);
    const idle = await quietMemory(host);
    console.error(
      `${size} people: first import ${Math.round(milliseconds)} ms, the next ${Math.round(value.milliseconds ?? 0)}, started in ${Math.round(restart)} ms, ${Math.round(idle)} MB idle, ${Math.round(most)} MB during the import`,
    );
    if (size === middle) await latencyRow(host, size);
    return { idle, importing: most, restart };
  } finally {
    await host.stop();
  }
}

function start(script: string, scriptArguments: readonly string[]): Promise<ServerProcess> {
  const name = [script, ...scriptArguments].join(' ');
  return ServerProcess.start({ name, script, arguments: scriptArguments, folder, nodeOptions: [] });
}

async function warm(server: ServerProcess, size: number): Promise<void> {
  const load = await HttpsLoad.open(server, 16);
  await load.send(randomPaths(size, reads));
  load.close();
}

function randomPaths(size: number, count: number): string[] {
  return Array.from({ length: count }, () => pathOfKey(personKey(Math.floor(Math.random() * size))));
}

/** The middle of some readings, once what was under way has ended. */
async function quietMemory(server: ServerProcess): Promise<number> {
  const readings: number[] = [];
  for (let at = 0; at < 5; at++) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    readings.push(await memoryOf(server.pid));
  }
  return median(readings);
}

/** Reads over 16 connections, first alone and then for as long as an import takes. */
async function latencyRow(host: ServerProcess, size: number): Promise<void> {
  const load = await HttpsLoad.open(host, 16);
  const look = async (): Promise<number[]> => {
    const latencies: number[] = [];
    // The import's threads want the processor that polling would take.
    await load.send(randomPaths(size, looks), { latencies, polls: false });
    return latencies;
  };
  const idle: number[] = [];
  for (let at = 0; at < 8; at++) idle.push(...(await look()));
  const during: number[] = [];
  let running = true;
  const ending = host.ask('import').then(() => {
    running = false;
  });
  while (running) {
    const found = await look();
    // The look in which it ended is a look at both.
    if (running) during.push(...found);
  }
  await ending;
  load.close();
  const [alone, importing] = [percentile(idle, 0.99), percentile(during, 0.99)];
  print(
    `read p99 during an import, ${size.toLocaleString('en')} objects, 16 at once`,
    [importing, 'ms'],
    ['idle', alone],
    importing / alone,
    ['≤ 3.00', importing / alone <= 3],
  );
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function memoryRows(hello: number, bySize: ReadonlyMap<number, Size>): void {
  const [small, large] = [bySize.get(smallest), bySize.get(largest)];
  for (const [size, { idle }] of bySize) {
    const more = idle - hello;
    const asked = size === middle;
    const goal = asked ? (['≤ hello + 60 MB', more <= 60] as const) : (['none', true] as const);
    print(
      `memory of the host, ${size.toLocaleString('en')} objects, idle`,
      [idle, 'MB'],
      ['hello', hello],
      idle / hello,
      goal,
    );
  }
  if (small === undefined || large === undefined || small === large) return;
  const limit = [`${smallest.toLocaleString('en')} objects, idle`, small.idle] as const;
  const growth = (memory: number): number => memory - small.idle;
  const name = `memory of the host, ${largest.toLocaleString('en')} objects`;
  const figures = [
    ['idle', large.idle, 40],
    ['during an import', large.importing, 150],
  ] as const;
  for (const [when, memory, most] of figures) {
    print(`${name}, ${when}`, [memory, 'MB'], limit, memory / small.idle, [
      `≤ ${most} MB more`,
      growth(memory) <= most,
    ]);
  }
}

function restartRow(bySize: ReadonlyMap<number, Size>): void {
  const [small, large] = [bySize.get(smallest), bySize.get(largest)];
  if (small === undefined || large === undefined) return;
  print(
    `start to first answer, ${largest.toLocaleString('en')} objects`,
    [large.restart, 'ms'],
    [`${smallest.toLocaleString('en')} objects`, small.restart],
    large.restart / small.restart,
    ['≤ 1,000 ms', large.restart <= 1000],
  );
}

function print(
  name: string,
  [figure, unit]: readonly [number, string],
  [limit, limitFigure]: readonly [string, number],
  ratio: number,
  [goal, met]: readonly [string, boolean],
): void {
  const rounded = (value: number): number => Number(value.toFixed(value < 100 ? 2 : 0));
  const row: BenchRow = {
    bench,
    name,
    figure: rounded(figure),
    unit,
    limit: { name: limit, figure: rounded(limitFigure) },
    ratio: Number(ratio.toFixed(2)),
    goal,
    met,
  };
  printRow(row);
}
