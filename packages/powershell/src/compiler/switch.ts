import { enumerable } from '../conversion/enumerate.ts';
import { toText } from '../conversion/text.ts';
import { isTrue } from '../conversion/truth.ts';
import { binaryOperator } from '../operators/binary.ts';
import { languageEquals } from '../operators/compare.ts';
import { Completion, type Execute, type Frame } from '../runtime/frame.ts';
import { Collector } from '../runtime/output.ts';
import { withUnderscore } from '../runtime/underscore.ts';
import type { SwitchStatement } from '../syntax/tree/index.ts';
import { NetArray } from '../values/array.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import { collect, resultOf } from './capture.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { enumeratorOf, withEnumerator } from './iterator-variable.ts';
import { isOwnLabel } from './loops.ts';
import { compileRangeItems, type Items } from './range-items.ts';
import { compileStatement, compileStatementBlock, pureExpression } from './statement.ts';
import { linesOfFile } from './switch-file.ts';

/** Whether a clause takes the item that is `$_`. */
type ClauseTest = (frame: Frame, item: Value) => boolean;

/** `switch`: every clause that fits an item runs, the default where none did. */
export function compileSwitch(ast: SwitchStatement, context: CompileContext): Execute {
  const items = compileItems(ast, context);
  const body = compileBody(ast, context);
  const { label } = ast;
  const walk = (frame: Frame, list: Iterable<Value>): Completion => {
    const { budget } = frame.session;
    for (const item of list) {
      budget.step();
      const completion = withUnderscore(frame.scope, item ?? null, () => body(frame, item ?? null));
      if (completion !== Completion.normal) {
        if (completion === Completion.return || !isOwnLabel(frame, label)) return completion;
        if (completion === Completion.break) break;
      }
    }
    return Completion.normal;
  };
  if (!context.layout.has('switch')) return (frame) => walk(frame, items(frame));
  return (frame) => {
    const enumerator = enumeratorOf(items(frame));
    return withEnumerator(frame.scope, 'switch', enumerator, () => walk(frame, enumerator.rest()));
  };
}

function compileItems(ast: SwitchStatement, context: CompileContext): (frame: Frame) => Items {
  const { condition } = ast;
  const expression = pureExpression(condition);
  if (ast.file) {
    const path = expression === undefined ? undefined : compileExpression(expression, context);
    const execute = path === undefined ? compileStatement(condition, context) : undefined;
    return (frame) => {
      frame.position = condition;
      const value = execute === undefined ? path?.(frame) : resultOf(collect(frame, execute, false));
      return linesOfFile(toText(value, frame.session), frame.session);
    };
  }
  if (expression === undefined) {
    const execute = compileStatement(condition, context);
    return (frame) => {
      frame.position = condition;
      return collect(frame, execute, false);
    };
  }
  const range = compileRangeItems(expression, context);
  if (range !== undefined) {
    return (frame) => {
      frame.position = condition;
      return range(frame);
    };
  }
  const evaluate = compileExpression(expression, context);
  return (frame) => {
    frame.position = condition;
    return itemsOf(evaluate(frame), frame);
  };
}

/** A scalar, null included, is one item. */
function itemsOf(value: Value, frame: Frame): Items {
  if (value instanceof NetArray) return value.items;
  return enumerable(value, frame.session) ?? [value ?? null];
}

function compileBody(ast: SwitchStatement, context: CompileContext): (frame: Frame, item: Value) => Completion {
  const clauses = ast.clauses.map((clause) => ({
    position: clause.test,
    test: compileClauseTest(ast, clause.test, context),
    body: compileStatementBlock(clause.body, context),
  }));
  const otherwise = ast.otherwise === undefined ? undefined : compileStatementBlock(ast.otherwise, context);
  return (frame, item) => {
    let matched = false;
    for (const { position, test, body } of clauses) {
      frame.position = position;
      if (!test(frame, item)) continue;
      matched = true;
      const completion = body(frame);
      if (completion !== Completion.normal) return completion;
    }
    return matched || otherwise === undefined ? Completion.normal : otherwise(frame);
  };
}

function compileClauseTest(
  ast: SwitchStatement,
  test: SwitchStatement['clauses'][number]['test'],
  context: CompileContext,
): ClauseTest {
  const evaluate = compileExpression(test, context);
  const compare = compileComparison(ast);
  // A word or a number is compared as text, whatever the item is.
  if (test.kind === 'string' || test.kind === 'constant') {
    return (frame, item) => compare(frame, item, evaluate(frame));
  }
  return (frame, item) => {
    const condition = evaluate(frame);
    return condition instanceof ScriptBlock ? blockHolds(condition, item, frame) : compare(frame, item, condition);
  };
}

function compileComparison(ast: SwitchStatement): (frame: Frame, item: Value, condition: Value) => boolean {
  const { caseSensitive } = ast;
  const text = (frame: Frame, value: Value): string => toText(value, frame.session);
  switch (ast.mode) {
    case 'wildcard': {
      const like = binaryOperator(caseSensitive ? '-clike' : '-ilike');
      return (frame, item, condition) => isTrue(like(text(frame, item), text(frame, condition), frame.session));
    }
    case 'regex': {
      const match = binaryOperator(caseSensitive ? '-cmatch' : '-imatch');
      return (frame, item, condition) => isTrue(match(text(frame, item), condition, frame.session));
    }
    default:
      return (frame, item, condition) => equal(item, condition, !caseSensitive, frame);
  }
}

/** Texts are compared as texts; null only equals null. */
function equal(item: Value, condition: Value, ignoreCase: boolean, frame: Frame): boolean {
  if (condition === null || condition === undefined) return item === null;
  const { session } = frame;
  return languageEquals(toText(condition, session), toText(item, session), ignoreCase, session);
}

function blockHolds(block: ScriptBlock, item: Value, frame: Frame): boolean {
  const out = new Collector();
  frame.session.run(block, { newScope: true, errorsEnd: true, underscore: item, out, streams: frame.streams });
  return isTrue(resultOf(out.items));
}
