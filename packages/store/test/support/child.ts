import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

/** A process of its own that runs a file beside this one and reports by lines. */
export interface Child {
  /** Waits for the next line that it prints; rejects when it ends first. */
  line(): Promise<string>;
  /** Ends it as a power switch would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Waits for its end; resolves with its exit code. */
  ended(): Promise<number | null>;
}

/** Starts `test/support/<file>` with arguments; ended with the running test at the latest. */
export function startChild(file: string, ...args: string[]): Child {
  const path = new URL(file, import.meta.url).pathname;
  const child: ChildProcessByStdio<null, Readable, null> = spawn(process.execPath, [path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(kill);
  return {
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`${file} ended with ${await exit} before its next line.`);
      return next.value;
    },
    kill,
    ended: () => exit,
  };
}
