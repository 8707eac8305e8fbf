import { ErrorRecord } from '../../errors/error-record.ts';
import type { InvocationInfo } from '../../errors/invocation-info.ts';
import { Thrown } from '../../errors/thrown.ts';
import { CommandInfo } from '../command.ts';

/** A terminating error of a cmdlet or advanced function: it bears the command's name and the place of its call. */
export class InvocationError extends Thrown {}

/** An error that was not terminating by itself: `-ErrorAction Stop` or the preference made it so. */
export class StoppedError extends Thrown {
  constructor(record: ErrorRecord) {
    super(record, 'script');
  }
}

/** The name of the command that an error is of: what `CategoryInfo.Activity` shows. */
export function activityOf({ command, invocationName }: InvocationInfo): string {
  return command instanceof CommandInfo ? command.name : invocationName;
}

/**
 * What an error becomes on its way out of a cmdlet or advanced function. `throw` statements, errors under Stop and those
 * that a command inside already took for its own stay as they are.
 */
export function asInvocationError(thrown: Thrown, errorName: string, invocation: InvocationInfo): Thrown {
  if (thrown instanceof InvocationError || thrown instanceof StoppedError || thrown.reach === 'throw') return thrown;
  const { record } = thrown;
  const own = new ErrorRecord(record.exception, record.errorId, record.category, record.target);
  own.activity = record.activity ?? activityOf(invocation);
  own.reason = record.reason;
  own.targetName = record.targetName;
  own.targetTypeName = record.targetTypeName;
  own.details = record.details;
  own.scriptStackTrace = record.scriptStackTrace;
  if (errorName !== '') own.commandName = errorName;
  own.invocation = invocation;
  return new InvocationError(own);
}
