import { netFailure, runtimeError } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { Instance } from '../../values/instance.ts';
import {
  ComparerInstance,
  defaultComparer,
  ignoreCaseComparer,
  type KeyComparer,
  netEquals,
} from '../../values/key-comparer.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { copyPairs } from './copy-pairs.ts';
import { copyTo } from './copy-to.ts';
import { toDictionaryEntry } from './entries.ts';
import { EnumeratorObject, enumeratorDescription } from './enumerator.ts';
import { KeyCollection, keyCollectionDescription } from './key-collection.ts';

/**
 * `System.Collections.Hashtable`. Literals and everything PowerShell makes itself ignore the case of text keys; the type's
 * own constructors do not. Its order is that of insertion: .NET's is that of its buckets and means nothing.
 */
export class Hashtable extends Dictionary {
  readonly #type: NetType;

  constructor(comparer: KeyComparer = ignoreCaseComparer, type: NetType = netTypes.hashtable) {
    super(comparer);
    this.#type = type;
  }

  get type(): NetType {
    return this.#type;
  }

  pairs(): IteratorObject<Instance, void> {
    return this.entries().map(toDictionaryEntry);
  }
}

/** Fills the dictionary of a literal, `[ordered]` ones too. */
export function addLiteralPairs(
  dictionary: Dictionary,
  pairs: Iterable<readonly [Value, Value]>,
  context: CallContext,
): void {
  for (const [key, value] of pairs) {
    if (key === null || key === undefined) {
      throw runtimeError('InvalidNullKey', 'A null key is not allowed in a hash literal.', {
        category: 'InvalidOperation',
        target: dictionary,
      });
    }
    if (!dictionary.add(key, value)) {
      const text = context.text(key);
      const shown = text.length > 40 ? `${text.slice(0, 40)}\u2026` : text;
      throw runtimeError('DuplicateKeyInHashLiteral', `Duplicate keys '${shown}' are not allowed in hash literals.`, {
        category: 'InvalidOperation',
        target: dictionary,
      });
    }
  }
}

/** `+` of two dictionaries: the result is like the left one. Throws ArgumentException where both have a key. */
export function addDictionaries(
  result: Dictionary,
  left: Dictionary,
  right: Dictionary,
  context: CallContext,
): Dictionary {
  for (const side of [left, right]) for (const item of side.items()) addNew(result, item.key, item.value, context);
  return result;
}

/** `Add`: throws for null and for keys it has. */
export function addNew(dictionary: Dictionary, key: Value, value: Value, context: CallContext): void {
  checkKey(key);
  const known = dictionary.item(key);
  if (known === undefined) dictionary.set(key, value);
  else {
    throw netFailure(
      'System.ArgumentException',
      `Item has already been added. Key in dictionary: '${context.text(known.key)}'  Key being added: '${context.text(key)}'`,
    );
  }
}

export function checkKey(key: Value): void {
  if (key === null || key === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'key' });
  }
}

/** The comparer that an argument of type IEqualityComparer stands for. */
export function comparerOf(comparer: Value): KeyComparer {
  return comparer instanceof ComparerInstance ? comparer : defaultComparer;
}

const self = (value: Value): Dictionary => as(value, Dictionary);
const copyOf = (value: Value): Hashtable => {
  const table = new Hashtable(self(value).comparer);
  for (const item of self(value).items()) table.set(item.key, item.value);
  return table;
};

/** The methods that every dictionary of the time before generics has. */
export const classicMethods: Readonly<Record<string, readonly Overload[]>> = {
  Add: [
    {
      signature: 'void Add(System.Object key, System.Object value)',
      invoke: (table, [key, value], context) => {
        addNew(self(table), key, value, context);
        return undefined;
      },
    },
  ],
  Clear: [
    {
      signature: 'void Clear()',
      invoke: (table) => {
        self(table).clear();
        return undefined;
      },
    },
  ],
  Contains: [
    {
      signature: 'bool Contains(System.Object key)',
      invoke: (table, [key]) => {
        checkKey(key);
        return self(table).has(key);
      },
    },
  ],
  CopyTo: [
    {
      signature: 'void CopyTo(array array, int arrayIndex)',
      invoke: (table, [array, index]) => copyTo(self(table).pairs(), as(array, NetArray), int(index)),
    },
  ],
  Remove: [
    {
      signature: 'void Remove(System.Object key)',
      invoke: (table, [key]) => {
        checkKey(key);
        self(table).delete(key);
        return undefined;
      },
    },
  ],
};

const enumeratorType = namedType('System.Collections.Hashtable+HashtableEnumerator');
const keysType = namedType('System.Collections.Hashtable+KeyCollection');
const valuesType = namedType('System.Collections.Hashtable+ValueCollection');

/** The keys or the values of a table: a live view. */
export function keysOf(table: Dictionary, part: 'keys' | 'values'): KeyCollection {
  return new KeyCollection(part === 'keys' ? keysType : valuesType, table, part);
}

const hashtableDescription: TypeDescription = {
  name: 'System.Collections.Hashtable',
  kind: 'class',
  accelerators: ['hashtable'],
  interfaces: [
    'System.Collections.IDictionary',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
    'System.ICloneable',
  ],
  constructors: [
    {
      signature: 'System.Collections.Hashtable new()',
      invoke: (_self, _none, _context, type) => new Hashtable(defaultComparer, type),
    },
    {
      signature: 'System.Collections.Hashtable new(System.Collections.IDictionary d)',
      invoke: (_self, [source], _context, type) => copyPairs(new Hashtable(defaultComparer, type), source, 'd'),
    },
    {
      signature:
        'System.Collections.Hashtable new(System.Collections.IDictionary d, System.Collections.IEqualityComparer equalityComparer)',
      invoke: (_self, [source, comparer], _context, type) =>
        copyPairs(new Hashtable(comparerOf(comparer), type), source, 'd'),
    },
    {
      signature: 'System.Collections.Hashtable new(int capacity)',
      invoke: (_self, [capacity], _context, type) => {
        checkCapacity(int(capacity));
        return new Hashtable(defaultComparer, type);
      },
    },
    {
      signature: 'System.Collections.Hashtable new(System.Collections.IEqualityComparer equalityComparer)',
      invoke: (_self, [comparer], _context, type) => new Hashtable(comparerOf(comparer), type),
    },
    {
      signature:
        'System.Collections.Hashtable new(int capacity, System.Collections.IEqualityComparer equalityComparer)',
      invoke: (_self, [capacity, comparer], _context, type) => {
        checkCapacity(int(capacity));
        return new Hashtable(comparerOf(comparer), type);
      },
    },
  ],
  staticMethods: {
    Synchronized: [
      {
        signature: 'hashtable Synchronized(hashtable table)',
        invoke: (_self, [table]) => as(table, Hashtable),
      },
    ],
  },
  properties: {
    Count: { type: 'int', get: (table) => self(table).size },
    IsFixedSize: { type: 'bool', get: () => false },
    IsReadOnly: { type: 'bool', get: () => false },
    IsSynchronized: { type: 'bool', get: () => false },
    Keys: {
      type: 'System.Collections.ICollection',
      get: (table) => keysOf(self(table), 'keys'),
    },
    SyncRoot: { type: 'System.Object', get: (table) => table },
    Values: {
      type: 'System.Collections.ICollection',
      get: (table) => keysOf(self(table), 'values'),
    },
  },
  methods: {
    ...classicMethods,
    Clone: [{ signature: 'System.Object Clone()', invoke: (table) => copyOf(table) }],
    ContainsKey: [
      {
        signature: 'bool ContainsKey(System.Object key)',
        invoke: (table, [key]) => {
          checkKey(key);
          return self(table).has(key);
        },
      },
    ],
    ContainsValue: [
      {
        signature: 'bool ContainsValue(System.Object value)',
        invoke: (table, [value]) =>
          self(table)
            .values()
            .some((one) => netEquals(one ?? null, value ?? null)),
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IDictionaryEnumerator GetEnumerator()',
        invoke: (table) => new EnumeratorObject(enumeratorType, () => self(table).pairs()),
      },
    ],
  },
  indexer: {
    get: [
      {
        signature: 'System.Object Item(System.Object key)',
        invoke: (table, [key]) => {
          checkKey(key);
          return self(table).get(key) ?? null;
        },
      },
    ],
    set: [
      {
        signature: 'void Item(System.Object key, System.Object value)',
        invoke: (table, [key, value]) => {
          checkKey(key);
          self(table).set(key, value);
          return undefined;
        },
      },
    ],
  },
  enumerate: (table) => self(table).pairs(),
};

function checkCapacity(capacity: number): void {
  if (capacity >= 0) return;
  throw netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', { parameter: 'capacity' });
}

export const hashtableFamily: readonly TypeDescription[] = [
  hashtableDescription,
  enumeratorDescription('System.Collections.Hashtable+HashtableEnumerator', {
    item: 'System.Object',
    dictionary: true,
  }),
  keyCollectionDescription('System.Collections.Hashtable+KeyCollection', { item: 'System.Object' }),
  keyCollectionDescription('System.Collections.Hashtable+ValueCollection', { item: 'System.Object' }),
];
