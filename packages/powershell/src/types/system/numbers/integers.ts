import { integerValue } from '../../../conversion/numbers/change-number.ts';
import { numberText } from '../../../conversion/numbers/number-text.ts';
import { integerOf, parseInteger } from '../../../conversion/numbers/read-number.ts';
import { netFailure } from '../../../errors/raise.ts';
import { int } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { netTypes } from '../../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../../net-type.ts';
import { number, numberInterfaces, numberMethods, parseMethods } from './number-members.ts';

/** The whole number behind an integer value. */
function whole(value: Value): bigint {
  return integerValue(value) ?? 0n;
}

interface IntegerShape {
  readonly type: NetType;
  /** As signatures write it. */
  readonly word: string;
  readonly accelerators: readonly string[];
  readonly bits: number;
  readonly signed: boolean;
  readonly typeCode: number;
}

const shapes: readonly IntegerShape[] = [
  { type: netTypes.sbyte, word: 'sbyte', accelerators: ['sbyte'], bits: 8, signed: true, typeCode: 5 },
  { type: netTypes.byte, word: 'byte', accelerators: ['byte'], bits: 8, signed: false, typeCode: 6 },
  { type: netTypes.int16, word: 'short', accelerators: ['short', 'int16'], bits: 16, signed: true, typeCode: 7 },
  { type: netTypes.uint16, word: 'ushort', accelerators: ['ushort', 'uint16'], bits: 16, signed: false, typeCode: 8 },
  { type: netTypes.int32, word: 'int', accelerators: ['int', 'int32'], bits: 32, signed: true, typeCode: 9 },
  { type: netTypes.uint32, word: 'uint', accelerators: ['uint', 'uint32'], bits: 32, signed: false, typeCode: 10 },
  { type: netTypes.int64, word: 'long', accelerators: ['long', 'int64'], bits: 64, signed: true, typeCode: 11 },
  { type: netTypes.uint64, word: 'ulong', accelerators: ['ulong', 'uint64'], bits: 64, signed: false, typeCode: 12 },
];

export const integers: readonly TypeDescription[] = shapes.map(describeInteger);

function describeInteger({ type, word, accelerators, bits, signed, typeCode }: IntegerShape): TypeDescription {
  const least = signed ? -(1n << BigInt(bits - 1)) : 0n;
  const most = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const make = (value: bigint): Value => integerOf(value, type);
  const zero = make(0n);
  return {
    name: type.name,
    kind: 'struct',
    accelerators,
    interfaces: numberInterfaces(word),
    zero: () => zero,
    toText: (self, format) => numberText(number(self), format),
    hashKey: (self) => whole(self),
    compare: (self, other) => order(whole(self), whole(other)),
    methods: numberMethods(word, typeCode),
    staticProperties: {
      MaxValue: { type: word, get: () => make(most) },
      MinValue: { type: word, get: () => make(least) },
    },
    staticMethods: {
      ...parseMethods(
        word,
        (source, styles, culture) => parseInteger(source, type, styles, culture),
        () => zero,
      ),
      ...arithmetic(word, bits, signed, make),
    },
  };
}

export function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What .NET 7 put on the number types themselves. */
function arithmetic(
  word: string,
  bits: number,
  signed: boolean,
  make: (value: bigint) => Value,
): Record<string, readonly Overload[]> {
  const one = (name: string, answer: string, of: (value: bigint) => Value): readonly Overload[] => [
    { signature: `static ${answer} ${name}(${word} value)`, invoke: (_self, [value]) => of(whole(value)) },
  ];
  const two = (name: string, of: (x: bigint, y: bigint) => bigint): readonly Overload[] => [
    {
      signature: `static ${word} ${name}(${word} x, ${word} y)`,
      invoke: (_self, [x, y]) => make(of(whole(x), whole(y))),
    },
  ];
  const pattern = (value: bigint): string => BigInt.asUintN(bits, value).toString(2).padStart(bits, '0');
  const counted = (count: number): Value => make(BigInt(count));
  const rotate = (value: bigint, by: number): Value => {
    const places = BigInt(((by % bits) + bits) % bits);
    const unsigned = BigInt.asUintN(bits, value);
    const turned = BigInt.asUintN(bits, (unsigned << places) | (unsigned >> (BigInt(bits) - places)));
    return make(signed ? BigInt.asIntN(bits, turned) : turned);
  };
  return {
    Max: two('Max', (x, y) => (order(x, y) > 0 ? x : y)),
    Min: two('Min', (x, y) => (order(x, y) < 0 ? x : y)),
    Clamp: [
      {
        signature: `static ${word} Clamp(${word} value, ${word} min, ${word} max)`,
        invoke: (_self, [value, min, max]) => {
          if (whole(min) > whole(max)) throw badClamp(whole(min).toString(), whole(max).toString());
          if (order(whole(value), whole(min)) < 0) return min;
          return order(whole(value), whole(max)) > 0 ? max : value;
        },
      },
    ],
    Sign: one('Sign', 'int', (value) => order(value, 0n)),
    IsEvenInteger: one('IsEvenInteger', 'bool', (value) => (value & 1n) === 0n),
    IsOddInteger: one('IsOddInteger', 'bool', (value) => (value & 1n) === 1n),
    IsPow2: one('IsPow2', 'bool', (value) => value > 0n && (value & (value - 1n)) === 0n),
    PopCount: one('PopCount', word, (value) => counted(pattern(value).replaceAll('0', '').length)),
    LeadingZeroCount: one('LeadingZeroCount', word, (value) => counted(/^0*/.exec(pattern(value))?.[0].length ?? 0)),
    TrailingZeroCount: one('TrailingZeroCount', word, (value) => counted(/0*$/.exec(pattern(value))?.[0].length ?? 0)),
    Log2: one('Log2', word, (value) => counted(Math.max(value.toString(2).length - 1, 0))),
    RotateLeft: [
      {
        signature: `static ${word} RotateLeft(${word} value, int rotateAmount)`,
        invoke: (_self, [value, by]) => rotate(whole(value), int(by)),
      },
    ],
    RotateRight: [
      {
        signature: `static ${word} RotateRight(${word} value, int rotateAmount)`,
        invoke: (_self, [value, by]) => rotate(whole(value), -int(by)),
      },
    ],
    ...(signed
      ? {
          Abs: one('Abs', word, (value) => {
            if (value < 0n && -value > (1n << BigInt(bits - 1)) - 1n) throw noAbsolute();
            return make(value < 0n ? -value : value);
          }),
          IsNegative: one('IsNegative', 'bool', (value) => value < 0n),
          IsPositive: one('IsPositive', 'bool', (value) => value >= 0n),
        }
      : {}),
  };
}

export function noAbsolute(): Error {
  return netFailure('System.OverflowException', 'Negating the minimum value of a twos complement number is invalid.');
}

export function badClamp(min: string, max: string): Error {
  return netFailure('System.ArgumentException', `'${min}' cannot be greater than ${max}.`);
}
