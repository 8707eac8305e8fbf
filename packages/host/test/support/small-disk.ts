import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/*
 * A disk that runs full and gets room again while a host works on it, without any right of root: a tmpfs in a mount namespace of
 * the host's own process where the system lets users have one, otherwise a limit on how long its files may grow.
 */

/** How a process is given its small disk. */
export interface SmallDisk {
  readonly kind: 'tmpfs' | 'limit';
  /** The words before the command, which end with the folder that the disk takes the place of. */
  readonly words: readonly string[];
  /** Takes all room away but some bytes. @param shell the process that was started @param pid the host in it */
  fill(shell: number, pid: number, room?: number): void;
  free(shell: number, pid: number): void;
}

const UNSHARE = ['unshare', '--user', '--map-root-user', '--mount', 'bash', '-c'];

/** $0 is the folder; its content moves onto the disk and, when the command has ended, back. */
const ON_TMPFS = `set -e; folder=$0; kept=$(mktemp -d); cp -a "$folder/." "$kept/"
mount -t tmpfs -o size=24m none "$folder"; cp -a "$kept/." "$folder/"
set +e; "$@"; ended=$?
rm -f "$folder/ballast"; mkdir "$kept/after"; cp -a "$folder/." "$kept/after/"; umount "$folder"
rm -rf "$folder"/* ; cp -a "$kept/after/." "$folder/"; rm -rf "$kept"; exit $ended`;

function tmpfs(folder: string): SmallDisk {
  const ballast = (shell: number): string => `/proc/${shell}/root${join(folder, 'ballast')}`;
  return {
    kind: 'tmpfs',
    words: [...UNSHARE, ON_TMPFS, folder],
    fill: (shell, _, room = 0) => {
      const { bavail, bsize } = statfsSync(`/proc/${shell}/root${folder}`);
      const file = openSync(ballast(shell), 'w');
      // What the host has written in this instant is missing at the end: the disk is full all the same.
      for (let page = room / bsize; page < bavail; page += 1) if (!append(file, Buffer.alloc(bsize))) break;
      closeSync(file);
    },
    free: (shell) => rmSync(ballast(shell)),
  };
}

/** Every file is full: nothing can be written behind its first page. */
function limit(folder: string): SmallDisk {
  const set = (pid: number, bytes: string): void => {
    const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
    if (status !== 0) throw new Error(`prlimit: ${stderr}`);
  };
  return {
    kind: 'limit',
    words: ['bash', '-c', '"$@"', folder],
    fill: (_, pid, room = 0) => set(pid, String(Math.max(room, 4096))),
    free: (_, pid) => set(pid, 'unlimited'),
  };
}

/** The ways that this machine has; a limit on files is always one of them. */
export const smallDisks: readonly (readonly [SmallDisk['kind'], (folder: string) => SmallDisk])[] = [
  ...(mayMount() ? [['tmpfs', tmpfs] as const] : []),
  ['limit', limit],
];

/** Whether there was room for it. */
function append(file: number, bytes: Uint8Array): boolean {
  try {
    writeSync(file, bytes);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}

function mayMount(): boolean {
  const [program = '', ...words] = UNSHARE;
  const allowed = spawnSync(program, [...words, 'mount -t tmpfs none /mnt']).status === 0;
  if (!allowed)
    process.stderr.write('Mounting is not allowed here: the disk-full tests only limit the size of files.\n');
  return allowed;
}
