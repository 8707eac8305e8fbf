/*
 * Proves that what people install works: builds, packs every room, installs the tarballs into an empty folder outside the
 * repository and runs the demo and the commands that it prints from there, a connector that runs apart, and scripts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
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
  for (const program of readdirSync(join(root, 'tools/packed'))) {
    cpSync(join(root, 'tools/packed', program), join(home, program));
    run(process.execPath, [join(home, program)], home);
  }
  const installed = environment(join(home, 'node_modules/.bin'));
  const demo = spawnSync('joinery', ['demo', '--home', join(folder, 'demo')], {
    cwd: folder,
    env: installed,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(demo.stdout);
  if (demo.status !== 0) throw new Error(`the demo ended with ${demo.status ?? demo.signal}`);
  const [, ...next] = /^Next: (.+)\n {6}(.+)$/m.exec(demo.stdout) ?? [];
  if (next.length !== 2 || !next.every((line) => line.startsWith('joinery '))) {
    throw new Error('the demo did not print how to go on with an installed joinery');
  }
  for (const line of next) await startAsTyped(line, installed);
  const directory = spawnSync('joinery', ['demo', '--connector', 'ldap', '--home', join(folder, 'ldap-demo')], {
    cwd: folder,
    env: installed,
    encoding: 'utf8',
  });
  // Without OpenLDAP the demo says so and nothing more; what is packed has been loaded all the same.
  const missing = directory.stderr.startsWith('CLI_DEMO_PROGRAM_MISSING: ');
  if (directory.status !== 0 && !missing) throw new Error(`the demo with a directory failed: ${directory.stderr}`);
  console.log(`The demo with a directory ${missing ? 'asks for OpenLDAP' : 'ran'}.`);
  checkScript(installed);
  console.log('The demo and the commands it prints ran from packed tarballs in an empty folder.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What a person's shell has: this Node and the installed commands on the path, and nothing of npm's own variables. */
function environment(commands: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD)/i.test(name));
  const path = [commands, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  return { ...Object.fromEntries(own), PATH: path };
}

/** Runs a script, whose process is one bundled file. */
function checkScript(env: NodeJS.ProcessEnv): void {
  const script = '1..2 | ForEach-Object { $_ * 2 }';
  const { status, stdout, stderr } = spawnSync('joinery', ['powershell', 'eval', script], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  if (status !== 0 || stdout !== '2\n4\n') throw new Error(`powershell eval ended with ${status}: ${stdout}${stderr}`);
  console.log('A script ran in the embedded PowerShell.');
}

/** Types a line into a shell, waits until the server answers, and stops it. */
async function startAsTyped(line: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(`exec ${line}`, { cwd: folder, env, shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    // A second signal would not wait for a calm end.
    if (!said.includes('answers on') && (said + text).includes('answers on')) child.kill('SIGTERM');
    said += text;
  });
  const [status] = await once(child, 'close');
  process.stdout.write(said);
  if (status !== 0 || !said.includes('answers on')) throw new Error(`${line} ended with ${status}`);
}

function run(command: string, args: string[], cwd: string): void {
  const result = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (result.status !== 0) {
    throw new Error(`${command} ${args.slice(0, 3).join(' ')} … ended with ${result.status ?? result.signal}`);
  }
}
