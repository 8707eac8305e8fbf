import { rename } from 'node:fs/promises';
import { type LogFields, type Logger, ManualClock, silentLogger } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { csv, person, TestHome } from './support/home.ts';
import { until } from './support/until.ts';

const { signal } = new AbortController();

interface Line extends LogFields {
  readonly level: string;
  readonly message: string;
}

function collect(): { readonly lines: Line[]; readonly logger: Logger } {
  const lines: Line[] = [];
  const note = (level: string) => (fields: LogFields, message: string) =>
    void lines.push({ ...fields, level, message });
  const logger: Logger = {
    ...silentLogger,
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    child: () => logger,
  };
  return { lines, logger };
}

test('the history says of every run why it ran, what it changed, where the next delta starts, and which objects failed', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1), person(2), person(3)));
  const { host } = await home.call();
  await home.write(csv(person(1).replace('Engineer', 'Pilot'), person(2), 'id-3;perhaps;Person 3;3;;;', person(4)));
  await host.run('CSV', 'full');
  const [second, first] = await host.history('CSV', 10, signal);
  expect(first).toMatchObject({
    kind: 'fullImport',
    profile: 'full',
    why: 'the host has started and knows nothing of the target as it is configured now',
    outcome: 'finished',
    adds: 3,
    watermark: expect.any(String),
    errors: [],
  });
  expect(second).toMatchObject({
    why: 'somebody asked for it',
    outcome: 'finishedWithErrors',
    adds: 1,
    updates: 1,
    renames: 0,
    deletes: 0,
    unchanged: 1,
    failed: 1,
    watermark: null,
    errors: [{ object: expect.stringContaining('id-3'), code: 'CONNECTOR_ENTRY_INVALID' }],
  });
  expect((second?.endedAt ?? 0) - (second?.startedAt ?? 0)).toBeGreaterThanOrEqual(0);
});

test('the log tells a run line by line: what started it, how far it is, what cannot be used, and how it ended', async () => {
  const clock = new ManualClock(Date.now());
  const { lines, logger } = collect();
  const { target, host } = await fixtureHost({}, { pageSize: 1 }, { clock, logger });
  target.put('a');
  target.put('b', { number: 'no number' });
  target.put('c');
  lines.length = 0;
  target.onImportPage = (page) => {
    if (page === 2) clock.advance(5_000);
  };
  await host.run('fixture', 'full');
  expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'info full import started: somebody asked for it',
    'info full import: 1 objects read so far',
    expect.stringMatching(/^warn full import: an object cannot be used and stays as it is: .*"number"/),
    'info full import finished: 2 added, 0 changed, 0 gone, 0 as before, 1 with errors',
  ]);
  expect(lines.at(-1)).toMatchObject({ adds: 2, failed: 1, milliseconds: 5_000 });
});

test('the log of an import that is held back says each reason with its counts and examples', async () => {
  const { lines, logger } = collect();
  const { target, host } = await fixtureHost(
    {},
    {},
    {
      logger,
      prepare: (made) => {
        for (let number = 0; number < 100; number += 1) made.put(`id-${number}`);
      },
    },
  );
  for (let number = 0; number < 30; number += 1) target.objects.delete(`id-${number}`);
  lines.length = 0;
  await host.run('fixture', 'full');
  expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'info full import started: somebody asked for it',
    'warn full import: The import would delete 30 of 100 objects; 10 are allowed.',
    'error full import was not taken over; the previous content goes on answering',
  ]);
  expect(lines[1]).toMatchObject({ guard: 'deletes', count: 30, examples: { length: 20 } });
});

test('H-34 a failed import is logged with its reason, and the status names it while the old content answers', async () => {
  const { lines, logger } = collect();
  const home = await TestHome.create({ logger });
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  const file = home.file('CSV', 'InputFile.txt');
  await rename(file, `${file}.away`);
  lines.length = 0;
  const report = await host.run('CSV', 'full');
  expect(report).toMatchObject({ outcome: 'failed', problem: { place: file } });
  expect(lines.at(-1)).toMatchObject({ level: 'error', outcome: 'failed', error: { code: report.problem?.code } });
  expect(host.connectors[0]?.lastImport).toMatchObject({ outcome: 'failed', detail: expect.stringContaining(file) });
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(1);
});

test('the status shows the run that goes on, with its objects so far', async () => {
  const { target, host } = await fixtureHost({}, { pageSize: 1 });
  target.put('a');
  target.put('b');
  const second = gate();
  target.onImportPage = (page) => (page === 2 ? second.opened : undefined);
  const running = host.run('fixture', 'full');
  await until(() =>
    expect(host.connectors[0]?.running).toMatchObject({ kind: 'fullImport', profile: 'full', objects: 1 }),
  );
  second.open();
  await running;
  expect(host.connectors[0]?.running).toBeUndefined();
});

test('a run that takes longer than its profile allows fails and changes nothing', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost(
    {},
    { runProfiles: { full: { timeoutMinutes: 2 } } },
    { clock, prepare: (made) => made.put('a') },
  );
  const page = gate();
  target.onImportPage = () => page.opened;
  const running = host.run('fixture', 'full');
  await until(() => expect(target.imports).toBe(2));
  clock.advance(120_000);
  page.open();
  expect(await running).toMatchObject({ outcome: 'failed', problem: { code: 'RUNTIME_DEADLINE' } });
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(1);
});
