import { baseOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { languageEquals } from './equality.ts';
import { isNegative, order } from './ordering.ts';
import { codeOf, isNumericCode } from './type-code.ts';

export { languageEquals } from './equality.ts';
export { languageCompare } from './ordering.ts';

type ComparisonOperation = (left: Value, right: Value, context: OperatorContext) => Value;
type Test = (left: Value, right: Value, context: OperatorContext) => boolean;

/** `-eq` and `-ne`: of an array on the left, the items for which it holds. */
export function equality(ignoreCase: boolean, isNegated: boolean): ComparisonOperation {
  const test: Test = (left, right, context) => languageEquals(left, right, ignoreCase, context) !== isNegated;
  return (left, right, context) => {
    if (typeof left === 'number' && typeof right === 'number') return (left === right) !== isNegated;
    if (typeof left === 'string' || left === null || left === undefined) return test(left, right, context);
    return filtered(left, right, test, context);
  };
}

function filtered(left: Value, right: Value, test: Test, context: OperatorContext): Value {
  const items = enumerable(left, context);
  if (items === undefined) return test(left, right, context);
  const found: Value[] = [];
  for (const item of items) if (test(item, right, context)) found.push(item);
  return objectArray(found);
}

/** `-lt`, `-le`, `-gt`, `-ge`: of an array on the left, the items for which it holds. */
export function inequality(sign: 'lt' | 'le' | 'gt' | 'ge', ignoreCase: boolean): ComparisonOperation {
  const holds = signs[sign];
  const test: Test = (left, right, context) => {
    const l = baseOf(left);
    const r = baseOf(right);
    if (l === null || r === null) return withNull(sign, l, r);
    return holds(order(l, r, ignoreCase, context));
  };
  return (left, right, context) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left - right);
    return filtered(left, right, test, context);
  };
}

const signs = {
  lt: (order: number) => order < 0,
  le: (order: number) => order <= 0,
  gt: (order: number) => order > 0,
  ge: (order: number) => order >= 0,
} as const;

/** Null is just below zero beside a number, and below everything else; of two nulls each is as great as the other. */
function withNull(sign: 'lt' | 'le' | 'gt' | 'ge', left: Value, right: Value): boolean {
  const isLess = sign === 'lt' || sign === 'le';
  if (isNumericCode(codeOf(left))) return isLess === isNegative(left);
  if (isNumericCode(codeOf(right))) return isLess !== isNegative(right);
  if (left === null && right === null) return sign === 'le' || sign === 'ge';
  return isLess ? left === null : left !== null;
}

/** `-contains`, and `-in` the other way round: whether one item equals. */
export function containment(ignoreCase: boolean, isNegated: boolean): ComparisonOperation {
  return (collection, item, context) => {
    const items = enumerable(collection, context);
    if (items === undefined) return languageEquals(collection, item, ignoreCase, context) !== isNegated;
    for (const one of items) if (languageEquals(one, item, ignoreCase, context)) return !isNegated;
    return isNegated;
  };
}
