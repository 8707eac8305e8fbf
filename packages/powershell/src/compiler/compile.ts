import type { Evaluate, Execute } from '../runtime/frame.ts';
import type { ExpressionAst, ScriptBlockAst, StatementAst } from '../syntax/tree/index.ts';
import type { CompiledBlock } from './compiled-block.ts';
import type { CompileContext } from './context.ts';

/** Compiles a script block; cached per tree. */
export function compileBlock(ast: ScriptBlockAst): CompiledBlock {
  throw new Error(`not compiled yet: ${ast.kind}`);
}

/** Compiles an expression: its value is not unrolled, errors are thrown. */
export function compileExpression(ast: ExpressionAst, context: CompileContext): Evaluate {
  void context;
  throw new Error(`not compiled yet: ${ast.kind}`);
}

/** Compiles a statement: what it writes goes to `frame.out`. */
export function compileStatement(ast: StatementAst, context: CompileContext): Execute {
  void context;
  throw new Error(`not compiled yet: ${ast.kind}`);
}

/** Compiles a statement as a value: what it writes is collected; nothing is AutomationNull, one object is itself, more an array. */
export function compileStatementValue(ast: StatementAst, context: CompileContext): Evaluate {
  void context;
  throw new Error(`not compiled yet: ${ast.kind}`);
}
