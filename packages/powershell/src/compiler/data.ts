import { Completion, type Execute } from '../runtime/frame.ts';
import { setVariable } from '../runtime/variable-access.ts';
import type { DataStatement } from '../syntax/tree/index.ts';
import { captured } from './capture.ts';
import type { CompileContext } from './context.ts';
import { compileStatementBlock } from './statement.ts';

/** `data name { … }`: its body was held to the data language when it was parsed. */
export function compileData(ast: DataStatement, context: CompileContext): Execute {
  const body = compileStatementBlock(ast.body, context);
  const { variable } = ast;
  if (variable === undefined) return body;
  const evaluate = captured(body, false);
  return (frame) => {
    frame.position = ast;
    setVariable(frame.session, frame.scope, variable, evaluate(frame));
    return Completion.normal;
  };
}
