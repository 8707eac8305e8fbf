import { NetArray } from '../../values/array.ts';
import { List } from '../../values/list.ts';
import { as } from '../../values/narrow.ts';
import { netTypes } from '../intrinsic.ts';
import type { TypeDescription } from '../net-type.ts';
import { GenericList } from './generic-list.ts';
import { listInterfaces } from './interfaces.ts';
import { listDescription } from './list.ts';
import { listMethods } from './list-methods.ts';

const names = ['Add', 'Clear', 'Contains', 'CopyTo', 'GetEnumerator', 'IndexOf', 'Insert', 'Remove', 'RemoveAt'];

/** ``Collection`1`` and its kind: a list with fewer methods. */
function collectionDescription(name: string, base?: string): TypeDescription {
  const returns = `${name.replace(/`1$/, '')}[T]`;
  return {
    name,
    kind: 'class',
    typeParameters: ['T'],
    ...(base === undefined ? {} : { base }),
    interfaces: listInterfaces,
    constructors: [
      {
        signature: `${returns} new()`,
        invoke: (_self, _none, _context, type) => new GenericList(type, type.typeArguments[0] ?? netTypes.object),
      },
      {
        signature: `${returns} new(System.Collections.Generic.IList[T] list)`,
        invoke: (_self, [list], _context, type) => {
          const items = list instanceof NetArray ? list.items.slice() : as(list, List).items;
          return new GenericList(type, type.typeArguments[0] ?? netTypes.object, items);
        },
      },
    ],
    properties: { Count: listDescription.properties?.Count ?? { type: 'int' } },
    methods: Object.fromEntries(names.map((method) => [method, listMethods[method] ?? []])),
    ...(listDescription.indexer === undefined ? {} : { indexer: listDescription.indexer }),
    ...(listDescription.enumerate === undefined ? {} : { enumerate: listDescription.enumerate }),
  };
}

export const collectionFamily: readonly TypeDescription[] = [
  collectionDescription('System.Collections.ObjectModel.Collection`1'),
  collectionDescription('System.Collections.ObjectModel.ObservableCollection`1'),
  collectionDescription('System.Management.Automation.PSDataCollection`1'),
];
