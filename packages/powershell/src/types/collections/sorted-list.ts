import { Dictionary } from '../../values/dictionary.ts';
import type { Instance } from '../../values/instance.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { TypeDescription } from '../net-type.ts';
import { copyPairs } from './copy-pairs.ts';
import { toDictionaryEntry } from './entries.ts';
import { EnumeratorObject } from './enumerator.ts';
import { addNew, checkKey, classicMethods } from './hashtable.ts';
import { KeyCollection } from './key-collection.ts';
import { type Order, orderOf } from './order.ts';
import { SortedDictionary } from './sorted-dictionary.ts';
import { indexOfKey, indexOfValue, itemAt } from './sorted-items.ts';

const self = (value: Value): Dictionary => as(value, Dictionary);

/** `System.Collections.SortedList`, the one without types. */
export class SortedList extends SortedDictionary {
  constructor(order: Order) {
    super(namedType('System.Collections.SortedList'), order);
  }

  override pairs(): IteratorObject<Instance, void> {
    return this.entries().map(toDictionaryEntry);
  }
}

const enumeratorType = namedType('System.Collections.SortedList+SortedListEnumerator');

const keyListType = namedType('System.Collections.SortedList+KeyList');

const valueListType = namedType('System.Collections.SortedList+ValueList');

export const sortedListDescription: TypeDescription = {
  name: 'System.Collections.SortedList',
  kind: 'class',
  interfaces: [
    'System.Collections.IDictionary',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
    'System.ICloneable',
  ],
  constructors: [
    {
      signature: 'System.Collections.SortedList new()',
      invoke: (_self, _none, context) => new SortedList(orderOf(null, context)),
    },
    {
      signature: 'System.Collections.SortedList new(int initialCapacity)',
      invoke: (_self, _none, context) => new SortedList(orderOf(null, context)),
    },
    {
      signature: 'System.Collections.SortedList new(System.Collections.IComparer comparer)',
      invoke: (_self, [comparer], context) => new SortedList(orderOf(comparer, context)),
    },
    {
      signature: 'System.Collections.SortedList new(System.Collections.IDictionary d)',
      invoke: (_self, [source], context) => copyPairs(new SortedList(orderOf(null, context)), source, 'd'),
    },
  ],
  properties: {
    Capacity: { type: 'int', get: (list) => Math.max(16, self(list).size), set: () => undefined },
    Count: { type: 'int', get: (list) => self(list).size },
    Keys: {
      type: 'System.Collections.ICollection',
      get: (list) => new KeyCollection(keyListType, self(list), 'keys'),
    },
    Values: {
      type: 'System.Collections.ICollection',
      get: (list) => new KeyCollection(valueListType, self(list), 'values'),
    },
    IsFixedSize: { type: 'bool', get: () => false },
    IsReadOnly: { type: 'bool', get: () => false },
    IsSynchronized: { type: 'bool', get: () => false },
    SyncRoot: { type: 'System.Object', get: (list) => list },
  },
  methods: {
    ...classicMethods,
    Add: [
      {
        signature: 'void Add(System.Object key, System.Object value)',
        invoke: (list, [key, value], context) => {
          addNew(self(list), key, value, context);
          return undefined;
        },
      },
    ],
    ContainsKey: [
      {
        signature: 'bool ContainsKey(System.Object key)',
        invoke: (list, [key]) => indexOfKey(self(list), key) !== -1,
      },
    ],
    ContainsValue: [
      {
        signature: 'bool ContainsValue(System.Object value)',
        invoke: (list, [value]) => indexOfValue(self(list), value) !== -1,
      },
    ],
    GetByIndex: [
      { signature: 'System.Object GetByIndex(int index)', invoke: (list, [place]) => itemAt(list, int(place)).value },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IDictionaryEnumerator GetEnumerator()',
        invoke: (list) => new EnumeratorObject(enumeratorType, () => self(list).pairs()),
      },
    ],
    GetKey: [{ signature: 'System.Object GetKey(int index)', invoke: (list, [place]) => itemAt(list, int(place)).key }],
    GetKeyList: [
      {
        signature: 'System.Collections.IList GetKeyList()',
        invoke: (list) => new KeyCollection(keyListType, self(list), 'keys'),
      },
    ],
    GetValueList: [
      {
        signature: 'System.Collections.IList GetValueList()',
        invoke: (list) => new KeyCollection(valueListType, self(list), 'values'),
      },
    ],
    IndexOfKey: [
      { signature: 'int IndexOfKey(System.Object key)', invoke: (list, [key]) => indexOfKey(self(list), key) },
    ],
    IndexOfValue: [
      {
        signature: 'int IndexOfValue(System.Object value)',
        invoke: (list, [value]) => indexOfValue(self(list), value),
      },
    ],
    RemoveAt: [
      {
        signature: 'void RemoveAt(int index)',
        invoke: (list, [place]) => {
          self(list).delete(itemAt(list, int(place)).key);
          return undefined;
        },
      },
    ],
    SetByIndex: [
      {
        signature: 'void SetByIndex(int index, System.Object value)',
        invoke: (list, [place, value]) => {
          self(list).set(itemAt(list, int(place)).key, value);
          return undefined;
        },
      },
    ],
  },
  indexer: {
    get: [
      {
        signature: 'System.Object Item(System.Object key)',
        invoke: (list, [key]) => {
          checkKey(key);
          return self(list).get(key) ?? null;
        },
      },
    ],
    set: [
      {
        signature: 'void Item(System.Object key, System.Object value)',
        invoke: (list, [key, value]) => {
          checkKey(key);
          self(list).set(key, value);
          return undefined;
        },
      },
    ],
  },
  enumerate: (list) => self(list).pairs(),
};
