import { underlyingType } from '../conversion/enum-text.ts';
import { enumOf } from '../conversion/enums.ts';
import { integerValue, toDecimal, toDouble, truncatedDouble } from '../conversion/numbers/change-number.ts';
import { isNumber, type NetNumber } from '../conversion/numbers/number-text.ts';
import { NetFailure, netFailure } from '../errors/raise.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { netName } from '../types/type-display.ts';
import {
  addDecimals,
  decimalOf,
  divideDecimals,
  multiplyDecimals,
  remainderOfDecimals,
  subtractDecimals,
} from '../values/decimal.ts';
import { EnumValue } from '../values/enum.ts';
import { Char, Decimal, Double, SmallInteger, UInt64 } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { arithmeticError, divisionByZero, escaping, letEscape } from './failures.ts';
import { operandType } from './operand.ts';
import { Code, codeOf } from './type-code.ts';

export type ArithmeticSign = '+' | '-' | '*' | '/' | '%';

/**
 * Arithmetic of two primitive values (numbers, chars, truth values, enums), done in the wider of their types. Integers that
 * overflow become doubles; a division without remainder stays whole. With an enum on the left the result is of that enum.
 */
export function computeNumbers(sign: ArithmeticSign, left: Value, right: Value): Value {
  const result = compute(sign, plain(left), plain(right), codeOf(left), codeOf(right));
  return left instanceof EnumValue ? asEnum(result, left.type) : result;
}

function asEnum(result: Value, type: NetType): Value {
  const whole = integerValue(result);
  const from = operandType(result);
  if (whole !== undefined && from === underlyingType(type)) return enumOf(type, whole);
  throw escaping(
    netFailure(
      'System.InvalidCastException',
      `Unable to cast object of type '${from.name}' to type '${netName(type)}'.`,
    ),
  );
}

/** The number that a primitive value is in arithmetic. */
export function plain(value: Value): NetNumber {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Char) return value.code;
  if (value instanceof EnumValue) return typeof value.value === 'number' ? value.value : BigInt(value.value);
  return isNumber(value) ? value : 0;
}

function compute(sign: ArithmeticSign, left: NetNumber, right: NetNumber, leftCode: number, rightCode: number): Value {
  const code = Math.max(leftCode, rightCode);
  if (code <= Code.int32) return computeInt(sign, toDouble(left), toDouble(right));
  if (code === Code.decimal) return computeDecimal(sign, castToDecimal(left), castToDecimal(right));
  if (code >= Code.single) return computeDouble(sign, toDouble(left), toDouble(right));
  const l = whole(left);
  const r = whole(right);
  if (code === Code.int64) return computeWide(sign, l, r, netTypes.int64);
  // Beside a negative number of a signed type, an unsigned one is taken for one of the next wider type.
  const isMixed = (isSigned(leftCode) && l < 0n) || (isSigned(rightCode) && r < 0n);
  if (code === Code.uint32) return computeWide(sign, l, r, isMixed ? netTypes.int64 : netTypes.uint32);
  if (!isMixed) return computeWide(sign, l, r, netTypes.uint64);
  return computeBeyond(sign, l, r);
}

function isSigned(code: number): boolean {
  return code === Code.int32 || code === Code.int64 || code === Code.sbyte || code === Code.int16;
}

function whole(value: NetNumber): bigint {
  return integerValue(value) ?? 0n;
}

function castToDecimal(value: NetNumber): Decimal {
  return value instanceof Decimal ? value : letEscape(() => toDecimal(value));
}

/** Int32 arithmetic on numbers in that range. */
export function computeInt(sign: ArithmeticSign, left: number, right: number): Value {
  let result: number;
  switch (sign) {
    case '+':
      result = left + right;
      break;
    case '-':
      result = left - right;
      break;
    case '*':
      result = left * right;
      break;
    case '/':
      if (right === 0) throw divisionByZero();
      result = left / right;
      if (!Number.isInteger(result)) return new Double(result);
      break;
    case '%':
      if (right === 0) throw divisionByZero();
      result = left % right;
      break;
  }
  // `| 0` also turns the negative zero of `-3 * 0` into the zero of integers.
  return result === (result | 0) ? result | 0 : new Double(result);
}

const wideRanges = new Map<NetType, readonly [bigint, bigint]>([
  [netTypes.int64, [-(1n << 63n), (1n << 63n) - 1n]],
  [netTypes.uint64, [0n, (1n << 64n) - 1n]],
  [netTypes.uint32, [0n, (1n << 32n) - 1n]],
]);

function computeWide(sign: ArithmeticSign, left: bigint, right: bigint, type: NetType): Value {
  if (right === 0n && (sign === '/' || sign === '%')) throw divisionByZero();
  if (sign === '/' && left % right !== 0n) return new Double(Number(left) / Number(right));
  const result = exact(sign, left, right);
  const [least, most] = wideRanges.get(type) ?? [0n, 0n];
  // .NET takes sums for decimals and products for big integers on their way to a double.
  if (result < least || result > most)
    return new Double(sign === '*' ? truncatedDouble(result) : toDouble(decimalOf(result)));
  if (type === netTypes.int64) return result;
  return type === netTypes.uint64 ? new UInt64(result) : new SmallInteger(type, Number(result));
}

function exact(sign: ArithmeticSign, left: bigint, right: bigint): bigint {
  switch (sign) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}

/** UInt64 with a negative number: decimals, doubles where those overflow. */
function computeBeyond(sign: ArithmeticSign, left: bigint, right: bigint): Value {
  if (right === 0n && (sign === '/' || sign === '%')) throw divisionByZero();
  try {
    return decimalResult(sign, decimalOf(left), decimalOf(right));
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    return computeDouble(sign, Number(left), Number(right));
  }
}

export function computeDouble(sign: ArithmeticSign, left: number, right: number): Value {
  switch (sign) {
    case '+':
      return new Double(left + right);
    case '-':
      return new Double(left - right);
    case '*':
      return new Double(left * right);
    case '/':
      return new Double(left / right);
    case '%':
      return new Double(left % right);
  }
}

function computeDecimal(sign: ArithmeticSign, left: Decimal, right: Decimal): Value {
  try {
    return decimalResult(sign, left, right);
  } catch (error) {
    throw error instanceof NetFailure ? arithmeticError(error) : error;
  }
}

function decimalResult(sign: ArithmeticSign, left: Decimal, right: Decimal): Decimal {
  switch (sign) {
    case '+':
      return addDecimals(left, right);
    case '-':
      return subtractDecimals(left, right);
    case '*':
      return multiplyDecimals(left, right);
    case '/':
      return divideDecimals(left, right);
    case '%':
      return remainderOfDecimals(left, right);
  }
}
