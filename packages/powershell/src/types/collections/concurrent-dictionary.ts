import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, TypeDescription } from '../net-type.ts';
import { dictionaryDescription, GenericDictionary, genericIndexer, genericMethods } from './dictionary.ts';
import { KeyValuePair, keyValuePairType } from './entries.ts';
import { EnumeratorObject, enumeratorDescription } from './enumerator.ts';
import { checkKey, comparerOf } from './hashtable.ts';
import { dictionaryInterfaces } from './interfaces.ts';
import { setReference } from './out-argument.ts';
import { readOnlyOf } from './read-only-collection.ts';
import { zeroOf } from './zero.ts';

const self = (value: Value): GenericDictionary => as(value, GenericDictionary);

/** A value, or what a delegate makes of the arguments. */
function madeBy(dictionary: GenericDictionary, given: Value, args: readonly Value[], context: CallContext): Value {
  if (!(given instanceof Instance) || !isDelegate(given)) return given;
  return context.convert(context.invoke(given, args), dictionary.valueType);
}

function isDelegate(value: Instance): boolean {
  return value instanceof ScriptBlock || value.type.description.kind === 'delegate';
}

const enumerator = 'System.Collections.Concurrent.ConcurrentDictionary`2+Enumerator';

/** ``ConcurrentDictionary`2``: one script runs at a time here, so that it is a dictionary with other methods. */
const concurrentDictionaryDescription: TypeDescription = {
  name: 'System.Collections.Concurrent.ConcurrentDictionary`2',
  kind: 'class',
  typeParameters: ['TKey', 'TValue'],
  interfaces: dictionaryInterfaces,
  constructors: [
    {
      signature: 'System.Collections.Concurrent.ConcurrentDictionary[TKey,TValue] new()',
      invoke: (_self, _none, _context, type) => new GenericDictionary(type),
    },
    {
      signature:
        'System.Collections.Concurrent.ConcurrentDictionary[TKey,TValue] new(System.Collections.Generic.IEqualityComparer[TKey] comparer)',
      invoke: (_self, [comparer], _context, type) => new GenericDictionary(type, { comparer: comparerOf(comparer) }),
    },
    {
      signature:
        'System.Collections.Concurrent.ConcurrentDictionary[TKey,TValue] new(int concurrencyLevel, int capacity)',
      invoke: (_self, _none, _context, type) => new GenericDictionary(type),
    },
  ],
  properties: {
    ...(dictionaryDescription.properties?.Comparer === undefined
      ? {}
      : { Comparer: dictionaryDescription.properties.Comparer }),
    Count: { type: 'int', get: (dictionary) => self(dictionary).size },
    IsEmpty: { type: 'bool', get: (dictionary) => self(dictionary).size === 0 },
    Keys: {
      type: 'System.Collections.Generic.ICollection[TKey]',
      get: (dictionary) => readOnlyOf(self(dictionary).keyType, [...self(dictionary).keys()]),
    },
    Values: {
      type: 'System.Collections.Generic.ICollection[TValue]',
      get: (dictionary) => readOnlyOf(self(dictionary).valueType, [...self(dictionary).values()]),
    },
  },
  methods: {
    AddOrUpdate: [
      {
        signature:
          'TValue AddOrUpdate(TKey key, System.Func[TKey,TValue] addValueFactory, System.Func[TKey,TValue,TValue] updateValueFactory)',
        invoke: (dictionary, [key, add, update], context) => addOrUpdate(self(dictionary), [key, add, update], context),
      },
      {
        signature: 'TValue AddOrUpdate(TKey key, TValue addValue, System.Func[TKey,TValue,TValue] updateValueFactory)',
        invoke: (dictionary, [key, add, update], context) => addOrUpdate(self(dictionary), [key, add, update], context),
      },
    ],
    Clear: genericMethods.Clear ?? [],
    ContainsKey: genericMethods.ContainsKey ?? [],
    GetEnumerator: [
      {
        signature:
          'System.Collections.Generic.IEnumerator[System.Collections.Generic.KeyValuePair[TKey,TValue]] GetEnumerator()',
        invoke: (dictionary) =>
          new EnumeratorObject(
            closeType(namedType(enumerator), [self(dictionary).keyType, self(dictionary).valueType]),
            () => snapshot(self(dictionary)),
          ),
      },
    ],
    GetOrAdd: [
      {
        signature: 'TValue GetOrAdd(TKey key, System.Func[TKey,TValue] valueFactory)',
        invoke: (dictionary, [key, value], context) => getOrAdd(self(dictionary), key, value, context),
      },
      {
        signature: 'TValue GetOrAdd(TKey key, TValue value)',
        invoke: (dictionary, [key, value], context) => getOrAdd(self(dictionary), key, value, context),
      },
    ],
    ToArray: [
      {
        signature: 'System.Collections.Generic.KeyValuePair[TKey,TValue][] ToArray()',
        invoke: (dictionary) =>
          new NetArray(keyValuePairType(self(dictionary).keyType, self(dictionary).valueType), [
            ...snapshot(self(dictionary)),
          ]),
      },
    ],
    TryAdd: [
      {
        signature: 'bool TryAdd(TKey key, TValue value)',
        invoke: (dictionary, [key, value]) => {
          checkKey(key);
          return self(dictionary).add(key, value);
        },
      },
    ],
    TryGetValue: genericMethods.TryGetValue ?? [],
    TryRemove: [
      {
        signature: 'bool TryRemove(TKey key, [ref] TValue value)',
        invoke: (dictionary, [key, reference]) => {
          checkKey(key);
          const found = self(dictionary).item(key);
          setReference(reference, found === undefined ? zeroOf(self(dictionary).valueType) : found.value);
          return self(dictionary).delete(key);
        },
      },
    ],
    TryUpdate: [
      {
        signature: 'bool TryUpdate(TKey key, TValue newValue, TValue comparisonValue)',
        invoke: (dictionary, [key, value, expected]) => {
          checkKey(key);
          const found = self(dictionary).item(key);
          if (found === undefined || found.value !== expected) return false;
          found.value = value ?? null;
          return true;
        },
      },
    ],
  },
  indexer: genericIndexer,
  enumerate: (dictionary) => snapshot(self(dictionary)),
};

function addOrUpdate(dictionary: GenericDictionary, [key, add, update]: readonly Value[], context: CallContext): Value {
  checkKey(key);
  const found = dictionary.item(key);
  const value =
    found === undefined
      ? madeBy(dictionary, add, [key], context)
      : madeBy(dictionary, update, [key, found.value], context);
  dictionary.set(key, value);
  return value;
}

function getOrAdd(dictionary: GenericDictionary, key: Value, given: Value, context: CallContext): Value {
  checkKey(key);
  const found = dictionary.item(key);
  if (found !== undefined) return found.value;
  const value = madeBy(dictionary, given, [key], context);
  dictionary.set(key, value);
  return value;
}

/** Its enumeration goes on over changes. */
function snapshot(dictionary: GenericDictionary): ArrayIterator<KeyValuePair> {
  const pairType = keyValuePairType(dictionary.keyType, dictionary.valueType);
  return [...dictionary.items()].map((item) => new KeyValuePair(pairType, item.key, item.value)).values();
}

export const concurrentFamily: readonly TypeDescription[] = [
  concurrentDictionaryDescription,
  enumeratorDescription(enumerator, {
    typeParameters: ['TKey', 'TValue'],
    item: 'System.Collections.Generic.KeyValuePair`2[TKey,TValue]',
  }),
];
