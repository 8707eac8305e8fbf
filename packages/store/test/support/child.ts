import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
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
  return start(file, process.execPath, [pathOf(file), ...args]);
}

/** Starts `test/support/<file>` with a folder on a disk of its own that is `size` large (as mount says it, e.g. `64m`). */
export function startOnSmallDisk(file: string, folder: string, size: string): Child {
  // A mount namespace: nobody else sees the disk, and it goes when the process does. Users other than root get it by a user namespace.
  const namespace = process.getuid?.() === 0 ? ['--mount'] : ['--map-root-user', '--mount'];
  const script = 'mount -t tmpfs -o size="$1" tmpfs "$2" && exec "$3" "$4" "$2"';
  return start(file, 'unshare', [...namespace, 'sh', '-c', script, 'sh', size, folder, process.execPath, pathOf(file)]);
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

function start(file: string, command: string, args: readonly string[]): Child {
  const child: ChildProcessByStdio<null, Readable, null> = spawn(command, args, {
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
