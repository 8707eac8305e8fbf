// biome-ignore-all lint/suspicious/noTemplateCurlyInString: replacement patterns of .NET are written like that
import { Problem } from '@joinery/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DotNetRegex } from '../src/patterns/dot-net-regex.ts';

const replaceAll = (pattern: string, text: string, replacement: string): string =>
  new DotNetRegex(pattern).replace(text, replacement);
const codeOf = (pattern: string): string => {
  try {
    new DotNetRegex(pattern);
    return 'accepted';
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

describe('.NET constructs', () => {
  test.each([
    ['(?<user>[^@]+)@(?<host>.+)', 'ann@contoso.com', '${host}/${user}', 'contoso.com/ann'],
    ["(?'first'\\w)\\w*", 'ann', '${first}.', 'a.'],
    ['(\\w+) (\\w+)', 'Ann Lee', '$2, $1', 'Lee, Ann'],
    ['(a)(?<n>b)(c)', 'abc', '$1$2$3', 'acb'],
    ['b', 'abc', "[$0|$&|$`|$'|$_|$$]", 'a[b|b|a|c|abc|$]c'],
    ['b', 'abc', '$7${none}', 'a$7${none}c'],
    ['[a-z-[aeiou]]', 'banana', '', 'aaa'],
    ['[\\w-[\\d_]]+', 'ab12_c', 'x', 'x12_x'],
    ['(?i)straße', 'STRAßE', 'x', 'x'],
    ['a(?i)b|c', 'aBC', 'x', 'xx'],
    ['(?i:a)b', 'AbAB', 'x', 'xAB'],
    ['(?x) a # first\n b', 'ab', 'x', 'x'],
    ['(?n)(a)(?<k>b)', 'ab', '$1', 'b'],
    ['^\\d', '1\n2', 'x', 'x\n2'],
    ['(?m)^\\d', '1\n2', 'x', 'x\nx'],
    ['a$', 'a\n', 'x', 'x\n'],
    ['a\\z', 'a\n', 'x', 'a\n'],
    ['\\Ga', 'aaba', 'x', 'xxba'],
    ['(?<=a)b', 'abcb', 'x', 'axcb'],
    ['(?<!a)b', 'abcb', 'x', 'abcx'],
    ['b(?!c)', 'bcbd', 'x', 'bcxd'],
    ['(?=(b+))b', 'bb', '<$1>', '<bb><b>'],
    ['(?<=(\\d+)(\\d+))$', '1053', '/$1-$2', '1053/1-053'],
    ['(.)\\1', 'aabbc', '<$1>', '<a><b>c'],
    ['(?<c>.)\\k<c>', 'aab', 'x', 'xb'],
    ['(?i)(a)\\1', 'aA', 'x', 'x'],
    ['\\b', 'ab c', '|', '|ab| |c|'],
    ['[a-zA-Z_]*', 'john_doe72', '', '72'],
    ['x*', 'ab', '-', '-a-b-'],
    ['a+?', 'aaa', 'x', 'xxx'],
    ['a{2}', 'aaaaa', 'x', 'xxa'],
    ['a{1,2}?', 'aa', 'x', 'xx'],
    ['a{,2}', 'a{,2}', 'x', 'x'],
    ['(a*)*b', 'aab', 'x', 'x'],
    ['(a|b)*c', 'abac', '$1', 'a'],
    ['(?:a|ab)(?:c|bcd)(d*)', 'abcd', '<$1>', '<>'],
    ['[]a]+', 'a]b', 'x', 'xb'],
    ['[^]a]', 'a]b', 'x', 'a]x'],
    ['[a-]', 'a-b', 'x', 'xxb'],
    ['\\:\\;\\=\\,\\<\\>', ':;=,<>', 'x', 'x'],
    ['\\x41\\u0042\\cA\\t', 'AB\u0001\t', 'x', 'x'],
    ['(?#a comment)a', 'a', 'x', 'x'],
    ['(?>a+)b', 'aab', 'x', 'x'],
    ['(a)?(?(1)b|c)', 'abc', 'x', 'xx'],
    ['^(?<open>\\()+\\w(?<-open>\\))+(?(open)(?!))$', '((a))', 'x', 'x'],
    ['\\p{IsGreek}', 'aα', 'x', 'ax'],
    ['((a{100}){100}){100}', 'a', 'x', 'a'],
    ['(?<n>a)(b)', 'ab', '[$2$1$+]', '[aba]'],
    ['(?:a?){40}a{40}b', 'a'.repeat(60), 'x', 'a'.repeat(60)],
  ])('%s on %j with %s gives %j', (pattern, text, replacement, expected) => {
    expect(replaceAll(pattern, text, replacement)).toBe(expected);
  });

  test('the shorthand classes cover Unicode', () => {
    expect(replaceAll('\\d', '٣x3', '#')).toBe('#x#');
    expect(replaceAll('\\w+', 'Žofie Æ_1!', '#')).toBe('# #!');
    expect(replaceAll('\\s', 'a\u00a0b\u2003c', '#')).toBe('a#b#c');
    expect(replaceAll('\\p{Lu}', 'aÄ', '#')).toBe('a#');
    expect(replaceAll('\\P{L}', 'a1', '#')).toBe('a#');
  });

  test('a character outside the basic plane counts as two, as in .NET', () => {
    expect(replaceAll('.', '😀a', 'x')).toBe('xxx');
    expect(replaceAll('^..$', '😀', 'x')).toBe('x');
    expect(replaceAll('(?<=😀)a', '😀a', 'x')).toBe('😀x');
  });

  test('half a character never leaves a pattern', () => {
    expect(replaceAll('^(.{2}).*', 'a😀b', '$1')).toBe('a');
    expect(replaceAll('', '😀a', '-')).toBe('---a-');
    expect(new DotNetRegex('^a(.)').extract('a😀', '1')).toBe('');
    expect(new DotNetRegex('a(?<half>.)').replaceGroup('a😀', 'half', 'x')).toBe('ax');
  });
});

describe('patterns that are refused', () => {
  test.each(['a'.repeat(10_001), '('.repeat(101) + ')'.repeat(101)])(
    '%s is valid in .NET and refused with a reason',
    (pattern) => {
      expect(codeOf(pattern)).toBe('EXPRESSION_REGEX_UNSUPPORTED');
    },
  );

  test.each([
    '(',
    ')',
    '[a',
    '*a',
    'a**',
    'a*+',
    '[b-a]',
    'a{2,1}',
    '\\',
    '\\y',
    '\\k<no>',
    '(?<>a)',
    '(?<a-b>c)',
    '(?<n',
    '[a-\\d]',
    '\\p{Xx}',
    '(?z)',
  ])('%s is not valid anywhere', (pattern) => {
    expect(codeOf(pattern)).toBe('EXPRESSION_REGEX_INVALID');
  });
});

describe('the limit on work', () => {
  test.each(['(a+)+$', '(a|aa)+$', '(.*a){12}$', '(?:a|a){30}b', '(?=(a+)+$)x|(a*)*$b'])(
    '%s stops early',
    (pattern) => {
      const started = performance.now();
      expect(() => new DotNetRegex(pattern).isMatch(`${'a'.repeat(60)}!`)).toThrowError(/too many steps/);
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );

  test('an ordinary pattern runs over the longest value', () => {
    expect(replaceAll('[()\\s-]+', '(1) '.repeat(20_000), '')).toBe('1'.repeat(20_000));
  });
});

test('agrees with JavaScript wherever both languages mean the same', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '[ab]',
    '[^a]',
    '.',
    '(a)',
    '(?:b)',
    '(a|b)',
    '(ab?)',
    '(?=a)',
    '(?!b)',
    '(?<=a)',
    '(?<!b)',
    '\\b',
  );
  const piece = fc
    .tuple(atom, fc.constantFrom('', '*', '+', '?', '*?', '+?', '{1,2}'))
    .map(([item, bounds]) => (/^\(\?[=!<]|^\\b/.test(item) ? item : item + bounds));
  const pattern = fc.array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 10 }), (options, text) => {
      const source = options.map((pieces) => pieces.join('')).join('|');
      expect(replaceAll(source, text, '<$&>')).toBe(text.replace(new RegExp(source, 'gu'), '<$&>'));
    }),
    { numRuns: 2_000 },
  );
});

test('random patterns are compiled or refused with a code, and never hang', () => {
  const soup = fc.string({ unit: fc.constantFrom(..."ab01()[]{}|*+?.^$\\-,:<>=!'ixkpudw#& é😀"), maxLength: 40 });
  fc.assert(
    fc.property(soup, fc.string({ maxLength: 20 }), (pattern, text) => {
      const started = performance.now();
      try {
        new DotNetRegex(pattern).replace(text, '$1');
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
      expect(performance.now() - started).toBeLessThan(1_000);
    }),
    { numRuns: 5_000 },
  );
});
