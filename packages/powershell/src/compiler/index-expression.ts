import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { ArrayLiteral, ExpressionAst, IndexExpression } from '../syntax/tree/index.ts';
import { getIndex } from '../types/index-access.ts';
import { NetArray } from '../values/array.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';

/** `target[index]`, `target?[index]` */
export function compileIndex(ast: IndexExpression, context: CompileContext): Evaluate {
  const target = compileExpression(ast.target, context);
  const { nullConditional } = ast;
  if (!hasSeveral(ast.index) && !nullConditional) {
    const index = compileOne(ast.index, context);
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
  if (!hasSeveral(ast.index)) {
    const index = compileOne(ast.index, context);
    return (frame) => [index(frame)];
  }
  const indexes = ast.index.elements.map((element) => compileExpression(element, context));
  return (frame) => indexes.map((index) => index(frame) ?? null);
}

/** `[1, 2]`. With a lone comma in front, `[, 1]`, the index is an array of one. */
function hasSeveral(index: ExpressionAst): index is ArrayLiteral {
  return index.kind === 'arrayLiteral' && index.elements.length > 1;
}

/** A cast to `[object]` says that a number is a key and no place: the value goes on in a wrapper that tells. */
function compileOne(index: ExpressionAst, context: CompileContext): Evaluate {
  const evaluate = compileExpression(index, context);
  const isKey =
    index.kind === 'convert' &&
    index.typeName.kind === 'simpleType' &&
    /^(?:system\.)?object$/i.test(index.typeName.name);
  if (!isKey) return evaluate;
  return (frame) => {
    const value = evaluate(frame);
    return typeof value === 'number' ? new PSObject(value) : value;
  };
}
