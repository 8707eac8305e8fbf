import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listDifferences } from '../src/list-differences.ts';

test('what came and what went is what one list has and the other has not, wherever it stands', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 14 });
  fc.assert(
    fc.property(list, list, (was, is) => {
      const { came, went } = listDifferences(was, is, (a, b) => a === b, String);
      expect(new Set(came)).toEqual(new Set(is).difference(new Set(was)));
      expect(new Set(went)).toEqual(new Set(was).difference(new Set(is)));
    }),
  );
});
