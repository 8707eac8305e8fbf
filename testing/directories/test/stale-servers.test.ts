import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { listening } from '../loopback.ts';
import { removeStaleServers } from '../server-folder.ts';
import { startSlapd } from '../slapd.ts';

const MAKER = `
  const { startSlapd } = await import(process.argv[1]);
  const { folder, host, ldapsPort } = await startSlapd({}, () => {});
  console.log(JSON.stringify({ folder, host, ldapsPort }));
  setInterval(() => {}, 1000);
`;

test('what a killed run left behind goes with the next run, and what others have stays', async () => {
  const mine = await startSlapd();
  const module = new URL('../slapd.ts', import.meta.url).href;
  const maker = spawn(process.execPath, ['--input-type=module', '-e', MAKER, module], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void maker.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: maker.stdout }), 'line');
  const left: { folder: string; host: string; ldapsPort: number } = JSON.parse(String(line));
  removeStaleServers();
  expect(existsSync(left.folder)).toBe(true);
  maker.kill('SIGKILL');
  await once(maker, 'exit');
  await listening(left.host, left.ldapsPort, () => undefined);
  removeStaleServers();
  expect(existsSync(left.folder)).toBe(false);
  const server = () =>
    listening(left.host, left.ldapsPort, () => 'gone').then(
      () => 'here',
      () => 'gone',
    );
  await expect.poll(server).toBe('gone');
  expect(existsSync(mine.folder)).toBe(true);
  await listening(mine.host, mine.ldapsPort, () => 'gone');
});

test('a server is gone with the test that started it', async () => {
  const undone: (() => Promise<void>)[] = [];
  const { folder, host, port } = await startSlapd({ diskBytes: 8_000_000 }, (undo) => void undone.push(undo));
  await listening(host, port, () => 'gone');
  for (const undo of undone.reverse()) await undo();
  expect(existsSync(folder)).toBe(false);
  await expect(listening(host, port, () => 'gone')).rejects.toThrow('gone');
});
