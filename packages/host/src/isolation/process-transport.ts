import { fork } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '@joinery/runtime';
import { runnerEnvironment } from './environment.ts';
import { eachLine } from './output-lines.ts';
import type { Launch } from './transport.ts';

/** Milliseconds that the last output of a process that is gone is waited for. */
const OUTPUT_MS = 1_000;

/** A runner in a process of its own: contains whatever it does. Bigints and bytes pass, because messages are cloned and not JSON. */
export const launchProcess: Launch = ({ heapMegabytes, events }) => {
  const child = fork(fileURLToPath(siblingModule(import.meta.url, './runner/main')), [String(process.pid)], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${heapMegabytes}`],
    env: runnerEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  });
  let fault: unknown;
  let outOfMemory = false;
  let ended = false;
  const end = (how: string): void => {
    if (ended) return;
    ended = true;
    events.ended(outOfMemory ? `needed more than its ${heapMegabytes} MB of heap` : how, fault);
  };
  const output = (line: string): void => {
    // V8 says so before it aborts the process; the signal alone could mean anything.
    if (line.includes('JavaScript heap out of memory')) outOfMemory = true;
    events.output(line);
  };
  child.on('message', events.message);
  child.on('error', (error) => {
    fault = error;
    if (child.pid === undefined) end('could not be started');
  });
  const exited = (code: number | null, signal: string | null): void =>
    end(signal === null ? `exited with code ${code}` : `was ended by ${signal}`);
  // What it printed last says why it ended, and is read before `close`; programs that it left behind may hold that up.
  child.on('close', exited);
  child.on('exit', (code, signal) => void setTimeout(exited, OUTPUT_MS, code, signal).unref());
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) eachLine(stream, output);
  const handles = [child, child.channel, ...streams.filter((stream) => stream instanceof Socket)];
  for (const handle of handles) handle?.unref();
  return {
    send: (message) =>
      void child.send(message, (error) => {
        // The channel is closed once the process is gone, which `close` tells.
        if (error !== null) fault ??= error;
      }),
    kill: () => void child.kill('SIGKILL'),
    ref: () => {
      for (const handle of handles) handle?.ref();
    },
    unref: () => {
      for (const handle of handles) handle?.unref();
    },
  };
};
