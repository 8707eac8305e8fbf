import { workerData } from 'node:worker_threads';

/*
 * A thread beside the connector of a process that runs apart: ends the process when the host that started it is gone. The
 * connector's own thread would hear of that only between two pieces of work, and one that computes without end never; a write
 * that it still did then would come after the next host has asked the target what became of it.
 */

const EVERY_MS = 500;
/** Told by the host itself: it may be gone before this thread has begun. */
const host = Number(workerData);

setInterval(() => {
  // Elsewhere a process whose parent dies gets another one; on Windows it keeps the number of the dead.
  if (process.ppid !== host || !isAlive(host)) process.kill(process.pid, 'SIGKILL');
}, EVERY_MS);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Alive, and of another account by now.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
