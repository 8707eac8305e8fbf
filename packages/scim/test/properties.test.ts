import {
  type CompareOperator,
  type FilterLiteral,
  type FilterNode,
  fold,
  instantKey,
  isObject,
  parseFilter,
  parseJson,
  printFilter,
  printJson,
  type ScimObject,
  type ScimValue,
} from '@joinery/scim';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemOf } from './problem-of.ts';
import { ENT } from './server-under-test.ts';

/** Text that a store can keep: well-formed, without U+0000. */
const storable = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed() && !text.includes('\0'));

describe('filters', () => {
  const name = fc.constantFrom('userName', 'name.givenName', `${ENT}:department`, '-dn-', '$ref', 'and', 'x');
  const literal: fc.Arbitrary<FilterLiteral> = fc.oneof(
    storable.map((text): FilterLiteral => ({ kind: 'string', text })),
    fc.constantFrom<FilterLiteral>({ kind: 'boolean', text: 'True' }, { kind: 'null', text: 'null' }),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value): FilterLiteral => ({ kind: 'number', text: JSON.stringify(value) })),
  );
  const comparison = fc
    .tuple(name, fc.constantFrom<CompareOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'), literal)
    .map(([path, operator, value]) => ({ kind: 'compare' as const, path, operator, value }));
  const leaf = fc.oneof(
    comparison,
    name.map((path) => ({ kind: 'present' as const, path })),
  );
  const { node } = fc.letrec<{ node: FilterNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
        .map(([kind, operands]): FilterNode => ({ kind, operands })),
      tie('node').map((operand): FilterNode => ({ kind: 'not', operand })),
      fc
        .tuple(name, tie('node'), fc.option(leaf, { nil: undefined }))
        .map(([path, filter, condition]): FilterNode => ({ kind: 'valuePath', path, filter, condition })),
    ),
  }));

  test('a printed filter reads back as the same tree', () => {
    fc.assert(
      fc.property(node, (tree) => {
        expect(parseFilter(printFilter(tree))).toEqual(tree);
      }),
      { numRuns: 2000 },
    );
  });

  test('any text is read or refused as a filter problem, never anything else', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '[',
        ']',
        ' ',
        '"',
        '\\',
        'and',
        'or',
        'not',
        'eq',
        'pr',
        'userName',
        '.',
        ':',
        ENT,
        'true',
        '1',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const problem = problemOf(() => parseFilter(pieces.join('')));
        expect(problem === undefined || problem.startsWith('SCIM_FILTER_')).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('JSON', () => {
  test('a printed value reads back as the same, big integers with all digits', () => {
    const { value } = fc.letrec<{ value: ScimValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        storable,
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => (Object.is(each, -0) ? 0 : each)),
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          storable.filter((name) => name !== '__proto__'),
          tie('value'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    // Integers from 2^53 on are bigint by our rule and number by JavaScript's printing: the two compare as equal.
    const same = (a: ScimValue, b: ScimValue): boolean => printJson(a) === printJson(b);
    fc.assert(
      fc.property(value, (each) => same(parseJson(printJson(each)), each) || !safe(each)),
      { numRuns: 2000 },
    );
  });

  test('it reads what JSON.parse reads, and refuses what that refuses', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom('', ',', '"', '}', '0', '\u0001'),
        (text, at, extra) => {
          const mutated = text.slice(0, at) + extra + text.slice(at);
          const expected = outcomeOf(() => JSON.parse(mutated));
          const found = outcomeOf(() => printJson(parseJson(mutated)));
          if (expected === undefined) expect(found).toBeUndefined();
          else if (typeof found === 'string') expect(JSON.stringify(JSON.parse(found))).toBe(JSON.stringify(expected));
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('fold', () => {
  const pairs: readonly (readonly [string, string, boolean])[] = [
    ['Straße', 'STRASSE', true],
    ['ẞ', 'ss', true],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος', true],
    ['é', 'E\u0301', true],
    ['ﬁ', 'FI', true],
    ['K', 'k', true],
    ['İ', 'i\u0307', true],
    ['ı', 'i', false],
    ['ı', 'I', false],
    ['e', 'é', false],
    ['\u{10400}', '\u{10428}', true],
  ];
  for (const [a, b, same] of pairs) {
    test(`${a} and ${b} are ${same ? 'the same' : 'different'}`, () => expect(fold(a) === fold(b)).toBe(same));
  }

  test('folding twice is folding once, and letter case makes no difference', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !/[ıI]/.test(text)),
        (text) => {
          expect(fold(fold(text))).toBe(fold(text));
          // Uppercasing the dotless i is the one thing that folding does not follow.
          if (!text.toLowerCase().includes('ı')) expect(fold(text.toUpperCase())).toBe(fold(text));
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('instants', () => {
  test('keys order as the instants do, whatever the offset', () => {
    const instant = fc.tuple(
      fc.date({ min: new Date('0002-01-01'), max: new Date('9998-01-01'), noInvalidDate: true }),
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
    );
    const spell = ([date, offset]: readonly [Date, number]): string => {
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const sign = offset < 0 ? '-' : '+';
      const minutes = Math.abs(offset);
      return `${local}0000${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    };
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [left = '', right = ''] = [instantKey(spell(a)), instantKey(spell(b))];
        expect(Math.sign(a[0].getTime() - b[0].getTime())).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
    );
  });

  test('what is no date and time has no key', () => {
    for (const text of [
      '',
      '2021',
      '2021-02-30T00:00:00Z',
      '2021-01-01T25:00:00Z',
      '2021-01-01 00:00:00Z',
      '0000-01-01T00:00:00+05:00',
    ]) {
      expect(instantKey(text)).toBeUndefined();
    }
  });
});

/** The value, or undefined when the text is refused. */
function outcomeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function safe(value: ScimValue): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) || !Number.isInteger(value);
  if (Array.isArray(value)) return value.every(safe);
  return !isObject(value) || Object.values(value).every((each: ScimObject[string]) => safe(each));
}
