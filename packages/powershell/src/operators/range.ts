import { baseOf } from '../conversion/base.ts';
import { changeType, isConvertible, noConvertibleCast } from '../conversion/iconvertible.ts';
import { parseInteger } from '../conversion/numbers/read-number.ts';
import { netFailure } from '../errors/raise.ts';
import { netTypes } from '../types/intrinsic.ts';
import { type NetArray, objectArray } from '../values/array.ts';
import { Char } from '../values/numbers.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { letEscape } from './failures.ts';
import { operandType } from './operand.ts';

/** `left..right`: whole numbers up or down, or chars where both sides are chars or one sign of text that is no digit. */
export function range(left: Value, right: Value, context: OperatorContext): NetArray {
  const [from, to, isChar] = rangeBounds(left, right, context);
  context.budget.reserve(8 * (Math.abs(to - from) + 1));
  const items: Value[] = [];
  const step = from <= to ? 1 : -1;
  for (let at = from; ; at += step) {
    items.push(isChar ? Char.of(at) : at);
    if (at === to) break;
  }
  return objectArray(items);
}

/** First and last number of a range, and whether they stand for chars. */
function rangeBounds(left: Value, right: Value, context: OperatorContext): [from: number, to: number, isChar: boolean] {
  if (typeof left === 'number' && typeof right === 'number' && Math.abs(right - left) < 2 ** 31)
    return [left, right, false];
  const l = baseOf(left);
  const r = baseOf(right);
  const first = charCode(l);
  const last = charCode(r);
  if (first !== undefined && last !== undefined) return [first, last, true];
  return letEscape(() => {
    const from = toInt(l, context);
    const to = toInt(r, context);
    if (Math.abs(to - from) < 2 ** 31) return [from, to, false];
    throw netFailure('System.OverflowException', 'Arithmetic operation resulted in an overflow.');
  });
}

function charCode(value: Value): number | undefined {
  if (value instanceof Char) return value.code;
  return typeof value === 'string' && value.length === 1 && !/\p{Nd}/u.test(value) ? value.charCodeAt(0) : undefined;
}

function toInt(value: Value, context: OperatorContext): number {
  if (value === null || value === undefined) return 0;
  const type = value instanceof PSCustomObject ? netTypes.psObject : operandType(value);
  if (!isConvertible(type)) throw noConvertibleCast(type);
  const number =
    typeof value === 'string' ? parseInteger(value, netTypes.int32) : changeType(value, netTypes.int32, context);
  return typeof number === 'number' ? number : 0;
}
