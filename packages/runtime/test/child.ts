import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface Child {
  readonly process: ChildProcess;
  /** Resolves when the child has printed this text. */
  said(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Starts a program of `children/` as a second process, ended with the test if it still runs. */
export function startChild(name: string, args: readonly string[] = [], env: Record<string, string> = {}): Child {
  return follow(spawn(process.execPath, [programOf(name), ...args], { env: { ...process.env, ...env } }));
}

/** The same under a shell limit on the size of one file, in units of 1,024 bytes: a real way to run out of room without being root. */
export function startChildWithFileLimit(kibibytes: number, name: string, args: readonly string[]): Child {
  const script = `ulimit -f ${kibibytes}; exec "$0" "$@"`;
  return follow(spawn('bash', ['-c', script, process.execPath, programOf(name), ...args]));
}

function programOf(name: string): string {
  return fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
}

function follow(child: ChildProcess): Child {
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, signal: child.signalCode, output }));
  const said = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!output.includes(text)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      ended.then(() => reject(new Error(`The child ended without saying "${text}": ${output}`)), reject);
    });
  return { process: child, said, ended };
}
