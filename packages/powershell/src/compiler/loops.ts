import { Completion, type Execute, type Frame } from '../runtime/frame.ts';
import type {
  DoUntilStatement,
  DoWhileStatement,
  ForStatement,
  StatementAst,
  WhileStatement,
} from '../syntax/tree/index.ts';
import { compileAssignment } from './assignment.ts';
import { compileCondition } from './condition.ts';
import type { CompileContext } from './context.ts';
import { compileIncrement, isIncrement } from './increment.ts';
import { compileStatementBlock, compileStatementValue, pureExpression } from './statement.ts';

/** Whether a break or continue that came out of a loop's body is meant for it: it has no label, or this one. */
export function isOwnLabel(frame: Frame, label: string | undefined): boolean {
  const pending = frame.session.pendingLabel;
  return pending === '' || (label !== undefined && pending.toLowerCase() === label.toLowerCase());
}

/** `while (condition) { … }` */
export function compileWhile(ast: WhileStatement, context: CompileContext): Execute {
  return compileLoop(
    compileCondition(ast.condition, context),
    compileStatementBlock(ast.body, context),
    undefined,
    ast.label,
  );
}

/** `for (initializer; condition; iterator) { … }` */
export function compileFor(ast: ForStatement, context: CompileContext): Execute {
  const initialise = ast.initializer === undefined ? undefined : compileQuietly(ast.initializer, context);
  const condition = ast.condition === undefined ? undefined : compileCondition(ast.condition, context);
  const advance = ast.iterator === undefined ? undefined : compileQuietly(ast.iterator, context);
  const loop = compileLoop(condition, compileStatementBlock(ast.body, context), advance, ast.label);
  if (initialise === undefined) return loop;
  return (frame) => {
    initialise(frame);
    return loop(frame);
  };
}

/** `do { … } while (condition)` and `until`. */
export function compileDoLoop(ast: DoWhileStatement | DoUntilStatement, context: CompileContext): Execute {
  const body = compileStatementBlock(ast.body, context);
  const condition = compileCondition(ast.condition, context);
  const goesOnWhile = ast.kind === 'doWhile';
  const { label } = ast;
  return (frame) => {
    const { budget } = frame.session;
    do {
      budget.step();
      const completion = body(frame);
      if (completion !== Completion.normal) {
        if (completion === Completion.return || !isOwnLabel(frame, label)) return completion;
        if (completion === Completion.break) break;
      }
    } while (condition(frame) === goesOnWhile);
    return Completion.normal;
  };
}

function compileLoop(
  condition: ((frame: Frame) => boolean) | undefined,
  body: Execute,
  advance: ((frame: Frame) => void) | undefined,
  label: string | undefined,
): Execute {
  return (frame) => {
    const { budget } = frame.session;
    while (condition === undefined || condition(frame)) {
      budget.step();
      const completion = body(frame);
      if (completion !== Completion.normal) {
        if (completion === Completion.return || !isOwnLabel(frame, label)) return completion;
        if (completion === Completion.break) break;
      }
      if (advance !== undefined) advance(frame);
    }
    return Completion.normal;
  };
}

/** The first and last part of a `for`: run for what they do, what they write is dropped. */
function compileQuietly(ast: StatementAst, context: CompileContext): (frame: Frame) => void {
  if (ast.kind === 'assignment') return compileAssignment(ast, context).execute;
  const expression = pureExpression(ast);
  const evaluate =
    expression !== undefined && isIncrement(expression)
      ? compileIncrement(expression, context)
      : compileStatementValue(ast, context);
  return (frame) => {
    frame.position = ast;
    evaluate(frame);
  };
}
