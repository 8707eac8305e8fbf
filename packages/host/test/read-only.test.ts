import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller, csv, person, TestHome, TUTORIAL } from './support/home.ts';
import { until } from './support/until.ts';

function id(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

test('a read-only connector refuses every kind of write in words, goes on answering and importing, and says so', async () => {
  const { target, host, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { title: 'Pilot' }) });
  await host.setReadOnly('fixture', true);
  for (const answer of [
    await scim.create({ id: 'b' }),
    await scim.set(id('a'), 'title', 'Captain'),
    await scim.request('PUT', `/Users/${id('a')}`, { schemas: [], id: id('a') }),
    await scim.delete(id('a')),
  ]) {
    expect(answer.status).toBe(403);
    expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
    expect(answer.body.detail).toContain('read-only');
  }
  expect(target.batches).toEqual([]);
  target.put('c');
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', adds: 1 });
  expect((await scim.get('/Users')).body.totalResults).toBe(2);
  expect(host.connectors[0]?.readOnly).toBe('connector');
  await host.setReadOnly('fixture', false);
  expect(host.connectors[0]?.readOnly).toBeUndefined();
  expect((await scim.delete(id('a'))).status).toBe(204);
});

test('a flow that would only change the space, and a change that is in place already, are writes too', async () => {
  const { host, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { title: 'Pilot' }) });
  await host.setReadOnly(undefined, true);
  expect((await scim.set(id('a'), 'title', 'Pilot')).status).toBe(403);
});

test('both switches survive a restart, each by itself', async () => {
  const { target, home, host } = await fixtureHost();
  await host.setReadOnly('fixture', true);
  await host.setReadOnly(undefined, true);
  await host.close();
  const second = await home.start();
  expect(second.connectors[0]?.readOnly).toBe('host');
  expect((await caller(second, 'fixture').create({ id: 'a' })).status).toBe(403);
  await second.setReadOnly(undefined, false);
  await second.close();
  const third = await home.start();
  expect(third.connectors[0]?.readOnly).toBe('connector');
  expect((await caller(third, 'fixture').create({ id: 'a' })).status).toBe(403);
  expect(target.batches).toEqual([]);
  const { mode } = await stat(join(home.folder, 'read-only.json'));
  if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
});

test('one connector is read-only and the other writes', async () => {
  const home = await TestHome.create();
  await home.configure({ ...TUTORIAL, name: 'Other' });
  for (const name of ['CSV', 'Other']) await home.write(csv(person(1)), name);
  const host = await home.start();
  await host.setReadOnly('CSV', true);
  const change = { AzureObjectID: 'new', UserName: 'new@contoso.example' };
  expect((await caller(host, 'CSV').create(change)).status).toBe(403);
  expect((await caller(host, 'Other').create(change)).status).toBe(201);
  await expect(host.setReadOnly('csv', true)).rejects.toMatchObject({ code: 'HOST_CONNECTOR_UNKNOWN' });
});

test('a write on its way ends as it does, those that wait are refused, and the switch waits for that', async () => {
  const { target, host, scim } = await fixtureHost();
  const put = gate();
  target.onPut = () => put.opened;
  const first = scim.create({ id: 'a' });
  await until(() => expect(target.batches).toHaveLength(1));
  const waiting = ['b', 'c'].map((each) => scim.create({ id: each }));
  await until(() => expect(host.connectors[0]?.waitingWrites).toBe(2));
  let switched = false;
  const switching = host.setReadOnly('fixture', true).then(() => {
    switched = true;
  });
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([403, 403]);
  expect(switched).toBe(false);
  put.open();
  expect((await first).status).toBe(201);
  await switching;
  expect([...target.objects.keys()]).toEqual(['a']);
});

test.each([
  ['no JSON', '{"version": 1, "host": fal'],
  ['another version', '{"version": 2, "host": false, "connectors": []}'],
  ['another form', '{"version": 1, "host": "no", "connectors": ["fixture", 7]}'],
])('a file that is %s means that nothing is written, until the switch is set anew', async (_, content) => {
  const { target, home, host } = await fixtureHost();
  await host.close();
  const file = join(home.folder, 'read-only.json');
  await writeFile(file, content);
  const again = await home.start();
  const scim = caller(again, 'fixture');
  expect(again.connectors[0]?.readOnly).toBe('unreadable');
  const refused = await scim.create({ id: 'a' });
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('cannot be read')]);
  // A connector's own switch does not say what the others were.
  await again.setReadOnly('fixture', false);
  expect(again.connectors[0]?.readOnly).toBe('host');
  await again.setReadOnly(undefined, false);
  expect((await scim.create({ id: 'a' })).status).toBe(201);
  expect(target.batches).toHaveLength(1);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 1, host: false, connectors: [] });
});

test('switches that are set at the same time are all kept', async () => {
  const { home, host } = await fixtureHost();
  await Promise.all([
    host.setReadOnly('fixture', true),
    host.setReadOnly(undefined, true),
    host.setReadOnly(undefined, false),
  ]);
  expect(JSON.parse(await readFile(join(home.folder, 'read-only.json'), 'utf8'))).toMatchObject({
    host: false,
    connectors: ['fixture'],
  });
});

test('nothing that waits is sent while the switch is on its way to the disk', async () => {
  const { target, host, scim } = await fixtureHost({ traits: { batchSize: 1 } });
  const slow = gate();
  target.onPut = () => slow.opened;
  const writes = ['a', 'b', 'c', 'd'].map((id) => scim.create({ id }));
  await until(() => expect([target.batches.length, host.connectors[0]?.waitingWrites]).toEqual([1, 3]));
  const set = host.setReadOnly(undefined, true);
  slow.open();
  await set;
  expect((await Promise.all(writes)).map(({ status }) => status).sort()).toEqual([201, 403, 403, 403]);
  expect(target.batches).toHaveLength(1);
});
