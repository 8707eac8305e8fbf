import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noteProcess } from './server-folder.ts';

/** A server as a child process that stays in the foreground. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  /** Why it is gone, with the end of its log; undefined while it runs. */
  failure(): string | undefined;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Starts a server program whose output goes to the file `output` of its folder.
 * @throws Error when the program is not installed, with what installs it
 */
export async function startProcess(
  folder: string,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const file = join(folder, 'output');
  const log = openSync(file, 'a');
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...environment },
  });
  closeSync(log);
  let ended: string | undefined;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = `${program} ended with ${signal ?? code}`;
      resolve();
    });
    child.once('error', () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', () => reject(new Error(`The tests need ${program}. Run \`npm run setup-tests\`.`)));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} has no process id.`);
  noteProcess(folder, pid);
  return {
    pid,
    exited,
    failure: () => (ended === undefined ? undefined : `${ended}:\n${tail(file)}`),
    signal: (signal) => void child.kill(signal),
  };
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-4000) : '';
}
