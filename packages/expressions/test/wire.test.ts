import { describe, expect, test } from 'vitest';
import {
  fromMappingSource,
  functions,
  normaliseExpression,
  parseExpression,
  printExpression,
  toMappingSource,
} from '../src/index.ts';

const wire = (text: string): unknown => toMappingSource(parseExpression(text));
const attribute = (name: string): unknown => ({ type: 'Attribute', name, expression: `[${name}]`, parameters: [] });
const constant = (name: string): unknown => ({ type: 'Constant', name, expression: `"${name}"`, parameters: [] });

describe('writing', () => {
  test('an attribute and a constant', () => {
    expect(wire('[mail]')).toEqual(attribute('mail'));
    expect(wire('"10000"')).toEqual(constant('10000'));
  });

  test('an omitted argument has no entry, repeated ones share their key', () => {
    expect(wire('Switch([IsSoftDeleted],, "False", "True", "True", "False")')).toEqual({
      type: 'Function',
      name: 'Switch',
      expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
      parameters: [
        { key: 'source', value: attribute('IsSoftDeleted') },
        ...['False', 'True', 'True', 'False'].map((name) => ({ key: 'switchValue', value: constant(name) })),
      ],
    });
  });

  test('a number is a constant with quoted text', () => {
    expect(wire('Mid([x], 1, 8)')).toMatchObject({
      expression: 'Mid([x], 1, 8)',
      parameters: [{}, { key: 'start', value: constant('1') }, { key: 'length', value: constant('8') }],
    });
  });

  test('the text has a place for every declared argument', () => {
    expect(wire('ToLower([x])')).toMatchObject({ expression: 'ToLower([x], )' });
    expect(wire('FormatDateTime([x], "yyyy", "yy")')).toMatchObject({
      expression: 'FormatDateTime([x], , "yyyy", "yy")',
    });
  });

  test('rules of SelectUniqueValue carry their number', () => {
    expect(wire('SelectUniqueValue([a], [b])')).toMatchObject({ parameters: [{ key: 'rule1' }, { key: 'rule2' }] });
  });
});

describe('reading', () => {
  const read = (source: unknown): string => printExpression(normaliseExpression(fromMappingSource(source)));

  test("the article's parameter names are taken, too", () => {
    const parameters = [
      { key: 'source', value: attribute('mail') },
      { key: 'oldValue', value: constant('-') },
      { key: 'replacementvalue', value: constant('_') },
    ];
    expect(read({ type: 'Function', name: 'Replace', parameters })).toBe('Replace([mail], "-", , , "_", , )');
  });

  test('members nobody knows are ignored', () => {
    expect(read({ '@odata.type': '#x', type: 'Attribute', name: 'mail', mappingType: 'Direct' })).toBe('[mail]');
  });

  test('a function whose tree is left out is read from its text', () => {
    expect(read({ type: 'Function', name: 'Not', parameters: [], expression: 'Not([x])' })).toBe('Not([x])');
    expect(read({ expression: '[mail]' })).toBe('[mail]');
  });

  test('a text that says something else than the tree is refused', () => {
    const source = { type: 'Function', name: 'Not', parameters: [{ key: 'source', value: attribute('a') }] };
    expect(read({ ...source, expression: ' Not( [a] )' })).toBe('Not([a])');
    expect(() => read({ ...source, expression: 'Not([b])' })).toThrowError(
      expect.objectContaining({ code: 'EXPRESSION_SOURCE_CONTRADICTS' }),
    );
  });

  test.each<[unknown, string]>([
    [null, 'source'],
    ['[mail]', 'source'],
    [{ type: 'Attribute' }, 'source'],
    [{ type: 'Attribute', name: 'a]b' }, 'source'],
    [{ type: 'Thing', name: 'x' }, 'source'],
    [{ type: 'Function', name: 'a b', parameters: [] }, 'source'],
    [{ type: 'Function', name: 'Not', parameters: 'x' }, 'source'],
    [{ type: 'Function', name: 'Not', parameters: [{ value: attribute('a') }] }, 'source/parameters/0'],
    [{ type: 'Function', name: 'Not', parameters: [{ key: 'source' }] }, 'source/parameters/0/value'],
    [
      { type: 'Function', name: 'Not', parameters: [{ key: 'sauce', value: attribute('a') }] },
      'source/parameters/0/value',
    ],
  ])('%j is refused at %s', (source, place) => {
    expect(() => fromMappingSource(source)).toThrowError(
      expect.objectContaining({ code: 'EXPRESSION_SOURCE_INVALID', place }),
    );
  });

  test('a tree of a million levels is refused before the stack is full', () => {
    let source: unknown = attribute('a');
    for (let depth = 0; depth < 1_000_000; depth++) {
      source = { type: 'Function', name: 'Not', parameters: [{ key: 'source', value: source }] };
    }
    expect(() => fromMappingSource(source)).toThrowError(
      expect.objectContaining({ code: 'EXPRESSION_SOURCE_INVALID' }),
    );
  });
});

test('the registered names are the names, and parameters repeat only at the end', () => {
  for (const [name, { name: declared, parameters, summary }] of functions) {
    expect(declared).toBe(name);
    expect(summary).toMatch(/\.$/);
    expect(parameters.slice(0, -1).every(({ repeating }) => repeating === undefined)).toBe(true);
    expect(new Set(parameters.map((parameter) => parameter.name)).size).toBe(parameters.length);
  }
});
