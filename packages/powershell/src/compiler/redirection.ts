import type { Frame } from '../runtime/frame.ts';
import type { Redirection } from '../runtime/pipeline/redirect.ts';
import type { RedirectionAst } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';

/** Redirections as code: locations are evaluated with the arguments of their command. */
export function compileRedirections(
  redirections: readonly RedirectionAst[],
  context: CompileContext,
): ((frame: Frame) => readonly Redirection[]) | undefined {
  if (redirections.length === 0) return undefined;
  const makers = redirections.map((ast): ((frame: Frame) => Redirection) => {
    const { from, start, end } = ast;
    if (ast.kind === 'mergingRedirection') {
      const merge: Redirection = { from, append: false, start, end };
      return () => merge;
    }
    const location = compileExpression(ast.location, context);
    const { append } = ast;
    return (frame) => ({ from, location: location(frame), append, start, end });
  });
  return (frame) => makers.map((make) => make(frame));
}
