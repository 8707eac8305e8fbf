import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseTypes } from '../src/runtime/parse-types.ts';
import { parse } from '../src/syntax/parse.ts';
import { placeOf } from '../src/syntax/source.ts';
import { createTypeTable } from '../src/types/table.ts';
import { parseVectors } from '../src/vectors/vector.ts';

const folder = new URL('./fixtures/vectors/', import.meta.url);

function errorsOf(text: string): readonly object[] {
  const source = { text, file: undefined };
  const { errors } = parse(source, parseTypes(createTypeTable()));
  return errors.map(({ id, message, start }) => ({ id, message, ...placeOf(source, start) }));
}

function ids(text: string): readonly string[] {
  return parse({ text, file: undefined }).errors.map(({ id }) => id);
}

describe('every script of the vectors has the errors that PowerShell lists, in its words and places', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    for (const { id, script, result } of parseVectors(readFileSync(new URL(name, folder), 'utf8'))) {
      const expected = 'parse' in result ? result.parse : [];
      expect({ id, errors: errorsOf(script) }).toEqual({ id, errors: expected });
    }
  });
});

describe('what nests too deep or chains too long is refused, not overflowed', () => {
  test.each([
    ['parentheses', '('.repeat(100_000)],
    ['braces', '{'.repeat(100_000)],
    ['sub-expressions', '$('.repeat(100_000)],
    ['hashtables', '@{a='.repeat(100_000)],
    ['attributes', '[a({'.repeat(10_000)],
    ['attributes of parameters', 'param([a({'.repeat(10_000)],
    ['casts', `${'[int]'.repeat(100_000)}1`],
    ['prefixes', `${'-not '.repeat(100_000)}1`],
    ['operators', `1${' + 1'.repeat(100_000)}`],
    ['members', `$a${'.b'.repeat(100_000)}`],
    ['chains', `a${' && a'.repeat(100_000)}`],
    ['assignments', '$a='.repeat(100_000)],
    ['functions', 'function f {'.repeat(100_000)],
    ['type arguments', `[a${'[b'.repeat(100_000)}]`],
  ])('%s', (_, text) => {
    expect(ids(text)).toContain('ScriptTooComplicated');
  });

  test('strings in strings are', () => {
    let text = '1';
    for (let depth = 0; depth < 12; depth++) text = `"$(${text.replaceAll('"', '""')})"`;
    expect(ids(text)).toEqual([]);
  });
});

test('as many pipes, clauses and elements as a script likes are fine', () => {
  expect(ids(`a${' | a'.repeat(50_000)}`)).toEqual([]);
  expect(ids(`if (1) { }${' elseif (1) { }'.repeat(50_000)}`)).toEqual([]);
  expect(ids(`1${', 1'.repeat(50_000)}`)).toEqual([]);
  expect(ids('5 6\n'.repeat(50_000))).toHaveLength(50_000);
});

test('PowerShell itself cannot run a trap as a value: it is refused', () => {
  expect(ids('$x = trap { 1 }')).toEqual(['UnexpectedKeyword']);
});
