import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { homeAt } from '@joinery/host';
import { describe, expect, test, vi } from 'vitest';
import { hostHome } from './host-home.ts';
import { type Ended, joinery, startJoinery } from './process.ts';
import { serviceHome } from './service-home.ts';

const servers = ['host', 'service'] as const;

async function homeOf(half: (typeof servers)[number]): Promise<string> {
  return half === 'host' ? (await hostHome()).folder : serviceHome();
}

/** Every line of stdout as JSON; a line that is none fails the test. */
function lines({ stdout }: Ended): readonly unknown[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe.each(servers)('joinery %s start', (half) => {
  test('ends calmly with exit 0 at SIGINT, its output free of control characters', async () => {
    const server = startJoinery([half, 'start', '--home', await homeOf(half), '--port', '0']);
    await server.said(/answers on https:\/\/127\.0\.0\.1:\d+\.\n/);
    const ended = await server.stop('SIGINT');
    expect(ended).toMatchObject({ code: 0, signal: null, stdout: expect.stringMatching(/has stopped\.\n$/) });
    expect(stripVTControlCharacters(ended.stdout)).toBe(ended.stdout);
  });

  test('with --json prints one JSON line a step and a last one with the outcome, at SIGTERM too', async () => {
    const server = startJoinery([half, 'start', '--home', await homeOf(half), '--port', '0', '--json']);
    await server.said(/"url":"https:[^"]+"\}\n/);
    const ended = await server.stop('SIGTERM');
    expect({ code: ended.code, signal: ended.signal }).toEqual({ code: 0, signal: null });
    expect(lines(ended).slice(-2)).toMatchObject([{ url: expect.any(String) }, { outcome: 'done' }]);
  });

  test('told to stop while it starts, it ends all the same and gives its folder free', async () => {
    const home = await homeOf(half);
    const server = startJoinery([half, 'start', '--home', home, '--port', '0', '--log-level', 'debug']);
    await server.said(/\n/);
    const { code, stderr } = await server.stop('SIGTERM');
    // 0 when it had just got ready.
    expect([0, 143]).toContain(code);
    expect(stderr).not.toMatch(/^\s+at .+:\d+/m);
    const again = startJoinery([half, 'start', '--home', home, '--port', '0']);
    await again.said(/answers on/);
    expect((await again.stop()).code).toBe(0);
  });
});

test('host check and host import with --json print one line a step and the outcome; bad words exit 2', async () => {
  const home = await hostHome();
  const check = await joinery(['host', 'check', '--home', home.folder, '--json']);
  expect(lines(check)).toMatchObject([
    { connector: 'CSV', rows: 2 },
    { outcome: 'done', connectors: 1 },
  ]);
  const imported = await joinery(['host', 'import', 'CSV', '--home', home.folder, '--json']);
  expect(lines(imported)).toMatchObject([{ outcome: 'done', adds: 2, failed: 0 }]);
  expect([check.code, check.stderr, imported.code, imported.stderr]).toEqual([0, '', 0, '']);

  const unknown = await joinery(['host', 'import', 'CVS', '--home', home.folder, '--json']);
  expect(unknown).toMatchObject({ code: 1, stderr: '' });
  expect(lines(unknown)).toMatchObject([{ outcome: 'failed', place: homeAt(home.folder).connectorFile('CVS') }]);
  expect((await joinery(['host', 'chek'])).stderr).toContain('Did you mean check?');
});

test('an import that is interrupted exits 130 and takes nothing over', async () => {
  const many = Array.from({ length: 200_000 }, (_, number) => `id-${number};True;user${number}@contoso.example`);
  const home = await hostHome(['AzureObjectID;IsActive;UserName', ...many, ''].join('\n'));
  const run = startJoinery(['host', 'import', 'CSV', '--home', home.folder]);
  const reading = join(dirname(home.file), 'seen-rows-1.sqlite-journal');
  await vi.waitFor(() => expect(existsSync(reading)).toBe(true), { timeout: 20_000, interval: 20 });
  const { code, stdout, stderr } = await run.stop('SIGINT');
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toMatch(/^RUNTIME_CANCELLED: SIGINT ended the command\. /);
  await writeFile(home.file, 'AzureObjectID;IsActive;UserName\n');
  const next = await joinery(['host', 'import', 'CSV', '--home', home.folder]);
  expect(next.stdout).toContain('0 added, 0 changed, 0 gone');
});
