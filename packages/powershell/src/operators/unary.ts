import { isTrue } from '../conversion/truth.ts';
import type { UnaryOperator } from '../syntax/tree/index.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import { add, step, subtract } from './arithmetic.ts';
import { bitNot } from './bits.ts';
import type { OperatorContext } from './context.ts';
import { join } from './join.ts';
import { splitWords } from './split.ts';

type UnaryOperation = (operand: Value, context: OperatorContext) => Value;

const not: UnaryOperation = (operand) => !isTrue(operand);
const increment: UnaryOperation = (operand, context) => step(operand, 1, context);
const decrement: UnaryOperation = (operand, context) => step(operand, -1, context);

const operations: Readonly<Record<UnaryOperator, UnaryOperation>> = {
  '!': not,
  '-not': not,
  '-bnot': bitNot,
  '-': (operand, context) => subtract(0, operand, context),
  '+': (operand, context) => add(0, operand, context),
  ',': (operand) => objectArray([operand ?? null]),
  '++': increment,
  '--': decrement,
  'post++': increment,
  'post--': decrement,
  '-join': (operand, context) => join(operand, '', context),
  '-split': splitWords,
  '-isplit': splitWords,
  '-csplit': splitWords,
};

/** The function behind a unary operator. `++` and `--`, prefix and postfix, answer the new value; storing it is the compiler's. */
export function unaryOperator(operator: UnaryOperator): UnaryOperation {
  return operations[operator];
}
