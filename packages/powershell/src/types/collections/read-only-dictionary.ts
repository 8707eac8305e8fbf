import { netFailure } from '../../errors/raise.ts';
import { Dictionary, type DictionaryItem } from '../../values/dictionary.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { GenericDictionary, genericIndexer, genericMethods, genericParts } from './dictionary.ts';
import { EnumeratorObject } from './enumerator.ts';
import { dictionaryInterfaces } from './interfaces.ts';
import { keyCollectionDescription } from './key-collection.ts';
import { unreachable } from './read-only-collection.ts';

/** ``System.Collections.ObjectModel.ReadOnlyDictionary`2``: a view of a dictionary, which may change under it. */
class ReadOnlyDictionary extends GenericDictionary {
  readonly #source: Dictionary;

  constructor(type: NetType, source: Dictionary) {
    super(type, { comparer: source.comparer });
    this.#source = source;
  }

  override get size(): number {
    return this.#source.size;
  }
  override get(key: Value): Value {
    return this.#source.get(key);
  }
  override item(key: Value): DictionaryItem | undefined {
    return this.#source.item(key);
  }
  override has(key: Value): boolean {
    return this.#source.has(key);
  }
  override items(): Iterable<DictionaryItem> {
    return this.#source.items();
  }
  override entries(): Generator<DictionaryItem, void> {
    return this.#source.entries();
  }
  override set(): void {
    throw readOnly();
  }
  override add(): boolean {
    throw readOnly();
  }
  override delete(): boolean {
    throw readOnly();
  }
  override clear(): void {
    throw readOnly();
  }
}

function readOnly(): Error {
  return netFailure('System.NotSupportedException', 'Collection is read-only.');
}

function enumeratorOf(dictionary: GenericDictionary): EnumeratorObject {
  const open = namedType('System.Collections.Generic.Dictionary`2+Enumerator');
  return new EnumeratorObject(closeType(open, [dictionary.keyType, dictionary.valueType]), () => dictionary.pairs());
}

const name = 'System.Collections.ObjectModel.ReadOnlyDictionary`2';
const typeParameters = ['TKey', 'TValue'];
const { properties = {} } = genericParts(name);
const { ContainsKey = [], TryGetValue = [] } = genericMethods;

export const readOnlyDictionaryFamily: readonly TypeDescription[] = [
  {
    name,
    kind: 'class',
    typeParameters,
    interfaces: dictionaryInterfaces,
    constructors: overloadList({
      'System.Collections.ObjectModel.ReadOnlyDictionary[TKey,TValue] new(System.Collections.Generic.IDictionary[TKey,TValue] dictionary)':
        (_self, [source], _context, type) => {
          if (source !== null && source !== undefined) return new ReadOnlyDictionary(type, as(source, Dictionary));
          throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'dictionary' });
        },
    }),
    properties,
    methods: {
      ...unreachable('Add', 'Clear', 'Remove'),
      ContainsKey,
      TryGetValue,
      ...methodTable({
        'System.Collections.Generic.IEnumerator[System.Collections.Generic.KeyValuePair[TKey,TValue]] GetEnumerator()':
          (dictionary) => enumeratorOf(as(dictionary, GenericDictionary)),
      }),
    },
    indexer: { get: genericIndexer.get, set: [] },
    enumerate: (dictionary) => as(dictionary, GenericDictionary).pairs(),
  },
  keyCollectionDescription(`${name}+KeyCollection`, { typeParameters, item: 'TKey' }),
  keyCollectionDescription(`${name}+ValueCollection`, { typeParameters, item: 'TValue' }),
];
