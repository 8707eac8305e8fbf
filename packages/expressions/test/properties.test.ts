import { Problem } from '@joinery/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkExpression,
  compileExpression,
  fromMappingSource,
  normaliseExpression,
  parseExpression,
  printExpression,
  toMappingSource,
} from '../src/index.ts';
import type { Expression } from '../src/syntax/tree.ts';
import { anyExpression, declaredExpression } from './arbitraries.ts';
import { context } from './evaluate.ts';

/** The tree without places, for comparison. */
function bare(node: Expression | undefined): unknown {
  if (node === undefined) return undefined;
  const { place: _, ...rest } = node;
  if (node.kind === 'call') return { ...rest, arguments: node.arguments.map(bare) };
  if (node.kind === 'comparison') return { ...rest, left: bare(node.left), right: bare(node.right) };
  return rest;
}

describe('text', () => {
  test('parsing what is printed gives the same tree, and printing it the same text', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const text = printExpression(expression);
        fc.pre(text.length <= 10_000);
        const again = parseExpression(text);
        expect(bare(again)).toEqual(bare(expression));
        expect(printExpression(again)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  test('normalising twice is normalising once', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const once = normaliseExpression(expression);
        expect(bare(normaliseExpression(once))).toEqual(bare(once));
      }),
    );
  });
});

describe('wire', () => {
  test('JSON read back gives the same JSON, and the same expression in its normal form', () => {
    fc.assert(
      fc.property(declaredExpression, (expression) => {
        const json = toMappingSource(expression);
        fc.pre(json.expression.length <= 10_000);
        const again = fromMappingSource(JSON.parse(JSON.stringify(json)));
        expect(toMappingSource(again)).toEqual(json);
        expect(bare(normaliseExpression(again))).toEqual(bare(normaliseExpression(expression)));
      }),
      { numRuns: 1_000 },
    );
  });

  test('any JSON is read or refused with a code', () => {
    const key = fc.constantFrom('type', 'name', 'expression', 'parameters', 'key', 'value', 'x');
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>('Attribute', 'Constant', 'Function', 'Switch', 'source', '[a]', null, 1, true),
        fc.string(),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (json) => {
        try {
          fromMappingSource(json);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('random text', () => {
  const words = fc.constantFrom(
    ...[
      'Join',
      'IIF',
      'Switch',
      'Replace',
      'Now',
      '(',
      ')',
      '[',
      ']',
      '"',
      '\\',
      ',',
      '=',
      '<',
      '>',
      '-',
      '1',
      '&H',
      'F',
      ' ',
      '\n',
      "'",
      'é',
      '😀',
      'vbTextCompare',
    ],
  );
  const soup = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(words, { maxLength: 200 }).map((parts) => parts.join('')),
    fc.tuple(words, fc.nat(9_999)).map(([word, count]) => word.repeat(Math.ceil(count / word.length)).slice(0, 10_000)),
  );

  test('is parsed, checked, compiled and run, or refused with a place, in under 100 ms', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const started = performance.now();
        try {
          const expression = parseExpression(text);
          checkExpression(expression, { attributes: new Map() });
          compileExpression(expression).evaluate(new Map(), context);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          if (error instanceof Problem) expect(error.place).toMatch(/^line \d+, column \d+$/);
        }
        expect(performance.now() - started).toBeLessThan(100);
      }),
      { numRuns: 3_000 },
    );
  });

  test('the worst cases by construction end in under 100 ms', () => {
    for (const text of [
      '"'.repeat(10_000),
      '['.repeat(10_000),
      'A('.repeat(5_000),
      `${','.repeat(9_999)}(`,
      `A(${','.repeat(9_997)})`,
      ' '.repeat(10_000),
      '\\'.repeat(10_000),
    ]) {
      const started = performance.now();
      try {
        checkExpression(parseExpression(text));
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
      expect(performance.now() - started).toBeLessThan(100);
    }
  });
});

test('any declared call evaluates, or fails with a code and a place', () => {
  fc.assert(
    fc.property(
      declaredExpression,
      fc.constantFrom<string | null>(null, '', 'True', '7', '2021-01-31', 'a,b'),
      (expression, value) => {
        try {
          const source = { get: () => value };
          const { dropped, value: result } = compileExpression(expression).evaluate(source, context);
          if (dropped) expect(result).toBeNull();
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          if (error instanceof Problem) expect(error.place).toMatch(/^line 1, column 1$/);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});
