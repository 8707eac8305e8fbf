import { Completion, type Execute } from '../runtime/frame.ts';
import type { IfStatement } from '../syntax/tree/index.ts';
import { compileCondition } from './condition.ts';
import type { CompileContext } from './context.ts';
import { compileStatementBlock } from './statement.ts';

/** `if`, `elseif`, `else`. */
export function compileIf(ast: IfStatement, context: CompileContext): Execute {
  const otherwise = ast.otherwise === undefined ? undefined : compileStatementBlock(ast.otherwise, context);
  return ast.clauses.reduceRight<Execute>(
    (next, clause) => {
      const condition = compileCondition(clause.condition, context);
      const body = compileStatementBlock(clause.body, context);
      return (frame) => (condition(frame) ? body(frame) : next(frame));
    },
    otherwise ?? (() => Completion.normal),
  );
}
