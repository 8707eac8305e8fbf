import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './folder.ts';

/** A program of the examples as a process of its own. */
export interface ProgramRun {
  firstLine(): Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
  readonly folder: string;
  interrupt(signal: 'SIGINT' | 'SIGTERM'): void;
}

/**
 * Starts a program with a temporary folder of its own; it is ended with the test at the latest.
 * @param main the program's file
 */
export async function runProgram(main: string, words: readonly string[]): Promise<ProgramRun> {
  const folder = await temporaryFolder();
  const child = spawn(process.execPath, [main, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, out, err }));
  return {
    firstLine: () =>
      Promise.race([
        once(lines, 'line').then(([line]) => String(line)),
        ended.then(({ err: why }) => Promise.reject(new Error(`it ended early: ${why}`))),
      ]),
    ended,
    folder,
    interrupt: (signal) => void child.kill(signal),
  };
}
