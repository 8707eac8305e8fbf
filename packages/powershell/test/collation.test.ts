import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareText, equalText } from '../src/conversion/collation.ts';

describe('order of text', () => {
  test.each<[string, string, number, number]>([
    ['a', 'A', -1, 0],
    ['Z', 'a', 1, 1],
    ['a_b', 'a-b', -1, -1],
    ['a', 'B', -1, -1],
    ['É', 'F', -1, -1],
    ['e\u0301', '\u00e9', 0, 0],
    ['\ufeffid', 'id', 0, 0],
    ['ß', 'ss', 1, 1],
    ['Ａ', 'ae', -1, 1],
    ['ア', 'あ', 1, 1],
    ['ａ', 'Ａ', -1, 0],
    ['coop', 'co-op', 1, 1],
  ])('%s with %s', (left, right, cased, folded) => {
    expect(Math.sign(compareText(left, right, false))).toBe(cased);
    expect(Math.sign(compareText(left, right, true))).toBe(folded);
  });

  test('is one order: the other way round the other sign', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.boolean(), (left, right, fold) => {
        expect(Math.sign(compareText(left, right, fold)) + Math.sign(compareText(right, left, fold))).toBe(0);
      }),
    );
  });
});

test('the quick test for equality agrees with the order', () => {
  const signs = fc.constantFrom(...'aAbBzZ1_-. ', '\u0301', 'é', 'É', 'ß', 's', '\u0000', '\u00ad', 'ア', 'Ａ');
  const texts = fc.array(signs, { maxLength: 5 }).map((some) => some.join(''));
  fc.assert(
    fc.property(texts, texts, fc.boolean(), (left, right, fold) => {
      expect(equalText(left, right, fold)).toBe(compareText(left, right, fold) === 0);
    }),
    { numRuns: 2000 },
  );
});
