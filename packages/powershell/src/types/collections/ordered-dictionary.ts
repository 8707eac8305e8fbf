import { netFailure } from '../../errors/raise.ts';
import { Dictionary, DictionaryItem } from '../../values/dictionary.ts';
import type { Instance } from '../../values/instance.ts';
import { defaultComparer, ignoreCaseComparer, type KeyComparer } from '../../values/key-comparer.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { toDictionaryEntry } from './entries.ts';
import { EnumeratorObject, enumeratorDescription } from './enumerator.ts';
import { addNew, checkKey, classicMethods, comparerOf } from './hashtable.ts';
import { KeyCollection, keyCollectionDescription } from './key-collection.ts';
import { checkIndex } from './ranges.ts';

/** `System.Collections.Specialized.OrderedDictionary`: also by place. `[ordered]@{}` ignores the case of text keys. */
export class OrderedDictionary extends Dictionary {
  readonly #type: NetType;
  readonly isReadOnly: boolean;
  /** Items by place; made when asked for, forgotten with the next change of keys. */
  #byPlace: DictionaryItem[] | undefined;

  constructor(
    comparer: KeyComparer = ignoreCaseComparer,
    { type = netTypes.orderedDictionary, isReadOnly = false } = {},
  ) {
    super(comparer);
    this.#type = type;
    this.isReadOnly = isReadOnly;
  }

  get type(): NetType {
    return this.#type;
  }

  pairs(): IteratorObject<Instance, void> {
    return this.entries().map(toDictionaryEntry);
  }

  /** The item at a place, `undefined` out of range. */
  itemAt(place: number): DictionaryItem | undefined {
    if (this.#byPlace?.length !== this.size) this.#byPlace = [...this.items()];
    return this.#byPlace[place];
  }

  /** Replaces the value at a place in range. */
  setAt(place: number, value: Value): void {
    const item = this.itemAt(place);
    if (item !== undefined) item.value = value ?? null;
    this.version++;
  }

  /** Puts a new key in at a place in range. */
  insertAt(place: number, key: Value, value: Value): void {
    const items = [...this.items()];
    items.splice(place, 0, new DictionaryItem(key, value ?? null, this.comparer.keyOf(key)));
    this.#refill(items);
  }

  removeAt(place: number): void {
    const items = [...this.items()];
    items.splice(place, 1);
    this.#refill(items);
  }

  override delete(key: Value): boolean {
    this.#byPlace = undefined;
    return super.delete(key);
  }

  override clear(): void {
    this.#byPlace = undefined;
    super.clear();
  }

  #refill(items: readonly DictionaryItem[]): void {
    this.replaceItems(items);
    this.#byPlace = undefined;
    this.version++;
  }
}

const self = (value: Value): OrderedDictionary => as(value, OrderedDictionary);

function changing(value: Value): OrderedDictionary {
  const dictionary = self(value);
  if (dictionary.isReadOnly) {
    throw netFailure('System.NotSupportedException', 'The OrderedDictionary is readonly and cannot be modified.');
  }
  return dictionary;
}

/** A place where an entry is: setting one that is not there has a message of its own. */
function settable(place: number, size: number): number {
  if (place >= 0 && place < size) return place;
  throw netFailure('System.ArgumentOutOfRangeException', 'Specified argument was out of the range of valid values.', {
    parameter: 'index',
  });
}

/** A place to change at; `bound` says what it must be. */
function changeable(place: number, limit: number, bound: string): number {
  if (place >= 0 && place < limit) return place;
  const rule = place < 0 ? 'must be a non-negative value' : bound;
  throw netFailure(
    'System.ArgumentOutOfRangeException',
    `index ('${place}') ${rule}. (Parameter 'index')\nActual value was ${place}.`,
    { details: { ParamName: 'index' } },
  );
}

const enumeratorType = namedType('System.Collections.Specialized.OrderedDictionary+OrderedDictionaryEnumerator');
const viewType = namedType('System.Collections.Specialized.OrderedDictionary+OrderedDictionaryKeyValueCollection');

/** Methods that change it refuse where it is read-only. */
const changes = Object.fromEntries(
  ['Add', 'Clear', 'Remove'].map((name) => [name, (classicMethods[name] ?? []).map(onlyIfChanging)]),
);

function onlyIfChanging(overload: Overload): Overload {
  return { ...overload, invoke: (table, ...rest) => overload.invoke(changing(table), ...rest) };
}

const orderedDictionaryDescription: TypeDescription = {
  name: 'System.Collections.Specialized.OrderedDictionary',
  kind: 'class',
  accelerators: ['ordered'],
  interfaces: [
    'System.Collections.Specialized.IOrderedDictionary',
    'System.Collections.IDictionary',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
  ],
  constructors: [
    {
      signature: 'System.Collections.Specialized.OrderedDictionary new()',
      invoke: (_self, _none, _context, type) => new OrderedDictionary(defaultComparer, { type }),
    },
    {
      signature: 'System.Collections.Specialized.OrderedDictionary new(int capacity)',
      invoke: (_self, _capacity, _context, type) => new OrderedDictionary(defaultComparer, { type }),
    },
    {
      signature: 'System.Collections.Specialized.OrderedDictionary new(System.Collections.IEqualityComparer comparer)',
      invoke: (_self, [comparer], _context, type) => new OrderedDictionary(comparerOf(comparer), { type }),
    },
    {
      signature:
        'System.Collections.Specialized.OrderedDictionary new(int capacity, System.Collections.IEqualityComparer comparer)',
      invoke: (_self, [, comparer], _context, type) => new OrderedDictionary(comparerOf(comparer), { type }),
    },
  ],
  properties: {
    Count: { type: 'int', get: (table) => self(table).size },
    IsReadOnly: { type: 'bool', get: (table) => self(table).isReadOnly },
    Keys: { type: 'System.Collections.ICollection', get: (table) => new KeyCollection(viewType, self(table), 'keys') },
    Values: {
      type: 'System.Collections.ICollection',
      get: (table) => new KeyCollection(viewType, self(table), 'values'),
    },
    IsFixedSize: { type: 'bool', get: (table) => self(table).isReadOnly },
    IsSynchronized: { type: 'bool', get: () => false },
    SyncRoot: { type: 'System.Object', get: (table) => table },
  },
  methods: {
    ...changes,
    Contains: classicMethods.Contains ?? [],
    CopyTo: classicMethods.CopyTo ?? [],
    AsReadOnly: [
      {
        signature: 'System.Collections.Specialized.OrderedDictionary AsReadOnly()',
        invoke: (table) => {
          const copy = new OrderedDictionary(self(table).comparer, { isReadOnly: true });
          for (const item of self(table).items()) copy.set(item.key, item.value);
          return copy;
        },
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IDictionaryEnumerator GetEnumerator()',
        invoke: (table) => new EnumeratorObject(enumeratorType, () => self(table).pairs()),
      },
    ],
    Insert: [
      {
        signature: 'void Insert(int index, System.Object key, System.Object value)',
        invoke: (table, [place, key, value], context) => {
          const dictionary = changing(table);
          const { size } = dictionary;
          changeable(int(place), size + 1, `must be less than or equal to '${size}'`);
          checkKey(key);
          if (dictionary.has(key)) addNew(dictionary, key, value, context);
          dictionary.insertAt(int(place), key, value);
          return undefined;
        },
      },
    ],
    RemoveAt: [
      {
        signature: 'void RemoveAt(int index)',
        invoke: (table, [place]) => {
          const { size } = self(table);
          changing(table).removeAt(changeable(int(place), size, `must be less than '${size}'`));
          return undefined;
        },
      },
    ],
  },
  // By key first: that is what member access takes.
  indexer: {
    get: [
      {
        signature: 'System.Object Item(System.Object key)',
        invoke: (table, [key]) => {
          checkKey(key);
          return self(table).get(key) ?? null;
        },
      },
      {
        signature: 'System.Object Item(int index)',
        invoke: (table, [place]) => self(table).itemAt(checkIndex(int(place), self(table).size))?.value ?? null,
      },
    ],
    set: [
      {
        signature: 'void Item(System.Object key, System.Object value)',
        invoke: (table, [key, value]) => {
          checkKey(key);
          changing(table).set(key, value);
          return undefined;
        },
      },
      {
        signature: 'void Item(int index, System.Object value)',
        invoke: (table, [place, value]) => {
          changing(table).setAt(settable(int(place), self(table).size), value);
          return undefined;
        },
      },
    ],
  },
  enumerate: (table) => self(table).pairs(),
};

export const orderedDictionaryFamily: readonly TypeDescription[] = [
  orderedDictionaryDescription,
  enumeratorDescription('System.Collections.Specialized.OrderedDictionary+OrderedDictionaryEnumerator', {
    item: 'System.Object',
    dictionary: true,
  }),
  keyCollectionDescription('System.Collections.Specialized.OrderedDictionary+OrderedDictionaryKeyValueCollection', {
    item: 'System.Object',
    list: true,
  }),
];
