import { expect, test } from 'vitest';
import { NetRegex } from '../src/index.ts';

class Enough extends Error {}

/** Ends the work at the given look. */
function lookingOn(looks: number) {
  let left = looks;
  const sizes: number[] = [];
  const look = (): void => {
    if (left-- <= 0) throw new Enough();
  };
  return { look, sizes, reserve: (bytes: number) => void sizes.push(bytes) };
}

test.each([
  ['a loop in a loop', '^(a+)+$', `${'a'.repeat(60)}!`],
  ['many loops, one after the other', '^a*a*a*a*a*a*b', 'a'.repeat(400)],
  ['many parts that may be left out', 'a?'.repeat(60) + 'a'.repeat(60), `${'a'.repeat(59)}!`],
  ['many alternatives that are the same', `${'(?:a|a)'.repeat(60)}b`, 'a'.repeat(100)],
])('who looks on ends a search that runs away: %s', (_, pattern, text) => {
  const regex = new NetRegex(pattern, 0, { onlooker: lookingOn(3) });
  expect(() => regex.isMatch(text)).toThrow(Enough);
});

test('who looks on ends the collecting of very many matches', () => {
  const regex = new NetRegex('a', 0, { onlooker: lookingOn(3) });
  expect(() => [...regex.matches('a'.repeat(100_000))]).toThrow(Enough);
  expect(() => regex.split('a'.repeat(100_000))).toThrow(Enough);
});

test('who looks on hears of a text that grows while it is made', () => {
  const onlooker = lookingOn(1_000);
  const regex = new NetRegex('a', 0, { onlooker });
  expect(regex.replace('a'.repeat(100), 'b'.repeat(100_000))).toHaveLength(10_000_000);
  expect(onlooker.sizes.at(-1)).toBeGreaterThan(18_000_000);
  expect(onlooker.sizes.length).toBeLessThan(30);
});

test('the matches of a long text take time in proportion to its length', () => {
  const regex = new NetRegex('a');
  const time = (length: number): number => {
    const start = performance.now();
    expect(regex.split('a'.repeat(length))).toHaveLength(length + 1);
    return performance.now() - start;
  };
  time(20_000);
  expect(time(400_000)).toBeLessThan(100 * time(20_000) + 100);
});
