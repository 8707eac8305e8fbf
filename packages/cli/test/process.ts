import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';

/** The command's own file, as `npm run joinery` starts it. */
export const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface Ended {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Account to run under; only root may name one. */
  readonly uid?: number;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves with the match once the process has printed it, on either stream. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Runs the real `joinery` command to its end. */
export function joinery(words: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  return startJoinery(words, options).ended;
}

/** Starts the real `joinery` command; what still runs ends with the test. */
export function startJoinery(words: readonly string[], options: ProcessOptions = {}): Running {
  return startProcess(process.execPath, [main, ...words], options);
}

/** Starts any program with an environment of its own: nothing of the test run's leaks in. */
export function startProcess(program: string, words: readonly string[], options: ProcessOptions = {}): Running {
  const { env = {}, cwd, uid } = options;
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(program, words, {
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const hear = (take: (text: string) => void) => (text: string) => {
    take(text);
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on(
    'data',
    hear((text) => {
      stdout += text;
    }),
  );
  child.stderr.setEncoding('utf8').on(
    'data',
    hear((text) => {
      stderr += text;
    }),
  );
  const ended = once(child, 'close').then(
    (): Ended => ({ code: child.exitCode, signal: child.signalCode, stdout, stderr }),
  );
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (match === null) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      ended.then(() => reject(new Error(`The process ended without saying ${pattern}:\n${stdout}${stderr}`)), reject);
    });
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> => {
    child.kill(signal);
    return ended;
  };
  return { child, said, ended, stop };
}

/** What every refusal has in common: exit 1, one sentence with code and place as the last of stderr, no stack trace. */
export function expectRefusal({ code, stdout, stderr }: Ended, problem: string, place: string): void {
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  expect({ code, last }).toEqual({ code: 1, last: expect.stringMatching(`^${problem}: `) });
  expect(last).toContain(place);
  expect(stderr + stdout).not.toMatch(/^\s+at .+:\d+/m);
  expect(stderr + stdout).not.toContain('RUNTIME_INTERNAL');
}
