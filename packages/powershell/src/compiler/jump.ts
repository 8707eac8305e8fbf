import { toText } from '../conversion/text.ts';
import { Completion, type Execute, type Frame } from '../runtime/frame.ts';
import { ExitSignal } from '../runtime/signals.ts';
import { writeEnumerated } from '../runtime/write-value.ts';
import type {
  BreakStatement,
  ContinueStatement,
  ExitStatement,
  ExpressionAst,
  ReturnStatement,
  StatementAst,
} from '../syntax/tree/index.ts';
import { compileAssignment } from './assignment.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileStatement, compileStatementValue, pureExpression } from './statement.ts';

/** `return`: its value is written before the function ends. In a method the value is handed over as it is. */
export function compileReturn(ast: ReturnStatement, context: CompileContext): Execute {
  const { value } = ast;
  if (value === undefined) {
    return (frame) => {
      frame.position = ast;
      return Completion.return;
    };
  }
  if (context.isMethod) return compileMethodReturn(ast, value, compileStatementValue(value, context));
  if (value.kind === 'assignment') {
    const { evaluate } = compileAssignment(value, context);
    return (frame) => {
      writeEnumerated(evaluate(frame), frame.out, frame.session);
      return Completion.return;
    };
  }
  const expression = pureExpression(value);
  if (expression !== undefined) {
    const evaluate = compileExpression(expression, context);
    return (frame) => {
      frame.position = value;
      writeEnumerated(evaluate(frame), frame.out, frame.session);
      frame.session.lastSucceeded = true;
      return Completion.return;
    };
  }
  const execute = compileStatement(value, context);
  return (frame) => {
    const completion = execute(frame);
    return completion === Completion.normal ? Completion.return : completion;
  };
}

function compileMethodReturn(
  ast: ReturnStatement,
  value: StatementAst,
  evaluate: ReturnType<typeof compileStatementValue>,
): Execute {
  return (frame) => {
    frame.position = ast;
    frame.result = evaluate(frame);
    // The value may not convert to the method's type: that error belongs to the value.
    frame.position = value;
    return Completion.return;
  };
}

export function compileBreak(ast: BreakStatement, context: CompileContext): Execute {
  return compileLoopJump(Completion.break, ast.label, context);
}

export function compileContinue(ast: ContinueStatement, context: CompileContext): Execute {
  return compileLoopJump(Completion.continue, ast.label, context);
}

function compileLoopJump(completion: Completion, label: ExpressionAst | undefined, context: CompileContext): Execute {
  if (label === undefined) {
    return (frame) => {
      frame.session.pendingLabel = '';
      return completion;
    };
  }
  const text = compileLabel(label, context);
  return (frame) => {
    frame.session.pendingLabel = text(frame);
    return completion;
  };
}

function compileLabel(label: ExpressionAst, context: CompileContext): (frame: Frame) => string {
  if (label.kind === 'string') return () => label.value;
  const evaluate = compileExpression(label, context);
  return (frame) => toText(evaluate(frame), frame.session);
}

/** `exit`: leaves the script file, or the run. */
export function compileExit(ast: ExitStatement, context: CompileContext): Execute {
  const evaluate = ast.value === undefined ? () => 0 : compileStatementValue(ast.value, context);
  return (frame) => {
    frame.position = ast;
    throw new ExitSignal(evaluate(frame));
  };
}
