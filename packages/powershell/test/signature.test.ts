import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typeNameText } from '../src/syntax/tree/index.ts';
import { readSignature } from '../src/types/signature.ts';
import { createTypeTable } from '../src/types/table.ts';
import { fullName, languageName, netName } from '../src/types/type-display.ts';
import { readTypeText } from '../src/types/type-text.ts';

describe('signatures', () => {
  test('give return type, name, type parameters and parameters with their kinds', () => {
    const { returnType, name, typeParameters, parameters } = readSignature(
      'static T[] Pick[T, U](System.Func[T,bool] test, [ref] int at, string words = "a, (b)", params object[] more)',
    );
    expect(returnType === undefined ? '' : typeNameText(returnType)).toBe('T[]');
    expect([name, ...typeParameters]).toEqual(['Pick', 'T', 'U']);
    expect(
      parameters.map((one) => [one.name, typeNameText(one.type), one.isReference, one.isParamArray, one.defaultText]),
    ).toEqual([
      ['test', 'System.Func[T,bool]', false, false, undefined],
      ['at', 'int', true, false, undefined],
      ['words', 'string', false, false, '"a, (b)"'],
      ['more', 'object[]', false, true, undefined],
    ]);
  });

  test.each(['', 'int', 'Foo(int)', 'Foo(int x', '(int x)', 'Foo(9 x)'])(
    '%j is none, and the host program is told',
    (text) => {
      expect(() => readSignature(text)).toThrow(TypeError);
    },
  );
});

const word = fc.constantFrom('int', 'string', 'System.Uri', 'List`1', 'A.B+C', 'Größe', '_x');
const typeText = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.tuple(tie('type'), fc.integer({ min: 1, max: 3 })).map(([one, rank]) => `${one}[${','.repeat(rank - 1)}]`),
    fc
      .tuple(fc.constantFrom('List', 'System.Func'), fc.array(tie('type'), { minLength: 1, maxLength: 3 }))
      .map(([name, list]) => `${name}[${list.join(',')}]`),
  ),
})).type;

describe('type names in text', () => {
  test('are written back as they were read', () => {
    fc.assert(
      fc.property(typeText, (text) => {
        const name = readTypeText(text);
        expect(name === undefined ? undefined : typeNameText(name)).toBe(text);
      }),
    );
  });

  test('that are none are refused, whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = readTypeText(text);
        if (name !== undefined) expect(readTypeText(typeNameText(name))).toBeDefined();
      }),
    );
  });

  test('have the three forms of .NET and the one of PowerShell', () => {
    const type = createTypeTable().parse('System.Collections.Generic.Dictionary[string,int[]]');
    expect(type && [fullName(type), netName(type), languageName(type)]).toEqual([
      'System.Collections.Generic.Dictionary`2[[System.String, System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e],[System.Int32[], System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e]]',
      'System.Collections.Generic.Dictionary`2[System.String,System.Int32[]]',
      'System.Collections.Generic.Dictionary[string,int[]]',
    ]);
  });
});
