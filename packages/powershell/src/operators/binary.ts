import type { BinaryOperator } from '../syntax/tree/index.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';

export type { OperatorContext } from './context.ts';

export type BinaryOperation = (left: Value, right: Value, context: OperatorContext) => Value;

/**
 * The function behind a binary operator; both sides are evaluated already (`-and`, `-or` and `??` are the compiler's
 * where it can skip their right side). Throws `Thrown` for what the operator refuses.
 */
export function binaryOperator(operator: BinaryOperator): BinaryOperation {
  throw new Error(`no operator ${operator}`);
}
