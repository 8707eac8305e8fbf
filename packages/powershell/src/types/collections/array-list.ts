import { netFailure } from '../../errors/raise.ts';
import { NetArray, objectArray } from '../../values/array.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { List } from '../../values/list.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { NetType, type TypeDescription } from '../net-type.ts';
import { arrayLength } from '../new-array.ts';
import { copyTo } from './copy-to.ts';
import { EnumeratorObject, enumeratorDescription } from './enumerator.ts';
import { itemsOf } from './items-of.ts';
import { binarySearch, orderOf, sorted } from './order.ts';
import { checkIndex, checkRange, indexOutOfRange } from './ranges.ts';

/** `System.Collections.ArrayList`. */
export class ArrayList extends List {
  readonly #readOnly: boolean;
  readonly #fixedSize: boolean;

  constructor(
    items?: Value[],
    { readOnly = false, fixedSize = false }: { readOnly?: boolean; fixedSize?: boolean } = {},
  ) {
    super(items);
    this.#readOnly = readOnly;
    this.#fixedSize = fixedSize || readOnly;
  }

  get type(): NetType {
    return netTypes.arrayList;
  }
  override get isReadOnly(): boolean {
    return this.#readOnly;
  }
  override get isFixedSize(): boolean {
    return this.#fixedSize;
  }
}

const self = (value: Value): ArrayList => as(value, ArrayList);

/** The list where it may grow and shrink. */
function growing(value: Value): ArrayList {
  const list = changing(value);
  if (list.isFixedSize) throw netFailure('System.NotSupportedException', 'Collection was of a fixed size.');
  return list;
}

function changing(value: Value): ArrayList {
  const list = self(value);
  if (list.isReadOnly) throw netFailure('System.NotSupportedException', 'Collection is read-only.');
  return list;
}

function indexOf(list: ArrayList, item: Value, from: number): number {
  return list.items.findIndex((one, index) => index >= from && netEquals(one ?? null, item ?? null));
}

function place(index: number, list: ArrayList): number {
  if (index >= 0 && index <= list.size) return index;
  throw netFailure(
    'System.ArgumentOutOfRangeException',
    'Insertion index was out of range. Must be non-negative and less than or equal to size.',
    { parameter: 'index' },
  );
}

export const arrayListDescription: TypeDescription = {
  name: 'System.Collections.ArrayList',
  kind: 'class',
  interfaces: [
    'System.Collections.IList',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
    'System.ICloneable',
  ],
  constructors: [
    { signature: 'System.Collections.ArrayList new()', invoke: () => new ArrayList() },
    {
      signature: 'System.Collections.ArrayList new(int capacity)',
      invoke: (_self, [capacity]) => {
        if (int(capacity) < 0) {
          throw netFailure('System.ArgumentOutOfRangeException', "'capacity' must be non-negative.", {
            parameter: 'capacity',
          });
        }
        return new ArrayList();
      },
    },
    {
      signature: 'System.Collections.ArrayList new(System.Collections.ICollection c)',
      invoke: (_self, [items], context) => new ArrayList(itemsOf(items, context, 'c').slice()),
    },
  ],
  staticMethods: {
    Adapter: [
      {
        signature: 'System.Collections.ArrayList Adapter(System.Collections.IList list)',
        invoke: (_self, [list]) => new ArrayList(list instanceof NetArray ? list.items : as(list, List).items),
      },
    ],
    FixedSize: [
      {
        signature: 'System.Collections.ArrayList FixedSize(System.Collections.ArrayList list)',
        invoke: (_self, [list]) => new ArrayList(self(list).items, { fixedSize: true }),
      },
    ],
    ReadOnly: [
      {
        signature: 'System.Collections.ArrayList ReadOnly(System.Collections.ArrayList list)',
        invoke: (_self, [list]) => new ArrayList(self(list).items, { readOnly: true }),
      },
    ],
    Repeat: [
      {
        signature: 'System.Collections.ArrayList Repeat(System.Object value, int count)',
        invoke: (_self, [value, count]) => new ArrayList(Array.from({ length: arrayLength(int(count)) }, () => value)),
      },
    ],
    Synchronized: [
      {
        signature: 'System.Collections.ArrayList Synchronized(System.Collections.ArrayList list)',
        invoke: (_self, [list]) => self(list),
      },
    ],
  },
  properties: {
    Capacity: { type: 'int', get: (list) => Math.max(4, self(list).size), set: () => undefined },
    Count: { type: 'int', get: (list) => self(list).size },
    IsFixedSize: { type: 'bool', get: (list) => self(list).isFixedSize },
    IsReadOnly: { type: 'bool', get: (list) => self(list).isReadOnly },
    IsSynchronized: { type: 'bool', get: () => false },
    SyncRoot: { type: 'System.Object', get: (list) => list },
  },
  methods: {
    Add: [
      {
        signature: 'int Add(System.Object value)',
        invoke: (list, [item]) => {
          growing(list).add(item);
          return self(list).size - 1;
        },
      },
    ],
    AddRange: [
      {
        signature: 'void AddRange(System.Collections.ICollection c)',
        invoke: (list, [items], context) => {
          growing(list).insert(self(list).size, itemsOf(items, context, 'c'));
          return undefined;
        },
      },
    ],
    BinarySearch: [
      {
        signature: 'int BinarySearch(System.Object value)',
        invoke: (list, [item], context) => binarySearch(self(list).items, item, orderOf(null, context)),
      },
      {
        signature: 'int BinarySearch(System.Object value, System.Collections.IComparer comparer)',
        invoke: (list, [item, comparer], context) => binarySearch(self(list).items, item, orderOf(comparer, context)),
      },
    ],
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (list) => {
          growing(list).clear();
          return undefined;
        },
      },
    ],
    Clone: [{ signature: 'System.Object Clone()', invoke: (list) => new ArrayList(self(list).items.slice()) }],
    Contains: [
      { signature: 'bool Contains(System.Object item)', invoke: (list, [item]) => indexOf(self(list), item, 0) !== -1 },
    ],
    CopyTo: [
      {
        signature: 'void CopyTo(array array)',
        invoke: (list, [array]) => copyTo(self(list).items, as(array, NetArray), 0),
      },
      {
        signature: 'void CopyTo(array array, int arrayIndex)',
        invoke: (list, [array, index]) => copyTo(self(list).items, as(array, NetArray), int(index)),
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IEnumerator GetEnumerator()',
        invoke: (list) => new EnumeratorObject(enumeratorType, () => self(list)[Symbol.iterator]()),
      },
    ],
    GetRange: [
      {
        signature: 'System.Collections.ArrayList GetRange(int index, int count)',
        invoke: (list, [index, count]) => {
          checkRange(int(index), int(count), self(list).size);
          return new ArrayList(self(list).items.slice(int(index), int(index) + int(count)));
        },
      },
    ],
    IndexOf: [
      { signature: 'int IndexOf(System.Object value)', invoke: (list, [item]) => indexOf(self(list), item, 0) },
      {
        signature: 'int IndexOf(System.Object value, int startIndex)',
        invoke: (list, [item, index]) => {
          if (int(index) < 0 || int(index) > self(list).size) throw indexOutOfRange('startIndex');
          return indexOf(self(list), item, int(index));
        },
      },
    ],
    Insert: [
      {
        signature: 'void Insert(int index, System.Object value)',
        invoke: (list, [index, item]) => {
          growing(list).insert(place(int(index), self(list)), [item]);
          return undefined;
        },
      },
    ],
    InsertRange: [
      {
        signature: 'void InsertRange(int index, System.Collections.ICollection c)',
        invoke: (list, [index, items], context) => {
          growing(list).insert(place(int(index), self(list)), itemsOf(items, context, 'c'));
          return undefined;
        },
      },
    ],
    LastIndexOf: [
      {
        signature: 'int LastIndexOf(System.Object value)',
        invoke: (list, [item]) => self(list).items.findLastIndex((one) => netEquals(one ?? null, item ?? null)),
      },
    ],
    Remove: [
      {
        signature: 'void Remove(System.Object obj)',
        invoke: (list, [item]) => {
          const index = indexOf(growing(list), item, 0);
          if (index !== -1) self(list).removeAt(index);
          return undefined;
        },
      },
    ],
    RemoveAt: [
      {
        signature: 'void RemoveAt(int index)',
        invoke: (list, [index]) => {
          growing(list).removeAt(checkIndex(int(index), self(list).size));
          return undefined;
        },
      },
    ],
    RemoveRange: [
      {
        signature: 'void RemoveRange(int index, int count)',
        invoke: (list, [index, count]) => {
          checkRange(int(index), int(count), growing(list).size);
          self(list).removeAt(int(index), int(count));
          return undefined;
        },
      },
    ],
    Reverse: [
      {
        signature: 'void Reverse()',
        invoke: (list) => {
          changing(list).replaceAll(self(list).items.toReversed());
          return undefined;
        },
      },
    ],
    SetRange: [
      {
        signature: 'void SetRange(int index, System.Collections.ICollection c)',
        invoke: (list, [index, items], context) => {
          const set = itemsOf(items, context, 'c');
          checkRange(int(index), set.length, changing(list).size);
          set.forEach((item, offset) => {
            self(list).set(int(index) + offset, item);
          });
          return undefined;
        },
      },
    ],
    Sort: [
      {
        signature: 'void Sort()',
        invoke: (list, _none, context) => {
          changing(list).replaceAll(sorted(self(list).items, orderOf(null, context)));
          return undefined;
        },
      },
      {
        signature: 'void Sort(System.Collections.IComparer comparer)',
        invoke: (list, [comparer], context) => {
          changing(list).replaceAll(sorted(self(list).items, orderOf(comparer, context)));
          return undefined;
        },
      },
    ],
    ToArray: [
      { signature: 'System.Object[] ToArray()', invoke: (list) => objectArray(self(list).items.slice()) },
      {
        signature: 'array ToArray(type type)',
        invoke: (list, [type], context) => {
          const element = as(type, NetType);
          return new NetArray(
            element,
            self(list).items.map((item) => context.convert(item, element)),
          );
        },
      },
    ],
    TrimToSize: [{ signature: 'void TrimToSize()', invoke: () => undefined }],
  },
  indexer: {
    get: [
      {
        signature: 'System.Object Item(int index)',
        invoke: (list, [index]) => self(list).at(checkIndex(int(index), self(list).size)),
      },
    ],
    set: [
      {
        signature: 'void Item(int index, System.Object value)',
        invoke: (list, [index, item]) => {
          changing(list).set(checkIndex(int(index), self(list).size), item);
          return undefined;
        },
      },
    ],
  },
  enumerate: (list) => self(list),
};

const enumeratorType = namedType('System.Collections.ArrayList+ArrayListEnumeratorSimple');

export const arrayListEnumeratorDescription: TypeDescription = enumeratorDescription(
  'System.Collections.ArrayList+ArrayListEnumeratorSimple',
  { item: 'System.Object' },
);
