import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

/**
 * A network of the test's own: nothing but a loopback interface, so that every port is free and nothing outside is reached.
 * @returns the words before a command that runs in it; none where the system lets nobody make one, and then the output says so
 */
export async function ownNetwork(): Promise<readonly string[]> {
  const holder = spawn(
    'unshare',
    ['--user', '--map-root-user', '--net', 'bash', '-c', 'ip link set lo up && echo up && exec sleep infinity'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  onTestFinished(() => void holder.kill('SIGKILL'));
  const isUp = await new Promise<boolean>((resolve) => {
    holder.once('error', () => resolve(false));
    holder.once('close', () => resolve(false));
    holder.stdout.once('data', () => resolve(true));
  });
  if (isUp) return ['nsenter', '--preserve-credentials', '--user', '--net', '--target', String(holder.pid)];
  process.stderr.write('No network namespace may be made here: the demo runs on the machine’s own network.\n');
  return [];
}
