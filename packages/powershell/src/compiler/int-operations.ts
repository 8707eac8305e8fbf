import type { BinaryOperator } from '../syntax/tree/index.ts';
import { Double } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';

/** An operation on two Int32; `undefined` leaves the case to the operator proper. */
export type IntOperation = (left: number, right: number) => Value;

/** What is over the range of Int32 becomes a Double, never an Int64. */
function wholeOrDouble(result: number): Value {
  const int = result | 0;
  return int === result ? int : new Double(result);
}

const operations = new Map<BinaryOperator, IntOperation>([
  ['+', (left, right) => wholeOrDouble(left + right)],
  ['-', (left, right) => wholeOrDouble(left - right)],
  ['*', (left, right) => wholeOrDouble(left * right)],
  ['%', (left, right) => (right === 0 ? undefined : (left % right) | 0)],
  ['/', (left, right) => (right === 0 || left % right !== 0 ? undefined : wholeOrDouble(left / right))],
  ['-band', (left, right) => left & right],
  ['-bor', (left, right) => left | right],
  ['-bxor', (left, right) => left ^ right],
]);

const comparisons = new Map<BinaryOperator, (left: number, right: number) => boolean>([
  ['-ieq', (left, right) => left === right],
  ['-ceq', (left, right) => left === right],
  ['-ine', (left, right) => left !== right],
  ['-cne', (left, right) => left !== right],
  ['-ilt', (left, right) => left < right],
  ['-clt', (left, right) => left < right],
  ['-ile', (left, right) => left <= right],
  ['-cle', (left, right) => left <= right],
  ['-igt', (left, right) => left > right],
  ['-cgt', (left, right) => left > right],
  ['-ige', (left, right) => left >= right],
  ['-cge', (left, right) => left >= right],
]);

/** How an operator works on two Int32, where it can be said in a line. */
export function intOperation(operator: BinaryOperator): IntOperation | undefined {
  return operations.get(operator);
}

/** How an operator compares two Int32. */
export function intComparison(operator: BinaryOperator): ((left: number, right: number) => boolean) | undefined {
  return comparisons.get(operator);
}
