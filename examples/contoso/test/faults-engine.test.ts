import '@joinery/connector-csv';
import '@joinery/host';
import { failPointNames } from '@joinery/runtime';
import '@joinery/service';
import { expect, test } from 'vitest';
import { engineFailPoints, firstImportFailPoints, targetFailPoints } from './fail-points.ts';
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

test('every fail-point of engine, host and connector is one that the demo is killed at', () => {
  const points = [...engineFailPoints, ...firstImportFailPoints, ...targetFailPoints];
  const names = points.map((point) => point.replace(/@.*$/, '')).sort();
  expect(names).toEqual(failPointNames().filter((name) => /^(engine|host|csv)\./.test(name)));
});
