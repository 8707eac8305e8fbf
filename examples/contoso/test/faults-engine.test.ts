import '@joinery/connector-csv';
import '@joinery/host';
import { failPointNames } from '@joinery/runtime';
import '@joinery/service';
import { expect, test } from 'vitest';
import { engineFailPoints, firstStartFailPoints, targetFailPoints } from './fail-points.ts';
import { expectRightEnd, killedAt, preparedDemo } from './killed-demo.ts';

const copy = preparedDemo();

test.each(engineFailPoints)(
  'the demo killed at %s and run again ends with one account per person',
  { timeout: 120_000 },
  async (point) => {
    const folder = await copy();
    await killedAt(point, folder);
    await expectRightEnd(folder);
  },
);

test('every fail-point of engine, host, connector and certificate is one that the demo is killed at', () => {
  const points = [...engineFailPoints, ...firstStartFailPoints, ...targetFailPoints];
  const names = points.map((point) => point.replace(/@.*$/, '')).sort();
  // The demo sets no passwords: the host's own tests kill it around them.
  const met = (name: string): boolean =>
    /^(engine|host|csv|runtime\.certificate)\./.test(name) && !name.startsWith('host.password.');
  expect(names).toEqual(failPointNames().filter(met));
});
