import { type Logger, ManualClock, silentLogger } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { until } from './support/until.ts';

/** A target that takes no writes while it is read, one page an object. */
const alone = { traits: { exportDuringImport: false } } as const;

function logTo(lines: string[]): Logger {
  const note = (_fields: unknown, message: string): void => void lines.push(message);
  const logger: Logger = { ...silentLogger, info: note, child: () => logger };
  return logger;
}

test('writes that wait for an import go between two of its pages, and the import then goes on', async () => {
  const lines: string[] = [];
  const { target, host, scim } = await fixtureHost(
    alone,
    { pageSize: 1 },
    {
      logger: logTo(lines),
      prepare: (made) => {
        for (const id of ['a', 'b', 'c']) made.put(id, { title: 'old' });
      },
    },
  );
  const order: string[] = [];
  const [first, second] = [gate(), gate()];
  target.onImportPage = (page) => {
    order.push(`page ${page}`);
    return page === 1 ? first.opened : page === 2 ? second.opened : undefined;
  };
  target.onPut = (entries) => void order.push(`write of ${entries.length}`);
  const running = host.run('fixture', 'full');
  await until(() => expect(order).toEqual(['page 1']));
  const writes = [scim.create({ id: 'd' }), scim.create({ id: 'e' })];
  await until(() => expect(host.connectors[0]?.waitingWrites).toBe(2));
  first.open();
  expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([201, 201]);
  await until(() => expect(order).toEqual(['page 1', 'write of 2', 'page 2']));
  second.open();
  expect(await running).toMatchObject({ outcome: 'finished', unchanged: 3, deletes: 0 });
  expect(order).toEqual(['page 1', 'write of 2', 'page 2', 'page 3']);
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(5);
  expect(lines).toContain('full import: pauses for 2 writes, because the target takes none beside it');
});

test('all writes that wait go in one pause, also two of one person with somebody else behind them', async () => {
  const { target, host, scim } = await fixtureHost(
    alone,
    { pageSize: 1 },
    { prepare: (made) => void ['a', 'b'].map((id) => made.put(id, { title: 'old' })) },
  );
  const [first, second] = [gate(), gate()];
  target.onImportPage = (page) => (page === 1 ? first.opened : second.opened);
  const before = target.imports;
  const running = host.run('fixture', 'full');
  await until(() => expect(target.imports).toBe(before + 1));
  const id = Buffer.from('Sa').toString('base64url');
  const writes = [scim.set(id, 'title', 'one'), scim.set(id, 'title', 'two'), scim.create({ id: 'z' })];
  await until(() => expect(host.connectors[0]?.waitingWrites).toBe(3));
  first.open();
  // While the second page is still awaited.
  expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([200, 200, 201]);
  expect(target.batches.flat()).toHaveLength(3);
  second.open();
  expect(await running).toMatchObject({ outcome: 'finished', deletes: 0 });
});

test('a write whose turn does not come in time is refused, was not sent, and its caller is told when to come back', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost(alone, {}, { clock, prepare: (made) => made.put('a') });
  const page = gate();
  target.onImportPage = () => page.opened;
  const running = host.run('fixture', 'full');
  await until(() => expect(target.imports).toBe(2));
  const write = scim.create({ id: 'b' });
  await until(() => expect(host.connectors[0]?.waitingWrites).toBe(1));
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(1);
  clock.advance(10_000);
  const refused = await write;
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
  expect(refused.body.detail).toContain('takes no writes while an import reads it');
  expect(host.connectors[0]?.waitingWrites).toBe(0);
  page.open();
  await running;
  expect(target.batches).toEqual([]);
  expect((await scim.create({ id: 'b' })).status).toBe(201);
});

test('a stream of writes does not keep such an import from ending', async () => {
  const { target, host, scim } = await fixtureHost(
    { traits: { exportDuringImport: false, batchSize: 1 } },
    { pageSize: 1 },
    {
      prepare: (made) => {
        for (let number = 0; number < 20; number += 1) made.put(`old-${number}`);
      },
    },
  );
  let running = true;
  const statuses: number[] = [];
  const writer = async (name: string): Promise<void> => {
    for (let number = 0; running; number += 1) statuses.push((await scim.create({ id: `${name}-${number}` })).status);
  };
  const writers = ['a', 'b', 'c', 'd'].map(writer);
  await until(() => expect(statuses.length).toBeGreaterThan(4));
  const report = await host.run('fixture', 'full').finally(() => {
    running = false;
  });
  await Promise.all(writers);
  expect(report).toMatchObject({ outcome: 'finished', deletes: 0 });
  expect(new Set(statuses)).toEqual(new Set([201]));
  expect(target.objects.size).toBe(20 + statuses.length);
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(target.objects.size);
});

test('a target that takes writes beside an import gets them at once', async () => {
  const { target, host, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a') });
  const page = gate();
  target.onImportPage = () => page.opened;
  const running = host.run('fixture', 'full');
  await until(() => expect(target.imports).toBe(2));
  expect((await scim.create({ id: 'b' })).status).toBe(201);
  page.open();
  expect(await running).toMatchObject({ outcome: 'finished', deletes: 0 });
});

test.each([
  ['changed', { title: 'new', userName: 'v' }],
  ['deleted', undefined],
] as const)(
  'what a delta tells of an object that is written meanwhile is told again by the next one: %s',
  async (_, after) => {
    const { target, host, scim } = await fixtureHost(
      { delta: true },
      { runProfiles: { delta: {} } },
      { prepare: (fixture) => fixture.put('ann', { title: 'old' }) },
    );
    const ann = Buffer.from('Sann').toString('base64url');
    const entry = { identifier: 'change', objectType: 'user', anchorAttributes: [{ name: 'id', value: 'ann' }] };
    target.changes.push(
      after === undefined
        ? { ...entry, objectModificationType: 'Delete', attributeChanges: [] }
        : {
            ...entry,
            objectModificationType: 'Update',
            attributeChanges: [
              { name: 'title', modificationType: 'Replace', valueChanges: [{ value: 'new', modificationType: 'Add' }] },
            ],
          },
    );
    const slow = gate();
    target.onImportPage = () => slow.opened;
    const delta = host.run('fixture', 'delta');
    await until(() => expect(target.deltas).toHaveLength(1));
    expect((await scim.set(ann, 'userName', 'v')).status).toBe(200);
    slow.open();
    expect(await delta).toMatchObject({ outcome: 'finished', watermark: '0' });
    await host.run('fixture', 'delta');
    expect(target.deltas).toEqual(['0', '0']);
    const answer = await scim.get(`/Users/${ann}`);
    if (after === undefined) expect(answer.status).toBe(404);
    else expect(answer.body[URN]).toMatchObject(after);
    await host.run('fixture', 'delta');
    await host.run('fixture', 'delta');
    expect(target.deltas.at(-1)).toBe('1');
  },
);
