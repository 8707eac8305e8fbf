import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ManageClient } from '@joinery/host';
import { systemClock } from '@joinery/runtime';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ScimCaller } from './support/caller.ts';
import { FixtureTarget, fixtureConnector } from './support/fixture-connector.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller, csv, person, TestHome, temporaryFolder } from './support/home.ts';
import { until } from './support/until.ts';

const { signal } = new AbortController();
const silent = (): void => {};

function client(home: TestHome): Promise<ManageClient> {
  return ManageClient.connect(home.folder, systemClock);
}

test('a command finds the host of its folder, whose file nobody else may read and that is gone when it stops', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1), person(2)));
  const file = join(home.folder, 'manage.json');
  await expect(client(home)).rejects.toMatchObject({ code: 'HOST_NOT_RUNNING', place: file });
  const host = await home.start();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { url, connectors } = await (await client(home)).status(signal);
  expect(url).toBe(host.url);
  expect(connectors).toMatchObject([
    { name: 'CSV', state: 'serving', objects: 2, url: host.urlOf('CSV'), lastImport: { outcome: 'finished', adds: 2 } },
  ]);
  await host.close();
  expect(existsSync(file)).toBe(false);
});

test('what a killed host has left says that no host runs, and the next start replaces it', async () => {
  const home = await TestHome.create();
  const host = await home.start();
  const left = await readFile(join(home.folder, 'manage.json'), 'utf8');
  await host.close();
  await writeFile(join(home.folder, 'manage.json'), left);
  await expect((await client(home)).status(signal)).rejects.toMatchObject({ code: 'HOST_NOT_RUNNING' });
  await home.start();
  expect(await readFile(join(home.folder, 'manage.json'), 'utf8')).not.toBe(left);
  expect((await (await client(home)).status(signal)).connectors).toHaveLength(1);
});

test.each(['1', '0'])(
  'whoever listens on the port of the file without its certificate is not talked to, NODE_TLS_REJECT_UNAUTHORIZED=%s',
  async (unauthorized) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', unauthorized);
    onTestFinished(() => void vi.unstubAllEnvs());
    const home = await TestHome.create();
    const other = await TestHome.create();
    await home.start();
    await other.start();
    const [file, foreign] = [join(home.folder, 'manage.json'), join(other.folder, 'manage.json')];
    const { url } = JSON.parse(await readFile(foreign, 'utf8'));
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), url }));
    await expect((await client(home)).status(signal)).rejects.toMatchObject({ code: 'RUNTIME_TARGET_UNTRUSTED' });
  },
);

test('a program without TLS on the port of the file is told apart from the host', async () => {
  const home = await TestHome.create();
  await home.start();
  const file = join(home.folder, 'manage.json');
  const plain = createServer((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n')).listen(0, '127.0.0.1');
  onTestFinished(() => void plain.close());
  await once(plain, 'listening');
  const address = plain.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await writeFile(
    file,
    JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), url: `https://127.0.0.1:${port}` }),
  );
  await expect((await client(home)).status(signal)).rejects.toMatchObject({ code: 'RUNTIME_TARGET_UNTRUSTED' });
});

test('without the token of this start nothing is shown or done, and a connector token is none', async () => {
  const { host, scim } = await fixtureHost();
  for (const authorization of ['', 'Bearer wrong', 'Bearer secret:;<=>?@`token']) {
    const answer = await scim.request('GET', `${host.url}/manage/v1/status`, undefined, { authorization });
    expect([answer.status, answer.body.code]).toEqual([401, 'HOST_MANAGE_DENIED']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="manage"');
  }
});

test('requests that it does not understand are refused in words', async () => {
  const { host, home } = await fixtureHost();
  const { token } = JSON.parse(await readFile(join(home.folder, 'manage.json'), 'utf8'));
  const manage = new ScimCaller(`${host.url}/manage/v1`, host.certificate, token);
  const json = { 'content-type': 'application/json' };
  const refused = async (method: string, path: string, body?: unknown): Promise<unknown[]> => {
    const answer = await manage.request(method, path, body, body === undefined ? {} : json);
    return [answer.status, answer.body.code];
  };
  expect(await refused('GET', '/nothing')).toEqual([404, 'HOST_PATH_UNKNOWN']);
  expect(await refused('POST', '/connectors/fixture/runs', { profile: 'half' })).toEqual([400, 'HOST_MANAGE_INVALID']);
  expect(await refused('POST', '/connectors/other/runs', { profile: 'full' })).toEqual([404, 'HOST_CONNECTOR_UNKNOWN']);
  expect(await refused('POST', '/read-only', { on: 'yes' })).toEqual([400, 'HOST_MANAGE_INVALID']);
  expect(await refused('GET', '/connectors/fixture/history?limit=0')).toEqual([400, 'HOST_MANAGE_INVALID']);
  expect(await refused('GET', '/connectors/fixture/runs/x')).toEqual([404, 'HOST_RUN_UNKNOWN']);
  expect(await refused('DELETE', '/connectors/fixture/doubts/x')).toEqual([404, 'HOST_DOUBT_UNKNOWN']);
  expect(await refused('DELETE', '/connectors/fixture/passwords/x')).toEqual([404, 'HOST_PASSWORD_KNOWN']);
  await manage.close();
});

test('a run that was asked for is followed to its end, and a held-back one is accepted', async () => {
  const { target, home, scim } = await fixtureHost(
    {},
    { pageSize: 50 },
    {
      prepare: (made) => {
        for (let number = 0; number < 100; number += 1) made.put(`id-${number}`);
      },
    },
  );
  for (let number = 0; number < 50; number += 1) target.objects.delete(`id-${number}`);
  for (let number = 100; number < 130; number += 1) target.put(`id-${number}`);
  const second = gate();
  target.onImportPage = (page) => (page === 2 ? second.opened : undefined);
  const manage = await client(home);
  const told: number[] = [];
  const running = manage.run('fixture', 'full', (objects) => told.push(objects), signal);
  await until(() => expect(told.at(-1)).toBe(50));
  expect(await manage.connector('fixture', signal)).toMatchObject({ running: { profile: 'full', objects: 50 } });
  second.open();
  const held = await running;
  expect(held).toMatchObject({
    outcome: 'heldBack',
    problem: { code: 'HOST_IMPORT_HELD_BACK' },
    held: [{ guard: 'deletes', count: 50, of: 100, allowed: 10 }],
  });
  expect(held.held[0]?.examples).toHaveLength(20);
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(100);
  expect(await manage.accept('fixture', silent, signal)).toMatchObject({ outcome: 'finished', deletes: 50, adds: 30 });
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(80);
  await expect(manage.accept('fixture', silent, signal)).rejects.toMatchObject({ code: 'HOST_NOTHING_HELD_BACK' });
  const { runs } = await manage.history('fixture', 2, signal);
  expect(runs.map(({ outcome, why }) => [outcome, why])).toEqual([
    ['finished', 'an administrator accepts what was held back'],
    ['heldBack', 'somebody asked for it'],
  ]);
});

test('read-only switches, doubts and unknown passwords are seen and settled over the management', async () => {
  const { target, home, host, scim } = await fixtureHost(
    { without: ['lookup', 'fullImport'], password: true },
    { attributes: [{ name: 'id' }, { name: 'export_password' }] },
  );
  const manage = await client(home);
  await manage.setReadOnly('fixture', true, signal);
  expect((await scim.create({ id: 'a' })).body.detail).toContain('read-only');
  expect((await manage.connector('fixture', signal)).readOnly).toBe('connector');
  await manage.setReadOnly('fixture', false, signal);
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a' })).status).toBe(503);
  target.afterPut = () => {};
  await until(async () =>
    expect(await manage.connector('fixture', signal)).toMatchObject({ inDoubt: [{ state: 'uncertain' }] }),
  );
  const [doubt] = (await manage.connector('fixture', signal)).inDoubt;
  await manage.forgetDoubt('fixture', doubt?.identifier ?? '', signal);
  expect(host.connectors[0]?.inDoubt).toEqual([]);
  target.onPassword = () => {
    throw new Error('connection lost');
  };
  await scim.create({ id: 'b', export_password: 'Initial-1-password' });
  const [unknown] = (await manage.connector('fixture', signal)).passwordUnknown;
  expect(unknown).toBeDefined();
  await manage.acknowledgePassword('fixture', unknown?.id ?? '', signal);
  expect((await manage.connector('fixture', signal)).passwordUnknown).toEqual([]);
});

test('a connector that does not serve says why, and its run is refused with that', async () => {
  const target = new FixtureTarget();
  const home = await TestHome.create({ kinds: [target.kind], connectors: [fixtureConnector()] });
  await writeFile(join(home.folder, 'connectors', 'broken.yaml'), 'connector: nothing\n');
  const host = await home.start();
  const manage = await client(home);
  expect(await manage.connector('broken', signal)).toMatchObject({
    state: 'failed',
    problem: { code: expect.any(String) },
  });
  await expect(manage.run('broken', 'full', silent, signal)).rejects.toMatchObject({
    code: host.connectors.find(({ name }) => name === 'broken')?.problem?.code,
  });
  expect((await caller(host, 'fixture').get('/Users')).status).toBe(200);
  await expect(ManageClient.connect(await temporaryFolder(), systemClock)).rejects.toMatchObject({
    code: 'HOST_NOT_RUNNING',
  });
});
