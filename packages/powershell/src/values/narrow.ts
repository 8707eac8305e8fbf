import { netFailure } from '../errors/raise.ts';
import { Instance } from './instance.ts';
import { Char } from './numbers.ts';
import { PSObject } from './ps-object.ts';
import type { Value } from './value.ts';

/*
 * Arguments of members come converted to the types that their signature names. These say so to the compiler, and find a
 * signature that does not fit its code.
 */

export function int(value: Value): number {
  if (typeof value === 'number') return value;
  throw unexpected('Int32');
}

export function long(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  throw unexpected('Int64');
}

export function bool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw unexpected('Boolean');
}

/** Text that is not null: a string argument that is null here counts as empty. */
export function text(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  throw unexpected('String');
}

/** The UTF-16 unit of a Char. */
export function charCode(value: Value): number {
  if (value instanceof Char) return value.code;
  throw unexpected('Char');
}

/** An object of a class of the engine. Throws `NetFailure` (ArgumentNullException) for null, which a script may pass anywhere. */
export function as<T extends Instance>(value: Value, kind: abstract new (...parameters: never) => T): T {
  if (value instanceof kind) return value;
  if (value instanceof PSObject && value.base instanceof kind) return value.base;
  throw isNull(value) ? nullArgument() : unexpected(kind.name);
}

/** Any object: a delegate, a script block. Throws `NetFailure` (ArgumentNullException) for null. */
export function object(value: Value): Instance {
  if (value instanceof Instance) return value;
  throw isNull(value) ? nullArgument() : unexpected('object');
}

const isNull = (value: Value): boolean => value === null || value === undefined;

function nullArgument(): Error {
  return netFailure('System.ArgumentNullException', 'Value cannot be null.');
}

function unexpected(kind: string): Error {
  return new Error(`an argument of type ${kind} was expected: the signature of the member does not fit its code`);
}
