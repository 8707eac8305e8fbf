import { unaryOperator } from '../operators/unary.ts';
import type { Evaluate } from '../runtime/frame.ts';
import type { UnaryExpression } from '../syntax/tree/index.ts';
import { objectArray } from '../values/array.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileIncrement, isIncrement } from './increment.ts';
import { compileTest } from './test.ts';

/** Operators with one operand. */
export function compileUnary(ast: UnaryExpression, context: CompileContext): Evaluate {
  if (isIncrement(ast)) return compileIncrement(ast, context);
  const { operator } = ast;
  if (operator === '!' || operator === '-not') {
    const test = compileTest(ast.operand, context);
    return (frame) => !test(frame);
  }
  const evaluate = compileExpression(ast.operand, context);
  if (operator === ',') return (frame) => objectArray([evaluate(frame) ?? null]);
  const operate = unaryOperator(operator);
  return (frame) => operate(evaluate(frame), frame.session);
}
