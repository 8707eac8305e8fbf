import { netFailure } from '../../../errors/raise.ts';
import { NetArray } from '../../../values/array.ts';
import { int, object } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { delegateOrder, type Order, orderOf, sorted } from '../../collections/order.ts';
import type { CallContext, Overload } from '../../net-type.ts';

import { self } from './items.ts';

export function checkRange(array: NetArray, index: number, length: number): void {
  if (index < 0) throw negative('index');
  if (length < 0) throw negative('length');
  if (array.items.length - index < length) {
    throw netFailure(
      'System.ArgumentException',
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.',
    );
  }
}

export function negative(parameter: string): Error {
  return netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', { parameter });
}

/** Sorts a section, and the items of a second array along with it. */
function sortSection(keys: NetArray, items: Value, index: number, length: number, order: Order): void {
  checkRange(keys, index, length);
  const others = items instanceof NetArray ? items.items : undefined;
  const pairs = keys.items.slice(index, index + length).map((key, at) => ({ key, item: others?.[index + at] }));
  const places = sorted(
    pairs.map((_, at) => at),
    (a, b) => order(pairs[int(a)]?.key, pairs[int(b)]?.key),
  );
  for (const [at, place] of places.entries()) {
    const pair = pairs[int(place)];
    keys.items[index + at] = pair?.key;
    if (others !== undefined && index + at < others.length) others[index + at] = pair?.item;
  }
}

export function sortMethods(): readonly Overload[] {
  const sort = (
    keys: Value,
    items: Value,
    index: Value,
    length: Value,
    comparer: Value,
    context: CallContext,
  ): undefined => {
    const array = self(keys);
    sortSection(
      array,
      items,
      index === undefined ? 0 : int(index),
      length === undefined ? array.items.length : int(length),
      orderOf(comparer ?? null, context),
    );
    return undefined;
  };
  const comparer = 'System.Collections.IComparer comparer';
  return [
    {
      signature: 'static void Sort(array array)',
      invoke: (_s, [a], c) => sort(a, null, undefined, undefined, null, c),
    },
    {
      signature: 'static void Sort(array keys, array items)',
      invoke: (_s, [a, b], c) => sort(a, b, undefined, undefined, null, c),
    },
    {
      signature: 'static void Sort(array array, int index, int length)',
      invoke: (_s, [a, index, length], c) => sort(a, null, index, length, null, c),
    },
    {
      signature: 'static void Sort(array keys, array items, int index, int length)',
      invoke: (_s, [a, b, index, length], c) => sort(a, b, index, length, null, c),
    },
    {
      signature: `static void Sort(array array, ${comparer})`,
      invoke: (_s, [a, by], c) => sort(a, null, undefined, undefined, by, c),
    },
    {
      signature: `static void Sort(array keys, array items, ${comparer})`,
      invoke: (_s, [a, b, by], c) => sort(a, b, undefined, undefined, by, c),
    },
    {
      signature: `static void Sort(array array, int index, int length, ${comparer})`,
      invoke: (_s, [a, index, length, by], c) => sort(a, null, index, length, by, c),
    },
    {
      signature: 'static void Sort[T](T[] array)',
      invoke: (_s, [a], c) => sort(a, null, undefined, undefined, null, c),
    },
    {
      signature: 'static void Sort[T](T[] array, System.Collections.Generic.IComparer[T] comparer)',
      invoke: (_s, [a, by], c) => sort(a, null, undefined, undefined, by, c),
    },
    {
      signature: 'static void Sort[T](T[] array, System.Comparison[T] comparison)',
      invoke: (_s, [a, by], context) => {
        const array = self(a);
        const ordered = sorted([...array.items], delegateOrder(object(by), context));
        for (const [at, item] of ordered.entries()) array.items[at] = item;
        return undefined;
      },
    },
  ];
}
