import { netFailure } from '../errors/raise.ts';
import { NetArray } from '../values/array.ts';
import { MultiArray } from '../values/multi-array.ts';
import type { Value } from '../values/value.ts';
import { netTypes } from './intrinsic.ts';
import type { NetType } from './net-type.ts';
import { infoOf } from './type-info.ts';

/** V8 keeps longer arrays as hash tables, whose growth ends the process and not the script. */
const longest = 2 ** 25;

/** A length that an array may have. Throws `NetFailure` (OutOfMemoryException) for a longer one. */
export function arrayLength(count: number): number {
  if (count <= longest) return count;
  throw netFailure('System.OutOfMemoryException', 'Array dimensions exceeded supported range.');
}

/**
 * A new array of a type, one length for each dimension, filled with the element type's zero.
 * Throws `NetFailure` (OutOfMemoryException) where it would be too long.
 */
export function newArray(type: NetType, lengths: readonly number[]): NetArray | MultiArray {
  const element = type.element ?? netTypes.object;
  const count = arrayLength(lengths.reduce((product, length) => product * length, 1));
  const items = new Array<Value>(count).fill(zeroOf(element));
  return type.rank === 1 ? new NetArray(element, items) : new MultiArray(element, lengths, items);
}

/** `default(T)`: what a new array of the type and a variable of it hold. */
export function zeroOf(type: NetType): Value {
  const { description } = infoOf(type).type;
  return description.zero?.(type) ?? null;
}
