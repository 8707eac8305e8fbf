import { isTrue } from '../conversion/truth.ts';
import { binaryOperator } from '../operators/binary.ts';
import type { Frame } from '../runtime/frame.ts';
import type { BinaryExpression, ExpressionAst } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { intComparison } from './int-operations.ts';
import { pureExpression } from './statement.ts';

export type Test = (frame: Frame) => boolean;

/** An expression of which only its truth is asked. */
export function compileTest(ast: ExpressionAst, context: CompileContext): Test {
  if (ast.kind === 'paren') {
    const inner = pureExpression(ast.pipeline);
    if (inner !== undefined) return compileTest(inner, context);
  }
  if (ast.kind === 'unary' && (ast.operator === '!' || ast.operator === '-not')) {
    const operand = compileTest(ast.operand, context);
    return (frame) => !operand(frame);
  }
  if (ast.kind === 'binary') {
    const test = compileBinaryTest(ast, context);
    if (test !== undefined) return test;
  }
  const evaluate = compileExpression(ast, context);
  return (frame) => {
    const value = evaluate(frame);
    return typeof value === 'boolean' ? value : isTrue(value);
  };
}

function compileBinaryTest(ast: BinaryExpression, context: CompileContext): Test | undefined {
  switch (ast.operator) {
    case '-and': {
      const left = compileTest(ast.left, context);
      const right = compileTest(ast.right, context);
      return (frame) => left(frame) && right(frame);
    }
    case '-or': {
      const left = compileTest(ast.left, context);
      const right = compileTest(ast.right, context);
      return (frame) => left(frame) || right(frame);
    }
    case '-xor': {
      const left = compileTest(ast.left, context);
      const right = compileTest(ast.right, context);
      return (frame) => left(frame) !== right(frame);
    }
    default:
      return compileComparison(ast, context);
  }
}

/** `-lt`, `-eq` and their kind: numbers are compared at once. */
function compileComparison(ast: BinaryExpression, context: CompileContext): Test | undefined {
  const compare = intComparison(ast.operator);
  if (compare === undefined) return undefined;
  const left = compileExpression(ast.left, context);
  const operate = binaryOperator(ast.operator);
  if (ast.right.kind === 'constant' && ast.right.value.type === 'System.Int32') {
    const limit = ast.right.value.value;
    return (frame) => {
      const value = left(frame);
      return typeof value === 'number' ? compare(value, limit) : isTrue(operate(value, limit, frame.session));
    };
  }
  const right = compileExpression(ast.right, context);
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    return typeof a === 'number' && typeof b === 'number' ? compare(a, b) : isTrue(operate(a, b, frame.session));
  };
}
