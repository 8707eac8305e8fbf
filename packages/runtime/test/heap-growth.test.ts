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
  expect(flags).toEqual(['--heap-growing-percent=120']);
  first();
  first();
  expect(flags).toHaveLength(1);
  second();
  expect(flags).toEqual(['--heap-growing-percent=120', '--heap-growing-percent=0']);
});

test('what was ended can be asked for again', () => {
  boundHeapGrowth()();
  boundHeapGrowth()();
  expect(flags).toHaveLength(4);
});
