import { findHandler } from '../errors/catch-match.ts';
import type { ErrorRecord } from '../errors/error-record.ts';
import type { Thrown } from '../errors/thrown.ts';
import { toThrown } from '../errors/to-thrown.ts';
import type { Completion, Execute, Frame } from '../runtime/frame.ts';
import { withUnderscore } from '../runtime/underscore.ts';
import type { Extent, TryStatement } from '../syntax/tree/index.ts';
import type { NetType } from '../types/net-type.ts';
import type { CompileContext } from './context.ts';
import { compileStatementBlock } from './statement.ts';
import { afterError } from './statement-list.ts';
import { compileTypeName } from './type-name.ts';

/** `try`, its `catch` clauses and `finally`. */
export function compileTry(ast: TryStatement, context: CompileContext): Execute {
  const body = compileStatementBlock(ast.body, context);
  const catching = ast.catches.length === 0 ? undefined : compileCatches(ast, context);
  const cleanUp = ast.finally === undefined ? undefined : compileStatementBlock(ast.finally, context);
  return (frame) => {
    const { session } = frame;
    const { hasHandler } = session;
    session.hasHandler = true;
    try {
      return body(frame);
    } catch (error) {
      const thrown = catching === undefined ? undefined : toThrown(error);
      if (catching === undefined || thrown === undefined) throw error;
      return catching(thrown, frame);
    } finally {
      session.hasHandler = hasHandler;
      if (cleanUp !== undefined) cleanUp(frame);
    }
  };
}

interface Clause {
  readonly type: ((frame: Frame) => NetType) | undefined;
  readonly body: Execute;
}

/** What runs an error's clause; an error that no clause takes goes where it would have gone without this `try`. */
function compileCatches(ast: TryStatement, context: CompileContext): (thrown: Thrown, frame: Frame) => Completion {
  const clauses = ast.catches.flatMap((clause): Clause[] => {
    const body = compileStatementBlock(clause.body, context);
    if (clause.types.length === 0) return [{ type: undefined, body }];
    return clause.types.map((type) => ({ type: compileTypeName(type, context, bracketed(type)), body }));
  });
  return (thrown, frame) => {
    const types = clauses.map((clause) => clause.type?.(frame));
    const found = findHandler(types, thrown);
    const clause = found === undefined ? undefined : clauses[found.index];
    if (found === undefined || clause === undefined) return afterError(thrown, frame, undefined);
    return runClause(clause.body, thrown, found.record, frame);
  };
}

/** The extent of a type with the brackets around it. */
function bracketed({ start, end }: Extent): Extent {
  return { start: start - 1, end: end + 1 };
}

function runClause(body: Execute, thrown: Thrown, record: ErrorRecord, frame: Frame): Completion {
  const { session } = frame;
  const { caught } = session;
  session.caught = thrown;
  try {
    return withUnderscore(frame.scope, record, () => body(frame));
  } finally {
    session.caught = caught;
  }
}
