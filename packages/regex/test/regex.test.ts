// biome-ignore-all lint/suspicious/noTemplateCurlyInString: replacement patterns of .NET are written like that
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetRegex, PatternError, RegexOption, SearchLimitError } from '../src/index.ts';

const spans = (pattern: string, text: string, options = 0): string[] =>
  [...new NetRegex(pattern, options).matches(text)].map(({ start, end }) => `${start}-${end}`);

const failure = (run: () => unknown): string => {
  try {
    run();
    return 'none';
  } catch (error) {
    if (error instanceof PatternError) return `pattern: ${error.message}`;
    return error instanceof SearchLimitError ? 'limit' : String(error);
  }
};

describe('groups hold what .NET gives them', () => {
  test.each([
    ['(ab)+', 'ababab', 1, ['0-2', '2-4', '4-6']],
    ['(?:(a)|b)*', 'ab', 1, ['0-1']],
    ['((a)|b)*', 'ab', 2, ['0-1']],
    ['^(?<open>\\()+x(?<inner-open>\\))+$', '((x))', 1, []],
    ['(?<n>a)(?<n>b)', 'ab', 1, ['0-1', '1-2']],
    ['(?<=(\\d)+)x', '12x', 1, ['1-2', '0-1']],
  ])('%s on %s: group %i', (pattern, text, group, expected) => {
    const match = new NetRegex(pattern).match(text);
    expect(match?.captures(group).map(({ start, end }) => `${start}-${end}`)).toEqual(expected);
  });

  test('named groups are numbered behind the others', () => {
    const regex = new NetRegex('(?<b>x)(y)(?<a>z)(?<7>w)');
    expect(regex.groupNumbers.map((number) => regex.nameOf(number))).toEqual(['0', '1', 'b', 'a', '7']);
  });
});

describe('positions are those of UTF-16 units', () => {
  test.each([
    ['.', '😀', ['0-1', '1-2']],
    ['$', 'a\n', ['1-1', '2-2']],
    ['\\Ga', 'aaba', ['0-1', '1-2']],
    ['\\b', 'ä b', ['0-0', '1-1', '2-2', '3-3']],
    ['a.c', 'a\u2028c', ['0-3']],
  ])('%s on %j', (pattern, text, expected) => {
    expect(spans(pattern, text)).toEqual(expected);
  });

  test('from right to left the last match comes first', () => {
    expect(spans('\\d+', '12 345', RegexOption.rightToLeft)).toEqual(['3-6', '0-2']);
    expect(new NetRegex('\\d+', RegexOption.rightToLeft).replace('12 345', 'x', 1)).toBe('12 x');
  });
});

describe('replacing and splitting', () => {
  test('a replacement names groups, and stands for itself where it names none', () => {
    const regex = new NetRegex('(?<k>\\w)=(\\d)');
    expect(regex.replace('a=1', '$2$1')).toBe('a1');
    expect(regex.replace('a=1', '$1/${k}/$9/$$/${none}/$&')).toBe('1/a/$9/$/${none}/a=1');
  });
  test('captured groups stand between the pieces', () => {
    expect(new NetRegex('(-)').split('1-2-3', 2)).toEqual(['1', '-', '2-3']);
    expect(new NetRegex('').split('ab')).toEqual(['', 'a', 'b', '']);
  });
});

describe('patterns that are none', () => {
  test.each([
    ['(abc', "Invalid pattern '(abc' at offset 4. Not enough )'s."],
    ['a**', "Invalid pattern 'a**' at offset 3. Nested quantifier '*'."],
    ['[z-a]', "Invalid pattern '[z-a]' at offset 4. [x-y] range in reverse order."],
    ['\\2', "Invalid pattern '\\2' at offset 2. Reference to undefined group number 2."],
  ])('%s', (pattern, message) => {
    expect(failure(() => new NetRegex(pattern))).toBe(`pattern: ${message}`);
  });
});

describe('a pattern that runs away is stopped', () => {
  test.each([
    ['(a+)+$', 'a'.repeat(40)],
    ['(a|a)*b', 'a'.repeat(40)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(50)],
    ['(x+x+)+y', 'x'.repeat(40)],
  ])('%s', (pattern, text) => {
    expect(failure(() => new NetRegex(pattern, 0, { milliseconds: 50 }).isMatch(`${text}!`))).toBe('limit');
  });

  test('nested groups end in an error', () => {
    expect(failure(() => new NetRegex('('.repeat(10_000)))).toContain('nested more than 250 deep');
  });
});

test('JavaScript’s engine and the matcher agree on what both can run', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '.',
    '\\d',
    '\\w',
    '[ab]',
    '[^a]',
    '(a|b)',
    '(?:ab)',
    '\\b',
    '^',
    '$',
    '(?=a)',
    '(b)',
    'ä',
  );
  const quantifier = fc.constantFrom('', '', '*', '+', '?', '{1,2}', '*?', '+?');
  const pattern = fc
    .array(fc.tuple(piece, quantifier), { minLength: 1, maxLength: 5 })
    .map((pieces) => pieces.map(([one, many]) => (/^(?:\\b|\^|\$|\(\?=)/.test(one) ? one : one + many)).join(''));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '\n', 'ä', 'A'), maxLength: 12 });
  fc.assert(
    fc.property(pattern, text, fc.boolean(), (source, input, ignoreCase) => {
      const options = ignoreCase ? RegexOption.ignoreCase : 0;
      const fast = [...new NetRegex(source, options).matches(input)];
      // A time limit keeps a pattern out of JavaScript's engine.
      const slow = [...new NetRegex(source, options, { milliseconds: 10_000 }).matches(input)];
      const shown = (matches: typeof fast): string[] =>
        matches.map((match) => `${match.start}-${match.end}:${match.group(1) ?? ''}`);
      expect(shown(fast)).toEqual(shown(slow));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a*a*a*b', 1000],
  ['a*b', 300_000],
])('%s ends by its steps on %i units, whatever engine begins', (pattern, length) => {
  expect(failure(() => new NetRegex(pattern).isMatch('a'.repeat(length)))).toBe('limit');
});
