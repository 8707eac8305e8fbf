import { netFailure } from '../errors/raise.ts';
import { NetArray } from '../values/array.ts';
import { List } from '../values/list.ts';
import { SmallInteger } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { netTypes } from './intrinsic.ts';

const known: SmallInteger[] = [];

/** A Byte: one object for each. */
export function byteValue(byte: number): SmallInteger {
  let value = known[byte];
  if (value === undefined) {
    value = new SmallInteger(netTypes.byte, byte);
    known[byte] = value;
  }
  return value;
}

export function toByteArray(bytes: Iterable<number>): NetArray {
  return new NetArray(netTypes.byte, Array.from(bytes, byteValue));
}

/** The bytes of an argument of type `byte[]` or of a list of bytes. */
export function bytesFrom(value: Value): Uint8Array {
  const items = value instanceof NetArray || value instanceof List ? value.items : [];
  return Uint8Array.from(items, (item) => (item instanceof SmallInteger ? item.value : 0));
}

/** The bytes of an argument of type `byte[]` that may not be null. Throws `NetFailure` (ArgumentNullException). */
export function bytesOf(value: Value, parameter: string): Uint8Array {
  if (value === null || value === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
  }
  return bytesFrom(value);
}
