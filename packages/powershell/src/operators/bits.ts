import { baseOf } from '../conversion/base.ts';
import { noConversion } from '../conversion/cast-error.ts';
import { enumOf } from '../conversion/enums.ts';
import { integerValue, toDouble } from '../conversion/numbers/change-number.ts';
import { wrapInteger } from '../conversion/numbers/read-number.ts';
import { scanNumber } from '../conversion/numbers/text-to-number.ts';
import { netFailure } from '../errors/raise.ts';
import type { Thrown } from '../errors/thrown.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { netName } from '../types/type-display.ts';
import { EnumValue } from '../values/enum.ts';
import { BigInteger, Decimal, UInt64 } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { escaping } from './failures.ts';
import { implicitOperation } from './implicit.ts';
import { plain } from './numeric.ts';
import { operandType } from './operand.ts';
import { Code, codeOf, isNumericCode, isPrimitiveCode } from './type-code.ts';

type BitSign = '-band' | '-bor' | '-bxor';

function combine(sign: BitSign, left: bigint, right: bigint): bigint {
  return sign === '-band' ? left & right : sign === '-bor' ? left | right : left ^ right;
}

/** `-band`, `-bor`, `-bxor`: in the wider type of the two; doubles and decimals by way of UInt64; text that is a number. */
export function bitOperation(sign: BitSign): (left: Value, right: Value, context: OperatorContext) => Value {
  const operation = (left: Value, right: Value, context: OperatorContext): Value => {
    if (typeof left === 'number' && typeof right === 'number') {
      return sign === '-band' ? left & right : sign === '-bor' ? left | right : left ^ right;
    }
    const l = baseOf(left);
    const r = baseOf(right);
    if (l === null && r === null) return 0;
    const [leftCode, rightCode] = [codeOf(l), codeOf(r)];
    if ((isPrimitiveCode(leftCode) || l === null) && (isPrimitiveCode(rightCode) || r === null)) {
      const code = Math.max(leftCode, rightCode);
      const result = code >= Code.single ? combineWide(sign, l, r, context) : combineIntegers(sign, l, r, code);
      return l instanceof EnumValue ? enumOf(l.type, integerValue(result) ?? 0n) : result;
    }
    if (typeof l !== 'string' && typeof r !== 'string') return implicitOperation(sign, l, r, context);
    const a = typeof l === 'string' ? scanNumber(l, operandType(r), context) : l;
    const b = typeof r === 'string' ? scanNumber(r, operandType(l), context) : r;
    return operation(a, b, context);
  };
  return operation;
}

function combineIntegers(sign: BitSign, left: Value, right: Value, code: number): Value {
  const bits = combine(sign, integerValue(plain(left)) ?? 0n, integerValue(plain(right)) ?? 0n);
  return wrapInteger(bits, integerTypeFor(code));
}

function integerTypeFor(code: number): NetType {
  if (code <= Code.int32) return netTypes.int32;
  if (code === Code.uint32) return netTypes.uint32;
  return code === Code.int64 ? netTypes.int64 : netTypes.uint64;
}

/** Doubles and decimals: as UInt64, the result Int64 where one of them is negative. */
function combineWide(sign: BitSign, left: Value, right: Value, context: OperatorContext): Value {
  const [l, r] = [left, right].map((value) => plain(value));
  const isSigned = toDouble(l ?? 0) < 0 || toDouble(r ?? 0) < 0;
  const bits = combine(sign, bitsOf(l ?? 0, context), bitsOf(r ?? 0, context));
  return isSigned ? BigInt.asIntN(64, bits) : new UInt64(bits);
}

function bitsOf(value: Value, context: OperatorContext): bigint {
  const type = toDouble(plain(value)) < 0 ? netTypes.int64 : netTypes.uint64;
  return BigInt.asUintN(64, integerValue(context.convert(value, type)) ?? 0n);
}

/** `-bnot`: every bit turned round, of bytes and 16-bit numbers as Int32. */
export function bitNot(operand: Value, context: OperatorContext): Value {
  if (typeof operand === 'number') return ~operand;
  const value = baseOf(operand);
  if (value === null) return -1;
  if (value instanceof BigInteger) return new BigInteger(~value.value);
  if (typeof value === 'string') return bitNot(scanNumber(value, netTypes.int32, context), context);
  const code = codeOf(value);
  if (!isNumericCode(code)) return bitNot(context.convert(value, netTypes.int32), context);
  const number = code >= Code.single ? asInteger(value, context) : value;
  const result = wrapInteger(~(integerValue(plain(number)) ?? 0n), integerTypeFor(codeOf(number)));
  return value instanceof EnumValue ? enumOf(value.type, integerValue(result) ?? 0n) : result;
}

const integerTypes = [netTypes.int32, netTypes.uint32, netTypes.int64, netTypes.uint64] as const;
const ranges = [
  [-(2 ** 31), 2 ** 31 - 1],
  [0, 2 ** 32 - 1],
  [-(2 ** 63), 2 ** 63],
  [0, 2 ** 64],
] as const;

/** A double or decimal as the first of the integer types that holds it. */
function asInteger(value: Value, context: OperatorContext): Value {
  const number = toDouble(plain(value));
  const index = ranges.findIndex(([least, most]) => number >= least && number <= most);
  const type = integerTypes[index];
  if (type === undefined) {
    throw noConversion(value, value instanceof Decimal ? netTypes.int32 : netTypes.uint64, context);
  }
  return context.convert(value, type);
}

/** `-shl` and `-shr`: the count is taken modulo the width of the left side's type. */
export function shift(sign: '-shl' | '-shr'): (left: Value, right: Value, context: OperatorContext) => Value {
  const operation = (left: Value, right: Value, context: OperatorContext): Value => {
    if (typeof left === 'number' && typeof right === 'number') return sign === '-shl' ? left << right : left >> right;
    const l = baseOf(left);
    const r = baseOf(right);
    if (l === null) return 0;
    if (typeof l === 'string' || typeof r === 'string') {
      const a = typeof l === 'string' ? scanNumber(l, operandType(r), context) : l;
      const b = typeof r === 'string' ? scanNumber(r, operandType(l), context) : r;
      return operation(a, b, context);
    }
    const code = codeOf(l);
    if (!isNumericCode(code)) return implicitOperation(sign, l, r, context);
    if (l instanceof EnumValue) throw notForEnums(sign, l);
    const count = context.convert(r, netTypes.int32);
    const number = code >= Code.single ? asInteger(l, context) : l;
    return shifted(sign, number, typeof count === 'number' ? count : 0);
  };
  return operation;
}

function notForEnums(sign: '-shl' | '-shr', value: EnumValue): Thrown {
  const name = sign === '-shl' ? 'LeftShift' : 'RightShift';
  return escaping(
    netFailure(
      'System.InvalidOperationException',
      `The binary operator ${name} is not defined for the types '${netName(value.type)}' and 'System.Int32'.`,
    ),
  );
}

function shifted(sign: '-shl' | '-shr', value: Value, count: number): Value {
  const mask = codeOf(value) < Code.int64 ? 31 : 63;
  const bits = integerValue(plain(value)) ?? 0n;
  const by = BigInt(count & mask);
  return wrapInteger(sign === '-shl' ? bits << by : bits >> by, operandType(value));
}
