import { join } from 'node:path';
import { test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { firstStartFailPoints, targetFailPoints } from './fail-points.ts';
import { expectRightEnd, killedAt, preparedDemo } from './killed-demo.ts';

const copy = preparedDemo();

test.each(targetFailPoints)(
  'the demo killed at %s and run again ends with one account per person',
  { timeout: 120_000 },
  async (point) => {
    const folder = await copy();
    await killedAt(point, folder);
    await expectRightEnd(folder);
  },
);

test.each(firstStartFailPoints)(
  'the demo killed at %s of the very first start and run again ends with one account per person',
  { timeout: 120_000 },
  async (point) => {
    const folder = join(await temporaryFolder(), 'demo');
    await killedAt(point, folder);
    await expectRightEnd(folder);
  },
);
