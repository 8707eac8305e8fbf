import { boundHeapGrowth, collectGarbage } from '@joinery/runtime';
import { expect, test } from 'vitest';

function rubbish(): number {
  const objects = Array.from({ length: 500_000 }, (_, number) => ({ number, text: `object ${number}` }));
  return process.memoryUsage().heapUsed + objects.length * 0;
}

test('what a long piece of work has left to the garbage collector is given back', () => {
  const full = rubbish();
  collectGarbage();
  expect(process.memoryUsage().heapUsed).toBeLessThan(full - 20_000_000);
});

test('the growth of the heap is bounded until everybody who asked has ended, each once', () => {
  const [first, second] = [boundHeapGrowth(), boundHeapGrowth()];
  first();
  first();
  expect(rubbish()).toBeGreaterThan(0);
  second();
  collectGarbage();
  expect(process.memoryUsage().heapUsed).toBeGreaterThan(0);
});
