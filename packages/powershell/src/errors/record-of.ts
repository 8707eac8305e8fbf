import { isAssignable } from '../types/assignable.ts';
import { namedType } from '../types/intrinsic.ts';
import { ErrorRecord } from './error-record.ts';
import { NetException } from './net-exception.ts';

/**
 * The record that an exception of PowerShell brings (`RuntimeException.ErrorRecord`). One that was made without any says
 * no more than its message, by an exception that has no record again. `undefined` for other exceptions of .NET.
 */
export function recordOf(exception: NetException): ErrorRecord | undefined {
  if (exception.record !== undefined) return exception.record;
  if (!isAssignable(exception.type, namedType('System.Management.Automation.RuntimeException'))) return undefined;
  const bare = new NetException(
    namedType('System.Management.Automation.ParentContainsErrorRecordException'),
    exception.message,
  );
  exception.record = new ErrorRecord(bare, 'RuntimeException', 'NotSpecified');
  return exception.record;
}
