import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { dirname, join } from 'node:path';
import { homeAt } from '@joinery/host';
import { expect, onTestFinished, test, vi } from 'vitest';
import { header, hostHome, token } from './host-home.ts';
import { type Running, startJoinery } from './process.ts';

const URN = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A host on its folder, once it answers, and a caller of it. */
async function startHost(
  home: string,
  ...words: readonly string[]
): Promise<{ server: Running; call: (method: string, path: string, body?: unknown) => Promise<Answer> }> {
  const server = startJoinery(['host', 'start', '--home', home, '--port', '0', ...words]);
  const [, url = ''] = await server.said(/answers on (https:\S+)\.\n/);
  const ca = await readFile(join(homeAt(home).certificates, 'host.pem'));
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
      const sent = request(`${url}/ecma2host_CSV/scim${path}`, { method, headers, ca, agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { server, call };
}

function person(id: string): unknown {
  return { schemas: [URN], [URN]: { AzureObjectID: id, UserName: `${id}@contoso.example` } };
}

/** Whether a new version of the target's file is being written. */
function isWriting(file: string): boolean {
  return readdirSync(dirname(file)).some((name) => name.startsWith('.InputFile.txt.') && name.endsWith('.tmp'));
}

test('SIGTERM lets the write that the target is at end and confirms it, refuses the one that waits, and exits 0', async () => {
  const many = Array.from({ length: 150_000 }, (_, number) => `id-${number};True;user${number}@contoso.example`);
  const home = await hostHome([header, ...many, ''].join('\n'));
  const { server, call } = await startHost(home.folder);
  await vi.waitFor(async () => expect((await call('GET', '/Users?count=0')).status).toBe(200), { timeout: 40_000 });
  // Three connections that stay: what follows must reach the host while the file is being written, and no handshake takes part in that.
  await Promise.all([1, 2, 3].map(() => call('GET', '/Users?count=0')));
  const running = call('POST', '/Users', person('a'));
  await vi.waitFor(() => expect(isWriting(home.file)).toBe(true), { timeout: 10_000, interval: 5 });
  const waiting = call('POST', '/Users', person('b'));
  // It is there once the host has read it: then a question sent behind it is answered.
  await call('GET', '/Users?count=0');
  const ended = server.stop('SIGTERM');
  expect(await running).toMatchObject({ status: 201 });
  expect(await waiting).toMatchObject({ status: 503, text: expect.stringContaining('stopping') });
  expect(await ended).toMatchObject({ code: 0, signal: null, stdout: expect.stringMatching(/has stopped\.\n$/) });
  const rows = (await readFile(home.file, 'utf8')).split('\n').slice(-3);
  expect(rows).toEqual([many.at(-1), 'a;;a@contoso.example', '']);
}, 90_000);

test.runIf(process.platform !== 'win32')(
  'a target that hangs keeps a host that is told to stop no longer than the grace',
  async () => {
    const home = await hostHome();
    rmSync(home.file);
    // Nobody ever writes into it: opening it never ends, as with a dead network drive.
    expect(spawnSync('mkfifo', [home.file]).status).toBe(0);
    const { server } = await startHost(home.folder, '--shutdown-grace', '2');
    const told = performance.now();
    // A thread that is stuck in the operating system lets no program end by itself: the signal does.
    expect(await server.stop('SIGTERM')).toMatchObject({
      signal: 'SIGTERM',
      stdout: expect.stringMatching(/has stopped\.\n$/),
    });
    expect(performance.now() - told).toBeLessThan(10_000);
  },
);

test.runIf(process.platform !== 'win32')('a second SIGTERM ends a host that waits for its target at once', async () => {
  const home = await hostHome();
  const { server, call } = await startHost(home.folder, '--shutdown-grace', '60');
  await vi.waitFor(async () => expect((await call('GET', '/Users?count=0')).status).toBe(200), { timeout: 10_000 });
  rmSync(home.file);
  expect(spawnSync('mkfifo', [home.file]).status).toBe(0);
  const lost = call('POST', '/Users', person('a')).then(
    ({ status }) => status,
    () => 'no answer',
  );
  const lock = join(dirname(home.file), '.InputFile.txt.lock', '.joinery-lock.pid');
  await vi.waitFor(async () => expect(await readFile(lock, 'utf8')).toMatch(/^\d+/));
  server.child.kill('SIGTERM');
  await vi.waitFor(async () => expect(await call('GET', '/Users?count=0').catch(() => 'refused')).toBe('refused'));
  expect(await server.stop('SIGTERM')).toMatchObject({ code: null, signal: 'SIGTERM' });
  expect(await lost).toBe('no answer');
});
