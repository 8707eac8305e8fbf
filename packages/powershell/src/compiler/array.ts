import { enumerable } from '../conversion/enumerate.ts';
import type { Evaluate } from '../runtime/frame.ts';
import type { Session } from '../runtime/session.ts';
import type { ArrayExpression, ArrayLiteral } from '../syntax/tree/index.ts';
import { NetArray, objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import { collect } from './capture.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileStatementBlock, pureExpression } from './statement.ts';

/** `a, b, c` */
export function compileArrayLiteral(ast: ArrayLiteral, context: CompileContext): Evaluate {
  const elements = ast.elements.map((element) => compileExpression(element, context));
  return (frame) => {
    const items = new Array<Value>(elements.length);
    for (let index = 0; index < elements.length; index++) items[index] = elements[index]?.(frame) ?? null;
    return objectArray(items);
  };
}

/** `@( … )`: always an array. */
export function compileArrayExpression(ast: ArrayExpression, context: CompileContext): Evaluate {
  const [first, second] = ast.body.statements;
  const pure =
    second === undefined && ast.body.traps.length === 0 && first !== undefined ? pureExpression(first) : undefined;
  if (pure !== undefined) {
    const evaluate = compileExpression(pure, context);
    if (pure.kind === 'arrayLiteral') return evaluate;
    return (frame) => objectArray(itemsOf(evaluate(frame), frame.session));
  }
  const execute = compileStatementBlock(ast.body, context);
  return (frame) => objectArray(collect(frame, execute, false));
}

/** A new list of what a value enumerates: nothing of AutomationNull, itself where it is one thing. */
export function itemsOf(value: Value, session: Session): Value[] {
  if (value === undefined) return [];
  if (value instanceof NetArray) return [...value.items];
  const items = enumerable(value, session);
  return items === undefined ? [value] : [...items];
}
