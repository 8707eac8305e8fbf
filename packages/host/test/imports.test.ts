import { expect, test } from 'vitest';
import { type ScimCaller, URN } from './support/caller.ts';
import { FixtureTarget, fixtureConnector } from './support/fixture-connector.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller, csv, person, TestHome } from './support/home.ts';
import { until } from './support/until.ts';

const SENTENCE = 'The ECMA host is currently importing data from the target application';

async function total(scim: ScimCaller): Promise<number> {
  return (await scim.get('/Users?count=0')).body.totalResults;
}

test('H-29 H-30 the start runs a full import, and until the first one is done nothing is answered as not found', async () => {
  const target = new FixtureTarget();
  const page = gate();
  target.put('a', { userName: 'ann' });
  target.onImportPage = () => page.opened;
  const home = await TestHome.create({ kinds: [target.kind], connectors: [fixtureConnector()] });
  const host = await home.start({ settled: false });
  const scim = caller(host, 'fixture');
  for (const answer of [
    await scim.find('userName eq "ann"'),
    await scim.get('/Users/x'),
    await scim.create({ id: 'b' }),
    await scim.get('/cache'),
    await scim.delete('x'),
  ]) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.body.detail).toContain(SENTENCE);
  }
  expect((await scim.get('/Schemas')).status).toBe(200);
  expect(target.batches).toEqual([]);
  page.open();
  await host.settled('fixture');
  expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
});

test('content from before the selection was changed answers nothing and is written nowhere until an import has read what was added', async () => {
  const { target, home, host } = await fixtureHost(
    { traits: { exportType: 'ObjectReplace' } },
    { attributes: [{ name: 'id' }, { name: 'userName' }] },
    { prepare: (made) => made.put('a', { userName: 'ann', title: 'Pilot' }) },
  );
  await host.close();
  await home.configure(fixtureConnector({ attributes: [{ name: 'id' }, { name: 'userName' }, { name: 'title' }] }));
  const page = gate();
  target.onImportPage = () => page.opened;
  const again = await home.start({ settled: false });
  const scim = caller(again, 'fixture');
  const id = Buffer.from('Sa').toString('base64url');
  expect((await scim.find('userName eq "ann"')).status).toBe(503);
  expect((await scim.set(id, 'userName', 'anna')).status).toBe(503);
  page.open();
  await again.settled('fixture');
  expect((await scim.set(id, 'userName', 'anna')).body[URN]).toEqual({ id: 'a', userName: 'anna', title: 'Pilot' });
  expect(target.value('a', 'title')).toEqual(['Pilot']);
});

test('H-33 without an import a match query finds nobody and a POST becomes an Add', async () => {
  const { target, scim } = await fixtureHost({ without: ['fullImport'] });
  expect((await scim.find('userName eq "ann"')).body).toMatchObject({ totalResults: 0 });
  expect((await scim.create({ id: 'a', userName: 'ann' })).status).toBe(201);
  expect(target.batches[0]?.[0]?.objectModificationType).toBe('Add');
  expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
});

test('H-34 an import that fails half-way leaves the content and is in the history', async () => {
  const { target, host, scim } = await fixtureHost(
    {},
    { pageSize: 2 },
    {
      prepare: (made) => {
        for (const id of ['a', 'b', 'c', 'd']) made.put(id);
      },
    },
  );
  target.objects.clear();
  for (const id of ['e', 'f', 'g', 'h']) target.put(id);
  target.onImportPage = (page) => {
    if (page === 2) throw new Error('connection lost');
  };
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'failed' });
  expect(target.closed).toContain('import Unknown');
  expect(
    (await scim.get('/Users')).body.Resources.map((each: Record<string, { id: string }>) => each[URN]?.id),
  ).toEqual(['a', 'b', 'c', 'd']);
  const history = await host.history('fixture', 5, AbortSignal.timeout(5_000));
  expect(history.map(({ outcome, adds }) => [outcome, adds])).toEqual([
    ['failed', 2],
    ['finished', 4],
  ]);
  target.onImportPage = () => {};
});

test('H-35 text for a Boolean and a number is taken by type, without a DN', async () => {
  const { scim } = await fixtureHost(
    {},
    {},
    { prepare: (target) => target.put('a', { enabled: 'False', number: '10001' }) },
  );
  expect((await scim.get('/Users')).body.Resources[0][URN]).toMatchObject({ enabled: false, number: 10_001 });
});

test('H-36 one page without more to come is the whole import', async () => {
  const { target, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a') });
  expect(target.closed).toEqual(['import Normal']);
  expect(await total(scim)).toBe(1);
});

test('H-37 an object with an error is reported, the others are taken over, and nobody is lost by it', async () => {
  const { target, host, scim } = await fixtureHost(
    {},
    {},
    {
      prepare: (made) => {
        for (const id of ['a', 'b', 'c']) made.put(id, { number: 1n });
      },
    },
  );
  target.objects.delete('b');
  target.put('c', { number: 2n });
  target.extraEntries = [
    {
      identifier: 'x',
      objectType: 'user',
      objectModificationType: 'Add',
      anchorAttributes: [{ name: 'id', value: 'b' }],
      attributeChanges: [],
      errorCodeImport: 'ImportErrorCustomContinueRun',
      errorDetail: 'locked record',
    },
  ];
  const report = await host.run('fixture', 'full');
  expect(report).toMatchObject({ outcome: 'finishedWithErrors', failed: 1, updates: 1, deletes: 0 });
  expect(report.errors).toEqual([{ object: 'user id b', code: 'CONNECTOR_ENTRY_INVALID', detail: 'locked record' }]);
  expect(await total(scim)).toBe(3);
});

test('while an object cannot be told apart nobody is taken for deleted', async () => {
  const { target, host, scim } = await fixtureHost(
    {},
    {},
    {
      prepare: (made) => {
        for (const id of ['a', 'b', 'c']) made.put(id);
      },
    },
  );
  target.objects.delete('b');
  target.extraEntries = [
    { identifier: 'x', objectType: 'user', objectModificationType: 'Add', anchorAttributes: [], attributeChanges: [] },
  ];
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finishedWithErrors', failed: 1, deletes: 0 });
  expect(await total(scim)).toBe(3);
});

test('two objects of one anchor: the first is taken, the second reported', async () => {
  const { host } = await fixtureHost(
    {},
    {},
    {
      prepare: (target) => {
        target.put('a', { userName: 'first' });
        target.extraEntries = [
          {
            identifier: 'x',
            objectType: 'user',
            objectModificationType: 'Add',
            anchorAttributes: [{ name: 'id', value: 'a' }],
            attributeChanges: [],
          },
        ];
      },
    },
  );
  expect(host.connectors[0]?.lastImport).toMatchObject({
    adds: 1,
    failed: 1,
    errors: [{ code: 'HOST_IMPORT_DUPLICATE' }],
  });
});

test('H-38 an empty cache is at most nine characters long, a filled one is a JSON array of the resources', async () => {
  const { target, host, scim } = await fixtureHost();
  expect((await scim.get('/cache')).text).toBe('[]');
  for (let number = 0; number < 1_201; number += 1) target.put(`id-${number}`);
  await host.run('fixture', 'full');
  const { body, headers } = await scim.get('/cache');
  expect(headers.get('content-type')).toContain('application/json');
  expect(body).toHaveLength(1_201);
  expect(body[0][URN]).toEqual({ id: 'id-0' });
});

test('an import after a selected column is gone from the file is not taken over', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  await home.write('AzureObjectID;IsActive\nid-1;True\n');
  const report = await host.run('CSV', 'full');
  expect(report.outcome).toBe('failed');
  expect(await total(scim)).toBe(1);
});

test('a repeated import without a change writes nothing and keeps versions and order', async () => {
  const { host, scim } = await fixtureHost(
    {},
    {},
    {
      prepare: (made) => {
        for (const id of ['a', 'b', 'c']) made.put(id);
      },
    },
  );
  const before = (await scim.get('/Users')).text;
  expect(await host.run('fixture', 'full')).toMatchObject({ adds: 0, updates: 0, deletes: 0, unchanged: 3 });
  expect((await scim.get('/Users')).text).toBe(before);
});

test('what is exported while an import runs is neither reverted nor deleted by it', async () => {
  const { target, host, scim } = await fixtureHost(
    {},
    { pageSize: 1 },
    {
      prepare: (made) => {
        for (const id of ['a', 'b', 'c']) made.put(id, { title: 'old' });
      },
    },
  );
  const ids = new Map<string, string>();
  for (const each of (await scim.get('/Users')).body.Resources) ids.set(each[URN].id, each.id);
  const page = gate();
  // The import has read all three as they are now before its first page arrives.
  target.onImportPage = () => page.opened;
  const running = host.run('fixture', 'full');
  await until(() => expect(target.imports).toBe(2));
  expect((await scim.set(ids.get('a') ?? '', 'title', 'new')).status).toBe(200);
  expect((await scim.delete(ids.get('b') ?? '')).status).toBe(204);
  expect((await scim.create({ id: 'd', title: 'new' })).status).toBe(201);
  page.open();
  expect(await running).toMatchObject({ outcome: 'finished', deletes: 0 });
  const after = (await scim.get('/Users')).body.Resources.map((each: Record<string, { id: string; title: string }>) => [
    each[URN]?.id,
    each[URN]?.title,
  ]);
  expect(after).toEqual([
    ['a', 'new'],
    ['c', 'old'],
    ['d', 'new'],
  ]);
  expect(await total(scim)).toBe(3);
});
