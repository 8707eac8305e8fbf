import { isProblem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import {
  checkExpression,
  compileExpression,
  fromMappingSource,
  type Outcome,
  parseExpression,
  printValue,
  selectUniqueValue,
  toItems,
  toMappingSource,
} from '../src/index.ts';
import { context, evaluate } from './evaluate.ts';
import { type Expectation, type Vector, vectors } from './vectors.ts';

function outcomeOf({ expression, source = {} }: Vector): Outcome | string {
  try {
    return evaluate(expression, source);
  } catch (error) {
    if (!isProblem(error)) throw error;
    expect(error.place).toMatch(/^line 1, column \d+$/);
    return error.code;
  }
}

function expectOutcome(outcome: Outcome | string, expected: Expectation): void {
  if ('fails' in expected) {
    expect(outcome).toBe(expected.fails);
    return;
  }
  if (typeof outcome === 'string') throw new Error(`The expression failed with ${outcome}.`);
  const items = toItems(outcome.value).map(printValue);
  expect(outcome.dropped).toBe('dropped' in expected);
  expect(outcome.redacted).toBe('redacted' in expected);
  if ('list' in expected) expect(items).toEqual(expected.list);
  else if ('like' in expected) expect(items[0]).toMatch(expected.like);
  else if ('redacted' in expected) expect(items).toEqual([expected.redacted]);
  else if ('prints' in expected) expect(items[0] ?? null).toBe(expected.prints);
  else expect(outcome.value).toBeNull();
}

describe('conformance vectors', () => {
  test.each(vectors.map((vector) => [vector.id, vector.expression, JSON.stringify(vector.source), vector] as const))(
    '%s %s on %s',
    (_id, _expression, _source, vector) => expectOutcome(outcomeOf(vector), vector.expected),
  );

  const valid = vectors.filter(
    ({ expected }) => !('fails' in expected) || expected.fails === 'EXPRESSION_ITEM_MISSING',
  );
  test.each(valid.map(({ id, expression }) => [id, expression] as const))(
    '%s %s is checked without errors',
    (_id, text) => {
      expect(checkExpression(parseExpression(text)).filter(({ severity }) => severity === 'error')).toEqual([]);
    },
  );

  test.each(valid.map((vector) => [vector.id, vector] as const))(
    '%s means the same after a trip over the wire',
    (_id, vector) => {
      const json: unknown = JSON.parse(JSON.stringify(toMappingSource(parseExpression(vector.expression))));
      const again = compileExpression(fromMappingSource(json));
      if ('fails' in vector.expected) return;
      expectOutcome(again.evaluate(new Map(Object.entries(vector.source ?? {})), context), vector.expected);
    },
  );
});

describe('SelectUniqueValue', () => {
  const rules = [0, 1, 2].map((letters) => {
    const given = letters === 0 ? '[givenName]' : `Mid([givenName], 1, ${letters})`;
    return `Join("@", NormalizeDiacritics(StripSpaces(Join(".", ${given}, [surname]))), "contoso.com")`;
  });
  const compiled = compileExpression(parseExpression(`SelectUniqueValue(${rules.join(', ')})`));
  const person = new Map([
    ['givenName', 'John'],
    ['surname', 'Smith'],
  ]);
  const all = ['John.Smith@contoso.com', 'J.Smith@contoso.com', 'Jo.Smith@contoso.com'];
  const select = (taken: readonly string[], asked: unknown[] = []): Promise<Outcome> =>
    selectUniqueValue(
      compiled,
      person,
      context,
      async (value) => {
        asked.push(value);
        return taken.includes(String(value));
      },
      new AbortController().signal,
    );

  test.each([
    ['V1', 0],
    ['V2', 1],
    ['V3', 2],
  ] as const)('%s with %i values taken the next rule gives the value, and no more is asked', async (_id, taken) => {
    const asked: unknown[] = [];
    expect((await select(all.slice(0, taken), asked)).value).toBe(all[taken]);
    expect(asked).toEqual(all.slice(0, taken + 1));
  });

  test('V4 with all values taken it is an error, not a value', async () => {
    await expect(select(all)).rejects.toMatchObject({ code: 'EXPRESSION_NOT_UNIQUE' });
  });

  test('evaluated without a target it says so', () => {
    expect(() => compiled.evaluate(person, context)).toThrowError(/answered by the target/);
  });
});
