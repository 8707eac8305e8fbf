import { changeNumber, integerValue, toDecimal } from '../../conversion/numbers/change-number.ts';
import { numberText } from '../../conversion/numbers/number-text.ts';
import { integerOf } from '../../conversion/numbers/read-number.ts';
import { netFailure } from '../../errors/raise.ts';
import { compareDecimals, negateDecimal, roundDecimal, roundHalfEven } from '../../values/decimal.ts';
import { EnumValue } from '../../values/enum.ts';
import { int } from '../../values/narrow.ts';
import { Decimal, Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { badClamp, noAbsolute } from './numbers/integers.ts';
import { asDouble, number } from './numbers/number-members.ts';
import { roundingMode } from './rounding.ts';

/** The number types that `Math` has overloads for, in .NET's order. */
const words: readonly (readonly [word: string, type: NetType])[] = [
  ['byte', netTypes.byte],
  ['decimal', netTypes.decimal],
  ['double', netTypes.double],
  ['short', netTypes.int16],
  ['int', netTypes.int32],
  ['long', netTypes.int64],
  ['sbyte', netTypes.sbyte],
  ['float', netTypes.single],
  ['ushort', netTypes.uint16],
  ['uint', netTypes.uint32],
  ['ulong', netTypes.uint64],
];

const signed = ['short', 'int', 'long', 'sbyte', 'decimal', 'double', 'float'];

const decimal = (value: Value): Decimal => toDecimal(number(value));

/** Negative, zero or positive; NaN is neither. */
function order(a: Value, b: Value): number {
  if (a instanceof Decimal && b instanceof Decimal) return compareDecimals(a, b);
  const [x, y] = [integerValue(a), integerValue(b)];
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  return asDouble(a) - asDouble(b);
}

/** `Max` and `Min` of every number type: NaN wins over everything. */
function pick(name: string, takesFirst: (order: number) => boolean): readonly Overload[] {
  return words.map(([word]) => ({
    signature: `static ${word} ${name}(${word} val1, ${word} val2)`,
    invoke: (_self, [a, b]) => {
      if (isNotANumber(a)) return a;
      if (isNotANumber(b)) return b;
      return takesFirst(order(a, b)) ? a : b;
    },
  }));
}

function isNotANumber(value: Value): boolean {
  return Number.isNaN(asDouble(value));
}

function clamp(): readonly Overload[] {
  return words.map(([word]) => ({
    signature: `static ${word} Clamp(${word} value, ${word} min, ${word} max)`,
    invoke: (_self, [value, min, max]) => {
      if (order(min, max) > 0) throw badClamp(numberText(number(min)), numberText(number(max)));
      return order(value, min) < 0 ? min : order(value, max) > 0 ? max : value;
    },
  }));
}

function absolute(): readonly Overload[] {
  return words
    .filter(([word]) => signed.includes(word))
    .map(([word, type]) => ({
      signature: `static ${word} Abs(${word} value)`,
      invoke: (_self, [value]) => absoluteOf(value, type),
    }));
}

function absoluteOf(value: Value, type: NetType): Value {
  if (value instanceof Decimal) return value.mantissa < 0n ? negateDecimal(value) : value;
  const whole = integerValue(value);
  if (whole === undefined) return changeNumber(new Double(Math.abs(asDouble(value))), type);
  const size = whole < 0n ? -whole : whole;
  if (size !== whole && size > largest(type)) throw noAbsolute();
  return integerOf(size, type);
}

function largest(type: NetType): bigint {
  const bits = type === netTypes.int64 ? 63n : type === netTypes.int32 ? 31n : type === netTypes.int16 ? 15n : 7n;
  return (1n << bits) - 1n;
}

function sign(): readonly Overload[] {
  return words
    .filter(([word]) => signed.includes(word))
    .map(([word]) => ({
      signature: `static int Sign(${word} value)`,
      invoke: (_self, [value]) => {
        if (isNotANumber(value)) {
          throw netFailure(
            'System.ArithmeticException',
            'Function does not accept floating point Not-a-Number values.',
          );
        }
        return Math.sign(order(value, value instanceof Decimal ? new Decimal(0n, 0) : 0));
      },
    }));
}

/** Functions of doubles. */
function ofDouble(functions: Readonly<Record<string, (x: number) => number>>): Record<string, readonly Overload[]> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, of]) => [
      name,
      [
        { signature: `static double ${name}(double d)`, invoke: (_self, [x]) => new Double(of(asDouble(x))) },
      ] satisfies Overload[],
    ]),
  );
}

function ofTwo(
  functions: Readonly<Record<string, (x: number, y: number) => number>>,
): Record<string, readonly Overload[]> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, of]) => [
      name,
      [
        {
          signature: `static double ${name}(double x, double y)`,
          invoke: (_self, [x, y]) => new Double(of(asDouble(x), asDouble(y))),
        },
      ] satisfies Overload[],
    ]),
  );
}

/** Functions of a double or a decimal that give a whole number. */
function whole(
  name: string,
  ofDoubles: (x: number) => number,
  mode: 'toNegativeInfinity' | 'toPositiveInfinity' | 'toZero',
): readonly Overload[] {
  return [
    { signature: `static double ${name}(double d)`, invoke: (_self, [x]) => new Double(ofDoubles(asDouble(x))) },
    {
      signature: `static decimal ${name}(decimal d)`,
      invoke: (_self, [x]) => roundDecimal(decimal(x), 0, mode),
    },
  ];
}

const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * `Math.Round` of a double, as .NET does it: scales up, rounds, scales down, so that 2.675 to two places is 2.68 and 1.005
 * is 1.
 */
function roundDouble(value: number, places: number, mode: number): number {
  if (places < 0 || places > 15) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Rounding digits must be between 0 and 15, inclusive.', {
      parameter: 'digits',
    });
  }
  if (Math.abs(value) >= 1e16) return value;
  const power = powers[places] ?? 1;
  return roundWhole(value * power, mode) / power;
}

function roundWhole(value: number, mode: number): number {
  switch (roundingMode(mode)) {
    case 'toEven':
      return roundHalfEven(value);
    case 'awayFromZero': {
      const cut = Math.trunc(value);
      return Math.abs(value - cut) >= 0.5 ? cut + Math.sign(value) : cut;
    }
    case 'toZero':
      return Math.trunc(value);
    case 'toNegativeInfinity':
      return Math.floor(value);
    case 'toPositiveInfinity':
      return Math.ceil(value);
  }
}

function modeOf(value: Value): number {
  return value instanceof EnumValue ? Number(value.value) : 0;
}

function decimalPlaces(value: Value): number {
  const places = int(value);
  if (places >= 0 && places <= 28) return places;
  throw netFailure(
    'System.ArgumentOutOfRangeException',
    'Decimal can only round to between 0 and 28 digits of precision.',
    {
      parameter: 'decimals',
    },
  );
}

const round: readonly Overload[] = [
  { signature: 'static decimal Round(decimal d)', invoke: (_self, [d]) => roundDecimal(decimal(d), 0, 'toEven') },
  {
    signature: 'static decimal Round(decimal d, int decimals)',
    invoke: (_self, [d, places]) => roundDecimal(decimal(d), decimalPlaces(places), 'toEven'),
  },
  {
    signature: 'static decimal Round(decimal d, System.MidpointRounding mode)',
    invoke: (_self, [d, mode]) => roundDecimal(decimal(d), 0, roundingMode(modeOf(mode))),
  },
  {
    signature: 'static decimal Round(decimal d, int decimals, System.MidpointRounding mode)',
    invoke: (_self, [d, places, mode]) => roundDecimal(decimal(d), decimalPlaces(places), roundingMode(modeOf(mode))),
  },
  { signature: 'static double Round(double a)', invoke: (_self, [a]) => new Double(roundHalfEven(asDouble(a))) },
  {
    signature: 'static double Round(double value, int digits)',
    invoke: (_self, [value, digits]) => new Double(roundDouble(asDouble(value), int(digits), 0)),
  },
  {
    signature: 'static double Round(double value, System.MidpointRounding mode)',
    invoke: (_self, [value, mode]) => new Double(roundDouble(asDouble(value), 0, modeOf(mode))),
  },
  {
    signature: 'static double Round(double value, int digits, System.MidpointRounding mode)',
    invoke: (_self, [value, digits, mode]) => new Double(roundDouble(asDouble(value), int(digits), modeOf(mode))),
  },
];

function divRem(): readonly Overload[] {
  return (['int', 'long'] as const).map((word) => ({
    signature: `static ${word} DivRem(${word} a, ${word} b, [ref] ${word} result)`,
    invoke: (_self, [a, b, result]) => {
      const type = word === 'int' ? netTypes.int32 : netTypes.int64;
      const [x, y] = [integerValue(a) ?? 0n, integerValue(b) ?? 0n];
      if (y === 0n) throw netFailure('System.DivideByZeroException', 'Attempted to divide by zero.');
      setReference(result, integerOf(x % y, type));
      return integerOf(x / y, type);
    },
  }));
}

function logarithm(value: number, base: number): number {
  if (Number.isNaN(value) || Number.isNaN(base) || base === 1) return Number.NaN;
  if (value !== 1 && (base === 0 || base === Number.POSITIVE_INFINITY)) return Number.NaN;
  return Math.log(value) / Math.log(base);
}

function remainder(x: number, y: number): number {
  return x - y * roundHalfEven(x / y);
}

export const mathDescription: TypeDescription = {
  name: 'System.Math',
  kind: 'class',
  isAbstract: true,
  staticProperties: {
    PI: { type: 'double', get: () => new Double(Math.PI) },
    E: { type: 'double', get: () => new Double(Math.E) },
    Tau: { type: 'double', get: () => new Double(2 * Math.PI) },
  },
  staticMethods: {
    Abs: absolute(),
    Sign: sign(),
    Max: pick('Max', (one) => one >= 0),
    Min: pick('Min', (one) => one <= 0),
    Clamp: clamp(),
    Round: round,
    Floor: whole('Floor', Math.floor, 'toNegativeInfinity'),
    Ceiling: whole('Ceiling', Math.ceil, 'toPositiveInfinity'),
    Truncate: whole('Truncate', Math.trunc, 'toZero'),
    DivRem: divRem(),
    BigMul: [
      {
        signature: 'static long BigMul(int a, int b)',
        invoke: (_self, [a, b]) => BigInt(int(a)) * BigInt(int(b)),
      },
    ],
    Log: [
      { signature: 'static double Log(double d)', invoke: (_self, [d]) => new Double(Math.log(asDouble(d))) },
      {
        signature: 'static double Log(double a, double newBase)',
        invoke: (_self, [a, base]) => new Double(logarithm(asDouble(a), asDouble(base))),
      },
    ],
    ...ofDouble({
      Sqrt: Math.sqrt,
      Cbrt: Math.cbrt,
      Exp: Math.exp,
      Log10: Math.log10,
      Log2: Math.log2,
      Sin: Math.sin,
      Cos: Math.cos,
      Tan: Math.tan,
      Asin: Math.asin,
      Acos: Math.acos,
      Atan: Math.atan,
      Sinh: Math.sinh,
      Cosh: Math.cosh,
      Tanh: Math.tanh,
      Asinh: Math.asinh,
      Acosh: Math.acosh,
      Atanh: Math.atanh,
    }),
    ...ofTwo({
      Pow: Math.pow,
      Atan2: Math.atan2,
      IEEERemainder: remainder,
      CopySign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
    }),
  },
};
