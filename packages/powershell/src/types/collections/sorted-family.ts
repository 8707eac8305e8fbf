import { int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { copyPairs } from './copy-pairs.ts';
import { genericIndexer, genericMethods, genericParts, nestedTypes } from './dictionary.ts';
import { enumeratorDescription } from './enumerator.ts';
import { dictionaryInterfaces } from './interfaces.ts';
import { keyCollectionDescription } from './key-collection.ts';
import { orderOf } from './order.ts';
import { SortedDictionary, self } from './sorted-dictionary.ts';
import { indexOfKey, indexOfValue, itemAt } from './sorted-items.ts';
import { sortedListDescription } from './sorted-list.ts';

export function constructors(name: string): readonly Overload[] {
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
