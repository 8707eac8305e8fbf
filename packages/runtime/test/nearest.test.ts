import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearest, suggestion } from '../src/nearest.ts';

describe('suggestions', () => {
  test.each([
    ['prot', 'port'],
    ['PORT', 'port'],
    ['loglevl', 'logLevel'],
    ['hst', 'host'],
  ])('%s was probably meant as %s', (word, meant) => {
    expect(nearest(word, ['port', 'logLevel', 'host', 'importTimeout'])).toBe(meant);
  });

  test('a word that resembles nothing gets no suggestion', () => {
    expect(nearest('zebra', ['port', 'host'])).toBeUndefined();
    expect(suggestion('zebra', ['port', 'host'])).toBe('');
  });

  test('the sentence part names the word', () => {
    expect(suggestion('prot', ['port'])).toBe(' Did you mean "port"?');
  });

  test('a swap of neighbours is one step, a swap across a letter is two', () => {
    expect(editDistance('abcd', 'abdc')).toBe(1);
    expect(editDistance('abc', 'cba')).toBe(2);
    expect(editDistance('', 'abc')).toBe(3);
  });

  test('the distance is symmetric, zero only for equal words, and no more than the longer word', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });

  test('one deleted letter is one step away', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 12 }), fc.nat(), (word, at) => {
        const index = at % word.length;
        expect(editDistance(word, word.slice(0, index) + word.slice(index + 1))).toBe(1);
      }),
    );
  });
});
