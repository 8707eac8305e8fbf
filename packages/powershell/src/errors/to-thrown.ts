import { namedType } from '../types/intrinsic.ts';
import type { ErrorCategory } from './category.ts';
import { ErrorRecord } from './error-record.ts';
import { NetException } from './net-exception.ts';
import { NetFailure, runtimeError } from './raise.ts';
import { Thrown } from './thrown.ts';

/**
 * What a statement makes of anything that JavaScript threw: an error of the script, or `undefined` for what scripts cannot
 * catch (signals, an exhausted budget, a mistake of the engine).
 */
export function toThrown(error: unknown): Thrown | undefined {
  if (error instanceof Thrown) return error;
  if (error instanceof NetFailure) return fromException(error.exception);
  if (error instanceof RangeError) return fromRangeError(error);
  return undefined;
}

/** A .NET exception that reached a statement by itself: its record is its own, or one with the type's name as id. */
export function fromException(exception: NetException, category: ErrorCategory = 'OperationStopped'): Thrown {
  const record = exception.record ?? new ErrorRecord(exception, exception.type.name, category);
  return new Thrown(record);
}

/** V8's own limits: the stack is PowerShell's call depth, the size of texts, arrays, maps and integers .NET's memory. */
function fromRangeError(error: RangeError): Thrown | undefined {
  if (error.message.includes('call stack')) {
    return runtimeError('CallDepthOverflow', 'The script failed due to call depth overflow.', {
      type: 'System.Management.Automation.ScriptCallDepthException',
      category: 'InvalidOperation',
    });
  }
  if (/^Invalid (string|array|typed array) length|maximum size exceeded|^Maximum BigInt size/.test(error.message)) {
    return fromException(
      new NetException(
        namedType('System.OutOfMemoryException'),
        'Insufficient memory to continue the execution of the program.',
      ),
    );
  }
  return undefined;
}
