import { Dictionary, type DictionaryItem } from '../../values/dictionary.ts';
import type { Instance } from '../../values/instance.ts';
import { defaultComparer, type KeyComparer, type MapKey } from '../../values/key-comparer.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { copyPairs } from './copy-pairs.ts';
import { GenericDictionary, genericIndexer, genericMethods, genericParts, nestedTypes } from './dictionary.ts';
import { toDictionaryEntry } from './entries.ts';
import { EnumeratorObject, enumeratorDescription } from './enumerator.ts';
import { addNew, checkKey, classicMethods } from './hashtable.ts';
import { dictionaryInterfaces } from './interfaces.ts';
import { KeyCollection, keyCollectionDescription } from './key-collection.ts';
import { type Order, orderOf } from './order.ts';
import { checkIndex } from './ranges.ts';

/** The order of keys of a sorted dictionary, and with it which keys are the same. */
class KeyOrder implements KeyComparer {
  readonly order: Order;
  readonly #keys: Value[] = [];

  constructor(order: Order) {
    this.order = order;
  }

  /** The first key met that compares equal stands for all of them. */
  keyOf(key: Value): MapKey {
    const place = search(this.#keys, key, this.order);
    if (place < 0) return defaultComparer.keyOf(key);
    return defaultComparer.keyOf(this.#keys[place]);
  }

  learn(key: Value): void {
    const place = search(this.#keys, key, this.order);
    if (place < 0) this.#keys.splice(~place, 0, key);
  }

  forget(key: Value): void {
    const place = search(this.#keys, key, this.order);
    if (place >= 0) this.#keys.splice(place, 1);
  }

  clear(): void {
    this.#keys.length = 0;
  }

  get keys(): readonly Value[] {
    return this.#keys;
  }
}

function search(keys: readonly Value[], key: Value, order: Order): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const answer = order(keys[middle], key);
    if (answer === 0) return middle;
    if (answer < 0) low = middle + 1;
    else high = middle - 1;
  }
  return ~low;
}

/** ``SortedDictionary`2`` and ``SortedList`2``. */
export class SortedDictionary extends GenericDictionary {
  readonly #keys: KeyOrder;

  constructor(type: NetType, order: Order) {
    const keys = new KeyOrder(order);
    super(type, { comparer: keys });
    this.#keys = keys;
  }

  override items(): Iterable<DictionaryItem> {
    return inOrder(this, this.#keys);
  }

  override set(key: Value, value: Value): void {
    this.#keys.learn(key);
    super.set(key, value);
  }

  override add(key: Value, value: Value): boolean {
    this.#keys.learn(key);
    return super.add(key, value);
  }

  override delete(key: Value): boolean {
    if (!super.delete(key)) return false;
    this.#keys.forget(key);
    return true;
  }

  override clear(): void {
    this.#keys.clear();
    super.clear();
  }

  protected override get removalEndsEnumeration(): boolean {
    return true;
  }
}

/** `System.Collections.SortedList`, the one without types. */
export class SortedList extends Dictionary {
  readonly #keys: KeyOrder;

  constructor(order: Order) {
    const keys = new KeyOrder(order);
    super(keys);
    this.#keys = keys;
  }

  get type(): NetType {
    return namedType('System.Collections.SortedList');
  }

  pairs(): IteratorObject<Instance, void> {
    return this.entries().map(toDictionaryEntry);
  }

  override items(): Iterable<DictionaryItem> {
    return inOrder(this, this.#keys);
  }

  override set(key: Value, value: Value): void {
    this.#keys.learn(key);
    super.set(key, value);
  }

  override add(key: Value, value: Value): boolean {
    this.#keys.learn(key);
    return super.add(key, value);
  }

  override delete(key: Value): boolean {
    if (!super.delete(key)) return false;
    this.#keys.forget(key);
    return true;
  }

  override clear(): void {
    this.#keys.clear();
    super.clear();
  }
}

function* inOrder(dictionary: Dictionary, order: KeyOrder): Generator<DictionaryItem, void> {
  for (const key of order.keys) {
    const item = dictionary.item(key);
    if (item !== undefined) yield item;
  }
}

const self = (value: Value): Dictionary => as(value, Dictionary);

function itemAt(dictionary: Value, place: number): DictionaryItem {
  const found = [...self(dictionary).items()][checkIndex(place, self(dictionary).size)];
  if (found === undefined) throw new Error('the size of a dictionary does not fit its items');
  return found;
}

function indexOfKey(dictionary: Dictionary, key: Value): number {
  checkKey(key);
  const item = dictionary.item(key);
  return item === undefined ? -1 : [...dictionary.items()].indexOf(item);
}

function indexOfValue(dictionary: Dictionary, value: Value): number {
  const wanted = defaultComparer.keyOf(value);
  return [...dictionary.items()].findIndex((item) => defaultComparer.keyOf(item.value) === wanted);
}

function constructors(name: string): readonly Overload[] {
  const returns = `${name}[TKey,TValue]`;
  const source = 'System.Collections.Generic.IDictionary[TKey,TValue] dictionary';
  const comparer = 'System.Collections.Generic.IComparer[TKey] comparer';
  const make = (type: NetType, given: Value, context: CallContext): SortedDictionary =>
    new SortedDictionary(type, orderOf(given, context));
  return [
    { signature: `${returns} new()`, invoke: (_self, _none, context, type) => make(type, null, context) },
    {
      signature: `${returns} new(${source})`,
      invoke: (_self, [given], context, type) => copyPairs(make(type, null, context), given, 'dictionary'),
    },
    {
      signature: `${returns} new(${source}, ${comparer})`,
      invoke: (_self, [given, order], context, type) => copyPairs(make(type, order, context), given, 'dictionary'),
    },
    { signature: `${returns} new(${comparer})`, invoke: (_self, [order], context, type) => make(type, order, context) },
  ];
}

const dictionaryName = 'System.Collections.Generic.SortedDictionary`2';
const dictionaryParts = genericParts(dictionaryName);

const sortedDictionaryDescription: TypeDescription = {
  name: dictionaryName,
  kind: 'class',
  typeParameters: ['TKey', 'TValue'],
  interfaces: dictionaryInterfaces,
  constructors: constructors('System.Collections.Generic.SortedDictionary'),
  ...dictionaryParts,
  indexer: genericIndexer,
};

const listNames = { keys: 'KeyList', values: 'ValueList' };
const listName = 'System.Collections.Generic.SortedList`2';
const listParts = genericParts(listName, listNames);

const genericSortedListDescription: TypeDescription = {
  name: listName,
  kind: 'class',
  typeParameters: ['TKey', 'TValue'],
  interfaces: dictionaryInterfaces,
  constructors: [
    ...constructors('System.Collections.Generic.SortedList'),
    {
      signature: 'System.Collections.Generic.SortedList[TKey,TValue] new(int capacity)',
      invoke: (_self, _capacity, context, type) => new SortedDictionary(type, orderOf(null, context)),
    },
  ],
  ...listParts,
  methods: {
    ...listParts.methods,
    GetKeyAtIndex: [
      { signature: 'TKey GetKeyAtIndex(int index)', invoke: (list, [place]) => itemAt(list, int(place)).key },
    ],
    GetValueAtIndex: [
      { signature: 'TValue GetValueAtIndex(int index)', invoke: (list, [place]) => itemAt(list, int(place)).value },
    ],
    IndexOfKey: [{ signature: 'int IndexOfKey(TKey key)', invoke: (list, [key]) => indexOfKey(self(list), key) }],
    IndexOfValue: [
      { signature: 'int IndexOfValue(TValue value)', invoke: (list, [value]) => indexOfValue(self(list), value) },
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
    TryGetValue: genericMethods.TryGetValue ?? [],
  },
  indexer: genericIndexer,
};

const enumeratorType = namedType('System.Collections.SortedList+SortedListEnumerator');
const keyListType = namedType('System.Collections.SortedList+KeyList');
const valueListType = namedType('System.Collections.SortedList+ValueList');

const sortedListDescription: TypeDescription = {
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

export const sortedFamily: readonly TypeDescription[] = [
  sortedDictionaryDescription,
  ...nestedTypes(dictionaryName),
  genericSortedListDescription,
  ...nestedTypes(listName, { ...listNames, list: true }),
  sortedListDescription,
  enumeratorDescription('System.Collections.SortedList+SortedListEnumerator', {
    item: 'System.Object',
    dictionary: true,
  }),
  keyCollectionDescription('System.Collections.SortedList+KeyList', { item: 'System.Object', list: true }),
  keyCollectionDescription('System.Collections.SortedList+ValueList', { item: 'System.Object', list: true }),
];
