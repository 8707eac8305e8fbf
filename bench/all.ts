/*
 * Runs every benchmark, each as a process of its own and one after the other, and prints what they measured.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BenchRow, parseRow } from './row.ts';
import { markdownTable, textTable } from './table.ts';

/** Every benchmark with what makes it small. */
const benchmarks: ReadonlyMap<string, readonly string[]> = new Map([
  ['host-reads', ['--sizes', '1000,10000', '--connections', '1,16', '--rounds', '1']],
  ['host-writes', ['--connections', '1,16', '--rounds', '1', '--writes', '200']],
  ['host-imports', ['--size', '10000', '--rounds', '1']],
  ['host-size', ['--sizes', '1000,10000,20000']],
  ['initial-cycle', ['--users', '2000']],
  ['ldap-reads', ['--people', '5000', '--many', '10000', '--rounds', '1']],
  ['ldap-writes', ['--writes', '200', '--rounds', '1', '--people', '2000', '--members', '5000']],
  ['powershell', ['--rounds', '1']],
  ['scim-core', []],
  ['scim-directory', ['--users', '20000', '--embedded-users', '5000', '--rounds', '1']],
]);
const names = [...benchmarks.keys()];

const help = `Usage: npm run bench -- [options] [benchmark …]

Measures the product against limits of the same run and says of every goal whether it is met.
Benchmarks: ${names.join(', ')};
all of them without a name. About twenty minutes on two cores.

Options:
  --quick      smaller and fewer rounds, two minutes: shows that everything can be measured, its figures say little
  --json       one JSON line for every row
  --markdown   the rows as bench/README.md holds them
  --help       this text

Exit code: 0 when everything was measured, also where a goal is missed; 1 when a benchmark failed; 2 for wrong usage.
Example: npm run bench -- --markdown host-reads`;

const chosen = readWords();
if (chosen === undefined) process.exitCode = 2;
else if (chosen.help) console.log(help);
else await runAll(chosen);

type Form = 'text' | 'json' | 'markdown';

interface Words {
  readonly help: boolean;
  readonly names: readonly string[];
  readonly quick: boolean;
  readonly form: Form;
}

function readWords(): Words | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        markdown: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const unknown = positionals.find((name) => !benchmarks.has(name));
    if (unknown !== undefined) throw new Error(`There is no benchmark "${unknown}", only ${names.join(', ')}.`);
    return {
      help: values.help === true,
      names: positionals.length === 0 ? names : positionals,
      quick: values.quick === true,
      form: values.json === true ? 'json' : values.markdown === true ? 'markdown' : 'text',
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return undefined;
  }
}

async function runAll({ names: asked, quick, form }: Words): Promise<void> {
  const rows: BenchRow[] = [];
  for (const name of asked) {
    const measured = await run(name, quick ? (benchmarks.get(name) ?? []) : []);
    rows.push(...measured);
    if (form === 'json') for (const row of measured) console.log(JSON.stringify(row));
  }
  if (form === 'json') return;
  if (form === 'markdown') console.log(markdownTable(rows));
  else {
    console.log(`\nNode ${process.version}, ${cpus().length} cores, ${process.platform} ${process.arch}\n`);
    console.log(textTable(rows));
    const missed = rows.filter((row) => !row.met).length;
    console.log(
      `\n${rows.length - missed} of ${rows.length} goals met.${missed > 0 ? ' bench/README.md says what binds.' : ''}`,
    );
  }
}

/** The rows of one benchmark. What it says about its measurement passes on to stderr as it comes. */
async function run(name: string, words: readonly string[]): Promise<readonly BenchRow[]> {
  console.error(`${name} …`);
  const started = performance.now();
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [script, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const [code, killedBy] = await once(child, 'close');
  console.error(`${name} took ${Math.round((performance.now() - started) / 1000)} s.`);
  if (code !== 0) {
    console.error(`${name} failed (${killedBy === null ? `exit code ${code}` : killedBy}).`);
    process.exitCode = 1;
  }
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map(parseRow);
}
