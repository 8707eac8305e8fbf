import { underlyingType } from '../conversion/enum-text.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { EnumValue } from '../values/enum.ts';
import { Char, Decimal, Double, Single, SmallInteger, UInt64 } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';

/** .NET's `TypeCode`s of primitive types: the greater of two decides in which type arithmetic is done. `other` is everything else. */
export const Code = {
  other: 1,
  boolean: 3,
  char: 4,
  sbyte: 5,
  byte: 6,
  int16: 7,
  uint16: 8,
  int32: 9,
  uint32: 10,
  int64: 11,
  uint64: 12,
  single: 13,
  double: 14,
  decimal: 15,
} as const;

const small = new Map<NetType, number>([
  [netTypes.sbyte, Code.sbyte],
  [netTypes.byte, Code.byte],
  [netTypes.int16, Code.int16],
  [netTypes.uint16, Code.uint16],
  [netTypes.uint32, Code.uint32],
  [netTypes.int32, Code.int32],
  [netTypes.int64, Code.int64],
  [netTypes.uint64, Code.uint64],
]);

/** The code of a value; an enum has that of its underlying type. */
export function codeOf(value: Value): number {
  switch (typeof value) {
    case 'number':
      return Code.int32;
    case 'bigint':
      return Code.int64;
    case 'boolean':
      return Code.boolean;
    case 'object':
      break;
    default:
      return Code.other;
  }
  if (value instanceof Double) return Code.double;
  if (value instanceof Decimal) return Code.decimal;
  if (value instanceof SmallInteger) return small.get(value.type) ?? Code.other;
  if (value instanceof UInt64) return Code.uint64;
  if (value instanceof Single) return Code.single;
  if (value instanceof Char) return Code.char;
  if (value instanceof EnumValue) return small.get(underlyingType(value.type)) ?? Code.other;
  return Code.other;
}

/** True for numbers, enums included; BigInteger is none. */
export function isNumericCode(code: number): boolean {
  return code >= Code.sbyte && code <= Code.decimal;
}

/** True for numbers, truth values and chars. */
export function isPrimitiveCode(code: number): boolean {
  return code >= Code.boolean;
}
