import { type NetFailure, netFailure } from '../../errors/raise.ts';
import { netTypes } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { decimalFromDouble, decimalOf, decimalToDouble, roundDecimal, roundHalfEven } from '../../values/decimal.ts';
import { BigInteger, Char, Decimal, Double, Single, SmallInteger, UInt64 } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import type { NetNumber } from './number-text.ts';
import { integerOf, integerOverflow, isIntegerType } from './read-number.ts';

/** True for every numeric type of .NET but BigInteger: what `Convert.ChangeType` turns into one another. */
export function isNumericType(type: NetType): boolean {
  return isIntegerType(type) || type === netTypes.double || type === netTypes.single || type === netTypes.decimal;
}

/**
 * A number as another numeric type, as `Convert.ToInt32` and its kin do it: fractions are rounded, halves to even.
 * Throws `NetFailure` (OverflowException) for what does not fit.
 */
export function changeNumber(value: NetNumber, type: NetType): Value {
  if (type === netTypes.double) return new Double(toDouble(value));
  if (type === netTypes.single) return new Single(toDouble(value));
  if (type === netTypes.decimal) return toDecimal(value);
  if (type === netTypes.int32 && typeof value === 'number') return value;
  return integerOf(roundedInteger(value, type), type);
}

/** The number as a double; decimals and wide integers lose digits. */
export function toDouble(value: NetNumber): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal) return decimalToDouble(value);
  if (value instanceof BigInteger) return truncatedDouble(value.value);
  return Number(value.value);
}

/** A big integer as a double, the digits that do not fit cut off, as .NET's BigInteger does it. */
export function truncatedDouble(value: bigint): number {
  const size = value < 0n ? -value : value;
  const excess = BigInt(Math.max(0, size.toString(2).length - 53));
  const double = Number((size >> excess) << excess);
  return value < 0n ? -double : double;
}

/** The number as a decimal. Throws `NetFailure` (OverflowException). */
export function toDecimal(value: NetNumber): Decimal {
  if (value instanceof Decimal) return value;
  if (value instanceof Double) return decimalFromDouble(value.value);
  if (value instanceof Single) return decimalFromDouble(value.value, 7);
  if (typeof value === 'number' || typeof value === 'bigint') return decimalOf(value);
  return decimalOf(value.value);
}

/** The whole number of an integer value, `undefined` for those that may have a fraction. */
export function integerValue(value: Value): bigint | undefined {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'bigint') return value;
  if (value instanceof SmallInteger) return BigInt(value.value);
  if (value instanceof UInt64 || value instanceof BigInteger) return value.value;
  return undefined;
}

function roundedInteger(value: NetNumber, type: NetType): bigint {
  const whole = integerValue(value);
  if (whole !== undefined) return whole;
  if (value instanceof Decimal) return roundDecimal(value, 0, 'toEven').mantissa;
  const rounded = roundHalfEven(toDouble(value));
  if (!Number.isFinite(rounded) || Math.abs(rounded) > 1e20) throw floatOverflow(type);
  const integer = BigInt(rounded);
  if ((type === netTypes.int64 || type === netTypes.uint64) && !fits(integer, type)) throw floatOverflow(type);
  return integer;
}

function fits(value: bigint, type: NetType): boolean {
  return type === netTypes.int64 ? BigInt.asIntN(64, value) === value : BigInt.asUintN(64, value) === value;
}

/** Doubles that do not fit 64 bits overflow in words of their own. */
function floatOverflow(type: NetType): NetFailure {
  return type === netTypes.int64 || type === netTypes.uint64
    ? netFailure('System.OverflowException', 'Arithmetic operation resulted in an overflow.')
    : integerOverflow(type);
}

/** A whole number as a char. Throws `NetFailure` (OverflowException). */
export function charOf(value: bigint): Char {
  if (value < 0n || value > 0xffffn) {
    throw netFailure('System.OverflowException', 'Value was either too large or too small for a character.');
  }
  return Char.of(Number(value));
}
