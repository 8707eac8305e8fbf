import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Starts a file beside this one as a process of its own, which reports by lines. */
export function startChild(file: string, ...args: readonly string[]) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(kill);
  return {
    /** Waits for the next line that it prints; rejects when it ends first. */
    async line(): Promise<string> {
      const next = await lines.next();
      if (next.done === true) throw new Error(`${file} ended with ${await exit} before its next line.`);
      return next.value;
    },
    /** Ends it as a power switch would, and waits until it is gone. */
    kill,
  };
}
