import { InvocationInfo } from '../errors/invocation-info.ts';
import { type BinaryOperation, binaryOperator } from '../operators/binary.ts';
import { isAtOperator } from '../operators/failures.ts';
import { isOfType } from '../operators/type-tests.ts';
import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { BinaryExpression, Extent } from '../syntax/tree/index.ts';
import type { Value } from '../values/value.ts';
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
  if (calculate === undefined) {
    const place = { start: ast.operatorStart, end: ast.right.start };
    return (frame) => operateAt(place, operate, left(frame), right(frame), frame);
  }
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

/** What is wrong with the right operands of some operators is shown at the operator. */
function operateAt(place: Extent, operate: BinaryOperation, left: Value, right: Value, frame: Frame): Value {
  try {
    return operate(left, right, frame.session);
  } catch (error) {
    if (isAtOperator(error)) error.record.invocation ??= new InvocationInfo(frame.source, place.start, place.end);
    throw error;
  }
}

function compileTypeTest(ast: BinaryExpression, context: CompileContext): Evaluate {
  const left = compileExpression(ast.left, context);
  const { operator } = ast;
  if (ast.right.kind === 'type') {
    const resolve = compileTypeName(ast.right.typeName, context, ast.right);
    const expected = operator === '-is';
    return (frame) => {
      const value = left(frame);
      return isOfType(value, resolve(frame), frame.session) === expected;
    };
  }
  const right = compileExpression(ast.right, context);
  const operate = binaryOperator(operator);
  const place = { start: ast.operatorStart, end: ast.right.start };
  return (frame) => operateAt(place, operate, left(frame), right(frame), frame);
}
