import { netFailure } from '../../errors/raise.ts';

/** What .NET's lists say of an index that is not one of theirs. */
export function indexOutOfRange(parameter = 'index'): Error {
  return netFailure(
    'System.ArgumentOutOfRangeException',
    'Index was out of range. Must be non-negative and less than the size of the collection.',
    { parameter },
  );
}

export function checkIndex(index: number, size: number): number {
  if (index < 0 || index >= size) throw indexOutOfRange();
  return index;
}

/** A place to insert at: the end is one. */
export function checkPlace(index: number, size: number): number {
  if (index < 0 || index > size) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Index must be within the bounds of the List.', {
      parameter: 'index',
    });
  }
  return index;
}

/** A run of `count` items from `index`. */
export function checkRange(index: number, count: number, size: number): void {
  const negative = index < 0 ? 'index' : count < 0 ? 'count' : undefined;
  if (negative !== undefined) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      `${negative} ('${negative === 'index' ? index : count}') must be a non-negative value.`,
      { parameter: negative },
    );
  }
  if (index + count > size) {
    throw netFailure(
      'System.ArgumentException',
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.',
    );
  }
}
