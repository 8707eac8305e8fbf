import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { rolldown } from 'rolldown';
import { encodeFrame } from '../packages/powershell/src/sandbox/frames.ts';
import { channels } from '../packages/powershell/src/sandbox/protocol.ts';
import { stackFlags } from '../packages/powershell/src/sandbox/stack-size.ts';

/*
 * Makes one file of the program that runs scripts. Node reads one file in a tenth of the time that it takes for five hundred,
 * and the process that runs untrusted scripts then needs to read nothing else.
 */

/** Writes the bundle of an entry to a file. */
export async function writeBundle(entry: string, file: string, format: 'esm' | 'cjs'): Promise<void> {
  const bundle = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' });
  await bundle.write({ file, format, comments: false });
  await bundle.close();
}

/** Writes the program made of an entry and what it imports into a folder, as `main.cjs` with what V8 makes of its code. */
export async function bundleToFolder(entry: string, folder: string): Promise<void> {
  await writeBundle(entry, join(folder, 'code.cjs'), 'cjs');
  const main = join(folder, 'main.cjs');
  writeFileSync(main, starter);
  await warm(main);
}

/** Hands V8 what it made of the code an earlier time; it looks by itself whether that still fits. */
const starter = `const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { Script } = require('node:vm');
const code = __dirname + '/code.cjs';
const made = __dirname + '/code.cache';
const script = new Script(wrap(readFileSync(code, 'utf8')), {
  filename: code,
  ...(existsSync(made) ? { cachedData: readFileSync(made) } : {}),
});
if (process.env.WARM === '1') process.on('exit', () => writeFileSync(made, script.createCachedData()));
script.runInThisContext()(exports, require, module, code, __dirname);
`;

const limits = {
  milliseconds: 10_000,
  callDepth: 100,
  valueBytes: 2 ** 20,
  memoryBytes: 2 ** 30,
  outputBytes: 2 ** 20,
};

/** Something of everything that nearly every script uses. */
const usual = `function f([string] $a, $b = 1) { "$a $b".ToUpper() }
foreach ($i in 1..3) { if ($i -gt 1 -and $i -lt 5) { f $i } }
@{ a = 1 }, [pscustomobject]@{ b = 2 } | Where-Object { $_ } | ForEach-Object { $_ } | Select-Object -First 1
try { throw 'x' } catch { $_.Exception.Message } finally { $null = [string]::IsNullOrEmpty('') }
switch ('a') { 'a' { 'b' -replace 'b', 'c' } }`;

/** Runs a script, so that what V8 makes of the code is kept with it. */
async function warm(main: string): Promise<void> {
  const child = spawn(process.execPath, [...stackFlags(), '--max-old-space-size=1024', main], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { WARM: '1' },
  });
  const ended = once(child, 'close');
  const [requests, answers] = [child.stdio[channels.requests], child.stdio[channels.answers]];
  if (!(requests instanceof Duplex) || !(answers instanceof Duplex)) throw new TypeError('the process has no pipes');
  answers.resume();
  const run = {
    profile: 'connector',
    grants: [],
    hosts: [],
    environment: {},
    location: '/',
    variables: [],
    settings: [],
    modules: [],
    limits,
  };
  requests.write(encodeFrame({ type: 'open', run: 1, ...run }));
  const call = { script: usual, file: null, parameters: [], arguments: [], zone: 'code', limits };
  requests.end(encodeFrame({ type: 'invoke', run: 1, ...call }));
  await ended;
}
