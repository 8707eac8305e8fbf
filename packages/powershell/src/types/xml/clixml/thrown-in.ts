import type { NetException } from '../../../errors/net-exception.ts';
import { NetFailure } from '../../../errors/raise.ts';
import { Thrown } from '../../../errors/thrown.ts';

/** The exception of something thrown; anything that is no error of .NET or of a script goes on. */
export function exceptionIn(error: unknown): NetException {
  if (error instanceof NetFailure) return error.exception;
  if (error instanceof Thrown) return error.record.exception;
  throw error;
}
