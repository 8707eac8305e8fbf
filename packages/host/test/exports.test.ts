import type { Host } from '@joinery/host';
import { ManualClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { type Answer, URN } from './support/caller.ts';
import { FIXTURE_SELECTION } from './support/fixture-connector.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller } from './support/home.ts';
import { until } from './support/until.ts';

function id(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

const anchorsOf = (batches: readonly (readonly { anchorAttributes: readonly { value: unknown }[] }[])[]): unknown[][] =>
  batches.map((batch) => batch.map(({ anchorAttributes }) => anchorAttributes[0]?.value));

test('an idle target gets a write at once; writes that gather meanwhile go together, each with its own answer', async () => {
  const { target, host, scim } = await fixtureHost();
  const first = gate();
  target.onPut = () => first.opened;
  target.resultOf = ({ identifier, anchorAttributes }) =>
    anchorAttributes[0]?.value === 'bad'
      ? { identifier, errorCode: 'ExportErrorInvalidAttributeValue', errorDetail: 'no' }
      : undefined;
  const answers = [scim.create({ id: 'a' })];
  await until(() => expect(target.batches).toHaveLength(1));
  for (const anchor of ['b', 'bad', 'c']) answers.push(scim.create({ id: anchor }));
  await waiting(host, answers.length - 1);
  first.open();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([201, 201, 400, 201]);
  expect(anchorsOf(target.batches).map((batch) => batch.sort())).toEqual([['a'], ['b', 'bad', 'c']]);
});

test('a connector that takes one entry at a time gets one at a time', async () => {
  const { target, scim } = await fixtureHost({ traits: { batchSize: 1 } });
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((anchor) => scim.create({ id: anchor })));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(target.batches.map((batch) => batch.length)).toEqual([1, 1, 1, 1]);
});

test('writes that touch each other never share a batch: one object, one unique value, a DN and its parent', async () => {
  const attributes = [...FIXTURE_SELECTION, { name: '-dn-' }];
  const { target, host, scim } = await fixtureHost(
    {},
    { attributes, queryAttribute: 'userName', dn: '-dn-' },
    { prepare: (made) => made.put('x', { title: 'old' }) },
  );
  const first = gate();
  target.onPut = () => first.opened;
  const answers = [scim.create({ id: 'first' })];
  await until(() => expect(target.batches).toHaveLength(1));
  const submit = async (write: Promise<Answer>): Promise<void> => {
    answers.push(write);
    await waiting(host, answers.length - 1);
  };
  await submit(scim.set(id('x'), 'title', 'one'));
  await submit(scim.set(id('x'), 'number', 2));
  await submit(scim.create({ id: 'ou', '-dn-': 'OU=new,DC=lab' }));
  await submit(scim.create({ id: 'child', '-dn-': 'CN=child,OU=new,DC=lab' }));
  await submit(scim.create({ id: 'p', userName: 'same' }));
  await submit(scim.create({ id: 'q', userName: 'SAME' }));
  first.open();
  await Promise.all(answers);
  for (const [one, other] of [
    ['x', 'x'],
    ['ou', 'child'],
    ['p', 'q'],
  ]) {
    for (const batch of anchorsOf(target.batches))
      expect(batch.filter((anchor) => anchor === one || anchor === other).length).toBeLessThan(2);
  }
  const order = anchorsOf(target.batches).flat();
  expect(order.indexOf('ou')).toBeLessThan(order.indexOf('child'));
  expect(target.value('x', 'title')).toEqual(['one']);
  expect(target.value('x', 'number')).toEqual([2n]);
});

test('a whole-object export is computed after its predecessor: two changes of one object both survive', async () => {
  const { target, scim } = await fixtureHost(
    { traits: { exportType: 'ObjectReplace' } },
    {},
    { prepare: (made) => made.put('x', { title: 'old' }) },
  );
  await Promise.all([
    scim.set(id('x'), 'title', 'new'),
    scim.set(id('x'), 'userName', 'ann'),
    scim.set(id('x'), 'number', 3),
  ]);
  expect([target.value('x', 'title'), target.value('x', 'userName'), target.value('x', 'number')]).toEqual([
    ['new'],
    ['ann'],
    [3n],
  ]);
});

test('a batch that fails is asked about one by one: what happened counts, what did not is tried alone', async () => {
  const { target, host, scim } = await fixtureHost();
  const first = gate();
  target.onPut = () => first.opened;
  const answers = [scim.create({ id: 'a' })];
  await until(() => expect(target.batches).toHaveLength(1));
  for (const anchor of ['b', 'c', 'd']) answers.push(scim.create({ id: anchor }));
  await waiting(host, answers.length - 1);
  target.onPut = (entries) => {
    if (entries.length > 1) throw new Error('connection lost');
  };
  // One of the three had reached the target before the connection was lost.
  first.open();
  await answers[0];
  target.put('c');
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect([...target.objects.keys()].sort()).toEqual(['a', 'b', 'c', 'd']);
  const tries = target.batches
    .slice(1)
    .flat()
    .map((entry) => entry.anchorAttributes[0]?.value);
  expect(tries.filter((anchor) => anchor === 'b')).toHaveLength(2);
});

test('a write whose outcome is unknown is answered 503, and so is every question about its object, until a look-up decides', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost({}, {}, { clock });
  const never = gate();
  target.afterPut = () => never.opened;
  target.onLookup = () => {
    throw new Error('unreachable too');
  };
  const lost = scim.create({ id: 'a', userName: 'ann' });
  await until(() => expect(target.batches).toHaveLength(1));
  clock.advance(25_000);
  // The target still holds the call when the host wants to ask it, so the look-up is not tried before its own time is over.
  await until(() => {
    clock.advance(5_000);
    expect(host.connectors[0]?.inDoubt).toHaveLength(1);
  });
  expect((await lost).status).toBe(503);
  for (const answer of [
    await scim.find('userName eq "ANN"'),
    await scim.get(`/Users/${id('a')}`),
    await scim.create({ id: 'a' }),
    await scim.create({ id: 'other', userName: 'ann' }),
    await scim.find('userName eq "ann" and number eq 1'),
  ]) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).not.toBeNull();
  }
  expect((await scim.find('userName eq "bob"')).body.totalResults).toBe(0);
  expect(host.connectors[0]?.inDoubt).toMatchObject([{ state: 'inDoubt', id: id('a'), passwordPending: false }]);
  never.open();
  target.onLookup = () => {};
  await until(async () => {
    clock.advance(5_000);
    expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
  });
  expect(target.batches.flat()).toHaveLength(1);
  expect(host.connectors[0]?.inDoubt).toEqual([]);
});

test('without a look-up a finished full import decides', async () => {
  const { target, host, scim } = await fixtureHost({ without: ['lookup'] });
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a', userName: 'ann' })).status).toBe(503);
  expect((await scim.find('userName eq "ann"')).status).toBe(503);
  await host.run('fixture', 'full');
  expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
});

test('an import that was open before the write became doubtful does not decide it', async () => {
  const { target, host, scim } = await fixtureHost({ without: ['lookup'] });
  const page = gate();
  target.onImportPage = () => page.opened;
  const running = host.run('fixture', 'full');
  await until(() => expect(target.imports).toBe(2));
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a', userName: 'ann' })).status).toBe(503);
  page.open();
  await running;
  expect((await scim.find('userName eq "ann"')).status).toBe(503);
  await host.run('fixture', 'full');
  expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
});

test('with neither look-up nor import the write stays uncertain, through a restart, until a person decides', async () => {
  const { target, home, host, scim } = await fixtureHost({ without: ['lookup', 'fullImport'] });
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a', userName: 'ann' })).status).toBe(503);
  await host.close();
  const again = await home.start();
  const later = caller(again, 'fixture');
  const [doubt] = again.connectors[0]?.inDoubt ?? [];
  expect(doubt?.state).toBe('uncertain');
  expect((await later.create({ id: 'a' })).status).toBe(503);
  expect(target.batches.flat()).toHaveLength(1);
  await again.forgetDoubt('fixture', doubt?.identifier ?? '');
  expect((await later.find('userName eq "ann"')).body.totalResults).toBe(0);
});

test('a run that could not be opened sent nothing: the caller hears why and nothing is in doubt', async () => {
  const { target, host, scim } = await fixtureHost({ without: ['export'] });
  const answer = await scim.create({ id: 'a' });
  expect(answer.status).toBe(501);
  expect(host.connectors[0]?.inDoubt).toEqual([]);
  expect((await scim.find('id eq "x"')).status).toBe(200);
  expect(target.batches).toEqual([]);
});

test('closing lets a write on its way end, and the next start knows it', async () => {
  const { target, home, host, scim } = await fixtureHost();
  const slow = gate();
  target.onPut = () => slow.opened;
  const write = scim.create({ id: 'a', userName: 'ann' });
  await until(() => expect(target.batches).toHaveLength(1));
  const closing = host.close();
  slow.open();
  expect((await write).status).toBe(201);
  await closing;
  const again = await home.start();
  const found = await caller(again, 'fixture').find('userName eq "ann"');
  expect(found.body.Resources[0][URN].id).toBe('a');
  expect(target.closed).toContain('connector');
});

/** Waits until so many writes wait in the host's queue. */
async function waiting(host: Host, writes: number): Promise<void> {
  await until(() => expect(host.connectors[0]?.waitingWrites).toBe(writes));
}
