import { spawnSync } from 'node:child_process';

/** The version of the `pwsh` on the path, or `undefined` where there is none. */
export function realVersion(): string | undefined {
  const { status, stdout } = spawnSync('pwsh', ['-NoProfile', '-Command', '$PSVersionTable.PSVersion.ToString()'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** Seconds that a real PowerShell takes for a script in a folder, its own start not counted. */
export function realSeconds(script: string, folder: string): number {
  const timed = `$watch = [Diagnostics.Stopwatch]::StartNew(); & { ${script} }; $watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)`;
  const { status, stdout, stderr } = spawnSync('pwsh', ['-NoProfile', '-Command', timed], {
    encoding: 'utf8',
    cwd: folder,
  });
  if (status !== 0) throw new Error(`pwsh failed: ${stderr}`);
  return Number(stdout);
}

/** Seconds from the start of a real PowerShell to its first result. */
export function realStartSeconds(): number {
  const started = performance.now();
  const { status, stdout } = spawnSync('pwsh', ['-NoProfile', '-Command', '1'], { encoding: 'utf8' });
  if (status !== 0 || stdout.trim() !== '1') throw new Error('pwsh failed');
  return (performance.now() - started) / 1000;
}
