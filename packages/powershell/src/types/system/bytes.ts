import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { SmallInteger } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';

/** The bytes of a `byte[]`. Throws `NetFailure` (ArgumentNullException). */
export function bytesOf(value: Value, parameter: string): Uint8Array {
  if (!(value instanceof NetArray)) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
  }
  const bytes = new Uint8Array(value.items.length);
  for (let at = 0; at < bytes.length; at++) {
    const item = value.items[at];
    bytes[at] = item instanceof SmallInteger ? item.value : 0;
  }
  return bytes;
}

const known: SmallInteger[] = [];

/** A byte as a value: one object each. */
export function byteValue(byte: number): SmallInteger {
  let value = known[byte];
  if (value === undefined) {
    value = new SmallInteger(netTypes.byte, byte);
    known[byte] = value;
  }
  return value;
}

/** Bytes as a `byte[]`. */
export function byteArray(bytes: Uint8Array): NetArray {
  return new NetArray(netTypes.byte, Array.from(bytes, byteValue));
}
