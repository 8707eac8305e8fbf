import { baseOf } from '../conversion/base.ts';
import { isCastError } from '../conversion/cast-error.ts';
import { equalText } from '../conversion/collation.ts';
import { inherited } from '../conversion/inherited.ts';
import { scanNumber } from '../conversion/numbers/text-to-number.ts';
import { toText } from '../conversion/text.ts';
import { isTrue } from '../conversion/truth.ts';
import { EnumValue } from '../values/enum.ts';
import { Instance } from '../values/instance.ts';
import { netEquals } from '../values/key-comparer.ts';
import { Char } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { compareNumbers } from './compare-numbers.ts';
import type { OperatorContext } from './context.ts';
import { operandType, primitiveOperand } from './operand.ts';
import { codeOf, isNumericCode } from './type-code.ts';

/** `left -eq right` for single values: the right side is converted to the type of the left; what does not convert is not equal. */
export function languageEquals(left: Value, right: Value, ignoreCase: boolean, context: OperatorContext): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left === right;
  if (typeof left === 'string' && typeof right === 'string') return equalText(left, right, ignoreCase);
  const l = baseOf(left);
  const r = baseOf(right);
  if (l === null || r === null) return l === r;
  if (typeof l === 'string') return equalText(l, toText(right, context), ignoreCase);
  if (isNumericCode(codeOf(l))) {
    const equal = equalNumber(l, r, ignoreCase, context);
    if (equal !== undefined) return equal;
  }
  if (typeof l === 'boolean') return l === isTrue(r);
  if (l instanceof Char && ignoreCase && (r instanceof Char || typeof r === 'string')) return equalChar(l, r);
  if (netEqual(l, r)) return true;
  const type = operandType(l);
  if (operandType(r) === type) return false;
  try {
    return netEqual(l, baseOf(context.convert(r, type)));
  } catch (error) {
    if (isCastError(error)) return false;
    throw error;
  }
}

function equalNumber(left: Value, right: Value, ignoreCase: boolean, context: OperatorContext): boolean | undefined {
  try {
    const operand = primitiveOperand(right, left, context);
    if (operand !== undefined) return compareNumbers(left, operand) === 0;
    if (typeof right !== 'string') return undefined;
    return languageEquals(left, scanNumber(right, operandType(left), context), ignoreCase, context);
  } catch (error) {
    if (isCastError(error)) return false;
    throw error;
  }
}

function equalChar(left: Char, right: Char | string): boolean {
  const other = typeof right === 'string' ? right : right.text;
  return other.length === 1 && upper(left.text) === upper(other);
}

/** Upper case of one unit where that is one unit, too. */
function upper(unit: string): string {
  const folded = unit.toUpperCase();
  return folded.length === 1 ? folded : unit;
}

function isSameType(left: Instance, right: Value): boolean {
  return right instanceof Instance && left.type === right.type;
}

/** `left.Equals(right)` of .NET. Only classes of scripts may be equal to an object of another type. */
export function netEqual(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left instanceof EnumValue && right instanceof EnumValue) {
    return left.type === right.type && left.value === right.value;
  }
  if (left instanceof Instance && (isSameType(left, right) || left.type.description.isScriptDefined === true)) {
    const equals = inherited(left.type, 'equals');
    if (equals !== undefined) return equals(left, right);
  }
  return netEquals(left, right);
}
