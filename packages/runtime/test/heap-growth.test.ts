import { boundHeapGrowth } from '@joinery/runtime';
import { beforeEach, expect, test, vi } from 'vitest';

/** What V8 was told; it has no way to be asked. */
const flags = vi.hoisted((): string[] => []);
vi.mock('node:v8', async (original) => ({
  ...(await original<typeof import('node:v8')>()),
  setFlagsFromString: (flag: string) => flags.push(flag),
}));

beforeEach(() => flags.splice(0));

test('the growth of the heap is bounded once, until the last of those who asked has ended', () => {
  const [first, second] = [boundHeapGrowth(), boundHeapGrowth()];
  const asked = ['--heap-growing-percent=80', '--no-allocation-site-pretenuring'];
  expect(flags).toEqual(asked);
  first();
  first();
  expect(flags).toEqual(asked);
  second();
  expect(flags).toEqual([...asked, '--heap-growing-percent=0', '--allocation-site-pretenuring']);
});

test('what was ended can be asked for again', () => {
  boundHeapGrowth()();
  boundHeapGrowth()();
  expect(flags).toHaveLength(8);
});
