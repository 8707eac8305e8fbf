import { NetException } from '../errors/net-exception.ts';
import { NetFailure, runtimeError } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import type { Value } from '../values/value.ts';
import { namedType } from './intrinsic.ts';
import { shortName } from './type-display.ts';

const automation = 'System.Management.Automation';

export function methodNotFound(typeName: string, name: string): Thrown {
  return runtimeError(
    'MethodNotFound',
    `Method invocation failed because [${typeName}] does not contain a method named '${name}'.`,
    { category: 'InvalidOperation', target: name },
  );
}

export function methodOnNull(): Thrown {
  return runtimeError('InvokeMethodOnNull', 'You cannot call a method on a null-valued expression.', {
    category: 'InvalidOperation',
  });
}

/** A property that is not there, under `Set-StrictMode -Version 2` and above. */
export function propertyNotFoundStrict(name: string): Thrown {
  return runtimeError(
    'PropertyNotFoundStrict',
    `The property '${name}' cannot be found on this object. Verify that the property exists.`,
    { type: `${automation}.PropertyNotFoundException` },
  );
}

/** The same, found missing on every item of a collection. */
export function propertyNotFoundOnItems(name: string): Thrown {
  return runtimeError(
    'PropertyNotFoundStrict',
    `The property '${name}' cannot be found on this object. Verify that the property exists.`,
    { category: 'InvalidOperation' },
  );
}

export function propertyNotFound(id: 'PropertyNotFound' | 'PropertyAssignmentException', name: string): Thrown {
  return runtimeError(
    id,
    `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
    { category: 'InvalidOperation' },
  );
}

export function propertyIsReadOnly(name: string): Thrown {
  const message = `'${name}' is a ReadOnly property.`;
  return runtimeError('PropertyAssignmentException', message, {
    category: 'InvalidOperation',
    inner: new NetException(namedType(`${automation}.SetValueException`), message),
  });
}

/** An error of member access that is a `MethodException`: no overload fits, an argument does not convert. */
export function methodException(id: string, message: string, inner?: NetException): Thrown {
  return runtimeError(id, message, {
    type: `${automation}.MethodException`,
    ...(inner === undefined ? {} : { inner }),
  });
}

export function noOverload(name: string, count: number, isAmbiguous = false): Thrown {
  return methodException(
    'MethodCountCouldNotFindBest',
    isAmbiguous
      ? `Multiple ambiguous overloads found for "${name}" and the argument count: "${count}".`
      : `Cannot find an overload for "${name}" and the argument count: "${count}".`,
  );
}

/**
 * What a script sees of an error inside a .NET method: a MethodInvocationException around it. Errors that are none of the
 * script's (a mistake of the engine, an exhausted budget) come back as they are.
 */
export function wrapInvocation(error: unknown, name: string, count: number, id?: string): unknown {
  const cause = causeOf(error);
  if (cause === undefined) return error;
  if (cause.type.name === `${automation}.MethodException`) return error;
  return runtimeError(
    id ?? shortName(cause.type),
    `Exception calling "${name}" with "${count}" argument(s): "${cause.message}"`,
    { type: `${automation}.MethodInvocationException`, inner: cause },
  );
}

/** The same for setting a property. */
export function wrapSet(error: unknown, name: string): unknown {
  const cause = causeOf(error);
  if (cause === undefined) return error;
  if (setErrors.has(cause.type.name)) return error;
  return runtimeError('ExceptionWhenSetting', `Exception setting "${name}": "${cause.message}"`, {
    type: `${automation}.SetValueInvocationException`,
    inner: cause,
  });
}

const setErrors = new Set([`${automation}.SetValueException`, `${automation}.SetValueInvocationException`]);

/** The .NET exception behind what JavaScript caught; `undefined` where there is none. */
export function causeOf(error: unknown): NetException | undefined {
  if (error instanceof NetFailure) return error.exception;
  if (!(error instanceof Thrown)) return undefined;
  const { exception } = error.record;
  // A failed conversion is a PSInvalidCastException to .NET code; statements show it as a RuntimeException around that.
  const { inner } = exception;
  return inner !== undefined &&
    inner.type.name === `${automation}.PSInvalidCastException` &&
    inner.message === exception.message
    ? inner
    : exception;
}

/** A value as messages show it: `null` where there is none. */
export function shown(value: Value, text: (value: Value) => string): string {
  return value === null || value === undefined ? 'null' : text(value);
}
