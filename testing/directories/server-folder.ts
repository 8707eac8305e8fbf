import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryRoot } from '../temporary-root.ts';

const NAME = /^joinery-server-(\d+)-(\d+)-/;
const PIDS = 'pids';

/**
 * A fresh folder for one server. Its name tells which process made it, and it keeps the ids of the server's processes, so that a later
 * run can end what a killed one left behind.
 * @param onDisk for servers that are to be as durable as a real one; others live in memory
 */
export async function serverFolder(onDisk = false): Promise<string> {
  const root = onDisk ? tmpdir() : temporaryRoot();
  return mkdtemp(join(root, `joinery-server-${process.pid}-${startOf(process.pid)}-`));
}

/** Notes a process that belongs to the server of this folder. */
export function noteProcess(folder: string, pid: number): void {
  appendFileSync(join(folder, PIDS), `${pid} ${startOf(pid)}\n`);
}

/** Mounts a file system of `bytes` at the folder's `name`: what fills it fills nothing else. Takes the rights of root. */
export function smallFileSystem(folder: string, name: string, bytes: number): string {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'joinery-test', place], {
    encoding: 'utf8',
  });
  if (mounted.status !== 0) throw new Error(`A small file system takes the rights of root: ${mounted.stderr}`);
  return place;
}

/** Removes the folder, and what is mounted in it. */
export function removeServerFolder(folder: string): void {
  if (existsSync('/proc/self/mounts'))
    for (const line of readFileSync('/proc/self/mounts', 'utf8').split('\n')) {
      const place = line.split(' ')[1];
      if (place?.startsWith(`${folder}/`)) spawnSync('umount', ['-l', place]);
    }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Ends and removes the servers whose makers are no more. */
export function removeStaleServers(): void {
  for (const root of new Set([temporaryRoot(), tmpdir()]))
    for (const name of readdirSync(root)) {
      const [, pid, start] = NAME.exec(name) ?? [];
      if (pid === undefined || startOf(Number(pid)) === start) continue;
      const folder = join(root, name);
      const pids = join(folder, PIDS);
      const lines = existsSync(pids) ? readFileSync(pids, 'utf8').split('\n') : [];
      for (const line of lines) {
        const [id, startedAt] = line.split(' ');
        // The same id at another start is another process.
        if (id !== undefined && id !== '' && startOf(Number(id)) === startedAt) end(Number(id));
      }
      removeServerFolder(folder);
    }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It went by itself, or another run was faster; or it is another account's to end.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** When a process started, in the kernel's ticks: with its id its identity. 0 for one that is not there, 1 where the system has no /proc. */
function startOf(pid: number): string {
  if (!existsSync('/proc/self/stat')) {
    try {
      process.kill(pid, 0);
      return '1';
    } catch {
      return '0';
    }
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold anything; the start is the 20th field after it (proc(5)).
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}
