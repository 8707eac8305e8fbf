import { Problem } from '@joinery/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileScope } from '../src/scope/filter.ts';

interface Clause {
  readonly operator: string;
  readonly attribute?: string;
  readonly values?: readonly string[];
}

const clauseJson = ({ operator, attribute = 'a', values = [] }: Clause) => ({
  operatorName: operator,
  sourceOperandName: attribute,
  targetOperand: { values },
});

function holds(
  groups: readonly (readonly Clause[])[],
  attributes: Record<string, string | boolean | string[]>,
): boolean {
  const scope = {
    groups: groups.map((clauses, index) => ({ name: `g${index}`, clauses: clauses.map(clauseJson) })),
    inputFilterGroups: [],
    categoryFilterGroups: [],
  };
  return compileScope(scope, new Set(['a', 'b']), 'scope').groups(new Map(Object.entries(attributes))).holds;
}

const one = (operator: string, value: string | undefined, ...values: string[]): boolean =>
  holds([[{ operator, values }]], value === undefined ? {} : { a: value });

const codeOf = (clause: Clause): string => {
  try {
    holds([[clause]], {});
    return 'accepted';
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

describe('scoping filters', () => {
  test('E-14 clauses AND, groups OR, and no groups take everyone', () => {
    const a = { operator: 'EQUALS', values: ['1'] };
    const b = { operator: 'EQUALS', attribute: 'b', values: ['2'] };
    expect(holds([[a, b]], { a: '1', b: '2' })).toBe(true);
    expect(holds([[a, b]], { a: '1', b: '3' })).toBe(false);
    expect(holds([[a], [b]], { a: '0', b: '2' })).toBe(true);
    expect(holds([[a], [b]], { a: '0', b: '0' })).toBe(false);
    expect(holds([], {})).toBe(true);
  });

  test('E-15 EQUALS compares with case', () => {
    expect(one('EQUALS', 'Sales', 'Sales')).toBe(true);
    expect(one('EQUALS', 'sales', 'Sales')).toBe(false);
  });

  test('E-16 NOT EQUALS on null is false', () => {
    expect(one('NOT EQUALS', undefined, 'x')).toBe(false);
    expect(one('NOT EQUALS', '', 'x')).toBe(false);
    expect(one('NOT EQUALS', 'y', 'x')).toBe(true);
  });

  test('E-17 IS NULL on null is true', () => {
    expect(one('IS NULL', undefined)).toBe(true);
    expect(one('IS NULL', 'x')).toBe(false);
    expect(one('IS NOT NULL', undefined)).toBe(false);
  });

  test('E-18 NOT REGEX MATCH on null is false', () => {
    expect(one('NOT REGEX MATCH', undefined, 'x')).toBe(false);
    expect(one('NOT REGEX MATCH', 'y', 'x')).toBe(true);
  });

  test('E-19 a comparison with something that is no whole number is refused when the job is configured', () => {
    expect(codeOf({ operator: 'GREATER_THAN', values: ['ten'] })).toBe('ENGINE_SCOPE_OPERAND_INVALID');
    expect(one('Greater_Than', '11', '10')).toBe(true);
    expect(one('Greater_Than', '10', '10')).toBe(false);
    expect(one('Greater_Than_OR_EQUALS', '10', '10')).toBe(true);
    expect(one('GREATER_THAN', 'x', '10')).toBe(false);
  });

  test('E-20 REGEX MATCH searches: ([1-9][0-9]) accepts 100', () => {
    expect(one('REGEX MATCH', '100', '([1-9][0-9])')).toBe(true);
    expect(one('REGEX MATCH', 'ABC', 'abc')).toBe(false);
  });

  test('the remaining operators follow their sentences', () => {
    expect(one('INCLUDES', 'Sales East', 'East')).toBe(true);
    expect(one('ENDS_WITH', 'a@contoso.com', '@contoso.com')).toBe(true);
    expect(one('&', 'b', 'abc')).toBe(true);
    expect(one('!&', 'b', 'abc')).toBe(false);
    expect(holds([[{ operator: 'IS TRUE' }]], { a: true })).toBe(true);
    expect(holds([[{ operator: 'IS FALSE' }]], { a: false })).toBe(true);
    expect(holds([[{ operator: 'EQUALS', values: ['x'] }]], { a: ['x', 'y'] })).toBe(false);
  });

  test.each([
    [{ operator: 'EQUAL', values: ['x'] }, 'ENGINE_SCOPE_OPERATOR_UNKNOWN'],
    [{ operator: 'EQUALS' }, 'ENGINE_SCOPE_OPERAND_INVALID'],
    [{ operator: 'REGEX MATCH', values: ['('] }, 'ENGINE_SCOPE_OPERAND_INVALID'],
    [{ operator: 'IS NULL', attribute: 'zzz' }, 'ENGINE_SOURCE_ATTRIBUTE_UNKNOWN'],
  ])('a clause that cannot work is refused: %j', (clause, code) => {
    expect(codeOf(clause)).toBe(code);
  });

  test('an operator and its opposite never both hold, and neither holds without a value', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (value, operand) => {
        for (const [positive, negative] of [
          ['EQUALS', 'NOT EQUALS'],
          ['&', '!&'],
        ] as const) {
          const results = [one(positive, value, operand), one(negative, value, operand)];
          expect(results.filter(Boolean)).toHaveLength(value === '' ? 0 : 1);
        }
      }),
    );
  });
});
