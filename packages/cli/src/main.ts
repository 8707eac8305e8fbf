#!/usr/bin/env node
import { constants } from 'node:os';
import { problem } from '@joinery/problems';
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

const code = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: stop.signal,
  workingFolder: process.cwd(),
});
// A server that was told to stop has done what it should; every other command was not done yet.
process.exitCode = code === 1 && interrupted !== undefined ? interrupted : code;
