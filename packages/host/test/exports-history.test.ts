import type { Host } from '@joinery/host';
import { ManualClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { fixtureHost } from './support/fixture-host.ts';
import { until } from './support/until.ts';

function id(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

async function exportsOf(host: Host) {
  const lines = await host.history('fixture', 100, AbortSignal.timeout(10_000));
  return lines.filter(({ kind }) => kind === 'export');
}

test('what was written is one line of the run history, once nothing was written for a minute', async () => {
  const start = Date.now();
  const clock = new ManualClock(start);
  const { target, host, scim } = await fixtureHost({}, {}, { clock });
  target.resultOf = ({ identifier, anchorAttributes }) =>
    anchorAttributes[0]?.value === 'bad'
      ? { identifier, errorCode: 'ExportErrorInvalidAttributeValue', errorDetail: 'no such department' }
      : undefined;
  await Promise.all(['a', 'b', 'bad'].map((each) => scim.create({ id: each })));
  clock.advance(59_000);
  await scim.set(id('a'), 'title', 'Pilot');
  clock.advance(59_000);
  await scim.delete(id('b'));
  // Asking and what is in place already are no exports.
  await scim.set(id('a'), 'title', 'Pilot');
  await scim.get('/Users');
  expect(await exportsOf(host)).toEqual([]);
  clock.advance(60_000);
  await until(async () => expect(await exportsOf(host)).toHaveLength(1));
  expect(await exportsOf(host)).toMatchObject([
    {
      kind: 'export',
      profile: 'export',
      outcome: 'finishedWithErrors',
      startedAt: start,
      endedAt: start + 118_000,
      adds: 2,
      updates: 1,
      renames: 0,
      deletes: 1,
      unchanged: 0,
      failed: 1,
      errors: [{ object: 'user id bad', detail: expect.stringContaining('no such department') }],
    },
  ]);
  await scim.create({ id: 'c' });
  clock.advance(60_000);
  await until(async () => expect(await exportsOf(host)).toMatchObject([{ outcome: 'finished', adds: 1 }, {}]));
});

test('a host that is stopped enters what it has written', async () => {
  const { home, host, scim } = await fixtureHost();
  await scim.create({ id: 'a' });
  await host.close();
  expect(await exportsOf(await home.start())).toMatchObject([{ outcome: 'finished', adds: 1, failed: 0 }]);
});

test('a write in doubt is a failure with its reason', async () => {
  const { target, home, host, scim } = await fixtureHost({ without: ['lookup'] });
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  await scim.create({ id: 'a' });
  await host.close();
  expect(await exportsOf(await home.start())).toMatchObject([
    { outcome: 'finishedWithErrors', failed: 1, errors: [{ object: 'user id a', code: 'HOST_OBJECT_IN_DOUBT' }] },
  ]);
});
