import type { ErrorCategory } from '../errors/category.ts';
import { ErrorRecord } from '../errors/error-record.ts';
import { InvocationInfo } from '../errors/invocation-info.ts';
import { NetException } from '../errors/net-exception.ts';
import { Thrown } from '../errors/thrown.ts';
import { placeOf } from '../syntax/source.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';

/** What a binding error says of the call that failed. */
export interface BoundCall {
  /** The command's name, as `CategoryInfo.Activity` shows it. */
  readonly activity: string | undefined;
  /** What error ids end with: the function's name, the file's name, a cmdlet's CLR name. */
  readonly errorName: string;
  readonly invocation: InvocationInfo;
}

/** Where in the caller's source; the whole call where left out. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * `transformation` and `validation` errors end a call at once; other binding errors may only mean that another parameter
 * or set is to be tried.
 */
export type BindingErrorKind = 'binding' | 'transformation' | 'validation';

const exceptionTypes: Readonly<Record<BindingErrorKind, string>> = {
  binding: 'System.Management.Automation.ParameterBindingException',
  transformation: 'System.Management.Automation.ParameterBindingArgumentTransformationException',
  validation: 'System.Management.Automation.ParameterBindingValidationException',
};

/** A call that could not be bound: a statement-terminating error with PowerShell's id and message. */
export class BindingError extends Thrown {
  readonly kind: BindingErrorKind;
  /** True where the cause is that a value does not convert: pipeline binding goes on with other parameters then. */
  readonly isInvalidCast: boolean;

  constructor(record: ErrorRecord, kind: BindingErrorKind, isInvalidCast: boolean) {
    super(record);
    this.kind = kind;
    this.isInvalidCast = isInvalidCast;
  }
}

export interface BindingErrorOptions {
  readonly kind?: BindingErrorKind;
  readonly category?: ErrorCategory;
  readonly parameter?: string;
  readonly parameterType?: NetType;
  readonly typeSpecified?: NetType | undefined;
  readonly place?: Place | undefined;
  readonly inner?: NetException | undefined;
  readonly isInvalidCast?: boolean;
  readonly target?: Value;
}

export function bindingError(
  call: BoundCall,
  id: string,
  message: string,
  options: BindingErrorOptions = {},
): BindingError {
  const { kind = 'binding', category = kind === 'binding' ? 'InvalidArgument' : 'InvalidData', place } = options;
  const { invocation } = call;
  const at = place === undefined ? invocation : placed(invocation, place);
  const where = at.source === undefined ? undefined : placeOf(at.source, at.start);
  const exception = new NetException(namedType(exceptionTypes[kind]), message, {
    inner: options.inner,
    details: {
      ErrorId: id,
      ParameterName: options.parameter ?? '',
      ParameterType: options.parameterType ?? null,
      TypeSpecified: options.typeSpecified ?? null,
      CommandInvocation: invocation,
      Line: BigInt(where?.line ?? -1),
      Offset: BigInt(where?.column ?? -1),
    },
  });
  const record = new ErrorRecord(exception, id, category, options.target ?? null);
  exception.record = record;
  if (call.errorName !== '') record.commandName = call.errorName;
  record.invocation = at;
  record.activity = call.activity;
  return new BindingError(record, kind, options.isInvalidCast ?? false);
}

/** The same call, seen at another place of its source. */
export function placed(invocation: InvocationInfo, { start, end }: Place): InvocationInfo {
  return new InvocationInfo(invocation.source, start, end, invocation);
}

/** An argument or default value that a cast or another transformation refused. */
export function transformationError(
  call: BoundCall,
  parameter: string,
  inner: NetException,
  options: BindingErrorOptions = {},
): BindingError {
  const wrapped = new NetException(
    namedType('System.Management.Automation.ArgumentTransformationMetadataException'),
    inner.message,
    { inner },
  );
  const message = `Cannot process argument transformation on parameter '${parameter}'. ${inner.message}`;
  return bindingError(call, 'ParameterArgumentTransformationError', message, {
    ...options,
    kind: 'transformation',
    parameter,
    inner: wrapped,
  });
}
