import { netFailure } from '../errors/raise.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { type EnumValue, enumLabel } from '../values/enum.ts';
import type { Value } from '../values/value.ts';
import { isNumber, numberText } from './numbers/number-text.ts';
import { integerOf } from './numbers/read-number.ts';

/** The integer type behind an enum. */
export function underlyingType(type: NetType): NetType {
  return namedType(type.description.underlying ?? 'System.Int32');
}

/** The number of an enum value, in its underlying type. */
export function enumNumber(value: EnumValue): Value {
  return integerOf(BigInt(value.value), underlyingType(value.type));
}

/** `Enum.ToString(format)`. Throws `NetFailure` (FormatException). */
export function enumText(value: EnumValue, format = 'G'): string {
  switch (format === '' ? 'G' : format) {
    case 'G':
    case 'g':
    case 'F':
    case 'f':
      return enumLabel(value);
    case 'D':
    case 'd':
      return value.value.toString();
    case 'X':
    case 'x': {
      const number = enumNumber(value);
      return isNumber(number) ? numberText(number, `X${widths.get(underlyingName(value)) ?? 8}`) : '';
    }
    default:
      throw netFailure('System.FormatException', 'Format string can be only "G", "g", "X", "x", "F", "f", "D" or "d".');
  }
}

/** Hexadecimal digits by the name of the underlying type. */
const widths = new Map([
  ['System.Byte', 2],
  ['System.SByte', 2],
  ['System.Int16', 4],
  ['System.UInt16', 4],
  ['System.Int64', 16],
  ['System.UInt64', 16],
]);

function underlyingName(value: EnumValue): string {
  return underlyingType(value.type).name;
}
