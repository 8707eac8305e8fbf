import { enumerable } from '../conversion/enumerate.ts';
import { Completion, type Execute, type Frame } from '../runtime/frame.ts';
import type { ForEachStatement, StatementAst } from '../syntax/tree/index.ts';
import { NetArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import { collect } from './capture.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { enumeratorOf, withEnumerator } from './iterator-variable.ts';
import { isOwnLabel } from './loops.ts';
import { compileRangeItems, type Items } from './range-items.ts';
import { compileStatement, compileStatementBlock, pureExpression } from './statement.ts';
import { compileStore } from './store.ts';

/** `foreach ($x in …) { … }` */
export function compileForEach(ast: ForEachStatement, context: CompileContext): Execute {
  const items = compileItems(ast.collection, context);
  const store = compileStore(ast.variable, context);
  const body = compileStatementBlock(ast.body, context);
  const { label, variable } = ast;
  const walk = (frame: Frame, list: Items): Completion => {
    const { budget } = frame.session;
    const walksList = Array.isArray(list);
    const iterator = walksList ? undefined : list[Symbol.iterator]();
    for (let index = 0; ; index++) {
      let item: Value;
      frame.position = variable;
      if (walksList) {
        if (index >= list.length) return Completion.normal;
        item = list[index];
      } else {
        const step = iterator?.next();
        if (step === undefined || step.done === true) return Completion.normal;
        item = step.value;
      }
      budget.step();
      store(frame, item ?? null);
      const completion = body(frame);
      if (completion !== Completion.normal) {
        if (completion === Completion.return || !isOwnLabel(frame, label)) return completion;
        if (completion === Completion.break) return Completion.normal;
      }
    }
  };
  // Only a body that names `$foreach` pays for an enumerator.
  if (!context.layout.has('foreach')) {
    return (frame) => {
      frame.position = ast.collection;
      const list = items(frame);
      return list === undefined ? Completion.normal : walk(frame, list);
    };
  }
  return (frame) => {
    frame.position = ast.collection;
    const list = items(frame);
    if (list === undefined) return Completion.normal;
    const enumerator = enumeratorOf(list);
    return withEnumerator(frame.scope, 'foreach', enumerator, () => walk(frame, enumerator.rest()));
  };
}

/** What `foreach` walks: `undefined` where there is nothing, not even null, to walk over. */
function compileItems(ast: StatementAst, context: CompileContext): (frame: Frame) => Items | undefined {
  const expression = pureExpression(ast);
  if (expression === undefined && ast.kind !== 'assignment') {
    const execute = compileStatement(ast, context);
    return (frame) => collect(frame, execute, false);
  }
  const range = expression === undefined ? undefined : compileRangeItems(expression, context);
  if (range !== undefined) return range;
  const evaluate = expression === undefined ? undefined : compileExpression(expression, context);
  return (frame) => {
    const value = evaluate?.(frame);
    if (value === null || value === undefined) return undefined;
    if (value instanceof NetArray) return value.items;
    return enumerable(value, frame.session) ?? [value];
  };
}
