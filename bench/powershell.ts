/*
 * The embedded PowerShell: how soon it answers, how fast it runs and reads scripts; beside a real PowerShell in the same run
 * where one is installed. Usage: node bench/powershell.ts [--rounds 3]
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Engine, type Run } from '@joinery/powershell';
import { processMemory } from '../packages/powershell/src/sandbox/process-memory.ts';
import { parse } from '../packages/powershell/src/syntax/parse.ts';
import { writePeople } from './powershell/people.ts';
import { realSeconds, realStartSeconds, realVersion } from './powershell/real.ts';
import { works } from './powershell/work.ts';
import { type BenchRow, median, printRow } from './row.ts';

const { values: words } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Array.from({ length: Number(words.rounds) });

const real = realVersion();
if (real === undefined) console.error('powershell: no pwsh is installed; nothing is compared with it');

await startToFirstResult();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-powershell-')));
try {
  writePeople(folder);
  for (const { name, script, goalSeconds } of works) {
    const figures: number[] = [];
    for (const _ of rounds) figures.push(await embeddedSeconds(script));
    const limit = real === undefined ? undefined : median(rounds.map(() => realSeconds(script, folder)));
    print(name, median(figures), limit, goalSeconds);
  }
  await memoryAtEnd();
} finally {
  rmSync(folder, { recursive: true });
}
parseRate();

/** From `Engine.open` to the first value of a first script, in a program that runs already. */
async function startToFirstResult(): Promise<void> {
  const figures: number[] = [];
  for (const _ of Array.from({ length: Math.max(5, rounds.length) })) {
    const started = performance.now();
    await using engine = await Engine.open();
    const run = await engine.run();
    for await (const value of run.invoke('1')) if (value !== 1) throw new Error('the answer is wrong');
    figures.push((performance.now() - started) / 1000);
  }
  const limit = real === undefined ? undefined : median(rounds.map(realStartSeconds));
  print('start to first result', median(figures), limit, 0.15);
}

/** A script in a fresh process, as a real PowerShell has it. */
async function embeddedSeconds(script: string): Promise<number> {
  await using engine = await openEngine();
  const run = await engine.run();
  return await seconds(run, script);
}

async function openEngine(): Promise<Engine> {
  return await Engine.open({ roots: [{ path: folder, access: 'read' }], limits: { milliseconds: 60_000 } });
}

async function seconds(run: Run, script: string): Promise<number> {
  const started = performance.now();
  for await (const value of run.invoke(script)) throw new Error(`nothing is written: ${String(value)}`);
  return (performance.now() - started) / 1000;
}

/** What the script process keeps after all works, one after the other in one run. */
async function memoryAtEnd(): Promise<void> {
  await using engine = await openEngine();
  const run = await engine.run();
  for (const { script } of works) await seconds(run, `& { ${script} }`);
  const bytes = engine.processId === undefined ? undefined : processMemory(engine.processId);
  if (bytes === undefined) return;
  const figure = bytes / 2 ** 20;
  printRow({
    bench: 'powershell',
    name: 'resident memory of the script process after all of these',
    figure: round(figure),
    unit: 'MB',
    limit: null,
    ratio: null,
    goal: '≤ 200 MB',
    met: figure <= 200,
  });
}

/** Source text like that of connectors, a megabyte of it. */
function parseRate(): void {
  const piece = `
function Get-Entry {
    [CmdletBinding()]
    param([Parameter(Mandatory, ValueFromPipeline)][string] $Name, [hashtable] $Options = @{ Page = 1; Size = 50 })
    process {
        # One entry after the other
        foreach ($column in 'Id', 'DisplayName', 'Mail') {
            $value = $Options[$column]
            if ([string]::IsNullOrEmpty($value) -and $Name -notlike "*$column*") { continue }
            $entry = [pscustomobject]@{ Name = "$Name ($($column.ToLower()))"; Value = ($value -split ';')[0].Trim() }
            try { $entry | Where-Object { $_.Value -match '^[a-z]+$' } | ForEach-Object { $_.Name } } catch { Write-Warning "failed: $_" }
        }
    }
}
`;
  const text = piece.repeat(Math.ceil(2 ** 20 / piece.length));
  const megabytes = Buffer.byteLength(text) / 1e6;
  const read = (): number => {
    const started = performance.now();
    if (parse({ text, file: undefined }).errors.length > 0) throw new Error('it does not parse');
    return megabytes / ((performance.now() - started) / 1000);
  };
  read();
  const figure = median(rounds.map(read));
  printRow({
    bench: 'powershell',
    name: 'scripts parsed',
    figure: round(figure),
    unit: 'MB/s',
    limit: null,
    ratio: null,
    goal: '≥ 1 MB/s',
    met: figure >= 1,
  });
}

function print(name: string, figure: number, limit: number | undefined, goalSeconds: number): void {
  const row: BenchRow = {
    bench: 'powershell',
    name,
    figure: round(figure),
    unit: 's',
    limit: limit === undefined ? null : { name: `PowerShell ${real}`, figure: round(limit) },
    ratio: limit === undefined ? null : figure / limit,
    goal: `≤ ${goalSeconds} s`,
    met: figure <= goalSeconds,
  };
  printRow(row);
}

function round(figure: number): number {
  return Math.round(figure * 1000) / 1000;
}
