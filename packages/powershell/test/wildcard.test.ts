import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WildcardPattern } from '../src/operators/wildcard.ts';

const matches = (text: string, pattern: string, ignoreCase = true) =>
  new WildcardPattern(pattern, { ignoreCase }).matches(text);

describe('wildcard patterns', () => {
  test.each<[string, string, boolean]>([
    ['Hello', 'h*', true],
    ['Hello', 'ell', false],
    ['a*b', 'a`*b', true],
    ['axb', 'a`*b', false],
    ['ab', 'a[!b]', true],
    ['a[1]', 'a[[]1]', true],
    [']', '[]a]', true],
    ['-', '[a-]', true],
    ['b', '[a`-c]', false],
    ['a`', 'a`', true],
    ['', '`', true],
    ['`', '`', false],
    ['B', '[a-c]', true],
    ['x', '*x*y*', false],
    ['a\nb', 'a*b', true],
  ])('%j is like %j: %s', (text, pattern, expected) => {
    expect(matches(text, pattern)).toBe(expected);
  });

  test.each(['[a', 'x[', '[z-a]'])('%s is not valid', (pattern) => {
    expect(() => new WildcardPattern(pattern)).toThrow(
      `The specified wildcard character pattern is not valid: ${pattern}`,
    );
  });

  test('escaped text matches itself alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const pattern = WildcardPattern.escape(text);
        expect(matches(text, pattern, false)).toBe(true);
        expect(matches(other, pattern, false)).toBe(other === text);
        expect(WildcardPattern.has(pattern)).toBe(false);
        expect(WildcardPattern.unescape(pattern)).toBe(text);
      }),
    );
  });

  test('many stars do not multiply', () => {
    expect(matches('a'.repeat(20_000), `${'*a'.repeat(40)}*b`)).toBe(false);
  });
});
