import type { TypeDescription } from '../net-type.ts';

function generic(name: string, typeParameters: readonly string[], interfaces: readonly string[]): TypeDescription {
  return {
    name: `System.Collections.Generic.${name}\`${typeParameters.length}`,
    kind: 'interface',
    typeParameters,
    interfaces,
  };
}

const enumerable = ['System.Collections.IEnumerable'];
const enumerableOf = ['System.Collections.Generic.IEnumerable`1[T]', ...enumerable];
const pairs = 'System.Collections.Generic.KeyValuePair`2[TKey,TValue]';

/** The interfaces of collections: types for `-is`, casts and parameters; their members are those of each collection. */
export const interfaceDescriptions: readonly TypeDescription[] = [
  { name: 'System.Collections.IEnumerable', kind: 'interface' },
  { name: 'System.Collections.IEnumerator', kind: 'interface' },
  {
    name: 'System.Collections.IDictionaryEnumerator',
    kind: 'interface',
    interfaces: ['System.Collections.IEnumerator'],
  },
  { name: 'System.Collections.ICollection', kind: 'interface', interfaces: enumerable },
  {
    name: 'System.Collections.IList',
    kind: 'interface',
    interfaces: ['System.Collections.ICollection', ...enumerable],
  },
  {
    name: 'System.Collections.IDictionary',
    kind: 'interface',
    interfaces: ['System.Collections.ICollection', ...enumerable],
  },
  {
    name: 'System.Collections.Specialized.IOrderedDictionary',
    kind: 'interface',
    interfaces: ['System.Collections.IDictionary', 'System.Collections.ICollection', ...enumerable],
  },
  { name: 'System.Collections.IComparer', kind: 'interface' },
  { name: 'System.Collections.IEqualityComparer', kind: 'interface' },
  { name: 'System.Collections.IStructuralEquatable', kind: 'interface' },
  { name: 'System.Collections.IStructuralComparable', kind: 'interface' },
  generic('IEnumerable', ['T'], enumerable),
  generic('IEnumerator', ['T'], ['System.Collections.IEnumerator', 'System.IDisposable']),
  generic('IComparer', ['T'], []),
  generic('IEqualityComparer', ['T'], []),
  generic('IReadOnlyCollection', ['T'], enumerableOf),
  generic('IReadOnlyList', ['T'], ['System.Collections.Generic.IReadOnlyCollection`1[T]', ...enumerableOf]),
  generic('ICollection', ['T'], enumerableOf),
  generic('IList', ['T'], ['System.Collections.Generic.ICollection`1[T]', ...enumerableOf]),
  generic('ISet', ['T'], ['System.Collections.Generic.ICollection`1[T]', ...enumerableOf]),
  generic('IReadOnlySet', ['T'], ['System.Collections.Generic.IReadOnlyCollection`1[T]', ...enumerableOf]),
  generic(
    'IDictionary',
    ['TKey', 'TValue'],
    [
      `System.Collections.Generic.ICollection\`1[${pairs}]`,
      `System.Collections.Generic.IEnumerable\`1[${pairs}]`,
      ...enumerable,
    ],
  ),
  generic(
    'IReadOnlyDictionary',
    ['TKey', 'TValue'],
    [
      `System.Collections.Generic.IReadOnlyCollection\`1[${pairs}]`,
      `System.Collections.Generic.IEnumerable\`1[${pairs}]`,
      ...enumerable,
    ],
  ),
];

/** What every changeable generic list implements. */
export const listInterfaces: readonly string[] = [
  'System.Collections.Generic.IList`1[T]',
  'System.Collections.Generic.ICollection`1[T]',
  'System.Collections.Generic.IReadOnlyList`1[T]',
  'System.Collections.Generic.IReadOnlyCollection`1[T]',
  'System.Collections.Generic.IEnumerable`1[T]',
  'System.Collections.IList',
  'System.Collections.ICollection',
  'System.Collections.IEnumerable',
];

export const dictionaryInterfaces: readonly string[] = [
  'System.Collections.Generic.IDictionary`2[TKey,TValue]',
  'System.Collections.Generic.IReadOnlyDictionary`2[TKey,TValue]',
  `System.Collections.Generic.ICollection\`1[${pairs}]`,
  `System.Collections.Generic.IReadOnlyCollection\`1[${pairs}]`,
  `System.Collections.Generic.IEnumerable\`1[${pairs}]`,
  'System.Collections.IDictionary',
  'System.Collections.ICollection',
  'System.Collections.IEnumerable',
];
