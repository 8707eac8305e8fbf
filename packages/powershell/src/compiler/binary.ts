import { binaryOperator } from '../operators/binary.ts';
import type { Evaluate } from '../runtime/frame.ts';
import type { BinaryExpression } from '../syntax/tree/index.ts';
import { isInstance } from '../types/assignable.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { intComparison, intOperation } from './int-operations.ts';
import { compileTest } from './test.ts';
import { compileTypeName } from './type-name.ts';

/** Operators with two operands; two Int32 are worked on here, the rest is the operator's. */
export function compileBinary(ast: BinaryExpression, context: CompileContext): Evaluate {
  const { operator } = ast;
  switch (operator) {
    case '-and':
    case '-or':
    case '-xor':
      return compileTest(ast, context);
    case '??': {
      const left = compileExpression(ast.left, context);
      const right = compileExpression(ast.right, context);
      return (frame) => left(frame) ?? right(frame);
    }
    case '-is':
    case '-isnot':
      return compileTypeTest(ast, context);
    default: {
      const left = compileExpression(ast.left, context);
      const right = compileExpression(ast.right, context);
      return compileOperation(ast, left, right);
    }
  }
}

function compileOperation(ast: BinaryExpression, left: Evaluate, right: Evaluate): Evaluate {
  const operate = binaryOperator(ast.operator);
  const compare = intComparison(ast.operator);
  if (compare !== undefined) {
    return (frame) => {
      const a = left(frame);
      const b = right(frame);
      return typeof a === 'number' && typeof b === 'number' ? compare(a, b) : operate(a, b, frame.session);
    };
  }
  const calculate = intOperation(ast.operator);
  if (calculate === undefined) return (frame) => operate(left(frame), right(frame), frame.session);
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === 'number' && typeof b === 'number') {
      const result = calculate(a, b);
      if (result !== undefined) return result;
    }
    return operate(a, b, frame.session);
  };
}

function compileTypeTest(ast: BinaryExpression, context: CompileContext): Evaluate {
  const left = compileExpression(ast.left, context);
  const { operator } = ast;
  if (ast.right.kind === 'type') {
    const resolve = compileTypeName(ast.right.typeName, context, ast.right);
    const expected = operator === '-is';
    return (frame) => {
      const value = left(frame);
      return isInstance(value, resolve(frame)) === expected;
    };
  }
  const right = compileExpression(ast.right, context);
  const operate = binaryOperator(operator);
  return (frame) => operate(left(frame), right(frame), frame.session);
}
