import { NetException } from '../errors/net-exception.ts';
import { NetFailure, runtimeError } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import { extendedTypeNamesOf } from '../types/extended-members.ts';
import { namedType } from '../types/intrinsic.ts';
import { type CallContext, NetType } from '../types/net-type.ts';
import { fullName, netName } from '../types/type-display.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { baseOf, typeOf } from './base.ts';
import { toNetText } from './text.ts';

const castExceptionName = 'System.Management.Automation.PSInvalidCastException';
const castException = namedType(castExceptionName);

/**
 * The error of a conversion that failed, as a cast throws it: a RuntimeException around PowerShell's own
 * PSInvalidCastException, which callers of a conversion find in `record.exception.inner`.
 */
export function castError(id: string, message: string, inner?: NetException): Thrown {
  return runtimeError(id, message, {
    category: 'InvalidArgument',
    inner: new NetException(castException, message, { inner }),
  });
}

/** True for what `castError` makes: conversions that are tried go on after these only. */
export function isCastError(error: unknown): error is Thrown {
  return error instanceof Thrown && error.record.exception.inner?.type === castException;
}

/** No conversion leads from the value's type to this one. */
export function noConversion(value: Value, type: NetType, context: CallContext): Thrown {
  const base = baseOf(value);
  if (base === null || base === undefined) return nullError(type);
  const from = valueTypeName(value);
  const to = netName(type);
  const message = withoutValue.has(type.name)
    ? `Cannot convert the value of type "${from}" to type "${to}".`
    : `Cannot convert the "${messageText(base, context)}" value of type "${from}" to type "${to}".`;
  return castError('ConvertToFinalInvalidCastException', message);
}

/** Secrets do not stand in messages. */
const withoutValue = new Set(['System.Security.SecureString', 'System.Management.Automation.PSCredential']);

function nullError(type: NetType): Thrown {
  return type.kind === 'enum'
    ? castError(
        'nullToEnumInvalidCast',
        `Cannot convert null to type "${netName(type)}" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${enumLabels(type).join(',')}".`,
      )
    : castError('nullToObjectInvalidCast', `Cannot convert null to type "${netName(type)}".`);
}

function enumLabels(type: NetType): string[] {
  return Object.keys(type.description.labels ?? {});
}

/** The value as error messages show it: its `ToString()`. */
export function messageText(value: Value, context: CallContext): string {
  return value instanceof NetType ? netName(value) : toNetText(value, undefined, context);
}

/** The first of the value's type names. */
function valueTypeName(value: Value): string {
  const [given] = extendedTypeNamesOf(value) ?? [];
  if (given !== undefined) return given;
  if (value instanceof PSObject) return valueTypeName(value.base);
  return value === null || value === undefined ? 'null' : fullName(typeOf(value));
}

/** A conversion that ended in an exception of .NET or in another conversion's error; both come in as they were thrown. */
export function wrapped(id: string, value: Value, type: NetType, error: unknown, context: CallContext): unknown {
  const exception = exceptionOf(error);
  if (exception === undefined) return error;
  return castError(
    id,
    `Cannot convert value "${messageText(value, context)}" to type "${netName(type)}". Error: "${exception.message}"`,
    exception,
  );
}

/** The exception in what was thrown, `undefined` for what is no error of the script (a budget that is used up). */
export function exceptionOf(error: unknown): NetException | undefined {
  if (error instanceof NetFailure) return error.exception;
  if (isCastError(error)) return error.record.exception.inner;
  if (error instanceof Thrown) return error.record.exception;
  return undefined;
}
