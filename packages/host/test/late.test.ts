import { ManualClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { until } from './support/until.ts';

/* Connectors that do not listen to the signal and come back when nobody waits for them any more. */

test('a page that comes after the time of its import is over enters no later import', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost({}, {}, { clock, prepare: (made) => made.put('a') });
  const late = gate();
  target.onImportPage = () => late.opened;
  target.put('gone');
  const first = host.run('fixture', 'full');
  await until(() => expect(target.imports).toBe(2));
  clock.advance(240 * 60_000);
  expect(await first).toMatchObject({ outcome: 'failed', problem: { code: 'RUNTIME_DEADLINE' } });
  // The next import is open, and has not read anything yet, when the first one comes back with what stood in the target then.
  target.objects.delete('gone');
  const page = gate();
  target.onImportPage = () => page.opened;
  const second = host.run('fixture', 'full');
  await until(() => expect(target.imports).toBe(3));
  late.open();
  await until(() => expect(target.closed).toContain('import TerminatedByUser'));
  page.open();
  expect(await second).toMatchObject({ outcome: 'finished', adds: 0, unchanged: 1 });
  expect((await scim.get('/Users')).body.totalResults).toBe(1);
});

test('a run whose call came back late is closed once', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost({}, {}, { clock });
  const late = gate();
  target.onPut = () => late.opened;
  const write = scim.create({ id: 'a' });
  await until(() => expect(target.batches).toHaveLength(1));
  clock.advance(25_000);
  late.open();
  expect((await write).status).toBe(201);
  await until(() => expect(target.closed.filter((each) => each.startsWith('export'))).toEqual(['export Unknown']));
  expect(host.connectors[0]?.inDoubt).toEqual([]);
});
