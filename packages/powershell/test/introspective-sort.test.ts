import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { introspectiveSort } from '../src/types/collections/introspective-sort.ts';

const byNumber = (left: number, right: number) => left - right;

describe("the sort of .NET's lists", () => {
  test('sorts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 99 }), { maxLength: 200 }), (numbers) => {
        expect(introspectiveSort([...numbers], byNumber)).toEqual([...numbers].sort(byNumber));
      }),
      { numRuns: 500 },
    );
  });

  test('ends, with every item, whatever the comparison says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 60 }),
        fc.func(fc.integer({ min: -1, max: 1 })),
        (numbers, odd) => {
          const result = introspectiveSort([...numbers], (left, right) => odd(left, right));
          expect(result.sort(byNumber)).toEqual([...numbers].sort(byNumber));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is fast on input made to defeat quicksort', () => {
    let count = 0;
    const size = 5_000;
    const organ = Array.from({ length: size }, (_, at) => (at < size / 2 ? at : size - at));
    introspectiveSort(organ, (left, right) => {
      count++;
      return left - right;
    });
    expect(count).toBeLessThan(size * 60);
  });

  // Recorded from Sort-Object of PowerShell 7.6: 40 rows with five keys.
  test('leaves equals in the order of .NET', () => {
    const rows = Array.from({ length: 40 }, (_, at) => ({ key: ((at + 1) * 7) % 5, at: at + 1 }));
    const order = introspectiveSort(rows, (left, right) => left.key - right.key).map(({ at }) => at);
    expect(order.join(' ')).toBe(
      '20 35 30 25 15 10 40 5 8 38 33 13 3 28 18 23 36 31 26 21 1 6 16 11 24 19 9 4 29 14 39 34 37 2 12 27 17 7 32 22',
    );
  });
});
