import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Host } from '@joinery/host';
import { ManualClock, silentLogger } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { ExportStretches } from '../src/export/export-stretch.ts';
import { fixtureHost } from './support/fixture-host.ts';
import { temporaryFolder } from './support/home.ts';
import { fullRun, openSpace } from './support/space.ts';
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

test('a stretch that does not end is entered after 10,000 writes', async () => {
  const clock = new ManualClock(Date.now());
  const space = await openSpace(join(await temporaryFolder(), 'x.sqlite'));
  const stretches = new ExportStretches({ space, clock, logger: silentLogger });
  for (let number = 0; number < 10_007; number += 1) stretches.note({ done: number % 2 === 0 ? 'add' : 'rename' });
  const lines = () => space.history(10, AbortSignal.timeout(10_000));
  await until(async () => expect(await lines()).toMatchObject([{ adds: 5_000, updates: 5_000, renames: 5_000 }]));
  await stretches.end();
  expect(await lines()).toMatchObject([{ adds: 4, updates: 3 }, {}]);
});

test('exports do not push the imports out of the history, nor imports the exports', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const first = await openSpace(path);
  await first.writer.call('record', { run: fullRun, errors: [{ object: 'a', code: 'X', detail: 'y' }] });
  await first.close();
  const database = new DatabaseSync(path);
  const insert = database.prepare(
    `INSERT INTO run (kind, started_at, ended_at, outcome, adds, updates, deletes, unchanged, failed)
     VALUES ('export', 1, 2, 'finished', 1, 0, 0, 0, 0)`,
  );
  database.exec('BEGIN');
  for (let number = 0; number < 1_100; number += 1) insert.run();
  database.exec('COMMIT');
  database.close();
  const space = await openSpace(path);
  const stretches = new ExportStretches({ space, clock: new ManualClock(), logger: silentLogger });
  stretches.note({ done: 'delete' });
  await stretches.end();
  const lines = await space.history(2_000, AbortSignal.timeout(10_000));
  expect(lines).toHaveLength(1_001);
  expect(lines[0]).toMatchObject({ kind: 'export', deletes: 1 });
  expect(lines.at(-1)).toMatchObject({ kind: 'fullImport', errors: [{ object: 'a' }] });
});
