import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import type { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { MultiArray } from '../../values/multi-array.ts';
import { as, bool, int, object } from '../../values/narrow.ts';
import { PSReference } from '../../values/ps-reference.ts';
import type { Value } from '../../values/value.ts';
import { copyTo } from '../collections/copy-to.ts';
import { EnumeratorObject } from '../collections/enumerator.ts';
import { listOf } from '../collections/list.ts';
import { binarySearch, delegateOrder, type Order, orderOf, sorted } from '../collections/order.ts';
import { readOnlyCollection } from '../collections/read-only-collection.ts';
import { arrayOf, namedType, netTypes } from '../intrinsic.ts';
import { type CallContext, NetType, type Overload, type TypeDescription } from '../net-type.ts';
import { newArray, zeroOf } from '../new-array.ts';

const self = (value: Value): NetArray => as(value, NetArray);

function lengths(value: Value): readonly number[] {
  return value instanceof MultiArray ? value.lengths : [self(value).items.length];
}

function itemsOfArray(value: Value): Value[] {
  return value instanceof MultiArray ? value.items : self(value).items;
}

function dimension(value: Value, index: Value): number {
  const length = lengths(value)[int(index)];
  if (length === undefined) throw outOfArray();
  return length;
}

function outOfArray(): Error {
  return netFailure('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
}

function offset(array: Value, indexes: readonly Value[]): number {
  const places = indexes.map((index) => (typeof index === 'bigint' ? Number(index) : int(index)));
  const limits = lengths(array);
  if (places.length !== limits.length) {
    throw netFailure('System.ArgumentException', 'Array was not the correct number of dimensions.');
  }
  let at = 0;
  for (const [index, place] of places.entries()) {
    const limit = limits[index] ?? 0;
    if (place < 0 || place >= limit) throw outOfArray();
    at = at * limit + place;
  }
  return at;
}

function elementOf(array: Value): NetType {
  return array instanceof MultiArray ? array.element : self(array).element;
}

function setAt(array: Value, value: Value, indexes: readonly Value[], context: CallContext): void {
  const element = elementOf(array);
  itemsOfArray(array)[offset(array, indexes)] = element === netTypes.object ? value : context.convert(value, element);
}

function indexesOf(value: Value): readonly Value[] {
  return value instanceof NetArray ? value.items : [value];
}

function checkRange(array: NetArray, index: number, length: number): void {
  if (index < 0) throw negative('index');
  if (length < 0) throw negative('length');
  if (array.items.length - index < length) {
    throw netFailure(
      'System.ArgumentException',
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.',
    );
  }
}

function negative(parameter: string): Error {
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

function sortMethods(): readonly Overload[] {
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

const enumeratorType = namedType('System.ArrayEnumerator');

export const arrayDescription: TypeDescription = {
  name: 'System.Array',
  kind: 'class',
  accelerators: ['array'],
  isAbstract: true,
  interfaces: [
    'System.ICloneable',
    'System.Collections.IList',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
    'System.Collections.IStructuralComparable',
    'System.Collections.IStructuralEquatable',
  ],
  enumerate: (value) => itemsOfArray(value),
  properties: {
    Count: { type: 'int', addedAs: 'AliasProperty', get: (value) => itemsOfArray(value).length },
    Length: { type: 'int', get: (value) => itemsOfArray(value).length },
    LongLength: { type: 'long', get: (value) => BigInt(itemsOfArray(value).length) },
    Rank: { type: 'int', get: (value) => lengths(value).length },
    SyncRoot: { type: 'System.Object', get: (value) => value },
    IsReadOnly: { type: 'bool', get: () => false },
    IsFixedSize: { type: 'bool', get: () => true },
    IsSynchronized: { type: 'bool', get: () => false },
  },
  methods: {
    GetLength: [{ signature: 'int GetLength(int dimension)', invoke: (value, [index]) => dimension(value, index) }],
    GetLongLength: [
      { signature: 'long GetLongLength(int dimension)', invoke: (value, [index]) => BigInt(dimension(value, index)) },
    ],
    GetUpperBound: [
      { signature: 'int GetUpperBound(int dimension)', invoke: (value, [index]) => dimension(value, index) - 1 },
    ],
    GetLowerBound: [
      {
        signature: 'int GetLowerBound(int dimension)',
        invoke: (value, [index]) => dimension(value, index) - dimension(value, index),
      },
    ],
    GetValue: [
      {
        signature: 'System.Object GetValue(params int[] indices)',
        invoke: (value, [indexes]) => itemsOfArray(value)[offset(value, indexesOf(indexes))],
      },
      {
        signature: 'System.Object GetValue(int index)',
        invoke: (value, [index]) => itemsOfArray(value)[offset(value, [index])],
      },
      {
        signature: 'System.Object GetValue(int index1, int index2)',
        invoke: (value, indexes) => itemsOfArray(value)[offset(value, indexes)],
      },
    ],
    SetValue: [
      {
        signature: 'void SetValue(System.Object value, int index)',
        invoke: (array, [value, index], context) => void setAt(array, value, [index], context),
      },
      {
        signature: 'void SetValue(System.Object value, int index1, int index2)',
        invoke: (array, [value, ...indexes], context) => void setAt(array, value, indexes, context),
      },
      {
        signature: 'void SetValue(System.Object value, params int[] indices)',
        invoke: (array, [value, indexes], context) => void setAt(array, value, indexesOf(indexes), context),
      },
    ],
    Clone: [
      {
        signature: 'System.Object Clone()',
        invoke: (value) =>
          value instanceof MultiArray
            ? new MultiArray(value.element, value.lengths, value.items.slice())
            : new NetArray(self(value).element, self(value).items.slice()),
      },
    ],
    CopyTo: [
      {
        signature: 'void CopyTo(array array, int index)',
        invoke: (value, [target, index]) => copyTo(self(value).items, self(target), int(index)),
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IEnumerator GetEnumerator()',
        invoke: (value) => new EnumeratorObject(enumeratorType, () => itemsOfArray(value).values()),
      },
    ],
    Initialize: [{ signature: 'void Initialize()', invoke: () => undefined }],
    ...listMembers(),
  },
  staticProperties: { MaxLength: { type: 'int', get: () => 2_147_483_591 } },
  staticMethods: {
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
          while (items.length < int(size)) items.push(zeroOf(element));
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
  },
};

/** What arrays have of `IList`; a size that never changes. */
function listMembers(): Record<string, readonly Overload[]> {
  const fixed = (): never => {
    throw netFailure('System.NotSupportedException', 'Collection was of a fixed size.');
  };
  return {
    Add: [{ signature: 'int Add(System.Object value)', invoke: fixed }],
    Insert: [{ signature: 'void Insert(int index, System.Object value)', invoke: fixed }],
    Remove: [{ signature: 'void Remove(System.Object value)', invoke: fixed }],
    RemoveAt: [{ signature: 'void RemoveAt(int index)', invoke: fixed }],
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (value) => void itemsOfArray(value).fill(zeroOf(elementOf(value))),
      },
    ],
    Contains: [
      {
        signature: 'bool Contains(System.Object value)',
        invoke: (value, [item]) => self(value).items.some((one) => netEquals(one, item)),
      },
    ],
    IndexOf: [
      {
        signature: 'int IndexOf(System.Object value)',
        invoke: (value, [item]) => self(value).items.findIndex((one) => netEquals(one, item)),
      },
    ],
    Get: [
      {
        signature: 'System.Object Get(int index)',
        invoke: (value, indexes) => itemsOfArray(value)[offset(value, indexes)],
      },
    ],
    Set: [
      {
        signature: 'void Set(int index, System.Object value)',
        invoke: (array, [index, value], context) => void setAt(array, value, [index], context),
      },
    ],
  };
}
