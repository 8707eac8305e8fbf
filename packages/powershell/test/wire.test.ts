import fc from 'fast-check';
import { expect, test } from 'vitest';
import { customObject, date, type EngineValue, hashtable, numberTypes, toJsonValue } from '../src/engine/value.ts';
import { decodeValue, encodeValue } from '../src/engine/wire.ts';

const text = fc.string({ unit: 'binary' });

const { value } = fc.letrec<{ value: EngineValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.bigInt(),
    text,
    fc.uint8Array(),
    fc.record({ kind: fc.constant('number' as const), type: fc.constantFrom(...numberTypes), text }),
    fc.record({ kind: fc.constant('date' as const), text }),
    fc.record({ kind: fc.constant('opaque' as const), type: text, text }),
    fc.record({
      kind: fc.constant('error' as const),
      id: text,
      category: text,
      type: text,
      message: text,
      line: fc.nat(),
      column: fc.nat(),
    }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.record({
      kind: fc.constant('dictionary' as const),
      ordered: fc.boolean(),
      entries: fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    }),
    fc.record({
      kind: fc.constant('object' as const),
      typeNames: fc.array(text, { maxLength: 2 }),
      properties: fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    }),
  ),
}));

test('every value survives the way through a pipe', () => {
  fc.assert(
    fc.property(value, (sent) => {
      expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(sent))))).toEqual(sent);
    }),
  );
});

test('a number of JavaScript that is no Int32 goes as a Double', () => {
  expect(encodeValue(1.5)).toEqual(['number', 'System.Double', '1.5']);
  expect(encodeValue(2 ** 31)).toEqual(['number', 'System.Double', '2147483648']);
  expect(encodeValue(-0)).toEqual(['number', 'System.Double', '-0']);
  expect(encodeValue(Number.NaN)).toEqual(['number', 'System.Double', 'NaN']);
});

test('a value that holds itself is refused', () => {
  const entries = new Map<EngineValue, EngineValue>();
  const round: EngineValue = { kind: 'dictionary', ordered: false, entries };
  entries.set('self', round);
  expect(() => encodeValue(round)).toThrow(/nested deeper than 64 levels/);
});

test.each([
  [['nothing known', 1]],
  [['number', 'System.Object', '1']],
  [['long', 1]],
  [['long', '0x1']],
  [['long', '9'.repeat(1000)]],
  [1.5],
  [2 ** 31],
  [['error', '', '', '', '', null, -1, 0]],
  [['error', '', '', '', '', null, 0, {}]],
  [['object', 'x']],
  [{ t: 'x' }],
  [undefined],
])('%j from the other side is refused', (wire) => {
  expect(() => decodeValue(wire)).toThrow(TypeError);
});

test('for printing, names like __proto__ are names like any other', () => {
  const printed = toJsonValue(customObject(new Map<string, EngineValue>([['__proto__', hashtable({ a: 1n })]])));
  expect(JSON.stringify(printed)).toBe('{"__proto__":{"a":1}}');
});

test('for printing, numbers stay numbers where JavaScript holds them exactly', () => {
  const number = (type: 'System.Double' | 'System.Decimal', digits: string): EngineValue => ({
    kind: 'number',
    type,
    text: digits,
  });
  expect([
    toJsonValue(9_007_199_254_740_993n),
    toJsonValue(number('System.Decimal', '1.50')),
    toJsonValue(number('System.Double', '1.5')),
    toJsonValue(number('System.Double', 'NaN')),
    toJsonValue(date(new Date(0))),
  ]).toEqual(['9007199254740993', '1.50', 1.5, 'NaN', '1970-01-01T00:00:00.0000000Z']);
});
