#!/usr/bin/env node
import { constants } from 'node:os';
import { problem } from '@joinery/problems';
import { systemErrorCode } from '@joinery/runtime';
import { runCli } from './run-cli.ts';

const stop = new AbortController();
let interrupted: number | undefined;
/** A second signal of the same name is not caught: it ends the process at once. */
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    // The shells' convention: 128 and the number of the signal.
    interrupted = 128 + constants.signals[name];
    stop.abort(problem('RUNTIME_CANCELLED', `${name} ended the command.`));
  });
}

/** What shells call the end of a program whose reader has left: 128 and the number of SIGPIPE. */
const READER_LEFT = 141;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (systemErrorCode(error) !== 'EPIPE') throw error;
    interrupted ??= READER_LEFT;
    stop.abort(problem('RUNTIME_CANCELLED', 'Nobody reads the output any more.'));
  });
}

// Timers of the program do not keep a process alive, and a command may be waiting for nothing else.
const keepAlive = setInterval(() => {}, 2 ** 30);
const code = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: stop.signal,
  workingFolder: process.cwd(),
  stdin: process.stdin,
});
clearInterval(keepAlive);
// A server that was told to stop has done what it should; every other command was not done yet.
process.exitCode = code === 1 && interrupted !== undefined ? interrupted : code;

/** Milliseconds that what nobody waits for any more may take to let go of the process. */
const LINGER_MS = 1_000;
setTimeout(() => {
  // A file that never opens, as on a dead network drive, holds one of Node's threads, and Node's own exit would wait for that.
  const opening = process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
  if (!opening) process.exit();
  process.removeAllListeners('SIGTERM');
  process.kill(process.pid, 'SIGTERM');
}, LINGER_MS).unref();
