import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { contosoPeople } from '../src/people.ts';
import { accountsIn, runDemoProcess } from './run-demo.ts';

const inactive = ['lukasz.zolc@contoso.example', 'noa.levi@contoso.example'];
const gone = 'null@contoso.example';

/** What the demo must leave in the target file, whatever happened on the way. */
const expectedAccounts = [
  ...contosoPeople()
    .map(({ userPrincipalName }) => userPrincipalName)
    .filter((name) => name !== gone)
    .map((name) => `${name} ${inactive.includes(name) ? 'False' : 'True'}`),
  'badge.printer@contoso.example True',
].sort();

describe('joinery demo', { timeout: 120_000 }, () => {
  test('provisions everyone, deprovisions three, matches existing people and ends with a cycle that writes nothing', async () => {
    const folder = join(await temporaryFolder(), 'demo');
    const { code, stdout, stderr } = await runDemoProcess({ words: ['--home', folder, '--json'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n').map(parseLine);
    const cycles = lines.filter((line) => 'cycle' in line);
    expect(cycles).toMatchObject([
      { cycle: 'initial', counts: { read: 25, created: 19, updated: 3, failed: 0, deleted: 0, disabled: 0 } },
      { cycle: 'incremental', counts: { read: 4, created: 0, updated: 1, disabled: 2, deleted: 1, failed: 0 } },
      { cycle: 'incremental', counts: { read: 0, created: 0, updated: 0, disabled: 0, deleted: 0, skipped: 0 } },
    ]);
    expect(lines.at(-1)).toMatchObject({ outcome: 'done', people: 25 });
    expect(await accountsIn(folder)).toEqual(expectedAccounts);
  });

  test('prints calm lines: steps, the file before and after, the on-demand steps, the anchor warning; no colour when piped', async () => {
    const folder = join(await temporaryFolder(), 'demo');
    const { code, stdout } = await runDemoProcess({ words: ['--home', folder], env: { NO_COLOR: '1' } });
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
    for (const words of [
      'InputFile.txt before',
      'InputFile.txt after',
      'Provision on demand: zoe.aeroskobing@contoso.example, Success',
      '1. EntryImport (Success)',
      'the connection test passed',
      'may be set only once, so it keeps "7f3c2a10-0000-4000-8000-00000000f0e1"',
      'A cycle with nothing changed (incremental): nothing to do, nothing written.',
      `The files are in ${folder}`,
      'Next: ',
    ]) {
      expect(stdout).toContain(words);
    }
  });

  test('runs twice in a row, from another working folder, with the usual ports taken', async () => {
    const cwd = await temporaryFolder();
    const release = await takePorts([8443, 8585]);
    try {
      for (let round = 1; round <= 2; round++) {
        const { code, stderr } = await runDemoProcess({ cwd });
        expect({ round, code, stderr }).toEqual({ round, code: 0, stderr: '' });
        expect(await accountsIn(join(cwd, 'joinery-home'))).toEqual(expectedAccounts);
      }
    } finally {
      await release();
    }
  });

  test('leaves no secret in clear in what it prints or keeps readable to others', async () => {
    const folder = join(await temporaryFolder(), 'demo');
    const { stdout } = await runDemoProcess({ words: ['--home', folder] });
    const token = (await readFile(join(folder, 'service', 'admin-token'), 'utf8')).trim();
    expect(token.length).toBeGreaterThan(20);
    expect(stdout).not.toContain(token);
  });

  test('refuses a folder that it did not make, and touches nothing in it', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'mine'));
    await writeFile(join(folder, 'mine', 'file.txt'), 'precious');
    const { code, stderr } = await runDemoProcess({ words: ['--home', folder] });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^CLI_DEMO_FOLDER_FOREIGN: /);
    expect(await readFile(join(folder, 'mine', 'file.txt'), 'utf8')).toBe('precious');
  });
});

function parseLine(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new TypeError(`not a JSON object: ${line}`);
  return { ...value };
}

/** Listens on the ports that are free, so that all of them are taken. */
async function takePorts(ports: readonly number[]): Promise<() => Promise<void>> {
  const servers = await Promise.all(
    ports.map(
      (port) =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer();
          server.once('error', () => resolve(server));
          server.listen(port, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  return async () => {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  };
}
