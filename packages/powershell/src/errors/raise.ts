import { namedType } from '../types/intrinsic.ts';
import type { Value } from '../values/value.ts';
import type { ErrorCategory } from './category.ts';
import { ErrorRecord } from './error-record.ts';
import { NetException } from './net-exception.ts';
import { Thrown } from './thrown.ts';

export interface RaiseOptions {
  readonly type?: string;
  readonly category?: ErrorCategory;
  readonly target?: Value;
  readonly inner?: NetException;
  readonly details?: Readonly<Record<string, Value>>;
}

/** An error of the engine itself, ready to be thrown: a RuntimeException unless `type` names another. */
export function runtimeError(id: string, message: string, options: RaiseOptions = {}): Thrown {
  const {
    type = 'System.Management.Automation.RuntimeException',
    category = 'NotSpecified',
    target,
    inner,
    details,
  } = options;
  const exception = new NetException(namedType(type), message, {
    inner,
    ...(details === undefined ? {} : { details }),
  });
  const record = new ErrorRecord(exception, id, category, target);
  exception.record = record;
  return new Thrown(record);
}

/**
 * An exception that a .NET member throws (`ArgumentOutOfRangeException` …), as type descriptions raise it. Member
 * invocation wraps it into a MethodInvocationException, property access into a Get/SetValueInvocationException.
 */
export class NetFailure extends Error {
  readonly exception: NetException;
  constructor(exception: NetException) {
    super(exception.message);
    this.exception = exception;
  }
}

/** Makes a `NetFailure`. `type` is the full name; `parameter` adds ` (Parameter 'x')` to the message, as .NET does. */
export function netFailure(
  type: string,
  message: string,
  {
    parameter,
    inner,
    details,
  }: { parameter?: string; inner?: NetException; details?: Readonly<Record<string, Value>> } = {},
): NetFailure {
  const text = parameter === undefined ? message : `${message} (Parameter '${parameter}')`;
  const all = parameter === undefined ? details : { ...details, ParamName: parameter };
  return new NetFailure(
    new NetException(namedType(type), text, { inner, ...(all === undefined ? {} : { details: all }) }),
  );
}
