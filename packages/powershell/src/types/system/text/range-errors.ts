import { type NetFailure, netFailure } from '../../../errors/raise.ts';

function outOfRange(message: string, parameter: string, actual?: number): NetFailure {
  const failure = netFailure('System.ArgumentOutOfRangeException', message, { parameter });
  if (actual !== undefined) failure.exception.message += `\nActual value was ${actual}.`;
  return failure;
}

export function negative(value: number, parameter: string): NetFailure {
  return outOfRange(`${parameter} ('${value}') must be a non-negative value.`, parameter, value);
}

export function tooLarge(value: number, most: number, parameter: string): NetFailure {
  return outOfRange(`${parameter} ('${value}') must be less than or equal to '${most}'.`, parameter, value);
}

export function badIndex(parameter: string): NetFailure {
  return outOfRange(
    'Index was out of range. Must be non-negative and less than the size of the collection.',
    parameter,
  );
}

export function badStart(parameter = 'startIndex'): NetFailure {
  return outOfRange(
    'Index was out of range. Must be non-negative and less than or equal to the size of the collection.',
    parameter,
  );
}

export function badCount(): NetFailure {
  return outOfRange(
    'Count must be positive and count must refer to a location within the string/array/collection.',
    'count',
  );
}

export function say(message: string, parameter: string): NetFailure {
  return outOfRange(message, parameter);
}

/** A negative number as .NET's unsigned comparison sees it. */
export function asUnsigned(value: number): number {
  return value >>> 0;
}

export function nullArgument(parameter: string): NetFailure {
  return netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}
