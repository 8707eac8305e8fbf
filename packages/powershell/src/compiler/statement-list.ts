import { placeError } from '../errors/place-error.ts';
import { toThrown } from '../errors/to-thrown.ts';
import { Completion, type Execute, type Frame } from '../runtime/frame.ts';
import { CommandEnd, pipelineStopped } from '../runtime/pipeline/invocation-error.ts';
import { errorAction } from '../runtime/preference.ts';
import { JumpSignal } from '../runtime/signals.ts';
import type { StatementAst, TrapStatement } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';
import { compileStatement } from './statement.ts';
import { compileTraps, type Traps } from './trap.ts';

const nothing: Execute = () => Completion.normal;

/**
 * Statements one after the other. An error ends its statement: traps of this list see it first, then it is thrown on where
 * a handler is around, else shown by preference, and the next statement runs.
 */
export function compileStatements(
  statements: readonly StatementAst[],
  trapStatements: readonly TrapStatement[],
  context: CompileContext,
): Execute {
  const [first] = statements;
  if (first === undefined) return nothing;
  if (trapStatements.length > 0) return withTraps(statements, compileTraps(trapStatements, context), context);
  if (statements.length === 1) return onlyStatement(compileStatement(first, context));
  return severalStatements(
    statements.map((statement) => compileStatement(statement, context)),
    undefined,
  );
}

function onlyStatement(execute: Execute): Execute {
  return (frame) => {
    try {
      return execute(frame);
    } catch (error) {
      return afterError(error, frame, undefined);
    }
  };
}

function severalStatements(list: readonly Execute[], traps: Traps | undefined): Execute {
  return (frame) => {
    let index = 0;
    while (index < list.length) {
      try {
        while (index < list.length) {
          const execute = list[index++];
          if (execute === undefined) break;
          const completion = execute(frame);
          if (completion !== Completion.normal) return completion;
        }
      } catch (error) {
        const completion = afterError(error, frame, traps);
        if (completion !== Completion.normal) return completion;
      }
    }
    return Completion.normal;
  };
}

function withTraps(statements: readonly StatementAst[], traps: Traps, context: CompileContext): Execute {
  const run = severalStatements(
    statements.map((statement) => compileStatement(statement, context)),
    traps,
  );
  return (frame) => {
    const { session } = frame;
    const { hasHandler } = session;
    session.hasHandler = true;
    try {
      return run(frame);
    } finally {
      session.hasHandler = hasHandler;
    }
  };
}

/**
 * What becomes of a statement that threw: how its list goes on, or the error thrown on.
 * @param traps those of the list; they are asked before anything else
 */
export function afterError(error: unknown, frame: Frame, traps: Traps | undefined): Completion {
  const { session } = frame;
  if (error instanceof JumpSignal) {
    session.pendingLabel = error.label;
    return Completion[error.kind];
  }
  const thrown = error instanceof CommandEnd && traps !== undefined ? pipelineStopped() : toThrown(error);
  if (thrown === undefined) throw error;
  const { record } = thrown;
  placeError(record, frame);
  session.addError(record);
  frame.errorSink?.(record);
  session.lastSucceeded = false;
  let preference = errorAction(frame.scope);
  if (traps !== undefined) {
    const outcome = traps.handle(thrown, frame);
    if (outcome.kind === 'return') return Completion.return;
    preference = outcome.kind === 'asked' ? preference : outcome.preference;
  } else if (session.hasHandler || thrown.reach === 'script') {
    throw thrown;
  }
  if (preference === 'SilentlyContinue' || preference === 'Ignore') return Completion.normal;
  if (preference === 'Stop') {
    thrown.reach = 'script';
    throw thrown;
  }
  if (traps === undefined && thrown.reach === 'throw') throw thrown;
  frame.streams.error.write(record);
  session.lastSucceeded = false;
  return Completion.normal;
}
