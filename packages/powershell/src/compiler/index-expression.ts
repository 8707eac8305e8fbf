import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { IndexExpression } from '../syntax/tree/index.ts';
import { getIndex } from '../types/index-access.ts';
import { NetArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';

/** `target[index]`, `target?[index]` */
export function compileIndex(ast: IndexExpression, context: CompileContext): Evaluate {
  const target = compileExpression(ast.target, context);
  const { nullConditional } = ast;
  if (ast.index.kind !== 'arrayLiteral' && !nullConditional) {
    const index = compileExpression(ast.index, context);
    return (frame) => {
      const object = target(frame);
      const at = index(frame);
      if (typeof at === 'number' && object instanceof NetArray) {
        const { items } = object;
        const place = at < 0 ? at + items.length : at;
        if (place >= 0 && place < items.length) return items[place];
      }
      return getIndex(object, [at], frame.session);
    };
  }
  const indexes = compileIndexes(ast, context);
  return (frame) => {
    const object = target(frame);
    if (nullConditional && (object === null || object === undefined)) return null;
    return getIndex(object, indexes(frame), frame.session);
  };
}

/** What is between the brackets: several with commas. */
export function compileIndexes(ast: IndexExpression, context: CompileContext): (frame: Frame) => Value[] {
  if (ast.index.kind !== 'arrayLiteral') {
    const index = compileExpression(ast.index, context);
    return (frame) => [index(frame)];
  }
  const indexes = ast.index.elements.map((element) => compileExpression(element, context));
  return (frame) => indexes.map((index) => index(frame) ?? null);
}
