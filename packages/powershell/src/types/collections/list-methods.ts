import { NetArray } from '../../values/array.ts';
import type { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { as, bool, int, object } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, Overload } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { EnumeratorObject } from './enumerator.ts';
import { GenericList, listOf } from './generic-list.ts';
import { itemsOf } from './items-of.ts';
import { binarySearch, delegateOrder, orderOf, sorted } from './order.ts';
import { checkIndex, checkPlace, checkRange, indexOutOfRange } from './ranges.ts';
import { readOnlyCollection } from './read-only-collection.ts';
import { zeroOf } from './zero.ts';

function indexOf(list: GenericList, item: Value, from: number): number {
  return list.items.findIndex((one, index) => index >= from && netEquals(one ?? null, item ?? null));
}

// The check written out: `as` is called with every class there is, which makes it slow for calls by the million.
const self = (value: Value): GenericList => (value instanceof GenericList ? value : as(value, GenericList));

const enumeratorType = namedType('System.Collections.Generic.List`1+Enumerator');

function predicate(delegate: Instance, context: CallContext): (item: Value) => boolean {
  return (item) => bool(context.convert(context.invoke(delegate, [item]), netTypes.boolean));
}

function arrayFrom(list: GenericList, items: readonly Value[]): NetArray {
  return new NetArray(list.elementType, items.slice());
}

export const listMethods: Readonly<Record<string, readonly Overload[]>> = {
  Add: [
    {
      signature: 'void Add(T item)',
      invoke: (list, [item]) => {
        self(list).add(item);
        return undefined;
      },
    },
  ],
  AddRange: [
    {
      signature: 'void AddRange(System.Collections.Generic.IEnumerable[T] collection)',
      invoke: (list, [items], context) => {
        const target = self(list);
        target.insert(target.size, itemsOf(items, context));
        return undefined;
      },
    },
  ],
  AsReadOnly: [
    {
      signature: 'System.Collections.ObjectModel.ReadOnlyCollection[T] AsReadOnly()',
      invoke: (list) => readOnlyCollection(self(list)),
    },
  ],
  BinarySearch: [
    {
      signature: 'int BinarySearch(int index, int count, T item, System.Collections.Generic.IComparer[T] comparer)',
      invoke: (list, [index, count, item, comparer], context) => {
        const from = int(index);
        checkRange(from, int(count), self(list).size);
        const found = binarySearch(self(list).items.slice(from, from + int(count)), item, orderOf(comparer, context));
        return found < 0 ? ~(~found + from) : found + from;
      },
    },
    {
      signature: 'int BinarySearch(T item)',
      invoke: (list, [item], context) => binarySearch(self(list).items, item, orderOf(null, context)),
    },
    {
      signature: 'int BinarySearch(T item, System.Collections.Generic.IComparer[T] comparer)',
      invoke: (list, [item, comparer], context) => binarySearch(self(list).items, item, orderOf(comparer, context)),
    },
  ],
  Clear: [
    {
      signature: 'void Clear()',
      invoke: (list) => {
        self(list).clear();
        return undefined;
      },
    },
  ],
  Contains: [
    {
      signature: 'bool Contains(T item)',
      invoke: (list, [item]) => self(list).items.some((one) => netEquals(one ?? null, item ?? null)),
    },
  ],
  CopyTo: [
    {
      signature: 'void CopyTo(T[] array)',
      invoke: (list, [array]) => copyTo(self(list).items, as(array, NetArray), 0),
    },
    {
      signature: 'void CopyTo(int index, T[] array, int arrayIndex, int count)',
      invoke: (list, [index, array, arrayIndex, count]) => {
        checkRange(int(index), int(count), self(list).size);
        return copyTo(
          self(list).items.slice(int(index), int(index) + int(count)),
          as(array, NetArray),
          int(arrayIndex),
        );
      },
    },
    {
      signature: 'void CopyTo(T[] array, int arrayIndex)',
      invoke: (list, [array, arrayIndex]) => copyTo(self(list).items, as(array, NetArray), int(arrayIndex)),
    },
  ],
  EnsureCapacity: [
    {
      signature: 'int EnsureCapacity(int capacity)',
      invoke: (list, [capacity]) => Math.max(int(capacity), self(list).size),
    },
  ],
  Exists: [
    {
      signature: 'bool Exists(System.Predicate[T] match)',
      invoke: (list, [match], context) => self(list).items.some(predicate(object(match), context)),
    },
  ],
  Find: [
    {
      signature: 'T Find(System.Predicate[T] match)',
      invoke: (list, [match], context) => {
        const found = self(list).items.findIndex(predicate(object(match), context));
        return found === -1 ? zeroOf(self(list).elementType) : self(list).at(found);
      },
    },
  ],
  FindAll: [
    {
      signature: 'System.Collections.Generic.List[T] FindAll(System.Predicate[T] match)',
      invoke: (list, [match], context) =>
        listOf(self(list).elementType, self(list).items.filter(predicate(object(match), context))),
    },
  ],
  FindIndex: [
    {
      signature: 'int FindIndex(System.Predicate[T] match)',
      invoke: (list, [match], context) => self(list).items.findIndex(predicate(object(match), context)),
    },
    {
      signature: 'int FindIndex(int startIndex, System.Predicate[T] match)',
      invoke: (list, [start, match], context) => {
        const test = predicate(object(match), context);
        if (int(start) < 0 || int(start) > self(list).size) throw indexOutOfRange('startIndex');
        return self(list).items.findIndex((item, index) => index >= int(start) && test(item));
      },
    },
  ],
  FindLast: [
    {
      signature: 'T FindLast(System.Predicate[T] match)',
      invoke: (list, [match], context) => {
        const found = self(list).items.findLastIndex(predicate(object(match), context));
        return found === -1 ? zeroOf(self(list).elementType) : self(list).at(found);
      },
    },
  ],
  FindLastIndex: [
    {
      signature: 'int FindLastIndex(System.Predicate[T] match)',
      invoke: (list, [match], context) => self(list).items.findLastIndex(predicate(object(match), context)),
    },
  ],
  ForEach: [
    {
      signature: 'void ForEach(System.Action[T] action)',
      invoke: (list, [action], context) => {
        for (const item of self(list)) context.invoke(object(action), [item]);
        return undefined;
      },
    },
  ],
  GetEnumerator: [
    {
      signature: 'System.Collections.Generic.List`1+Enumerator[T] GetEnumerator()',
      invoke: (list) =>
        new EnumeratorObject(closeType(enumeratorType, [self(list).elementType]), () => self(list)[Symbol.iterator]()),
    },
  ],
  GetRange: [
    {
      signature: 'System.Collections.Generic.List[T] GetRange(int index, int count)',
      invoke: (list, [index, count]) => slice(self(list), int(index), int(count)),
    },
  ],
  IndexOf: [
    { signature: 'int IndexOf(T item)', invoke: (list, [item]) => indexOf(self(list), item, 0) },
    {
      signature: 'int IndexOf(T item, int index)',
      invoke: (list, [item, index]) => {
        if (int(index) < 0 || int(index) > self(list).size) throw indexOutOfRange();
        return indexOf(self(list), item, int(index));
      },
    },
  ],
  Insert: [
    {
      signature: 'void Insert(int index, T item)',
      invoke: (list, [index, item]) => {
        self(list).insert(checkPlace(int(index), self(list).size), [item]);
        return undefined;
      },
    },
  ],
  InsertRange: [
    {
      signature: 'void InsertRange(int index, System.Collections.Generic.IEnumerable[T] collection)',
      invoke: (list, [index, items], context) => {
        const added = itemsOf(items, context);
        if (int(index) < 0 || int(index) > self(list).size) throw indexOutOfRange();
        self(list).insert(int(index), added);
        return undefined;
      },
    },
  ],
  LastIndexOf: [
    {
      signature: 'int LastIndexOf(T item)',
      invoke: (list, [item]) => self(list).items.findLastIndex((one) => netEquals(one ?? null, item ?? null)),
    },
  ],
  Remove: [
    {
      signature: 'bool Remove(T item)',
      invoke: (list, [item]) => {
        const index = indexOf(self(list), item, 0);
        if (index !== -1) self(list).removeAt(index);
        return index !== -1;
      },
    },
  ],
  RemoveAll: [
    {
      signature: 'int RemoveAll(System.Predicate[T] match)',
      invoke: (list, [match], context) => {
        const test = predicate(object(match), context);
        const kept = self(list).items.filter((item) => !test(item));
        const removed = self(list).size - kept.length;
        if (removed > 0) self(list).replaceAll(kept);
        return removed;
      },
    },
  ],
  RemoveAt: [
    {
      signature: 'void RemoveAt(int index)',
      invoke: (list, [index]) => {
        self(list).removeAt(checkIndex(int(index), self(list).size));
        return undefined;
      },
    },
  ],
  RemoveRange: [
    {
      signature: 'void RemoveRange(int index, int count)',
      invoke: (list, [index, count]) => {
        checkRange(int(index), int(count), self(list).size);
        if (int(count) > 0) self(list).removeAt(int(index), int(count));
        return undefined;
      },
    },
  ],
  Reverse: [
    {
      signature: 'void Reverse()',
      invoke: (list) => {
        self(list).replaceAll(self(list).items.toReversed());
        return undefined;
      },
    },
    {
      signature: 'void Reverse(int index, int count)',
      invoke: (list, [index, count]) => {
        const { items } = self(list);
        checkRange(int(index), int(count), items.length);
        const end = int(index) + int(count);
        const part = items.slice(int(index), end).reverse();
        self(list).replaceAll([...items.slice(0, int(index)), ...part, ...items.slice(end)]);
        return undefined;
      },
    },
  ],
  Slice: [
    {
      signature: 'System.Collections.Generic.List[T] Slice(int start, int length)',
      invoke: (list, [index, count]) => slice(self(list), int(index), int(count)),
    },
  ],
  Sort: [
    {
      signature: 'void Sort()',
      invoke: (list, _none, context) => {
        self(list).replaceAll(sorted(self(list).items, orderOf(null, context)));
        return undefined;
      },
    },
    {
      signature: 'void Sort(System.Collections.Generic.IComparer[T] comparer)',
      invoke: (list, [comparer], context) => {
        self(list).replaceAll(sorted(self(list).items, orderOf(comparer, context)));
        return undefined;
      },
    },
    {
      signature: 'void Sort(int index, int count, System.Collections.Generic.IComparer[T] comparer)',
      invoke: (list, [index, count, comparer], context) => {
        const { items } = self(list);
        checkRange(int(index), int(count), items.length);
        const end = int(index) + int(count);
        const part = sorted(items.slice(int(index), end), orderOf(comparer, context));
        self(list).replaceAll([...items.slice(0, int(index)), ...part, ...items.slice(end)]);
        return undefined;
      },
    },
    {
      signature: 'void Sort(System.Comparison[T] comparison)',
      invoke: (list, [comparison], context) => {
        self(list).replaceAll(sorted(self(list).items, delegateOrder(object(comparison), context)));
        return undefined;
      },
    },
  ],
  ToArray: [{ signature: 'T[] ToArray()', invoke: (list) => arrayFrom(self(list), self(list).items) }],
  TrimExcess: [{ signature: 'void TrimExcess()', invoke: () => undefined }],
  TrueForAll: [
    {
      signature: 'bool TrueForAll(System.Predicate[T] match)',
      invoke: (list, [match], context) => self(list).items.every(predicate(object(match), context)),
    },
  ],
};

function slice(list: GenericList, index: number, count: number): GenericList {
  checkRange(index, count, list.size);
  return listOf(list.elementType, list.items.slice(index, index + count));
}
