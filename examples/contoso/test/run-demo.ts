import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));

/** The words that start the demo. */
export const demoCommand = [process.execPath, main, 'demo'] as const;

export interface DemoRun {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DemoRunOptions {
  /** The words that start it where they are not those of {@link demoCommand}. */
  readonly by?: readonly string[];
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Account to run under; only root may name one. */
  readonly uid?: number;
  /** Called with each piece of its output as it comes. */
  readonly heard?: (text: string) => void;
}

/** Runs `joinery demo` as a process of its own and waits for its end. */
export function runDemoProcess(options: DemoRunOptions): Promise<DemoRun> {
  const { by = demoCommand, words = [], env = {}, cwd, uid, heard } = options;
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const [program = '', ...before] = by;
  const child = spawn(program, [...before, ...words], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard?.(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
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
