import type { Execute } from '../runtime/frame.ts';
import type { TypeDefinition } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';

export function compileTypeDefinition(ast: TypeDefinition, context: CompileContext): Execute {
  void context;
  throw new Error(`not compiled yet: ${ast.kind}`);
}
