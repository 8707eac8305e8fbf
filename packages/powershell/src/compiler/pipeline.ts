import type { Execute } from '../runtime/frame.ts';
import type { PipelineAst, PipelineChain } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';

export function compilePipeline(ast: PipelineAst, context: CompileContext): Execute {
  void context;
  throw new Error(`not compiled yet: ${ast.kind}`);
}

export function compilePipelineChain(ast: PipelineChain, context: CompileContext): Execute {
  void context;
  throw new Error(`not compiled yet: ${ast.kind}`);
}
