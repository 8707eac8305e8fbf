import { integerValue, toDouble } from '../../../conversion/numbers/change-number.ts';
import { numberText } from '../../../conversion/numbers/number-text.ts';
import { parseInteger } from '../../../conversion/numbers/read-number.ts';
import { netFailure } from '../../../errors/raise.ts';
import { NetArray } from '../../../values/array.ts';
import { int } from '../../../values/narrow.ts';
import { BigInteger, Double, SmallInteger } from '../../../values/numbers.ts';
import type { Value } from '../../../values/value.ts';
import { setReference } from '../../collections/out-argument.ts';
import { netTypes } from '../../intrinsic.ts';
import type { Overload, Property, TypeDescription } from '../../net-type.ts';
import { order } from './integers.ts';
import { asDouble, number, numberMethods, parseMethods } from './number-members.ts';

function whole(value: Value): bigint {
  return integerValue(value) ?? BigInt(Math.trunc(asDouble(value)));
}

const big = (value: bigint): BigInteger => new BigInteger(value);

function binary(name: string, of: (left: bigint, right: bigint) => bigint): readonly Overload[] {
  return [
    {
      signature: `static bigint ${name}(bigint left, bigint right)`,
      invoke: (_self, [left, right]) => big(of(whole(left), whole(right))),
    },
  ];
}

function unary(name: string, of: (value: bigint) => bigint): readonly Overload[] {
  return [{ signature: `static bigint ${name}(bigint value)`, invoke: (_self, [value]) => big(of(whole(value))) }];
}

function constant(value: bigint): Property {
  return { type: 'bigint', get: () => big(value) };
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function greatestDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [magnitude(left), magnitude(right)];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus === 0n) throw netFailure('System.DivideByZeroException', 'Attempted to divide by zero.');
  let result = 1n;
  let factor = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result % modulus;
}

/** Little-endian two's complement in as few bytes as keep the sign. */
function bytesOf(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = Number(BigInt.asUintN(8, rest));
    bytes.push(byte);
    rest >>= 8n;
    const signShown = (byte & 0x80) !== 0;
    if ((rest === 0n && !signShown) || (rest === -1n && signShown)) return bytes;
  }
}

function fromBytes(value: Value): bigint {
  const items = value instanceof NetArray ? value.items : [];
  let result = 0n;
  for (const [index, byte] of items.entries()) {
    result |= BigInt(byte instanceof SmallInteger ? byte.value : 0) << BigInt(8 * index);
  }
  return BigInt.asIntN(8 * Math.max(items.length, 1), result);
}

export const bigIntegerDescription: TypeDescription = {
  name: 'System.Numerics.BigInteger',
  kind: 'struct',
  accelerators: ['bigint'],
  interfaces: [
    'System.IComparable',
    'System.IFormattable',
    'System.IComparable`1[bigint]',
    'System.IEquatable`1[bigint]',
  ],
  zero: () => big(0n),
  toText: (self, format) => numberText(number(self), format),
  hashKey: (self) => whole(self),
  compare: (self, other) => (whole(self) < whole(other) ? -1 : whole(self) > whole(other) ? 1 : 0),
  constructors: [
    ...['int', 'uint', 'long', 'ulong', 'float', 'double', 'decimal'].map(
      (word): Overload => ({
        signature: `new(${word} value)`,
        invoke: (_self, [value]) => big(whole(value)),
      }),
    ),
    { signature: 'new(byte[] value)', invoke: (_self, [bytes]) => big(fromBytes(bytes)) },
  ],
  properties: {
    IsEven: { type: 'bool', get: (self) => (whole(self) & 1n) === 0n },
    IsOne: { type: 'bool', get: (self) => whole(self) === 1n },
    IsZero: { type: 'bool', get: (self) => whole(self) === 0n },
    IsPowerOfTwo: { type: 'bool', get: (self) => whole(self) > 0n && (whole(self) & (whole(self) - 1n)) === 0n },
    Sign: { type: 'int', get: (self) => (whole(self) === 0n ? 0 : whole(self) > 0n ? 1 : -1) },
  },
  methods: {
    ...numberMethods('bigint', 0),
    ToByteArray: [
      {
        signature: 'byte[] ToByteArray()',
        invoke: (self) =>
          new NetArray(
            netTypes.byte,
            bytesOf(whole(self)).map((byte) => new SmallInteger(netTypes.byte, byte)),
          ),
      },
    ],
    GetBitLength: [
      {
        signature: 'long GetBitLength()',
        invoke: (self) => {
          const value = whole(self);
          const positive = value < 0n ? -value - 1n : value;
          return positive === 0n ? 0n : BigInt(positive.toString(2).length);
        },
      },
    ],
  },
  staticProperties: { Zero: constant(0n), One: constant(1n), MinusOne: constant(-1n) },
  staticMethods: {
    ...parseMethods(
      'bigint',
      (source, styles, culture) => parseInteger(source, netTypes.bigInteger, styles, culture),
      () => big(0n),
    ),
    DivRem: [
      {
        signature: 'static bigint DivRem(bigint dividend, bigint divisor, [ref] bigint remainder)',
        invoke: (_self, [dividend, divisor, remainder]) => {
          const by = checked(whole(divisor));
          setReference(remainder, big(whole(dividend) % by));
          return big(whole(dividend) / by);
        },
      },
    ],
    Add: binary('Add', (left, right) => left + right),
    Subtract: binary('Subtract', (left, right) => left - right),
    Multiply: binary('Multiply', (left, right) => left * right),
    Divide: binary('Divide', (left, right) => left / checked(right)),
    Remainder: binary('Remainder', (left, right) => left % checked(right)),
    Max: binary('Max', (left, right) => (order(left, right) > 0 ? left : right)),
    Min: binary('Min', (left, right) => (order(left, right) < 0 ? left : right)),
    GreatestCommonDivisor: binary('GreatestCommonDivisor', greatestDivisor),
    Negate: unary('Negate', (value) => -value),
    Abs: unary('Abs', magnitude),
    Compare: [
      {
        signature: 'static int Compare(bigint left, bigint right)',
        invoke: (_self, [left, right]) => (whole(left) < whole(right) ? -1 : whole(left) > whole(right) ? 1 : 0),
      },
    ],
    Pow: [
      {
        signature: 'static bigint Pow(bigint value, int exponent)',
        invoke: (_self, [value, exponent]) => {
          if (int(exponent) >= 0) return big(whole(value) ** BigInt(int(exponent)));
          throw netFailure(
            'System.ArgumentOutOfRangeException',
            `exponent ('${int(exponent)}') must be a non-negative value.`,
            {
              parameter: 'exponent',
            },
          );
        },
      },
    ],
    ModPow: [
      {
        signature: 'static bigint ModPow(bigint value, bigint exponent, bigint modulus)',
        invoke: (_self, [value, exponent, modulus]) => big(modPow(whole(value), whole(exponent), whole(modulus))),
      },
    ],
    Log10: [
      {
        signature: 'static double Log10(bigint value)',
        invoke: (_self, [value]) => new Double(Math.log10(toDouble(number(value)))),
      },
    ],
    Log: [
      {
        signature: 'static double Log(bigint value)',
        invoke: (_self, [value]) => new Double(Math.log(toDouble(number(value)))),
      },
    ],
  },
};

function checked(divisor: bigint): bigint {
  if (divisor === 0n) throw netFailure('System.DivideByZeroException', 'Attempted to divide by zero.');
  return divisor;
}
