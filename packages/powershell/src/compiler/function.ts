import type { Execute } from '../runtime/frame.ts';
import type { FunctionDefinition } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';

export function compileFunction(ast: FunctionDefinition, context: CompileContext): Execute {
  void context;
  throw new Error(`not compiled yet: ${ast.kind}`);
}
