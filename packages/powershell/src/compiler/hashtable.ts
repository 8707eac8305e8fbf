import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { HashtableExpression } from '../syntax/tree/index.ts';
import { addLiteralPairs, Hashtable } from '../types/collections/hashtable.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileStatementValue } from './statement.ts';

/** `@{ … }` */
export function compileHashtable(ast: HashtableExpression, context: CompileContext): Evaluate {
  const pairs = compilePairs(ast, context);
  return (frame) => {
    const table = new Hashtable();
    addLiteralPairs(table, pairs(frame), frame.session);
    return table;
  };
}

/** The pairs of a literal, evaluated in the order written. */
export function compilePairs(ast: HashtableExpression, context: CompileContext): (frame: Frame) => [Value, Value][] {
  const pairs = ast.pairs.map((pair) => ({
    key: compileExpression(pair.key, context),
    value: compileStatementValue(pair.value, context),
  }));
  return (frame) => pairs.map(({ key, value }) => [key(frame), value(frame) ?? null]);
}
