import { netFailure } from '../../errors/raise.ts';
import { defaultComparer, type KeyComparer, type MapKey, netEquals } from '../../values/key-comparer.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { infoOf } from '../type-info.ts';
import { GenericList } from './generic-list.ts';
import { comparerOf } from './hashtable.ts';
import { setReference } from './out-argument.ts';
import { checkIndex, checkPlace } from './ranges.ts';
import { zeroOf } from './zero.ts';

/**
 * ``System.Collections.ObjectModel.KeyedCollection`2``: a list whose items carry their keys. Abstract: the class that
 * derives from it says what an item's key is, by `GetKeyForItem` in a script and by `keyOf` in a registered type.
 */
export class KeyedCollection extends GenericList {
  readonly comparer: KeyComparer;
  /** Made once there are many: most collections stay small, and there may be very many of them. */
  #byKey: Map<MapKey, Value> | undefined;

  constructor(type: NetType, comparer: KeyComparer = defaultComparer) {
    super(type, itemTypeOf(type));
    this.comparer = comparer;
  }

  override get isKeyed(): boolean {
    return true;
  }

  /** The key of an item; null for one that cannot be found by a key. */
  keyOf(item: Value, context: CallContext): Value {
    const member = infoOf(this.type).members.get('getkeyforitem');
    const method = member?.kind === 'method' ? member.methods[0] : undefined;
    return method?.overload.invoke(this, [item], context, method.declaring, []) ?? null;
  }

  /** The item of a key, `undefined` where there is none. */
  find(key: Value, context: CallContext): Value {
    return this.#found(this.comparer.keyOf(key), context);
  }

  /** Throws `NetFailure` (ArgumentException) for a key that is there already. */
  insertItem(index: number, item: Value, context: CallContext): void {
    this.#enter(item, context);
    this.insert(index, [item]);
  }

  /** Puts an item in the place of another. */
  setItem(index: number, item: Value, context: CallContext): void {
    const before = this.#mapKey(this.at(index), context);
    if (before === this.#mapKey(item, context)) {
      if (before !== undefined) this.#byKey?.set(before, item);
    } else {
      this.#enter(item, context);
      if (before !== undefined) this.#byKey?.delete(before);
    }
    this.set(index, item);
  }

  removeItem(index: number, context: CallContext): void {
    const key = this.#mapKey(this.at(index), context);
    if (key !== undefined) this.#byKey?.delete(key);
    this.removeAt(index);
  }

  clearItems(): void {
    this.#byKey = undefined;
    this.clear();
  }

  #mapKey(item: Value, context: CallContext): MapKey | undefined {
    const key = this.keyOf(item, context);
    return key === null || key === undefined ? undefined : this.comparer.keyOf(key);
  }

  #enter(item: Value, context: CallContext): void {
    const mapKey = this.#mapKey(item, context);
    if (mapKey === undefined) return;
    if (this.#found(mapKey, context) !== undefined) {
      const text = context.text(this.keyOf(item, context));
      const message = `An item with the same key has already been added. Key: ${text}`;
      throw netFailure('System.ArgumentException', message);
    }
    this.#byKey?.set(mapKey, item);
  }

  #found(key: MapKey, context: CallContext): Value {
    if (this.#byKey !== undefined) return this.#byKey.get(key);
    if (this.size < many) return this.items.find((item) => this.#mapKey(item, context) === key);
    this.#byKey = new Map();
    for (const item of this.items) {
      const own = this.#mapKey(item, context);
      if (own !== undefined) this.#byKey.set(own, item);
    }
    return this.#byKey.get(key);
  }
}

/** Items from which on keys are looked up rather than compared. */
const many = 12;

const definition = namedType('System.Collections.ObjectModel.KeyedCollection`2');

/** The second type argument of the `KeyedCollection` that a type is or derives from. */
function itemTypeOf(type: NetType): NetType {
  for (let at: NetType | undefined = type; at !== undefined; at = infoOf(at).base) {
    if (at.definition === definition) return at.typeArguments[1] ?? netTypes.object;
  }
  return netTypes.object;
}

const self = (value: Value): KeyedCollection => as(value, KeyedCollection);

function checkKey(key: Value): Value {
  if (key !== null && key !== undefined) return key;
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'key' });
}

function missingKey(key: Value, context: CallContext): Error {
  const message = `The given key '${context.text(key)}' was not present in the dictionary.`;
  return netFailure('System.Collections.Generic.KeyNotFoundException', message);
}

function indexOf(list: KeyedCollection, item: Value): number {
  return list.items.findIndex((one) => netEquals(one ?? null, item ?? null));
}

export const keyedCollectionDescription: TypeDescription = {
  name: 'System.Collections.ObjectModel.KeyedCollection`2',
  kind: 'class',
  typeParameters: ['TKey', 'TItem'],
  isAbstract: true,
  base: 'System.Collections.ObjectModel.Collection`1[TItem]',
  constructors: [
    { signature: 'new()', invoke: (_self, _none, _context, type) => new KeyedCollection(type) },
    {
      signature: 'new(System.Collections.Generic.IEqualityComparer[TKey] comparer)',
      invoke: (_self, [comparer], _context, type) =>
        new KeyedCollection(type, comparer === null ? defaultComparer : comparerOf(comparer)),
    },
  ],
  properties: {
    Comparer: {
      type: 'System.Collections.Generic.IEqualityComparer[TKey]',
      get: (list) => self(list).comparer.instance ?? null,
    },
  },
  indexer: {
    get: [
      {
        signature: 'TItem Item(TKey key)',
        invoke: (list, [key], context) => {
          const found = self(list).find(checkKey(key), context);
          if (found === undefined) throw missingKey(key, context);
          return found;
        },
      },
      {
        signature: 'TItem Item(int index)',
        invoke: (list, [index]) => self(list).at(checkIndex(int(index), self(list).size)),
      },
    ],
    set: [
      {
        signature: 'void Item(int index, TItem value)',
        invoke: (list, [index, item], context) => {
          self(list).setItem(checkIndex(int(index), self(list).size), item, context);
          return undefined;
        },
      },
    ],
  },
  methods: {
    Add: [
      {
        signature: 'void Add(TItem item)',
        invoke: (list, [item], context) => {
          self(list).insertItem(self(list).size, item, context);
          return undefined;
        },
      },
    ],
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (list) => {
          self(list).clearItems();
          return undefined;
        },
      },
    ],
    Contains: [
      {
        signature: 'bool Contains(TKey key)',
        invoke: (list, [key], context) => self(list).find(checkKey(key), context) !== undefined,
      },
      { signature: 'bool Contains(TItem item)', invoke: (list, [item]) => indexOf(self(list), item) >= 0 },
    ],
    IndexOf: [{ signature: 'int IndexOf(TItem item)', invoke: (list, [item]) => indexOf(self(list), item) }],
    Insert: [
      {
        signature: 'void Insert(int index, TItem item)',
        invoke: (list, [index, item], context) => {
          self(list).insertItem(checkPlace(int(index), self(list).size), item, context);
          return undefined;
        },
      },
    ],
    Remove: [
      {
        signature: 'bool Remove(TKey key)',
        invoke: (list, [key], context) => {
          const found = self(list).find(checkKey(key), context);
          return found !== undefined && remove(self(list), found, context);
        },
      },
      {
        signature: 'bool Remove(TItem item)',
        invoke: (list, [item], context) => remove(self(list), item, context),
      },
    ],
    RemoveAt: [
      {
        signature: 'void RemoveAt(int index)',
        invoke: (list, [index], context) => {
          self(list).removeItem(checkIndex(int(index), self(list).size), context);
          return undefined;
        },
      },
    ],
    TryGetValue: [
      {
        signature: 'bool TryGetValue(TKey key, [ref] TItem item)',
        invoke: (list, [key, item], context) => {
          const found = self(list).find(checkKey(key), context);
          setReference(item, found === undefined ? zeroOf(self(list).elementType) : found);
          return found !== undefined;
        },
      },
    ],
  },
};

function remove(list: KeyedCollection, item: Value, context: CallContext): boolean {
  const index = indexOf(list, item);
  if (index >= 0) list.removeItem(index, context);
  return index >= 0;
}
