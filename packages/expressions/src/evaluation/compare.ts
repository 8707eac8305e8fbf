import type { ComparisonOperator } from '../syntax/tree.ts';
import { compareNumbers } from '../values/number.ts';
import { printValue } from '../values/print.ts';
import { isDate, type SingleValue } from '../values/value.ts';

/**
 * Compares two values (engine sheet 21.5). Null on either side: false, also for `<>`. Dates by time. Two numbers by number,
 * and everything else by text, code unit by code unit, case-sensitive.
 *
 * Two *texts* that look like numbers are numbers only for the ordering operators: the sheet proposes numbers for all
 * six, but employee numbers 007 and 7 are different people.
 */
export function compareValues(
  operator: ComparisonOperator,
  left: SingleValue | null,
  right: SingleValue | null,
): boolean {
  if (left === null || right === null) return false;
  const order = compareOrder(operator, left, right);
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function compareOrder(operator: ComparisonOperator, left: SingleValue, right: SingleValue): number {
  if (isDate(left) && isDate(right)) return left.ticks < right.ticks ? -1 : left.ticks > right.ticks ? 1 : 0;
  const texts = typeof left === 'string' && typeof right === 'string';
  if (isNumeric(left) && isNumeric(right) && !(texts && (operator === '=' || operator === '<>'))) {
    const order = compareNumbers(left, right);
    if (order !== undefined) return order;
  }
  const a = printValue(left);
  const b = printValue(right);
  return a < b ? -1 : a > b ? 1 : 0;
}

function isNumeric(value: SingleValue): value is string | bigint {
  return typeof value === 'string' || typeof value === 'bigint';
}
