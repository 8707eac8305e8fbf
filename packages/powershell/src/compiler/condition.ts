import { isTrue } from '../conversion/truth.ts';
import type { Frame } from '../runtime/frame.ts';
import type { StatementAst } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';
import { hasCommand } from './has-command.ts';
import { compileStatementValue, pureExpression } from './statement.ts';
import { compileTest } from './test.ts';

/** The condition of `if` and loops: true or false. One that runs a command leaves `$?` true. */
export function compileCondition(ast: StatementAst, context: CompileContext): (frame: Frame) => boolean {
  const expression = pureExpression(ast);
  const test =
    expression === undefined ? truthOf(compileStatementValue(ast, context)) : compileTest(expression, context);
  const resets = hasCommand(ast);
  return (frame) => {
    frame.position = ast;
    const result = test(frame);
    if (resets) frame.session.lastSucceeded = true;
    return result;
  };
}

function truthOf(evaluate: ReturnType<typeof compileStatementValue>): (frame: Frame) => boolean {
  return (frame) => isTrue(evaluate(frame));
}
