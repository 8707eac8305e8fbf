import { baseOf } from '../conversion/base.ts';
import { toText } from '../conversion/text.ts';
import { ErrorRecord } from '../errors/error-record.ts';
import { NetException } from '../errors/net-exception.ts';
import { placeError } from '../errors/place-error.ts';
import { recordOf } from '../errors/record-of.ts';
import { Thrown } from '../errors/thrown.ts';
import type { Execute, Frame } from '../runtime/frame.ts';
import type { Session } from '../runtime/session.ts';
import type { ThrowStatement } from '../syntax/tree/index.ts';
import { namedType } from '../types/intrinsic.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileStatementValue } from './statement.ts';

/** `throw`: of anything, or, without a value in a `catch`, of what was caught. */
export function compileThrow(ast: ThrowStatement, context: CompileContext): Execute {
  const evaluate = ast.value === undefined ? undefined : compileStatementValue(ast.value, context);
  return (frame) => {
    frame.position = ast;
    const { caught } = frame.session;
    if (evaluate === undefined && caught !== undefined) throw thrownAgain(caught);
    const value = evaluate?.(frame);
    frame.position = ast;
    throw placed(thrownOf(value, frame.session), frame);
  };
}

function thrownAgain(caught: Thrown): Thrown {
  return new Thrown(caught.record, caught.reach === 'script' ? 'script' : 'throw');
}

function placed(thrown: Thrown, frame: Frame): Thrown {
  placeError(thrown.record, frame);
  return thrown;
}

/** The error that `throw` makes of a value: of an error record or an exception itself, of all else a RuntimeException. */
function thrownOf(thrown: Value, session: Session): Thrown {
  const value = baseOf(thrown);
  if (value instanceof ErrorRecord) return new Thrown(value, 'throw');
  if (value instanceof NetException) {
    value.wasThrown = true;
    const record = recordOf(value) ?? new ErrorRecord(value, value.message, 'OperationStopped');
    return new Thrown(record.exception === value ? record : record.withException(value), 'throw');
  }
  const message = value === null || value === undefined ? 'ScriptHalted' : toText(thrown, session);
  const exception = new NetException(namedType('System.Management.Automation.RuntimeException'), message);
  exception.wasThrown = true;
  const record = new ErrorRecord(exception, message, 'OperationStopped', thrown ?? null);
  return new Thrown(record, 'throw');
}
