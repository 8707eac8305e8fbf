import { toDecimal } from '../../../conversion/numbers/change-number.ts';
import { numberText } from '../../../conversion/numbers/number-text.ts';
import { parseDecimal, parseDouble } from '../../../conversion/numbers/read-number.ts';
import { NetArray } from '../../../values/array.ts';
import {
  addDecimals,
  compareDecimals,
  decimalOf,
  decimalZero,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  remainderOfDecimals,
  roundDecimal,
  subtractDecimals,
  trimmed,
} from '../../../values/decimal.ts';
import { EnumValue } from '../../../values/enum.ts';
import { int } from '../../../values/narrow.ts';
import { Decimal, Double, Single } from '../../../values/numbers.ts';
import type { Value } from '../../../values/value.ts';
import { netTypes } from '../../intrinsic.ts';
import type { CallContext, Overload, TypeDescription } from '../../net-type.ts';
import { roundingMode } from '../rounding.ts';
import { badClamp } from './integers.ts';
import { asDouble, number, numberInterfaces, numberMethods, parseMethods } from './number-members.ts';

/** NaN comes before every number and equals itself. */
function compareDoubles(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return Number.isNaN(b) || a > b ? 1 : -1;
}

interface FloatShape {
  readonly name: string;
  readonly word: string;
  readonly accelerators: readonly string[];
  readonly make: (value: number) => Value;
  readonly most: number;
  readonly epsilon: number;
  readonly typeCode: number;
}

const floats: readonly FloatShape[] = [
  {
    name: 'System.Double',
    word: 'double',
    accelerators: ['double'],
    make: (value) => new Double(value),
    most: Number.MAX_VALUE,
    epsilon: Number.MIN_VALUE,
    typeCode: 14,
  },
  {
    name: 'System.Single',
    word: 'float',
    accelerators: ['float', 'single'],
    make: (value) => new Single(value),
    most: 3.4028234663852886e38,
    epsilon: 1.401298464324817e-45,
    typeCode: 13,
  },
];

function describeFloat({ name, word, accelerators, make, most, epsilon, typeCode }: FloatShape): TypeDescription {
  const test = (method: string, of: (value: number) => boolean): readonly Overload[] => [
    { signature: `static bool ${method}(${word} d)`, invoke: (_self, [value]) => of(asDouble(value)) },
  ];
  const constant = (value: number): { type: string; get: () => Value } => ({ type: word, get: () => make(value) });
  const one = (method: string, of: (value: number) => number): readonly Overload[] => [
    { signature: `static ${word} ${method}(${word} x)`, invoke: (_self, [x]) => make(of(asDouble(x))) },
  ];
  const two = (method: string, of: (x: number, y: number) => number): readonly Overload[] => [
    {
      signature: `static ${word} ${method}(${word} x, ${word} y)`,
      invoke: (_self, [x, y]) => make(of(asDouble(x), asDouble(y))),
    },
  ];
  return {
    name,
    kind: 'struct',
    accelerators,
    interfaces: numberInterfaces(word),
    zero: () => make(0),
    toText: (self, format) => numberText(number(self), format),
    hashKey: (self) => {
      const value = asDouble(self);
      // Both zeros are one key, and so are all NaN.
      return value === 0 ? '0' : value.toString();
    },
    compare: (self, other) => compareDoubles(asDouble(self), asDouble(other)),
    methods: numberMethods(word, typeCode),
    staticProperties: {
      MaxValue: constant(most),
      MinValue: constant(-most),
      Epsilon: constant(epsilon),
      NaN: constant(Number.NaN),
      PositiveInfinity: constant(Number.POSITIVE_INFINITY),
      NegativeInfinity: constant(Number.NEGATIVE_INFINITY),
      NegativeZero: constant(-0),
      E: constant(Math.E),
      Pi: constant(Math.PI),
      Tau: constant(2 * Math.PI),
    },
    staticMethods: {
      ...parseMethods(
        word,
        (source, styles, culture) => make(parseDouble(source, styles, culture)),
        () => make(0),
      ),
      IsNaN: test('IsNaN', Number.isNaN),
      IsFinite: test('IsFinite', Number.isFinite),
      IsInfinity: test('IsInfinity', (value) => Math.abs(value) === Number.POSITIVE_INFINITY),
      IsPositiveInfinity: test('IsPositiveInfinity', (value) => value === Number.POSITIVE_INFINITY),
      IsNegativeInfinity: test('IsNegativeInfinity', (value) => value === Number.NEGATIVE_INFINITY),
      IsNegative: test('IsNegative', (value) => value < 0 || Object.is(value, -0)),
      IsPositive: test('IsPositive', (value) => value > 0 || Object.is(value, 0)),
      IsInteger: test('IsInteger', Number.isInteger),
      Max: two('Max', Math.max),
      Min: two('Min', Math.min),
      Pow: two('Pow', Math.pow),
      Abs: one('Abs', Math.abs),
      Sqrt: one('Sqrt', Math.sqrt),
      Floor: one('Floor', Math.floor),
      Ceiling: one('Ceiling', Math.ceil),
      Truncate: one('Truncate', Math.trunc),
    },
  };
}

const decimal = (value: Value): Decimal => toDecimal(number(value));

function two(name: string, of: (a: Decimal, b: Decimal) => Value, answer = 'decimal'): readonly Overload[] {
  return [
    {
      signature: `static ${answer} ${name}(decimal d1, decimal d2)`,
      invoke: (_self, [a, b]) => of(decimal(a), decimal(b)),
    },
  ];
}

function one(name: string, of: (value: Decimal) => Value, answer = 'decimal'): readonly Overload[] {
  return [{ signature: `static ${answer} ${name}(decimal d)`, invoke: (_self, [value]) => of(decimal(value)) }];
}

/** `ToInt32` and its kind cut the fraction off. */
const toWhole: Readonly<Record<string, readonly Overload[]>> = Object.fromEntries(
  (
    [
      ['Byte', netTypes.byte],
      ['SByte', netTypes.sbyte],
      ['Int16', netTypes.int16],
      ['UInt16', netTypes.uint16],
      ['Int32', netTypes.int32],
      ['UInt32', netTypes.uint32],
      ['Int64', netTypes.int64],
      ['UInt64', netTypes.uint64],
    ] as const
  ).map(([name, type]) => [
    `To${name}`,
    [
      {
        signature: `static ${type.name} To${name}(decimal d)`,
        invoke: (_self: Value, [d]: readonly Value[], context: CallContext) =>
          context.convert(roundDecimal(decimal(d), 0, 'toZero'), type),
      },
    ],
  ]),
);

const mostDecimal = (1n << 96n) - 1n;

/** The four 32-bit parts of a decimal: low, middle, high, and sign with scale. */
function bitsOf({ mantissa, scale }: Decimal): Value {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const part = (at: bigint): number => Number(BigInt.asIntN(32, size >> at));
  const flags = Number(BigInt.asIntN(32, BigInt(scale << 16) | (mantissa < 0n ? 1n << 31n : 0n)));
  return new NetArray(netTypes.int32, [part(0n), part(32n), part(64n), flags]);
}

function fromParts(low: Value, middle: Value, high: Value, negative: boolean, scale: number): Decimal {
  const part = (value: Value): bigint => BigInt.asUintN(32, BigInt(int(value)));
  const size = (part(high) << 64n) | (part(middle) << 32n) | part(low);
  return new Decimal(negative ? -size : size, scale);
}

const decimalDescription: TypeDescription = {
  name: 'System.Decimal',
  kind: 'struct',
  accelerators: ['decimal'],
  interfaces: numberInterfaces('decimal'),
  zero: () => decimalZero,
  toText: (self, format) => numberText(number(self), format),
  hashKey: (self) => {
    const { mantissa, scale } = trimmed(decimal(self), 0);
    return `${mantissa}e-${scale}`;
  },
  compare: (self, other) => compareDecimals(decimal(self), decimal(other)),
  constructors: [
    ...['int', 'uint', 'long', 'ulong', 'float', 'double'].map(
      (word): Overload => ({
        signature: `new(${word} value)`,
        invoke: (_self, [value]) => decimal(value),
      }),
    ),
    {
      signature: 'new(int lo, int mid, int hi, bool isNegative, byte scale)',
      invoke: (_self, [low, middle, high, negative, scale]) =>
        fromParts(low, middle, high, negative === true, asDouble(scale)),
    },
  ],
  properties: { Scale: { type: 'byte', get: (self, context) => context.convert(decimal(self).scale, netTypes.byte) } },
  methods: numberMethods('decimal', 15),
  staticProperties: {
    Zero: { type: 'decimal', get: () => decimalZero },
    One: { type: 'decimal', get: () => decimalOf(1) },
    MinusOne: { type: 'decimal', get: () => decimalOf(-1) },
    MaxValue: { type: 'decimal', get: () => new Decimal(mostDecimal, 0) },
    MinValue: { type: 'decimal', get: () => new Decimal(-mostDecimal, 0) },
  },
  staticMethods: {
    ...parseMethods('decimal', parseDecimal, () => decimalZero),
    Add: two('Add', addDecimals),
    Subtract: two('Subtract', subtractDecimals),
    Multiply: two('Multiply', multiplyDecimals),
    Divide: two('Divide', divideDecimals),
    Remainder: two('Remainder', remainderOfDecimals),
    Compare: two('Compare', compareDecimals, 'int'),
    Equals: two('Equals', (a, b) => compareDecimals(a, b) === 0, 'bool'),
    Max: two('Max', (a, b) => (compareDecimals(a, b) >= 0 ? a : b)),
    Min: two('Min', (a, b) => (compareDecimals(a, b) <= 0 ? a : b)),
    Negate: one('Negate', negateDecimal),
    Abs: one('Abs', (value) => (value.mantissa < 0n ? negateDecimal(value) : value)),
    Sign: one('Sign', (value) => (value.mantissa === 0n ? 0 : value.mantissa > 0n ? 1 : -1), 'int'),
    Truncate: one('Truncate', (value) => roundDecimal(value, 0, 'toZero')),
    Floor: one('Floor', (value) => roundDecimal(value, 0, 'toNegativeInfinity')),
    Ceiling: one('Ceiling', (value) => roundDecimal(value, 0, 'toPositiveInfinity')),
    Round: [
      { signature: 'static decimal Round(decimal d)', invoke: (_self, [d]) => roundDecimal(decimal(d), 0, 'toEven') },
      {
        signature: 'static decimal Round(decimal d, int decimals)',
        invoke: (_self, [d, places]) => roundDecimal(decimal(d), int(places), 'toEven'),
      },
      {
        signature: 'static decimal Round(decimal d, System.MidpointRounding mode)',
        invoke: (_self, [d, mode]) => roundDecimal(decimal(d), 0, modeOf(mode)),
      },
      {
        signature: 'static decimal Round(decimal d, int decimals, System.MidpointRounding mode)',
        invoke: (_self, [d, places, mode]) => roundDecimal(decimal(d), int(places), modeOf(mode)),
      },
    ],
    GetBits: [{ signature: 'static int[] GetBits(decimal d)', invoke: (_self, [d]) => bitsOf(decimal(d)) }],
    ...toWhole,
    ToSingle: [
      { signature: 'static float ToSingle(decimal d)', invoke: (_self, [d]) => new Single(Math.fround(asDouble(d))) },
    ],
    Clamp: [
      {
        signature: 'static decimal Clamp(decimal value, decimal min, decimal max)',
        invoke: (_self, [value, least, most]) => {
          const [given, from, to] = [decimal(value), decimal(least), decimal(most)];
          if (compareDecimals(from, to) > 0) throw badClamp(numberText(from), numberText(to));
          return compareDecimals(given, from) < 0 ? from : compareDecimals(given, to) > 0 ? to : given;
        },
      },
    ],
    IsInteger: one('IsInteger', (value) => compareDecimals(value, roundDecimal(value, 0, 'toZero')) === 0, 'bool'),
    IsNegative: one('IsNegative', (value) => value.mantissa < 0n, 'bool'),
    IsPositive: one('IsPositive', (value) => value.mantissa >= 0n, 'bool'),
    ToDouble: [{ signature: 'static double ToDouble(decimal d)', invoke: (_self, [d]) => new Double(asDouble(d)) }],
  },
};

function modeOf(mode: Value): ReturnType<typeof roundingMode> {
  return roundingMode(mode instanceof EnumValue ? Number(mode.value) : 0);
}

export const reals: readonly TypeDescription[] = [...floats.map(describeFloat), decimalDescription];
