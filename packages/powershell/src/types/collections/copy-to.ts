import { netFailure } from '../../errors/raise.ts';
import type { NetArray } from '../../values/array.ts';
import type { Value } from '../../values/value.ts';

/** `CopyTo`: puts items into an array from an index on. */
export function copyTo(items: Iterable<Value>, array: NetArray, index: number): undefined {
  const all = [...items];
  if (index < 0) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', {
      parameter: 'arrayIndex',
    });
  }
  if (index + all.length > array.items.length) {
    throw netFailure(
      'System.ArgumentException',
      "Destination array was not long enough. Check the destination index, length, and the array's lower bounds.",
      { parameter: 'destinationArray' },
    );
  }
  all.forEach((item, offset) => {
    array.items[index + offset] = item;
  });
  return undefined;
}
