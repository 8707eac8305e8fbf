import { collectGarbage } from '@joinery/runtime';
import { expect, test } from 'vitest';

/** @returns the bytes in use while half a million objects are alive, which nothing refers to afterwards */
function usedByRubbish(): number {
  const objects = Array.from({ length: 500_000 }, (_, number) => ({ number, text: `object ${number}` }));
  const { heapUsed } = process.memoryUsage();
  return objects.length > 0 ? heapUsed : 0;
}

test('what a long piece of work has left to the garbage collector is given back', () => {
  const full = usedByRubbish();
  collectGarbage();
  expect(process.memoryUsage().heapUsed).toBeLessThan(full - 20_000_000);
});
