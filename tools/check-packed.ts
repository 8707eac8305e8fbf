/*
 * Proves that what people install works: builds, packs every room, installs the tarballs into an empty folder outside the
 * repository and runs the demo from there.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rooms } from './import-table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'joinery-packed-'));
try {
  run(process.execPath, [join(root, 'tools/build.ts')], root);
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  for (const room of Object.keys(rooms)) {
    run('npm', ['pack', '--silent', '--pack-destination', tarballs, join(root, 'dist/npm', room)], root);
  }
  const home = join(folder, 'install');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', ...files], home);
  run(
    process.execPath,
    [join(home, 'node_modules/joinery/src/main.js'), 'demo', '--home', join(folder, 'demo')],
    folder,
  );
  run(process.execPath, [join(home, 'node_modules/joinery/src/main.js'), '--help'], folder);
  console.log('The demo ran from packed tarballs in an empty folder.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command: string, args: string[], cwd: string): void {
  const result = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (result.status !== 0) {
    throw new Error(`${command} ${args.slice(0, 3).join(' ')} … ended with ${result.status ?? result.signal}`);
  }
}
