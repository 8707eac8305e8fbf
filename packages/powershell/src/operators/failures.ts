import { NetException } from '../errors/net-exception.ts';
import { NetFailure, runtimeError } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import { namedType } from '../types/intrinsic.ts';

/** An exception of .NET that leaves an operator as it is: its full name is the error's id. */
export function escaping({ exception }: NetFailure): Thrown {
  return runtimeError(exception.type.name, exception.message, {
    type: exception.type.name,
    category: 'OperationStopped',
    ...(exception.inner === undefined ? {} : { inner: exception.inner }),
    details: Object.fromEntries(exception.details),
  });
}

/** What arithmetic of the language throws: the exception's message in a RuntimeException around it. */
export function arithmeticError({ exception }: NetFailure): Thrown {
  return runtimeError('RuntimeException', exception.message, { inner: exception });
}

/** Runs code of .NET's kind, whose exceptions leave the operator as they are. */
export function letEscape<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof NetFailure ? escaping(error) : error;
  }
}

/** An error of an operator in PowerShell's own words. */
export function operatorError(id: string, message: string): Thrown {
  return runtimeError(id, message, { category: 'InvalidOperation' });
}

/** What a call of an operator's method throws: `Exception calling "op_Division" with "2" argument(s): …`. */
export function callError(method: string, { exception }: NetFailure): Thrown {
  const message = `Exception calling "${method}" with "2" argument(s): "${exception.message}"`;
  return runtimeError('DotNetMethodException', message, {
    type: 'System.Management.Automation.MethodInvocationException',
    inner: exception,
  });
}

export function ambiguousCall(method: string): Thrown {
  return runtimeError(
    'MethodCountCouldNotFindBest',
    `Multiple ambiguous overloads found for "${method}" and the argument count: "2".`,
    { type: 'System.Management.Automation.MethodException' },
  );
}

/** A division by zero, as the language tells it. */
export function divisionByZero(): Thrown {
  const message = 'Attempted to divide by zero.';
  return runtimeError('RuntimeException', message, {
    inner: new NetException(namedType('System.DivideByZeroException'), message),
  });
}

const aboutOperands = new WeakSet<Thrown>();

/** Marks an error about the right operands of `-replace`, `-split` or `-is`: it is shown at the operator, not at the statement. */
export function atOperator(error: Thrown): Thrown {
  aboutOperands.add(error);
  return error;
}

export function isAtOperator(error: unknown): error is Thrown {
  return error instanceof Thrown && aboutOperands.has(error);
}
