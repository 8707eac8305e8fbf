import { ManualClock } from '@joinery/runtime';
import { expect, test, vi } from 'vitest';
import { dueProfile } from '../src/runs/due.ts';
import { FixtureTarget, fixtureConnector } from './support/fixture-connector.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller, TestHome } from './support/home.ts';
import { until } from './support/until.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function total(scim: ReturnType<typeof caller>): Promise<number> {
  return (await scim.get('/Users?count=0')).body.totalResults;
}

/** Resolves when no import runs any more. */
async function ends(host: { settled(name: string): Promise<void> }): Promise<void> {
  await host.settled('fixture');
}

test('a start with content that is younger than the timer serves it and asks the target nothing, also while it is down', async () => {
  const clock = new ManualClock(Date.now());
  const { target, home, host } = await fixtureHost(
    {},
    {},
    { clock, prepare: (made) => made.put('a', { userName: 'ann' }) },
  );
  await host.close();
  clock.advance(119 * MINUTE);
  target.onOpenImport = () => {
    throw new Error('connection refused');
  };
  const again = await home.start();
  expect((await caller(again, 'fixture').find('userName eq "ann"')).body.totalResults).toBe(1);
  expect(again.connectors[0]).toMatchObject({
    state: 'serving',
    lastImport: { outcome: 'finished' },
    running: undefined,
  });
  expect(target.imports).toBe(1);
  // The timer goes on where it was: a minute is left of it.
  clock.advance(MINUTE);
  await until(() => expect(target.imports).toBe(2));
  await ends(again);
  expect((await caller(again, 'fixture').find('userName eq "ann"')).body.totalResults).toBe(1);
});

test('H-29 a start with content that is older than the timer runs a full import, and the old content answers meanwhile', async () => {
  const clock = new ManualClock(Date.now());
  const { target, home, host } = await fixtureHost(
    { delta: true },
    { runProfiles: { delta: {} } },
    { clock, prepare: (made) => made.put('a') },
  );
  await host.close();
  clock.advance(120 * MINUTE);
  target.put('b');
  const page = gate();
  target.onImportPage = () => page.opened;
  const again = await home.start({ settled: false });
  const scim = caller(again, 'fixture');
  expect(await total(scim)).toBe(1);
  expect(again.connectors[0]?.running).toMatchObject({
    kind: 'fullImport',
    why: expect.stringContaining('its content is old'),
  });
  page.open();
  await ends(again);
  expect(await total(scim)).toBe(2);
  expect(target.deltas).toEqual([]);
});

test('a start with writes in doubt that only an import can decide runs one, however young the content', async () => {
  const { target, home, host, scim } = await fixtureHost({ without: ['lookup'] });
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a', userName: 'ann' })).status).toBe(503);
  await host.close();
  target.afterPut = () => {};
  const again = await home.start();
  expect(target.imports).toBe(2);
  expect(again.connectors[0]?.inDoubt).toEqual([]);
  expect((await caller(again, 'fixture').find('userName eq "ann"')).body.totalResults).toBe(1);
});

test('H-31 when the timer is over an import runs while the previous content answers', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost(
    {},
    { autosyncMinutes: 120 },
    { clock, prepare: (made) => made.put('a') },
  );
  const page = gate();
  target.onImportPage = () => page.opened;
  target.put('b');
  clock.advance(119 * MINUTE);
  expect(target.imports).toBe(1);
  clock.advance(MINUTE);
  await until(() => expect(target.imports).toBe(2));
  expect(await total(scim)).toBe(1);
  page.open();
  await ends(host);
  expect(await total(scim)).toBe(2);
  expect(host.connectors[0]?.lastImport?.why).toBe('the timer of 120 minutes');
});

test('H-32 with a delta profile the timer brings deltas, and the whole target once a day', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host } = await fixtureHost(
    { delta: true },
    { autosyncMinutes: 120, runProfiles: { delta: {} } },
    { clock },
  );
  const kinds: (string | undefined)[] = [];
  for (let run = 0; run < 13; run += 1) {
    const { length } = target.deltas;
    const { imports } = target;
    clock.advance(120 * MINUTE);
    await until(() => expect(target.deltas.length + target.imports).toBe(length + imports + 1));
    await ends(host);
    kinds.push(host.connectors[0]?.lastImport?.kind);
  }
  expect(kinds).toEqual([...Array.from({ length: 11 }, () => 'deltaImport'), 'fullImport', 'deltaImport']);
});

test('which import the timer runs: deltas where they can be, the whole target where they cannot or where a day is over', () => {
  const can = { deltaImport: vi.fn() };
  const delta = { delta: {} };
  const known = { known: true, fullAt: 0 };
  expect(dueProfile({}, delta, known, HOUR)).toBe('full');
  expect(dueProfile(can, {}, known, HOUR)).toBe('full');
  expect(dueProfile(can, delta, known, HOUR)).toBe('delta');
  expect(dueProfile(can, delta, { ...known, known: false }, HOUR)).toBe('full');
  expect(dueProfile(can, delta, { known: true, fullAt: null }, HOUR)).toBe('full');
  expect(dueProfile(can, delta, known, 24 * HOUR)).toBe('full');
  expect(dueProfile(can, delta, known, -HOUR)).toBe('full');
  expect(dueProfile(can, { ...delta, fullThenDelta: {} }, known, 24 * HOUR)).toBe('fullThenDelta');
  expect(dueProfile({}, { ...delta, fullThenDelta: {} }, known, 24 * HOUR)).toBe('full');
});

test('after a delta that met an object which is not known the timer brings the whole target', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host } = await fixtureHost(
    { delta: true },
    { autosyncMinutes: 120, runProfiles: { delta: {} } },
    { clock },
  );
  target.changes.push({
    identifier: 'x',
    objectType: 'user',
    objectModificationType: 'Update',
    anchorAttributes: [{ name: 'id', value: 'x' }],
    attributeChanges: [],
  });
  expect(await host.run('fixture', 'delta')).toMatchObject({ failed: 1 });
  clock.advance(120 * MINUTE);
  await until(() => expect(target.imports).toBe(2));
});

test('with a write in doubt the timer brings the whole target, because changes do not decide it', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost(
    { delta: true, without: ['lookup'] },
    { autosyncMinutes: 120, runProfiles: { delta: {} } },
    { clock },
  );
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a', userName: 'ann' })).status).toBe(503);
  expect(await host.run('fixture', 'delta')).toMatchObject({ kind: 'deltaImport', outcome: 'finished' });
  expect((await scim.find('userName eq "ann"')).status).toBe(503);
  clock.advance(120 * MINUTE);
  await until(() => expect(target.imports).toBe(2));
  await ends(host);
  expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
});

test('a cron expression says when: at its minutes and not at others, and what was missed comes with the start', async () => {
  const clock = new ManualClock(new Date(2026, 0, 1, 12, 30).getTime());
  const { target, home, host } = await fixtureHost({}, { schedule: '0 * * * *', autosyncMinutes: 1 }, { clock });
  clock.advance(29 * MINUTE);
  expect(target.imports).toBe(1);
  clock.advance(MINUTE);
  await until(() => expect(target.imports).toBe(2));
  await ends(host);
  expect(host.connectors[0]?.lastImport?.why).toBe('the schedule "0 * * * *"');
  await host.close();
  clock.advance(59 * MINUTE);
  await (await home.start()).close();
  expect(target.imports).toBe(2);
  clock.advance(2 * MINUTE);
  await home.start();
  expect(target.imports).toBe(3);
});

test('on demand nothing is imported by itself but the first time', async () => {
  const clock = new ManualClock(Date.now());
  const { target, home, host } = await fixtureHost({}, { autosyncMinutes: 0 }, { clock });
  clock.advance(5 * HOUR);
  await host.close();
  const again = await home.start();
  expect(target.imports).toBe(1);
  expect(await again.run('fixture', 'full')).toMatchObject({ outcome: 'finished', why: 'somebody asked for it' });
});

test('a first import that fails is tried again with growing waits, and nothing is answered until one succeeds', async () => {
  const clock = new ManualClock(Date.now());
  const target = new FixtureTarget();
  target.put('a');
  target.onOpenImport = () => {
    throw new Error('connection refused');
  };
  const home = await TestHome.create({ kinds: [target.kind], connectors: [fixtureConnector()], clock });
  const host = await home.start();
  const scim = caller(host, 'fixture');
  for (const [imports, seconds] of [
    [1, 30],
    [2, 60],
    [3, 120],
  ] as const) {
    expect(target.imports).toBe(imports);
    expect((await scim.get('/Users')).body.detail).toContain('The last attempt failed');
    clock.advance(seconds * 1000 - 1);
    expect(target.imports).toBe(imports);
    clock.advance(1);
    await until(() => expect(target.imports).toBe(imports + 1));
    await ends(host);
  }
  target.onOpenImport = () => {};
  clock.advance(240_000);
  await until(() => expect(target.imports).toBe(5));
  await ends(host);
  expect(await total(scim)).toBe(1);
});

test('a clock that is set back puts the next import off no longer than the timer says', async () => {
  const clock = new ManualClock(Date.now());
  const { target, home, host } = await fixtureHost({}, { autosyncMinutes: 120 }, { clock });
  clock.advance(3 * HOUR);
  await until(() => expect(target.imports).toBe(2));
  await host.close();
  clock.advance(-2.5 * HOUR);
  await home.start();
  expect(target.imports).toBe(2);
  clock.advance(120 * MINUTE);
  await until(() => expect(target.imports).toBe(3));
});

test('two runs that are asked for at once follow one another', async () => {
  const { target, host } = await fixtureHost();
  const page = gate();
  target.onImportPage = () => page.opened;
  const runs = [host.run('fixture', 'full'), host.run('fixture', 'full')];
  await until(() => expect(target.imports).toBe(2));
  page.open();
  const [first, second] = await Promise.all(runs);
  expect(target.imports).toBe(3);
  expect(second?.startedAt).toBeGreaterThanOrEqual(first?.endedAt ?? Number.NaN);
});
