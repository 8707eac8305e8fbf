import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonDocument, readJson } from '../src/commands/data/json-reader.ts';
import { JsonProblem } from '../src/commands/data/json-text.ts';
import { jsonNumber } from '../src/commands/data/json-values.ts';
import { NetArray } from '../src/values/array.ts';
import { BigInteger, Double } from '../src/values/numbers.ts';
import { PSCustomObject } from '../src/values/ps-object.ts';
import type { Value } from '../src/values/value.ts';

function read(text: string, depth = 1024): JsonDocument | undefined {
  return readJson(text, { depth, newTable: undefined, number: jsonNumber, text: (one) => one, step() {} });
}

function plain(value: Value): unknown {
  if (value instanceof NetArray) return value.items.map(plain);
  if (value instanceof Double) return value.value;
  if (value instanceof PSCustomObject) {
    return Object.fromEntries(
      [...value.members.values()].map((one) => [one.name, plain(one.kind === 'note' ? one.value : null)]),
    );
  }
  if (value instanceof BigInteger) return Number(value.value);
  return typeof value === 'bigint' ? Number(value) : value;
}

describe('the JSON reader', () => {
  test('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
        const text = JSON.stringify(value, null, 1);
        const expected: unknown = JSON.parse(text);
        const document = read(text);
        if (document?.refused === undefined) expect(plain(document?.value)).toEqual(expected);
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
          read(text);
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
    expect(plain(read(text)?.value)).toEqual(expected);
  });

  test.each([
    ['{bad', "Unexpected end while parsing unquoted property name. Path '', line 1, position 4."],
    ['{"a":\n[1,,', /Path 'a\[1\]'|line 2/],
    ['[1] 2', /Additional text encountered/],
  ])('tells where %s is wrong', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('ends at the depth it was given', () => {
    expect(() => read('['.repeat(100_000))).toThrow(JsonProblem);
    expect(() => read('[[[1]]]', 2)).toThrow(/MaxDepth of 2/);
  });

  test('reads many names, many kinds of objects and names that JavaScript has of its own', () => {
    const wide = read(`{${Array.from({ length: 100_000 }, (_, at) => `"n${at}":${at}`).join(',')}}`)?.value;
    expect(wide instanceof PSCustomObject && wide.note('N99999')).toBe(99_999n);
    const kinds = read(`[${Array.from({ length: 20_000 }, (_, at) => `{"k${at}":1,"same":2}`).join(',')}]`)?.value;
    const last = kinds instanceof NetArray ? kinds.items.at(-1) : undefined;
    expect(last instanceof PSCustomObject && [last.note('k19999'), last.note('same')]).toEqual([1n, 2n]);
    expect(plain(read('{"hasOwnProperty":1,"constructor":{"prototype":2}}')?.value)).toEqual({
      hasOwnProperty: 1,
      constructor: { prototype: 2 },
    });
  });

  test('gives the same for objects that share a layout and for one that left it', () => {
    const value = fc.record({ a: fc.integer(), b: fc.string({ maxLength: 3 }), C: fc.boolean() }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), (list) => {
        const items = read(JSON.stringify(list))?.value;
        if (!(items instanceof NetArray)) throw new Error('it is a list');
        for (const [at, item] of items.items.entries()) {
          if (!(item instanceof PSCustomObject)) throw new Error('it holds objects');
          const names = Object.keys(list[at] ?? {});
          const before = names.map((name) => item.note(name));
          expect([...item.members.values()].map(({ name }) => name)).toEqual(names);
          expect(names.map((name) => item.note(name))).toEqual(before);
          expect(item.layout).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });
});
