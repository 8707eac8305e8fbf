import { baseOf } from '../conversion/base.ts';
import { exceptionOf, isCastError } from '../conversion/cast-error.ts';
import { compareText } from '../conversion/collation.ts';
import { inherited } from '../conversion/inherited.ts';
import { scanNumber } from '../conversion/numbers/text-to-number.ts';
import { toNetText, toText } from '../conversion/text.ts';
import { runtimeError } from '../errors/raise.ts';
import type { Thrown } from '../errors/thrown.ts';
import { NetType } from '../types/net-type.ts';
import { netName } from '../types/type-display.ts';
import { Instance } from '../values/instance.ts';
import { BigInteger, Char } from '../values/numbers.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { compareNumbers } from './compare-numbers.ts';
import type { OperatorContext } from './context.ts';
import { netEqual } from './equality.ts';
import { operatorError } from './failures.ts';
import { operandType, primitiveOperand } from './operand.ts';
import { codeOf, isNumericCode, isPrimitiveCode } from './type-code.ts';

/**
 * What `-lt`, `-le`, `-gt` and `-ge` ask of two values that are not null: negative, zero, positive; NaN where neither is
 * less. Throws `Thrown` where the right side does not convert to the type of the left, or that type has no order.
 */
export function order(left: Value, right: Value, ignoreCase: boolean, context: OperatorContext): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right, ignoreCase);
  const l = baseOf(left);
  const r = baseOf(right);
  if (typeof l === 'string') return compareText(l, toText(right, context), ignoreCase);
  if (isNumericCode(codeOf(l))) {
    const operand = primitiveOperand(r, l, context);
    if (operand !== undefined) return compareNumbers(l, operand);
    if (typeof r === 'string') return order(l, scanNumber(r, operandType(l), context), ignoreCase, context);
  }
  if (l instanceof PSCustomObject) return orderOfCustomObjects(l, r, context);
  if (isComparable(l)) return orderOfObjects(l, convertRight(l, r, context));
  if (netEqual(l, r)) return 0;
  const text = toNetText(l, undefined, context);
  throw operatorError('NotIcomparable', `Cannot compare "${text}" because it is not IComparable.`);
}

function convertRight(left: Value, right: Value, context: OperatorContext): Value {
  const type = operandType(left);
  if (operandType(right) === type) return right;
  try {
    return baseOf(context.convert(right, type));
  } catch (error) {
    throw isCastError(error) ? comparisonFailure(left, right, error, context) : error;
  }
}

function comparisonFailure(left: Value, right: Value, cause: Thrown, context: OperatorContext): Thrown {
  const inner = exceptionOf(cause);
  return runtimeError(
    'ComparisonFailure',
    `Could not compare "${toText(left, context)}" to "${toText(right, context)}". Error: "${inner?.message ?? cause.message}"`,
    { category: 'InvalidOperation', ...(inner === undefined ? {} : { inner }) },
  );
}

function isComparable(value: Value): boolean {
  if (isPrimitiveCode(codeOf(value)) || value instanceof BigInteger) return true;
  return value instanceof Instance && inherited(value.type, 'compare') !== undefined;
}

/** `IComparable.CompareTo` of two values of one type. */
function orderOfObjects(left: Value, right: Value): number {
  if (typeof left === 'boolean') return Number(left) - Number(right);
  if (left instanceof Char && right instanceof Char) return left.code - right.code;
  if (left instanceof BigInteger && right instanceof BigInteger) {
    return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  }
  if (isNumericCode(codeOf(left)) && isNumericCode(codeOf(right))) return compareNumbers(left, right);
  const compare = left instanceof Instance ? inherited(left.type, 'compare') : undefined;
  return compare?.(left, right) ?? 0;
}

function orderOfCustomObjects(left: PSCustomObject, right: Value, context: OperatorContext): number {
  if (left === right) return 0;
  const shown = toText(left, context);
  const other = right instanceof NetType ? netName(right) : toText(right, context);
  throw runtimeError(
    'PSObjectCompareTo',
    `Cannot compare "${shown}" to "${other}" because the objects are not the same type or the object "${shown}" does not implement "IComparable".`,
    { type: 'System.Management.Automation.ExtendedTypeSystemException' },
  );
}

/**
 * Negative, zero or positive, as sorting has it: null is less than anything that is not a negative number. Throws `Thrown`
 * where the right side does not convert to the type of the left.
 */
export function languageCompare(left: Value, right: Value, ignoreCase: boolean, context: OperatorContext): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right, ignoreCase);
  const l = baseOf(left);
  const r = baseOf(right);
  if (l === null) return r === null ? 0 : isNegative(r) ? 1 : -1;
  if (r === null) return isNegative(l) ? -1 : 1;
  return order(l, r, ignoreCase, context);
}

export function isNegative(value: Value): boolean {
  return isNumericCode(codeOf(value)) && compareNumbers(value, 0) < 0;
}
