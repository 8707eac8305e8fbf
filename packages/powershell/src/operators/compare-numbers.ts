import { integerValue, toDecimal, toDouble } from '../conversion/numbers/change-number.ts';
import type { NetNumber } from '../conversion/numbers/number-text.ts';
import { NetFailure } from '../errors/raise.ts';
import { compareDecimals } from '../values/decimal.ts';
import type { Decimal } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { plain } from './numeric.ts';
import { Code, codeOf } from './type-code.ts';

/** Compares two primitive values in the wider of their types: negative, zero, positive, or NaN where one is not a number. */
export function compareNumbers(left: Value, right: Value): number {
  const l = plain(left);
  const r = plain(right);
  if (typeof l === 'number' && typeof r === 'number') return l - r;
  const code = Math.max(codeOf(left), codeOf(right));
  if (code === Code.decimal) return compareWithDecimal(l, r);
  if (code >= Code.single) return order(toDouble(l), toDouble(r));
  const a = integerValue(l) ?? 0n;
  const b = integerValue(r) ?? 0n;
  return a < b ? -1 : a > b ? 1 : 0;
}

function order(left: number, right: number): number {
  if (left === right) return 0;
  return left < right ? -1 : left > right ? 1 : Number.NaN;
}

/** Doubles that no decimal can hold are compared as doubles. */
function compareWithDecimal(left: NetNumber, right: NetNumber): number {
  const l = decimalOr(left);
  const r = decimalOr(right);
  return l === undefined || r === undefined ? order(toDouble(left), toDouble(right)) : compareDecimals(l, r);
}

function decimalOr(value: NetNumber): Decimal | undefined {
  try {
    return toDecimal(value);
  } catch (error) {
    if (error instanceof NetFailure) return undefined;
    throw error;
  }
}
