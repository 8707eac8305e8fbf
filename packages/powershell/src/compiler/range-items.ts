import { range } from '../operators/range.ts';
import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { ExpressionAst } from '../syntax/tree/index.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';

/** The items that a statement walks: a list by place, or whatever iterates. */
export type Items = readonly Value[] | Iterable<Value>;

/** For a range that is walked and not kept; `undefined` for every other expression. */
export function compileRangeItems(
  expression: ExpressionAst,
  context: CompileContext,
): ((frame: Frame) => Items) | undefined {
  if (expression.kind !== 'binary' || expression.operator !== '..') return undefined;
  return itemsOfRange(compileExpression(expression.left, context), compileExpression(expression.right, context));
}

/** A range of numbers is counted through, never made; one that is too long fails as it does where it is made. */
function itemsOfRange(left: Evaluate, right: Evaluate): (frame: Frame) => Items {
  return (frame) => {
    const from = left(frame);
    const to = right(frame);
    const isCounted = typeof from === 'number' && typeof to === 'number' && Math.abs(to - from) < 2 ** 31;
    return isCounted ? countFrom(from, to) : range(from, to, frame.session).items;
  };
}

function* countFrom(from: number, to: number): Generator<number, void> {
  if (from <= to) for (let number = from; number <= to; number++) yield number;
  else for (let number = from; number >= to; number--) yield number;
}
