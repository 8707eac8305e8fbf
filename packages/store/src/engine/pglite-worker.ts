import { existsSync, renameSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/**
 * The thread that runs PGlite, so that a heavy statement never blocks the event loop of the process.
 * In: batches of PostgreSQL protocol bytes, or `null` to close. Out: `'ready'`, then the answer to each batch.
 */
if (parentPort === null || typeof workerData !== 'string') {
  throw new TypeError('pglite-worker runs as a worker thread, with the data folder as its data.');
}
const port = parentPort;
if (!existsSync(workerData)) await makeFolder(workerData);
const database = await PGlite.create(workerData, { relaxedDurability: false });

port.on('message', (batch: Uint8Array | null) => {
  if (batch === null) {
    database.close().finally(() => port.close());
    return;
  }
  const answer = database.execProtocolRawSync(batch);
  // PGlite hands out a copy of its buffer, so it can be moved to the other thread.
  port.postMessage(answer, answer.buffer instanceof ArrayBuffer ? [answer.buffer] : []);
});
port.postMessage('ready');

/** A folder whose making was cut off (a kill, a full disk) opens never again: it gets its name once it is whole. */
async function makeFolder(path: string): Promise<void> {
  const making = `${path}.making`;
  rmSync(making, { recursive: true, force: true });
  const made = await PGlite.create(making, { relaxedDurability: false });
  await made.close();
  renameSync(making, path);
}
