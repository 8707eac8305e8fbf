import { readFile, writeFile } from 'node:fs/promises';
import { homeAt } from '@joinery/host';
import { type Logger, ManualClock, silentLogger } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { caller, csv, person, TestHome } from './support/home.ts';
import { until } from './support/until.ts';

const FAILED = 'the connector could not be started and is tried again; the others are not concerned';

test('a connector whose file is wrong starts by itself once it is corrected, with growing waits and one line for each fault', async () => {
  const clock = new ManualClock(Date.now());
  const lines: string[] = [];
  const tried: unknown[] = [];
  const note = (_fields: unknown, message: string): void => void lines.push(message);
  const logger: Logger = {
    ...silentLogger,
    error: note,
    info: note,
    debug: ({ retrySeconds }) => void (retrySeconds === undefined || tried.push(retrySeconds)),
    child: () => logger,
  };
  const home = await TestHome.create({ clock, logger });
  await home.write(csv(person(1)));
  const file = homeAt(home.folder).connectorFile('CSV');
  const right = await readFile(file, 'utf8');
  await writeFile(file, right.replace('connector: csv', 'connector: cvs'));
  const host = await home.start();
  const scim = caller(host);
  expect(host.connectors[0]).toMatchObject({ state: 'failed', problem: { code: 'CONNECTOR_KIND_UNKNOWN' } });
  expect((await scim.get('/Users')).status).toBe(503);
  for (const [seconds, next] of [
    [5, 10],
    [10, 20],
    [20, 40],
    [40, 60],
    [60, 60],
  ] as const) {
    clock.advance(seconds * 1000 - 1);
    const before = tried.length;
    clock.advance(1);
    await until(() => expect(tried).toHaveLength(before + 1));
    expect(tried.at(-1)).toBe(next);
  }
  await writeFile(file, right.replace('objectType: Person', 'objectTyp: Person'));
  clock.advance(60_000);
  await until(() => expect(host.connectors[0]?.problem?.code).toBe('HOST_CONFIGURATION_INVALID'));
  await writeFile(file, right);
  await until(() => {
    clock.advance(60_000);
    expect(host.connectors[0]?.state).not.toBe('failed');
  });
  await host.settled('CSV');
  expect((await scim.get('/Users')).body.totalResults).toBe(1);
  expect(lines.filter((line) => line === FAILED)).toHaveLength(2);
  expect(lines).toContain('the connector has started after all');
});
