import { spawn } from 'node:child_process';
import { chmod, chown } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { ownNetwork } from './own-network.ts';
import { accountsIn, demoCommand, runDemoProcess } from './run-demo.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

test('offline, by npm in a clone, the demo prints commands that work as they are typed', {
  timeout: 120_000,
}, async () => {
  const network = await ownNetwork();
  const folder = join(await temporaryFolder(), 'demo of Zoë');
  const demo = [...network, 'npm', 'run', '--silent', 'demo', '--'];
  const { code, stdout, stderr } = await runDemoProcess({ by: demo, words: ['--home', folder], cwd: repository });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(await accountsIn(folder)).toHaveLength(25);

  const [, host = '', service = ''] = /^Next: (.+)\n {6}(.+)\n$/m.exec(stdout) ?? [];
  for (const [line, half] of [
    [host, 'host'],
    [service, 'service'],
  ] as const) {
    expect(line).toMatch(new RegExp(`^npm run joinery -- ${half} start --home '.*/${half}'`));
    const printed = await typed(line, network);
    // Without a network of its own another test may have taken the port: the command was understood all the same.
    expect(printed).toMatch(network.length > 0 ? /has stopped\.\n/ : /has stopped\.\n|RUNTIME_PORT_TAKEN: /);
  }
});

test('as an ordinary account on a terminal, from a folder outside the repository', { timeout: 120_000 }, async () => {
  const cwd = await temporaryFolder();
  const account = process.getuid?.() === 0 ? 65_534 : undefined;
  if (account !== undefined) await chown(cwd, account, account);
  await chmod(cwd, 0o700);
  const frames: { readonly text: string; readonly after: number }[] = [];
  let lineAt = Date.now();
  let turns = false;
  const { code, stdout } = await runDemoProcess({
    by: ['script', '--quiet', '--return', '--command', demoCommand.join(' '), '/dev/null'],
    words: [],
    cwd,
    env: { HOME: '/nonexistent', TERM: 'xterm' },
    ...(account === undefined ? {} : { uid: account }),
    heard: (text) => {
      if (/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/.test(text)) {
        if (!turns) frames.push({ text: stripVTControlCharacters(text).trim(), after: Date.now() - lineAt });
        turns = true;
      }
      if (!text.includes('\n')) return;
      lineAt = Date.now();
      turns = false;
    },
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('\u001b[32m✓') });
  expect(await accountsIn(join(cwd, 'joinery-home'))).toHaveLength(25);
  // The bound is half of the second that the command waits: both processes share the machine with others.
  expect(frames.filter(({ after }) => after < 500)).toEqual([]);
  expect(stdout.split('\u001b[?25l')).toHaveLength(stdout.split('\u001b[?25h').length);
});

/** Types one line into a shell, waits until the program has said what matters, and presses Ctrl-C. */
async function typed(line: string, network: readonly string[]): Promise<string> {
  const [program = '', ...words] = [...network, 'bash', '-c', line];
  const { NODE_COMPILE_CACHE, PATH, HOME } = process.env;
  // A group of its own, as a terminal gives a job: Ctrl-C reaches all of it.
  const shell = spawn(program, words, {
    cwd: repository,
    detached: true,
    env: { NODE_COMPILE_CACHE, PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const interrupt = (signal: NodeJS.Signals): void => {
    if (shell.pid !== undefined && shell.exitCode === null && shell.signalCode === null)
      process.kill(-shell.pid, signal);
  };
  onTestFinished(() => interrupt('SIGKILL'));
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      const before = said.includes('answers on');
      said += chunk.toString('utf8');
      if (!before && said.includes('answers on')) interrupt('SIGINT');
    };
    shell.stdout.on('data', hear);
    shell.stderr.on('data', hear);
    shell.once('error', reject);
    shell.once('close', () => resolve(said));
  });
}
