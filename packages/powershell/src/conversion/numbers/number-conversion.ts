import { NetFailure, netFailure } from '../../errors/raise.ts';
import { netTypes } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { roundDecimal } from '../../values/decimal.ts';
import { EnumValue } from '../../values/enum.ts';
import { BigInteger, Char, Decimal } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { wrapped } from '../cast-error.ts';
import type { Conversion } from '../conversion.ts';
import { changeNumber, charOf, integerValue, isNumericType, toDouble } from './change-number.ts';
import { isNumber, type NetNumber } from './number-text.ts';
import { integerOf, isIntegerType } from './read-number.ts';
import { textToDecimal, textToInteger, textToReal } from './text-to-number.ts';

/** Conversions among numbers, chars and the texts of numbers. */
export function findNumberConversion(from: NetType, to: NetType): Conversion | undefined {
  if (from === netTypes.string) return findTextConversion(to);
  if (from === netTypes.bigInteger) return findFromBigInteger(to);
  if (to === netTypes.bigInteger) return findToBigInteger(from);
  if (isNumericType(from)) {
    if (isNumericType(to)) return converting('InvalidCastIConvertible', (value) => changeNumber(value, to));
    return to === netTypes.char ? converting('InvalidCastIConvertible', numberToChar) : undefined;
  }
  const isFloat = to === netTypes.double || to === netTypes.single || to === netTypes.decimal;
  return from === netTypes.char && isFloat ? charToFloat : undefined;
}

function findTextConversion(to: NetType): Conversion | undefined {
  if (isIntegerType(to) || to === netTypes.bigInteger) return textToInteger;
  if (to === netTypes.decimal) return textToDecimal;
  return to === netTypes.double || to === netTypes.single ? textToReal : undefined;
}

function converting(id: string, change: (value: NetNumber) => Value): Conversion {
  return (value, type, context) => {
    try {
      return isNumber(value) ? change(value) : null;
    } catch (error) {
      throw wrapped(id, value, type, error, context);
    }
  };
}

function numberToChar(value: NetNumber): Value {
  const whole = value instanceof BigInteger ? undefined : integerValue(value);
  if (whole !== undefined) return charOf(whole);
  if (value instanceof BigInteger) {
    throw netFailure('System.InvalidCastException', 'Object must implement IConvertible.');
  }
  const source = value instanceof Decimal ? 'Decimal' : typeName(value);
  throw netFailure('System.InvalidCastException', `Invalid cast from '${source}' to 'Char'.`);
}

function typeName(value: NetNumber): string {
  return typeof value === 'object' ? value.type.name.replace('System.', '') : 'Int32';
}

const charToFloat: Conversion = (value, type) => changeNumber(value instanceof Char ? value.code : 0, type);

const explicitCast = 'InvalidCastTargetInvocationExceptionop_Explicit';

function findFromBigInteger(to: NetType): Conversion | undefined {
  if (to === netTypes.char) return converting('InvalidCastIConvertible', numberToChar);
  if (isIntegerType(to)) return converting(explicitCast, (value) => bigIntegerTo(integerValue(value) ?? 0n, to));
  return isNumericType(to) ? converting(explicitCast, (value) => changeNumber(value, to)) : undefined;
}

/** .NET goes through Int32 to the small types, whose overflow has words of its own. */
function bigIntegerTo(value: bigint, to: NetType): Value {
  if (!smallTypes.has(to)) return integerOf(value, to);
  integerOf(value, netTypes.int32);
  try {
    return integerOf(value, to);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    throw netFailure('System.OverflowException', 'Arithmetic operation resulted in an overflow.');
  }
}

const smallTypes: ReadonlySet<NetType> = new Set([netTypes.byte, netTypes.sbyte, netTypes.int16, netTypes.uint16]);

function findToBigInteger(from: NetType): Conversion | undefined {
  if (from === netTypes.boolean) return (value) => new BigInteger(value === true ? 1n : 0n);
  if (from.kind === 'enum') return (value) => new BigInteger(value instanceof EnumValue ? BigInt(value.value) : 0n);
  if (from === netTypes.char) return (value) => new BigInteger(BigInt(value instanceof Char ? value.code : 0));
  return isNumericType(from) ? converting(explicitCast, toBigInteger) : undefined;
}

/** Fractions are cut off. */
function toBigInteger(value: NetNumber): Value {
  const whole = integerValue(value);
  if (whole !== undefined) return new BigInteger(whole);
  if (value instanceof Decimal) return new BigInteger(roundDecimal(value, 0, 'toZero').mantissa);
  const double = toDouble(value);
  if (Number.isNaN(double)) throw netFailure('System.OverflowException', 'The value is not a number.');
  if (!Number.isFinite(double)) throw netFailure('System.OverflowException', 'BigInteger cannot represent infinity.');
  return new BigInteger(BigInt(Math.trunc(double)));
}
