/*
 * A full import of generated people into the connector space, against a bare insert of the same rows into the same table; and the same
 * import again, with nothing changed. `entries` are those of a directory, with eighteen attributes; `memory` people with seven. Every round
 * has a host and a file of its own. Usage: node bench/host-imports.ts [--size 100000] [--rounds 3] [--kinds memory,entries]
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { homeAt } from '../packages/host/src/index.ts';
import { median, printRow } from './row.ts';
import { ServerProcess } from './server-process.ts';
import { connectorName } from './servers/people.ts';

const { values: words } = parseArgs({
  options: {
    size: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    profile: { type: 'string' },
    kinds: { type: 'string', default: 'memory,entries' },
  },
});
const size = Number(words.size);
const rounds = Number(words.rounds);
const bench = 'host-imports';
const bareInsert = fileURLToPath(new URL('./servers/bare-insert.ts', import.meta.url));

/** Objects by second, a figure a round. */
interface Rates {
  readonly imported: number[];
  readonly repeated: number[];
  readonly bare: number[];
  readonly bareWithIndex: number[];
}

const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
try {
  for (const kind of words.kinds.split(',')) await measureKind(kind);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureKind(kind: string): Promise<void> {
  const rates: Rates = { imported: [], repeated: [], bare: [], bareWithIndex: [] };
  for (let round = 0; round < rounds; round++) await measure(kind, rates, join(folder, `${kind}-${round}`));
  const { imported, repeated, bare, bareWithIndex } = rates;
  const what = `${size.toLocaleString('en')} ${kind === 'entries' ? 'entries of 18 attributes' : 'people'}`;
  compare(`full import of ${what} into the space`, imported, bare, 'a bare insert into the same table', 0.6);
  compare(
    `full import of ${what} into the space`,
    imported,
    bareWithIndex,
    'the same with the look-up table',
    undefined,
  );
  compare(`the same again, nothing changed, ${what}`, repeated, imported, 'the first', 3);
}

async function measure(kind: string, { imported, repeated, bare, bareWithIndex }: Rates, place: string): Promise<void> {
  await mkdir(place);
  const server = await ServerProcess.start({
    name: `host ${kind} ${size}`,
    script: 'host',
    arguments: [kind, String(size)],
    folder: place,
    nodeOptions: words.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${words.profile}`],
  });
  try {
    const { milliseconds: first = Number.NaN } = await server.ask('settled');
    const { milliseconds: again = Number.NaN, unchanged } = await server.ask('import');
    if (unchanged !== size) throw new Error(`${unchanged} of ${size} people are said to be unchanged.`);
    imported.push((size / first) * 1000);
    repeated.push((size / again) * 1000);
  } finally {
    await server.stop();
  }
  const space = homeAt(join(place, `host-${kind}-${size}`)).spaceFile(connectorName);
  bare.push(await insertRate(space, join(place, 'bare.sqlite'), ['object']));
  bareWithIndex.push(await insertRate(space, join(place, 'bare-index.sqlite'), ['object', 'value']));
  console.error(
    `by second: imported ${Math.round(imported.at(-1) ?? 0)}, again ${Math.round(repeated.at(-1) ?? 0)}, bare ${Math.round(bare.at(-1) ?? 0)}, with the look-up table ${Math.round(bareWithIndex.at(-1) ?? 0)}`,
  );
  await rm(place, { recursive: true, force: true });
}

/** Objects by second. */
async function insertRate(from: string, to: string, tables: readonly string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [bareInsert, from, to, ...tables]);
  const { milliseconds } = JSON.parse(stdout);
  return (size / milliseconds) * 1000;
}

function compare(
  name: string,
  own: readonly number[],
  limit: readonly number[],
  limitName: string,
  goal: number | undefined,
): void {
  const ratio = median(own.map((rate, round) => rate / (limit[round] ?? Number.NaN)));
  printRow({
    bench,
    name,
    figure: Math.round(median(own)),
    unit: 'objects/s',
    limit: { name: limitName, figure: Math.round(median(limit)) },
    ratio: Number(ratio.toFixed(2)),
    goal: goal === undefined ? 'none' : `≥ ${goal.toFixed(2)}`,
    met: goal === undefined || ratio >= goal,
  });
}
