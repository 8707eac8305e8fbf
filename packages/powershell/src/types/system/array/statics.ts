import { netFailure } from '../../../errors/raise.ts';
import { NetArray } from '../../../values/array.ts';
import type { Instance } from '../../../values/instance.ts';
import { netEquals } from '../../../values/key-comparer.ts';
import { as, bool, int, object } from '../../../values/narrow.ts';
import { PSReference } from '../../../values/ps-reference.ts';
import type { Value } from '../../../values/value.ts';
import { listOf } from '../../collections/generic-list.ts';
import { binarySearch, orderOf } from '../../collections/order.ts';
import { readOnlyCollection } from '../../collections/read-only-collection.ts';
import { arrayOf, netTypes } from '../../intrinsic.ts';
import { type CallContext, NetType, type Overload } from '../../net-type.ts';
import { arrayLength, newArray, zeroOf } from '../../new-array.ts';

import { elementOf, indexesOf, itemsOfArray, outOfArray, self } from './items.ts';
import { checkRange, negative, sortMethods } from './sort.ts';

function matches(predicate: Value, context: CallContext): (item: Value) => boolean {
  const delegate: Instance = object(predicate);
  return (item) => bool(context.convert(context.invoke(delegate, [item]), netTypes.boolean));
}

function copySection(
  from: NetArray,
  fromIndex: number,
  to: NetArray,
  toIndex: number,
  length: number,
  context: CallContext,
): void {
  if (length < 0) throw negative('length');
  if (fromIndex < 0) throw negative('sourceIndex');
  if (toIndex < 0) throw negative('destinationIndex');
  if (fromIndex + length > from.items.length) {
    throw netFailure(
      'System.ArgumentException',
      "Source array was not long enough. Check the source index, length, and the array's lower bounds.",
      { parameter: 'sourceArray' },
    );
  }
  if (toIndex + length > to.items.length) {
    throw netFailure(
      'System.ArgumentException',
      "Destination array was not long enough. Check the destination index, length, and the array's lower bounds.",
      { parameter: 'destinationArray' },
    );
  }
  const part = from.items.slice(fromIndex, fromIndex + length);
  for (const [at, item] of part.entries()) {
    to.items[toIndex + at] =
      from.element === to.element || to.element === netTypes.object ? item : context.convert(item, to.element);
  }
}

function number(value: Value): number {
  return typeof value === 'bigint' ? Number(value) : int(value);
}

function find(array: Value, value: Value, from: number, to: number, step: 1 | -1): number {
  const { items } = self(array);
  for (let at = from; at !== to; at += step) if (netEquals(items[at], value)) return at;
  return -1;
}

function searches(name: 'IndexOf' | 'LastIndexOf'): readonly Overload[] {
  const search = (array: Value, value: Value, start?: Value, count?: Value): number => {
    const { length } = self(array).items;
    if (name === 'IndexOf') {
      const from = start === undefined ? 0 : int(start);
      const limit = count === undefined ? length : from + int(count);
      if (from < 0 || from > length)
        throw netFailure(
          'System.ArgumentOutOfRangeException',
          'Index was out of range. Must be non-negative and less than or equal to the size of the collection.',
          { parameter: 'startIndex' },
        );
      return find(array, value, from, Math.max(Math.min(limit, length), from), 1);
    }
    if (length === 0) return -1;
    const from = start === undefined ? length - 1 : int(start);
    if (from < 0 || from >= length)
      throw netFailure(
        'System.ArgumentOutOfRangeException',
        'Index was out of range. Must be non-negative and less than or equal to the size of the collection.',
        { parameter: 'startIndex' },
      );
    const until = count === undefined ? -1 : Math.max(from - int(count), -1);
    return find(array, value, from, until, -1);
  };
  return ['array array, System.Object value', 'T[] array, T value'].flatMap((first, which) => {
    const generic = which === 1 ? '[T]' : '';
    return ['', ', int startIndex', ', int startIndex, int count'].map(
      (rest): Overload => ({
        signature: `static int ${name}${generic}(${first}${rest})`,
        invoke: (_self, [array, value, start, count]) => search(array, value, start, count),
      }),
    );
  });
}

function finders(): Record<string, readonly Overload[]> {
  const one = (
    signature: string,
    of: (items: readonly Value[], test: (item: Value) => boolean, array: NetArray) => Value,
  ): readonly Overload[] => [
    {
      signature: `static ${signature}[T](T[] array, System.Predicate[T] match)`,
      invoke: (_self, [array, match], context) => of(self(array).items, matches(match, context), self(array)),
    },
  ];
  const orZero = (found: Value, array: NetArray): Value => (found === undefined ? zeroOf(array.element) : found);
  return {
    Exists: one('bool Exists', (items, test) => items.some(test)),
    TrueForAll: one('bool TrueForAll', (items, test) => items.every(test)),
    Find: one('T Find', (items, test, array) => orZero(items.find(test), array)),
    FindLast: one('T FindLast', (items, test, array) => orZero(items.findLast(test), array)),
    FindAll: one('T[] FindAll', (items, test, array) => new NetArray(array.element, items.filter(test))),
    FindIndex: one('int FindIndex', (items, test) => items.findIndex(test)),
    FindLastIndex: one('int FindLastIndex', (items, test) => items.findLastIndex(test)),
  };
}

function reversed(array: Value, index: number, length: number): undefined {
  const target = self(array);
  checkRange(target, index, length);
  const part = target.items.slice(index, index + length).reverse();
  for (const [at, item] of part.entries()) target.items[index + at] = item;
  return undefined;
}

function create(type: Value, sizes: readonly Value[]): Value {
  const counts = sizes.map(number);
  if (counts.some((count) => count < 0)) throw negative('length');
  return newArray(arrayOf(as(type, NetType), counts.length), counts);
}

/** What `[array]` itself can do. */
export const arrayStatics: Readonly<Record<string, readonly Overload[]>> = {
  ...finders(),
  Sort: sortMethods(),
  IndexOf: searches('IndexOf'),
  LastIndexOf: searches('LastIndexOf'),
  Reverse: ['array array', 'T[] array'].flatMap((first, which): Overload[] => [
    {
      signature: `static void Reverse${which === 1 ? '[T]' : ''}(${first})`,
      invoke: (_self, [array]) => reversed(array, 0, self(array).items.length),
    },
    {
      signature: `static void Reverse${which === 1 ? '[T]' : ''}(${first}, int index, int length)`,
      invoke: (_self, [array, index, length]) => reversed(array, int(index), int(length)),
    },
  ]),
  AsReadOnly: [
    {
      signature: 'static System.Collections.ObjectModel.ReadOnlyCollection[T] AsReadOnly[T](T[] array)',
      invoke: (_self, [array]) => readOnlyCollection(listOf(self(array).element, self(array).items)),
    },
  ],
  Resize: [
    {
      signature: 'static void Resize[T]([ref] T[] array, int newSize)',
      invoke: (_self, [reference, size], _context, _type, [element = netTypes.object]) => {
        const place = as(reference, PSReference);
        const items = place.value instanceof NetArray ? place.value.items.slice(0, int(size)) : [];
        const length = arrayLength(int(size));
        while (items.length < length) items.push(zeroOf(element));
        place.value = new NetArray(element, items);
        return undefined;
      },
    },
  ],
  CreateInstance: [
    {
      signature: 'static array CreateInstance(type elementType, int length)',
      invoke: (_self, [type, length]) => create(type, [length]),
    },
    {
      signature: 'static array CreateInstance(type elementType, int length1, int length2)',
      invoke: (_self, [type, ...sizes]) => create(type, sizes),
    },
    {
      signature: 'static array CreateInstance(type elementType, int length1, int length2, int length3)',
      invoke: (_self, [type, ...sizes]) => create(type, sizes),
    },
    {
      signature: 'static array CreateInstance(type elementType, params int[] lengths)',
      invoke: (_self, [type, sizes]) => create(type, indexesOf(sizes)),
    },
  ],
  Copy: ['int', 'long'].flatMap((word): Overload[] => [
    {
      signature: `static void Copy(array sourceArray, array destinationArray, ${word} length)`,
      invoke: (_self, [from, to, length], context) =>
        void copySection(self(from), 0, self(to), 0, number(length), context),
    },
    {
      signature: `static void Copy(array sourceArray, ${word} sourceIndex, array destinationArray, ${word} destinationIndex, ${word} length)`,
      invoke: (_self, [from, fromIndex, to, toIndex, length], context) =>
        void copySection(self(from), number(fromIndex), self(to), number(toIndex), number(length), context),
    },
  ]),
  Clear: [
    {
      signature: 'static void Clear(array array)',
      invoke: (_self, [array]) => void itemsOfArray(array).fill(zeroOf(elementOf(array))),
    },
    {
      signature: 'static void Clear(array array, int index, int length)',
      invoke: (_self, [array, index, length]) => {
        if (int(index) < 0 || int(length) < 0 || int(index) + int(length) > itemsOfArray(array).length)
          throw outOfArray();
        itemsOfArray(array).fill(zeroOf(elementOf(array)), int(index), int(index) + int(length));
        return undefined;
      },
    },
  ],
  BinarySearch: [
    {
      signature: 'static int BinarySearch(array array, System.Object value)',
      invoke: (_self, [array, value], context) => binarySearch(self(array).items, value, orderOf(null, context)),
    },
    {
      signature: 'static int BinarySearch(array array, System.Object value, System.Collections.IComparer comparer)',
      invoke: (_self, [array, value, comparer], context) =>
        binarySearch(self(array).items, value, orderOf(comparer, context)),
    },
  ],
  Empty: [
    {
      signature: 'static T[] Empty[T]()',
      invoke: (_self, _none, _context, _type, [element = netTypes.object]) => new NetArray(element, []),
    },
  ],
  Fill: [
    {
      signature: 'static void Fill[T](T[] array, T value)',
      invoke: (_self, [array, value]) => void self(array).items.fill(value),
    },
    {
      signature: 'static void Fill[T](T[] array, T value, int startIndex, int count)',
      invoke: (_self, [array, value, start, count]) =>
        void self(array).items.fill(value, int(start), int(start) + int(count)),
    },
  ],
  ForEach: [
    {
      signature: 'static void ForEach[T](T[] array, System.Action[T] action)',
      invoke: (_self, [array, action], context) => {
        for (const item of self(array).items) context.invoke(object(action), [item]);
        return undefined;
      },
    },
  ],
  ConvertAll: [
    {
      signature:
        'static TOutput[] ConvertAll[TInput, TOutput](TInput[] array, System.Converter[TInput,TOutput] converter)',
      invoke: (_self, [array, converter], context, _type, [, output = netTypes.object]) =>
        new NetArray(
          output,
          self(array).items.map((item) => context.convert(context.invoke(object(converter), [item]), output)),
        ),
    },
  ],
};
