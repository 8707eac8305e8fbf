import type { ErrorCategory } from '../errors/category.ts';
import { ErrorRecord } from '../errors/error-record.ts';
import { NetException } from '../errors/net-exception.ts';
import { NetFailure } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import { namedType } from '../types/intrinsic.ts';
import type { Value } from '../values/value.ts';

export interface CmdletErrorOptions {
  /** Full name of the exception's type: InvalidOperationException where left out. */
  readonly type?: string;
  readonly category?: ErrorCategory;
  readonly target?: Value;
  readonly inner?: NetException;
  readonly details?: Readonly<Record<string, Value>>;
}

/** An error record as a cmdlet makes it, for `call.writeError` or `call.fail`, which complete it. */
export function cmdletError(id: string, message: string, options: CmdletErrorOptions = {}): ErrorRecord {
  const {
    type = 'System.InvalidOperationException',
    category = 'InvalidOperation',
    target = null,
    inner,
    details,
  } = options;
  const exception = new NetException(namedType(type), message, {
    inner,
    ...(details === undefined ? {} : { details }),
  });
  return new ErrorRecord(exception, id, category, target);
}

/** A PSArgumentException about one parameter; unlike .NET's own, its message does not name the parameter. */
export function argumentError(
  id: string,
  message: string,
  parameter: string,
  options: CmdletErrorOptions = {},
): ErrorRecord {
  return cmdletError(id, message, {
    type: 'System.Management.Automation.PSArgumentException',
    category: 'InvalidArgument',
    ...options,
    details: { ParamName: parameter, ...options.details },
  });
}

/** The exception that something thrown carries; what is no error of script code goes on. */
export function exceptionOf(error: unknown): NetException {
  if (error instanceof Thrown) return error.record.exception;
  if (error instanceof NetFailure) return error.exception;
  throw error;
}
