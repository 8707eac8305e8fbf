import { NetArray } from '../../values/array.ts';
import { collectionModified } from '../../values/dictionary.ts';
import { Instance } from '../../values/instance.ts';
import { defaultComparer, type KeyComparer, type MapKey } from '../../values/key-comparer.ts';
import { as, bool, int, object } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { EnumeratorObject, enumeratorDescription } from './enumerator.ts';
import { comparerOf } from './hashtable.ts';
import { itemsOf } from './items-of.ts';
import { compareDefault, type Order, orderOf } from './order.ts';
import { setReference } from './out-argument.ts';
import { zeroOf } from './zero.ts';

/** ``HashSet`1``, in the order of insertion, and ``SortedSet`1``, in the order of its comparer. */
export class HashSet extends Instance {
  readonly type: NetType;
  readonly comparer: KeyComparer;
  /** Of a sorted set. */
  readonly order: Order | undefined;
  readonly #items = new Map<MapKey, Value>();
  /** All items of a sorted set. */
  readonly #sorted: Value[] = [];
  #version = 0;

  constructor(type: NetType, { comparer = defaultComparer, order }: { comparer?: KeyComparer; order?: Order } = {}) {
    super();
    this.type = type;
    this.comparer = comparer;
    this.order = order;
  }

  get elementType(): NetType {
    return this.type.typeArguments[0] ?? netTypes.object;
  }

  get size(): number {
    return this.order === undefined ? this.#items.size : this.#sorted.length;
  }

  /** An item the set has that is equal to this one. */
  find(item: Value): { readonly item: Value } | undefined {
    const { order } = this;
    if (order !== undefined) {
      const at = this.#place(order, item);
      const found = this.#sorted[at];
      return at < this.#sorted.length && order(found, item) === 0 ? { item: found } : undefined;
    }
    const key = this.comparer.keyOf(item);
    const found = this.#items.get(key);
    return found === undefined && !this.#items.has(key) ? undefined : { item: found };
  }

  has(item: Value): boolean {
    return this.order === undefined ? this.#items.has(this.comparer.keyOf(item)) : this.find(item) !== undefined;
  }

  add(item: Value): boolean {
    if (this.has(item)) return false;
    const { order } = this;
    if (order === undefined) this.#items.set(this.comparer.keyOf(item), item ?? null);
    else this.#sorted.splice(this.#place(order, item), 0, item ?? null);
    this.#version++;
    return true;
  }

  delete(item: Value): boolean {
    const found = this.find(item);
    if (found === undefined) return false;
    const { order } = this;
    // As with dictionaries, removing leaves an enumeration of a hash set alive.
    if (order === undefined) return this.#items.delete(this.comparer.keyOf(found.item));
    this.#sorted.splice(this.#place(order, item), 1);
    this.#version++;
    return true;
  }

  clear(): void {
    this.#items.clear();
    this.#sorted.length = 0;
    this.#version++;
  }

  /** All items in the order of enumeration. */
  items(): readonly Value[] {
    return this.order === undefined ? [...this.#items.values()] : [...this.#sorted];
  }

  [Symbol.iterator](): Generator<Value, void> {
    return this.#walk(this.#version);
  }

  *#walk(version: number): Generator<Value, void> {
    for (const item of this.order === undefined ? this.#items.values() : this.#sorted) {
      if (version !== this.#version) throw collectionModified();
      yield item;
    }
    if (version !== this.#version) throw collectionModified();
  }

  /** Where an item is in the order, or would be. */
  #place(order: Order, item: Value): number {
    let [from, to] = [0, this.#sorted.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (order(this.#sorted[middle], item) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

const self = (value: Value): HashSet => as(value, HashSet);

function fill(set: HashSet, items: Value, context: CallContext): HashSet {
  for (const item of itemsOf(items, context)) set.add(item);
  return set;
}

/** The items of the other side of a set operation, as a set that tells items apart as this one does. */
function other(set: HashSet, items: Value, context: CallContext): HashSet {
  const { comparer, order } = set;
  return fill(new HashSet(set.type, { comparer, ...(order === undefined ? {} : { order }) }), items, context);
}

const operations: Readonly<Record<string, (set: HashSet, items: HashSet) => void>> = {
  ExceptWith: (set, items) => {
    for (const item of items.items()) set.delete(item);
  },
  IntersectWith: (set, items) => {
    for (const item of set.items()) if (!items.has(item)) set.delete(item);
  },
  SymmetricExceptWith: (set, items) => {
    for (const item of items.items()) if (!set.delete(item)) set.add(item);
  },
  UnionWith: (set, items) => {
    for (const item of items.items()) set.add(item);
  },
};

const questions: Readonly<Record<string, (set: HashSet, items: HashSet) => boolean>> = {
  IsProperSubsetOf: (set, items) => set.size < items.size && set.items().every((item) => items.has(item)),
  IsProperSupersetOf: (set, items) => set.size > items.size && items.items().every((item) => set.has(item)),
  IsSubsetOf: (set, items) => set.items().every((item) => items.has(item)),
  IsSupersetOf: (set, items) => items.items().every((item) => set.has(item)),
  Overlaps: (set, items) => items.items().some((item) => set.has(item)),
  SetEquals: (set, items) => set.size === items.size && set.items().every((item) => items.has(item)),
};

function setMethods(name: string): Readonly<Record<string, readonly Overload[]>> {
  const methods: Record<string, readonly Overload[]> = {
    Add: [{ signature: 'bool Add(T item)', invoke: (set, [item]) => self(set).add(item) }],
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (set) => {
          self(set).clear();
          return undefined;
        },
      },
    ],
    Contains: [{ signature: 'bool Contains(T item)', invoke: (set, [item]) => self(set).has(item) }],
    CopyTo: [
      {
        signature: 'void CopyTo(T[] array)',
        invoke: (set, [array]) => copyTo(self(set).items(), as(array, NetArray), 0),
      },
      {
        signature: 'void CopyTo(T[] array, int arrayIndex)',
        invoke: (set, [array, index]) => copyTo(self(set).items(), as(array, NetArray), int(index)),
      },
    ],
    GetEnumerator: [
      {
        signature: `${name}+Enumerator[T] GetEnumerator()`,
        invoke: (set) =>
          new EnumeratorObject(closeType(namedType(`${name}+Enumerator`), [self(set).elementType]), () =>
            self(set)[Symbol.iterator](),
          ),
      },
    ],
    Remove: [{ signature: 'bool Remove(T item)', invoke: (set, [item]) => self(set).delete(item) }],
    RemoveWhere: [
      {
        signature: 'int RemoveWhere(System.Predicate[T] match)',
        invoke: (set, [match], context) => {
          let removed = 0;
          for (const item of [...self(set).items()]) {
            const answer = context.convert(context.invoke(object(match), [item]), netTypes.boolean);
            if (bool(answer) && self(set).delete(item)) removed++;
          }
          return removed;
        },
      },
    ],
    TryGetValue: [
      {
        signature: 'bool TryGetValue(T equalValue, [ref] T actualValue)',
        invoke: (set, [item, reference]) => {
          const found = self(set).find(item);
          setReference(reference, found === undefined ? zeroOf(self(set).elementType) : found.item);
          return found !== undefined;
        },
      },
    ],
  };
  for (const [operation, run] of Object.entries(operations)) {
    methods[operation] = [
      {
        signature: `void ${operation}(System.Collections.Generic.IEnumerable[T] other)`,
        invoke: (set, [items], context) => {
          run(self(set), other(self(set), items, context));
          return undefined;
        },
      },
    ];
  }
  for (const [question, ask] of Object.entries(questions)) {
    methods[question] = [
      {
        signature: `bool ${question}(System.Collections.Generic.IEnumerable[T] other)`,
        invoke: (set, [items], context) => ask(self(set), other(self(set), items, context)),
      },
    ];
  }
  return methods;
}

const interfaces = [
  'System.Collections.Generic.ISet`1[T]',
  'System.Collections.Generic.IReadOnlySet`1[T]',
  'System.Collections.Generic.ICollection`1[T]',
  'System.Collections.Generic.IReadOnlyCollection`1[T]',
  'System.Collections.Generic.IEnumerable`1[T]',
  'System.Collections.IEnumerable',
];

const hashSetName = 'System.Collections.Generic.HashSet`1';
const equality = 'System.Collections.Generic.IEqualityComparer[T] comparer';
const source = 'System.Collections.Generic.IEnumerable[T] collection';

const hashSetDescription: TypeDescription = {
  name: hashSetName,
  kind: 'class',
  typeParameters: ['T'],
  interfaces,
  constructors: [
    {
      signature: 'System.Collections.Generic.HashSet[T] new()',
      invoke: (_self, _none, _context, type) => new HashSet(type),
    },
    {
      signature: `System.Collections.Generic.HashSet[T] new(${equality})`,
      invoke: (_self, [given], _context, type) => new HashSet(type, { comparer: comparerOf(given) }),
    },
    {
      signature: 'System.Collections.Generic.HashSet[T] new(int capacity)',
      invoke: (_self, _none, _context, type) => new HashSet(type),
    },
    {
      signature: `System.Collections.Generic.HashSet[T] new(${source})`,
      invoke: (_self, [items], context, type) => fill(new HashSet(type), items, context),
    },
    {
      signature: `System.Collections.Generic.HashSet[T] new(${source}, ${equality})`,
      invoke: (_self, [items, given], context, type) =>
        fill(new HashSet(type, { comparer: comparerOf(given) }), items, context),
    },
    {
      signature: `System.Collections.Generic.HashSet[T] new(int capacity, ${equality})`,
      invoke: (_self, [, given], _context, type) => new HashSet(type, { comparer: comparerOf(given) }),
    },
  ],
  properties: {
    Comparer: {
      type: 'System.Collections.Generic.IEqualityComparer[T]',
      get: (set) => self(set).comparer.instance ?? null,
    },
    Count: { type: 'int', get: (set) => self(set).size },
  },
  methods: {
    ...setMethods(hashSetName),
    EnsureCapacity: [{ signature: 'int EnsureCapacity(int capacity)', invoke: (_set, [capacity]) => capacity }],
    TrimExcess: [{ signature: 'void TrimExcess()', invoke: () => undefined }],
  },
  enumerate: (set) => self(set),
};

const sortedSetName = 'System.Collections.Generic.SortedSet`1';
const order = 'System.Collections.Generic.IComparer[T] comparer';

const sortedSetDescription: TypeDescription = {
  name: sortedSetName,
  kind: 'class',
  typeParameters: ['T'],
  interfaces: [...interfaces, 'System.Collections.ICollection'],
  constructors: [
    {
      signature: 'System.Collections.Generic.SortedSet[T] new()',
      invoke: (_self, _none, _context, type) => new HashSet(type, { order: compareDefault }),
    },
    {
      signature: `System.Collections.Generic.SortedSet[T] new(${order})`,
      invoke: (_self, [given], context, type) => new HashSet(type, { order: orderOf(given, context) }),
    },
    {
      signature: `System.Collections.Generic.SortedSet[T] new(${source})`,
      invoke: (_self, [items], context, type) => fill(new HashSet(type, { order: compareDefault }), items, context),
    },
    {
      signature: `System.Collections.Generic.SortedSet[T] new(${source}, ${order})`,
      invoke: (_self, [items, given], context, type) =>
        fill(new HashSet(type, { order: orderOf(given, context) }), items, context),
    },
  ],
  properties: {
    Count: { type: 'int', get: (set) => self(set).size },
    Max: { type: 'T', get: (set) => self(set).items().at(-1) ?? zeroOf(self(set).elementType) },
    Min: { type: 'T', get: (set) => self(set).items()[0] ?? zeroOf(self(set).elementType) },
  },
  methods: {
    ...setMethods(sortedSetName),
    GetViewBetween: [
      {
        signature: 'System.Collections.Generic.SortedSet[T] GetViewBetween(T lowerValue, T upperValue)',
        invoke: (set, [lower, upper]) => {
          const { order: by = compareDefault, type } = self(set);
          const view = new HashSet(type, { order: by });
          for (const item of self(set).items()) if (by(item, lower) >= 0 && by(item, upper) <= 0) view.add(item);
          return view;
        },
      },
    ],
    Reverse: [
      {
        signature: 'System.Collections.Generic.IEnumerable[T] Reverse()',
        invoke: (set) => new NetArray(self(set).elementType, [...self(set).items()].reverse()),
      },
    ],
  },
  enumerate: (set) => self(set),
};

export const setFamily: readonly TypeDescription[] = [
  hashSetDescription,
  enumeratorDescription(`${hashSetName}+Enumerator`, { typeParameters: ['T'], item: 'T', kind: 'struct' }),
  sortedSetDescription,
  enumeratorDescription(`${sortedSetName}+Enumerator`, { typeParameters: ['T'], item: 'T', kind: 'struct' }),
];
