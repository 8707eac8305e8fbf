import type { UnaryOperator } from '../syntax/tree/index.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';

export type UnaryOperation = (operand: Value, context: OperatorContext) => Value;

/** The function behind a unary operator. `++` and `--`, prefix and postfix, answer the new value; storing it is the compiler's. */
export function unaryOperator(operator: UnaryOperator): UnaryOperation {
  throw new Error(`no operator ${operator}`);
}
