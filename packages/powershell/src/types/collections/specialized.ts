import { as, int } from '../../values/narrow.ts';
import { netTypes } from '../intrinsic.ts';
import type { TypeDescription } from '../net-type.ts';
import { GenericList } from './generic-list.ts';
import { itemsOf } from './items-of.ts';
import { listDescription } from './list.ts';
import { listMethods } from './list-methods.ts';
import { nameValueCollection } from './name-value-collection.ts';
import { checkIndex } from './ranges.ts';
import { stringDictionaryDescription } from './string-dictionary.ts';

const stringCollection: TypeDescription = {
  name: 'System.Collections.Specialized.StringCollection',
  kind: 'class',
  interfaces: ['System.Collections.IList', 'System.Collections.ICollection', 'System.Collections.IEnumerable'],
  constructors: [
    {
      signature: 'System.Collections.Specialized.StringCollection new()',
      invoke: (_self, _none, _context, type) => new GenericList(type, netTypes.string),
    },
  ],
  properties: {
    Count: listDescription.properties?.Count ?? { type: 'int' },
    IsReadOnly: { type: 'bool', get: () => false },
    IsSynchronized: { type: 'bool', get: () => false },
    SyncRoot: { type: 'System.Object', get: (list) => list },
  },
  methods: {
    ...Object.fromEntries(['Clear', 'RemoveAt'].map((name) => [name, listMethods[name] ?? []])),
    Add: [
      {
        signature: 'int Add(string value)',
        invoke: (list, [item]) => {
          as(list, GenericList).add(item);
          return as(list, GenericList).size - 1;
        },
      },
    ],
    AddRange: [
      {
        signature: 'void AddRange(string[] value)',
        invoke: (list, [items], context) => {
          const target = as(list, GenericList);
          target.insert(target.size, itemsOf(items, context, 'value'));
          return undefined;
        },
      },
    ],
    Contains: [
      {
        signature: 'bool Contains(string value)',
        invoke: (list, [item]) => as(list, GenericList).items.includes(item),
      },
    ],
    IndexOf: [
      { signature: 'int IndexOf(string value)', invoke: (list, [item]) => as(list, GenericList).items.indexOf(item) },
    ],
    Insert: [
      {
        signature: 'void Insert(int index, string value)',
        invoke: (list, [index, item]) => {
          as(list, GenericList).insert(int(index), [item]);
          return undefined;
        },
      },
    ],
    Remove: [
      {
        signature: 'void Remove(string value)',
        invoke: (list, [item]) => {
          const index = as(list, GenericList).items.indexOf(item);
          if (index !== -1) as(list, GenericList).removeAt(index);
          return undefined;
        },
      },
    ],
  },
  indexer: {
    get: [
      {
        signature: 'string Item(int index)',
        invoke: (list, [index]) => as(list, GenericList).at(checkIndex(int(index), as(list, GenericList).size)),
      },
    ],
    set: [
      {
        signature: 'void Item(int index, string value)',
        invoke: (list, [index, item]) => {
          as(list, GenericList).set(checkIndex(int(index), as(list, GenericList).size), item);
          return undefined;
        },
      },
    ],
  },
  enumerate: (list) => as(list, GenericList),
};

export const specializedFamily: readonly TypeDescription[] = [
  stringCollection,
  nameValueCollection,
  stringDictionaryDescription,
];
