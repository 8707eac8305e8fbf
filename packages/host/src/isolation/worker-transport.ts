import { Worker } from 'node:worker_threads';
import { siblingModule, systemErrorCode } from '@joinery/runtime';
import { runnerEnvironment } from './environment.ts';
import type { Launch } from './transport.ts';

/** A runner in a worker thread: contains computing, exceptions and the JavaScript heap, not native code. */
export const launchWorker: Launch = ({ name, heapMegabytes, events }) => {
  const worker = new Worker(siblingModule(import.meta.url, './runner/main'), {
    name,
    argv: [],
    env: runnerEnvironment(process.env),
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  worker.unref();
  let fault: unknown;
  worker.on('message', events.message);
  worker.on('messageerror', (error) => {
    fault = error;
    worker.terminate();
  });
  worker.on('error', (error) => {
    fault = error;
  });
  worker.on('exit', (code) => events.ended(endOf(code, fault, heapMegabytes), fault));
  return {
    send: (message) => worker.postMessage(message),
    kill: () => void worker.terminate(),
    ref: () => worker.ref(),
    unref: () => worker.unref(),
  };
};

function endOf(code: number, fault: unknown, heapMegabytes: number): string {
  if (systemErrorCode(fault) === 'ERR_WORKER_OUT_OF_MEMORY') return `needed more than its ${heapMegabytes} MB of heap`;
  return fault === undefined ? `exited with code ${code}` : 'ended with an exception that nobody caught';
}
