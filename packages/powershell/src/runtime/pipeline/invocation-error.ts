import { ErrorRecord } from '../../errors/error-record.ts';
import type { InvocationInfo } from '../../errors/invocation-info.ts';
import { NetException } from '../../errors/net-exception.ts';
import { Thrown } from '../../errors/thrown.ts';
import { namedType } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { CommandInfo } from '../command.ts';

/** A terminating error of a cmdlet or advanced function: it bears the command's name and the place of its call. */
export class InvocationError extends Thrown {}

/** An error that was not terminating by itself: `-ErrorAction Stop` or the preference made it so. */
export class StoppedError extends Thrown {
  constructor(record: ErrorRecord) {
    super(record, 'script');
  }
}

/** The exception in which PowerShell carries an error that ends a command to whoever called it. */
export function carrierOf(thrown: Thrown): NetException {
  const { record } = thrown;
  const { message } = record.exception;
  const carrier =
    thrown instanceof StoppedError
      ? new NetException(automation('ActionPreferenceStopException'), stoppedMessage('ErrorActionPreference', message))
      : new NetException(automation('CmdletInvocationException'), message, { inner: record.exception });
  carrier.record = record;
  return carrier;
}

/** What Stop says of an error or message. @param preference the variable that stands for it */
export function stoppedMessage(preference: string, message: string): string {
  return `The running command stopped because the preference variable "${preference}" or common parameter is set to Stop: ${message}`;
}

function automation(name: string): NetType {
  return namedType(`System.Management.Automation.${name}`);
}

/** `ThrowTerminatingError` on its way out of its function: no `catch` of the function itself sees it. */
export class CommandEnd extends Error {
  readonly cmdlet: object;
  readonly record: ErrorRecord;
  constructor(cmdlet: object, record: ErrorRecord) {
    super(record.exception.message);
    this.cmdlet = cmdlet;
    this.record = record;
  }
}

/** What a `trap` of the function itself sees of `ThrowTerminatingError`. */
export function pipelineStopped(): Thrown {
  const stopped = (name: string): NetException =>
    new NetException(namedType(`System.Management.Automation.${name}`), 'The pipeline has been stopped.');
  const exception = stopped('PipelineStoppedException');
  const inner = stopped('ParentContainsErrorRecordException');
  exception.record = new ErrorRecord(inner, 'PipelineStopped', 'OperationStopped');
  return new Thrown(exception.record);
}

/**
 * What an error becomes on its way out of a cmdlet or advanced function. `throw` statements, errors under Stop and those
 * that a command inside already took for its own stay as they are.
 */
export function asInvocationError(thrown: Thrown, errorName: string, invocation: InvocationInfo): Thrown {
  if (thrown instanceof InvocationError || thrown instanceof StoppedError || thrown.reach === 'throw') return thrown;
  return new InvocationError(ownRecord(thrown.record, errorName, invocation));
}

/** A record of the same error in the name of another command. */
export function ownRecord(record: ErrorRecord, errorName: string, invocation: InvocationInfo): ErrorRecord {
  const own = new ErrorRecord(record.exception, record.errorId, record.category, record.target);
  own.activity = activityOf(invocation);
  own.reason = record.reason;
  own.targetName = record.targetName;
  own.targetTypeName = record.targetTypeName;
  own.details = record.details;
  own.scriptStackTrace = record.scriptStackTrace;
  if (errorName !== '') own.commandName = errorName;
  own.invocation = invocation;
  return own;
}

/** The name that `CategoryInfo.Activity` shows for a command. */
export function activityOf({ command }: InvocationInfo): string | undefined {
  return command instanceof CommandInfo ? command.name : undefined;
}
