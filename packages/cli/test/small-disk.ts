import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../testing/folder.ts';
import { type Ended, main, startProcess } from './process.ts';

export interface SmallDiskRun extends Ended {
  /** The files of the disk as they were when the command had ended. */
  readonly folder: string;
}

/**
 * Runs the real `joinery` command with its home on a disk that is too small.
 *
 * The disk is a tmpfs in a mount namespace of the command's own: no right of root is needed where the system has user namespaces, and nothing
 * stays mounted whatever happens. Where neither root nor user namespaces may mount, the size of a file is limited instead (a full quota to
 * whoever writes), and the output says so.
 * @param from folder that is copied onto the disk as `home`
 * @param kibibytes room that is left beside it, or the longest file
 * @param words the command line; `HOME` stands for the home's path
 */
export async function onSmallDisk(from: string, kibibytes: number, words: readonly string[]): Promise<SmallDiskRun> {
  const folder = await temporaryFolder();
  const [disk, left] = [join(folder, 'disk'), join(folder, 'left')];
  const home = join(disk, 'home');
  await Promise.all([mkdir(disk), mkdir(left)]);
  const command = [process.execPath, main, ...words.map((word) => (word === 'HOME' ? home : word))];
  const script = mayMount() ? onTmpfs : underLimit;
  const [program = '', ...isolated] = mayMount() ? unshare : ['bash'];
  const run = startProcess(program, [...isolated, '-c', script, from, disk, left, String(kibibytes), ...command]);
  return { ...(await run.ended), folder: join(left, 'home') };
}

const unshare = ['unshare', '--user', '--map-root-user', '--mount', 'bash'];

/** $0 is the folder to copy; then disk, what is left of it, room, command. */
const onTmpfs = `set -e; disk=$1 left=$2 room=$3; shift 3
mount -t tmpfs -o size=512m none "$disk"
cp -a "$0" "$disk/home"
mount -o remount,size=$(( $(df -k --output=used "$disk" | tail -1) + room ))k "$disk"
set +e; "$@"; ended=$?
cp -a "$disk/." "$left/"; exit $ended`;

const underLimit = `set -e; disk=$1 left=$2 room=$3; shift 3
cp -a "$0" "$disk/home"
set +e; ( ulimit -f $room; exec "$@" ); ended=$?
cp -a "$disk/." "$left/"; exit $ended`;

let mounting: boolean | undefined;

function mayMount(): boolean {
  if (mounting !== undefined) return mounting;
  const [program = '', ...words] = unshare;
  const { status } = spawnSync(program, [...words, '-c', 'mount -t tmpfs none /mnt']);
  mounting = status === 0;
  if (!mounting)
    process.stderr.write('Mounting is not allowed here: the disk-full tests limit the size of a file instead.\n');
  return mounting;
}
