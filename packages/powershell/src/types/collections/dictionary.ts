import { netFailure } from '../../errors/raise.ts';
import { Dictionary, type DictionaryItem } from '../../values/dictionary.ts';
import type { Instance } from '../../values/instance.ts';
import { defaultComparer, type KeyComparer, netEquals } from '../../values/key-comparer.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, Indexer, NetType, Overload, TypeDescription } from '../net-type.ts';
import { copyPairs } from './copy-pairs.ts';
import { KeyValuePair, keyValuePairType } from './entries.ts';
import { EnumeratorObject, enumeratorDescription, KeyAndValue } from './enumerator.ts';
import { checkKey, comparerOf } from './hashtable.ts';
import { dictionaryInterfaces } from './interfaces.ts';
import { itemsOf } from './items-of.ts';
import { KeyCollection, keyCollectionDescription } from './key-collection.ts';
import { setReference } from './out-argument.ts';
import { zeroOf } from './zero.ts';

/** ``System.Collections.Generic.Dictionary`2``, and the base of every other generic dictionary. */
export class GenericDictionary extends Dictionary {
  readonly type: NetType;
  readonly #keyType: NetType;
  readonly #valueType: NetType;
  #pairType: NetType | undefined;

  constructor(type: NetType, { comparer = defaultComparer, keyType, valueType }: GenericDictionaryOptions = {}) {
    super(comparer);
    this.type = type;
    this.#keyType = keyType ?? type.typeArguments[0] ?? netTypes.object;
    this.#valueType = valueType ?? type.typeArguments[1] ?? netTypes.object;
  }

  override get keyType(): NetType {
    return this.#keyType;
  }
  override get valueType(): NetType {
    return this.#valueType;
  }

  pairs(): IteratorObject<Instance, void> {
    this.#pairType ??= keyValuePairType(this.#keyType, this.#valueType);
    const pairType = this.#pairType;
    return this.entries().map((item: DictionaryItem) => new KeyValuePair(pairType, item.key, item.value));
  }

  /** Replacing a value and removing a key leave an enumeration of .NET's Dictionary alive. */
  override set(key: Value, value: Value): void {
    const known = this.item(key);
    if (known === undefined) super.set(key, value);
    else known.value = value ?? null;
  }

  protected override get removalEndsEnumeration(): boolean {
    return false;
  }
}

interface GenericDictionaryOptions {
  readonly comparer?: KeyComparer;
  readonly keyType?: NetType;
  readonly valueType?: NetType;
}

/** A `Dictionary[TKey,TValue]` made by the engine. */
export function dictionaryOf(
  keyType: NetType,
  valueType: NetType,
  comparer: KeyComparer = defaultComparer,
): GenericDictionary {
  const type = closeType(namedType('System.Collections.Generic.Dictionary`2'), [keyType, valueType]);
  return new GenericDictionary(type, { comparer });
}

const self = (value: Value): Dictionary => as(value, Dictionary);

function addUnique(dictionary: Dictionary, key: Value, value: Value, context: CallContext): void {
  checkKey(key);
  if (dictionary.add(key, value)) return;
  throw netFailure(
    'System.ArgumentException',
    `An item with the same key has already been added. Key: ${context.text(key)}`,
  );
}

/** What every generic dictionary can do. */
export const genericMethods: Readonly<Record<string, readonly Overload[]>> = {
  Add: [
    {
      signature: 'void Add(TKey key, TValue value)',
      invoke: (dictionary, [key, value], context) => {
        addUnique(self(dictionary), key, value, context);
        return undefined;
      },
    },
  ],
  Clear: [
    {
      signature: 'void Clear()',
      invoke: (dictionary) => {
        self(dictionary).clear();
        return undefined;
      },
    },
  ],
  ContainsKey: [
    {
      signature: 'bool ContainsKey(TKey key)',
      invoke: (dictionary, [key]) => {
        checkKey(key);
        return self(dictionary).has(key);
      },
    },
  ],
  ContainsValue: [
    {
      signature: 'bool ContainsValue(TValue value)',
      invoke: (dictionary, [value]) =>
        self(dictionary)
          .values()
          .some((one) => netEquals(one ?? null, value ?? null)),
    },
  ],
  Remove: [
    {
      signature: 'bool Remove(TKey key)',
      invoke: (dictionary, [key]) => {
        checkKey(key);
        return self(dictionary).delete(key);
      },
    },
  ],
  TryGetValue: [
    {
      signature: 'bool TryGetValue(TKey key, [ref] TValue value)',
      invoke: (dictionary, [key, reference]) => {
        checkKey(key);
        const found = self(dictionary).item(key);
        setReference(reference, found === undefined ? zeroOf(self(dictionary).valueType) : found.value);
        return found !== undefined;
      },
    },
  ],
};

/** Reads by key; .NET throws where PowerShell's own indexing answers null. */
export const genericIndexer: Indexer = {
  get: [
    {
      signature: 'TValue Item(TKey key)',
      invoke: (dictionary, [key], context) => {
        checkKey(key);
        const found = self(dictionary).item(key);
        if (found !== undefined) return found.value;
        throw netFailure(
          'System.Collections.Generic.KeyNotFoundException',
          `The given key '${context.text(key)}' was not present in the dictionary.`,
        );
      },
    },
  ],
  set: [
    {
      signature: 'void Item(TKey key, TValue value)',
      invoke: (dictionary, [key, value]) => {
        checkKey(key);
        self(dictionary).set(key, value);
        return undefined;
      },
    },
  ],
};

/** Constructors of a generic dictionary that take a comparer of equality. */
function constructors(): readonly Overload[] {
  const returns = 'System.Collections.Generic.Dictionary[TKey,TValue]';
  const source = 'System.Collections.Generic.IDictionary[TKey,TValue] dictionary';
  const pairs =
    'System.Collections.Generic.IEnumerable[System.Collections.Generic.KeyValuePair[TKey,TValue]] collection';
  const comparer = 'System.Collections.Generic.IEqualityComparer[TKey] comparer';
  return [
    { signature: `${returns} new()`, invoke: (_self, _none, _context, type) => new GenericDictionary(type) },
    {
      signature: `${returns} new(int capacity)`,
      invoke: (_self, _none, _context, type) => new GenericDictionary(type),
    },
    {
      signature: `${returns} new(${comparer})`,
      invoke: (_self, [given], _context, type) => new GenericDictionary(type, { comparer: comparerOf(given) }),
    },
    {
      signature: `${returns} new(int capacity, ${comparer})`,
      invoke: (_self, [, given], _context, type) => new GenericDictionary(type, { comparer: comparerOf(given) }),
    },
    {
      signature: `${returns} new(${source})`,
      invoke: (_self, [given], _context, type) => copyPairs(new GenericDictionary(type), given, 'dictionary'),
    },
    {
      signature: `${returns} new(${source}, ${comparer})`,
      invoke: (_self, [given, equality], _context, type) =>
        copyPairs(new GenericDictionary(type, { comparer: comparerOf(equality) }), given, 'dictionary'),
    },
    {
      signature: `${returns} new(${pairs})`,
      invoke: (_self, [given], context, type) => fromPairs(new GenericDictionary(type), given, context),
    },
    {
      signature: `${returns} new(${pairs}, ${comparer})`,
      invoke: (_self, [given, equality], context, type) =>
        fromPairs(new GenericDictionary(type, { comparer: comparerOf(equality) }), given, context),
    },
  ];
}

function fromPairs(dictionary: GenericDictionary, pairs: Value, context: CallContext): GenericDictionary {
  for (const pair of itemsOf(pairs, context)) {
    const { key, value } = as(pair, KeyAndValue);
    addUnique(dictionary, key, value, context);
  }
  return dictionary;
}

/** The types of one family of generic dictionaries: its enumerator, its keys and its values. */
export function nestedTypes(
  name: string,
  options: { keys?: string; values?: string; list?: boolean } = {},
): readonly TypeDescription[] {
  const { keys = 'KeyCollection', values = 'ValueCollection', list = false } = options;
  const typeParameters = ['TKey', 'TValue'];
  return [
    enumeratorDescription(`${name}+Enumerator`, {
      typeParameters,
      item: 'System.Collections.Generic.KeyValuePair`2[TKey,TValue]',
      kind: 'struct',
      dictionary: true,
    }),
    keyCollectionDescription(`${name}+${keys}`, { typeParameters, item: 'TKey', list }),
    keyCollectionDescription(`${name}+${values}`, { typeParameters, item: 'TValue', list }),
  ];
}

/** Properties and enumeration of one family. */
export function genericParts(
  name: string,
  { keys = 'KeyCollection', values = 'ValueCollection' }: { keys?: string; values?: string } = {},
): Pick<TypeDescription, 'properties' | 'methods' | 'enumerate'> {
  const nested = (suffix: string, dictionary: Value): NetType =>
    closeType(namedType(`${name}+${suffix}`), [self(dictionary).keyType, self(dictionary).valueType]);
  return {
    properties: {
      Count: { type: 'int', get: (dictionary) => self(dictionary).size },
      Keys: {
        type: `${name}+${keys}[TKey,TValue]`,
        get: (dictionary) => new KeyCollection(nested(keys, dictionary), self(dictionary), 'keys'),
      },
      Values: {
        type: `${name}+${values}[TKey,TValue]`,
        get: (dictionary) => new KeyCollection(nested(values, dictionary), self(dictionary), 'values'),
      },
    },
    methods: {
      ...genericMethods,
      GetEnumerator: [
        {
          signature: `${name}+Enumerator[TKey,TValue] GetEnumerator()`,
          invoke: (dictionary) =>
            new EnumeratorObject(nested('Enumerator', dictionary), () => self(dictionary).pairs()),
        },
      ],
    },
    enumerate: (dictionary) => self(dictionary).pairs(),
  };
}

const name = 'System.Collections.Generic.Dictionary`2';
const parts = genericParts(name);

export const dictionaryDescription: TypeDescription = {
  name,
  kind: 'class',
  typeParameters: ['TKey', 'TValue'],
  interfaces: dictionaryInterfaces,
  constructors: constructors(),
  properties: {
    Comparer: {
      type: 'System.Collections.Generic.IEqualityComparer[TKey]',
      get: (dictionary) => self(dictionary).comparer.instance ?? null,
    },
    ...parts.properties,
  },
  methods: {
    ...parts.methods,
    EnsureCapacity: [{ signature: 'int EnsureCapacity(int capacity)', invoke: (_dictionary, [capacity]) => capacity }],
    Remove: [
      ...(genericMethods.Remove ?? []),
      {
        signature: 'bool Remove(TKey key, [ref] TValue value)',
        invoke: (dictionary, [key, reference]) => {
          checkKey(key);
          const found = self(dictionary).item(key);
          setReference(reference, found === undefined ? zeroOf(self(dictionary).valueType) : found.value);
          return self(dictionary).delete(key);
        },
      },
    ],
    TrimExcess: [{ signature: 'void TrimExcess()', invoke: () => undefined }],
    TryAdd: [
      {
        signature: 'bool TryAdd(TKey key, TValue value)',
        invoke: (dictionary, [key, value]) => {
          checkKey(key);
          return self(dictionary).add(key, value);
        },
      },
    ],
  },
  indexer: genericIndexer,
  ...(parts.enumerate === undefined ? {} : { enumerate: parts.enumerate }),
};

export const dictionaryFamily: readonly TypeDescription[] = [dictionaryDescription, ...nestedTypes(name)];
