import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonNode, JsonProblem, readJson } from '../src/commands/data/json-reader.ts';

function plain(node: JsonNode | undefined): unknown {
  switch (node?.kind) {
    case 'literal':
      return node.value;
    case 'number':
      return Number(node.text);
    case 'string':
      return node.text;
    case 'array':
      return node.items.map(plain);
    case 'object':
      return Object.fromEntries(node.members.map(([name, item]) => [name, plain(item)]));
    default:
      return undefined;
  }
}

describe('the JSON reader', () => {
  test('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 1);
        expect(plain(readJson(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test('answers or refuses any text, and does nothing else', () => {
    const unit = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ',',
      ':',
      '1',
      '-',
      'e',
      't',
      'n',
      '\\',
      '/',
      '*',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        try {
          readJson(text);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonProblem);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["{a: 1, 'b': [2,], /* note */ c: undefined} // end", { a: 1, b: [2], c: null }],
    ['{"__proto__x": {"constructor": 1}}', { __proto__x: { constructor: 1 } }],
  ])('lets through what PowerShell does: %s', (text, expected) => {
    expect(plain(readJson(text))).toEqual(expected);
  });

  test.each([
    ['{bad', "Unexpected end while parsing unquoted property name. Path '', line 1, position 4."],
    ['{"a":\n[1,,', /Path 'a\[1\]'|line 2/],
    ['[1] 2', /Additional text encountered/],
  ])('tells where %s is wrong', (text, message) => {
    expect(() => readJson(text)).toThrow(message);
  });

  test('ends at the depth it was given', () => {
    expect(() => readJson('['.repeat(100_000))).toThrow(JsonProblem);
    expect(() => readJson('[[[1]]]', 2)).toThrow(/MaxDepth of 2/);
  });
});
