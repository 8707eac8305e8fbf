import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));

export interface DemoRun {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DemoRunOptions {
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Account to run under; only root may name one. */
  readonly uid?: number;
}

/** Runs `joinery demo` as a process of its own and waits for its end. */
export function runDemoProcess({ words = [], env = {}, cwd, uid }: DemoRunOptions): Promise<DemoRun> {
  const child = spawn(process.execPath, [main, 'demo', ...words], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** The target file without its object ids: who stands in it, sorted by user name, and whether each is active. */
export async function accountsIn(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, 'host', 'MAData', 'CSV', 'InputFile.txt'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const cells = line.split(';');
      return `${cells.at(-2)} ${cells[1]}`;
    })
    .sort();
}
