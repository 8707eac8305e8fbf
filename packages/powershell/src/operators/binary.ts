import { isTrue } from '../conversion/truth.ts';
import type { BinaryOperator } from '../syntax/tree/index.ts';
import type { Value } from '../values/value.ts';
import { add, divide, multiply, remainder, subtract } from './arithmetic.ts';
import { bitOperation, shift } from './bits.ts';
import { containment, equality, inequality } from './compare.ts';
import type { OperatorContext } from './context.ts';
import { formatOperation } from './format.ts';
import { join } from './join.ts';
import { like } from './like.ts';
import { match } from './match.ts';
import { range } from './range.ts';
import { replace } from './replace.ts';
import { split } from './split.ts';
import { convertAs, isOfType } from './type-tests.ts';

export type { OperatorContext } from './context.ts';

export type BinaryOperation = (left: Value, right: Value, context: OperatorContext) => Value;

/** The same operation with the sides changed: `-in` is `-contains` the other way round. */
function swapped(operation: BinaryOperation): BinaryOperation {
  return (left, right, context) => operation(right, left, context);
}

const operations: Readonly<Record<BinaryOperator, BinaryOperation>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '..': range,
  '-f': formatOperation,
  '-and': (left, right) => isTrue(left) && isTrue(right),
  '-or': (left, right) => isTrue(left) || isTrue(right),
  '-xor': (left, right) => isTrue(left) !== isTrue(right),
  '-band': bitOperation('-band'),
  '-bor': bitOperation('-bor'),
  '-bxor': bitOperation('-bxor'),
  '-shl': shift('-shl'),
  '-shr': shift('-shr'),
  '-is': isOfType,
  '-isnot': (left, right, context) => !isOfType(left, right, context),
  '-as': convertAs,
  '-join': join,
  '??': (left, right) => left ?? right,
  '-ieq': equality(true, false),
  '-ceq': equality(false, false),
  '-ine': equality(true, true),
  '-cne': equality(false, true),
  '-igt': inequality('gt', true),
  '-cgt': inequality('gt', false),
  '-ige': inequality('ge', true),
  '-cge': inequality('ge', false),
  '-ilt': inequality('lt', true),
  '-clt': inequality('lt', false),
  '-ile': inequality('le', true),
  '-cle': inequality('le', false),
  '-ilike': like(true, false),
  '-clike': like(false, false),
  '-inotlike': like(true, true),
  '-cnotlike': like(false, true),
  '-imatch': match(true, false),
  '-cmatch': match(false, false),
  '-inotmatch': match(true, true),
  '-cnotmatch': match(false, true),
  '-ireplace': replace(true),
  '-creplace': replace(false),
  '-icontains': containment(true, false),
  '-ccontains': containment(false, false),
  '-inotcontains': containment(true, true),
  '-cnotcontains': containment(false, true),
  '-iin': swapped(containment(true, false)),
  '-cin': swapped(containment(false, false)),
  '-inotin': swapped(containment(true, true)),
  '-cnotin': swapped(containment(false, true)),
  '-isplit': split(true),
  '-csplit': split(false),
};

/**
 * The function behind a binary operator; both sides are evaluated already (`-and`, `-or` and `??` are the compiler's
 * where it can skip their right side). Throws `Thrown` for what the operator refuses.
 */
export function binaryOperator(operator: BinaryOperator): BinaryOperation {
  return operations[operator];
}
