import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { ignoreCaseComparer, type KeyComparer, type MapKey } from '../../values/key-comparer.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { plainEnumerator } from './enumerator.ts';
import { comparerOf } from './hashtable.ts';
import { indexOutOfRange } from './ranges.ts';

interface Entry {
  readonly name: Value;
  values: string[];
}

/** `System.Collections.Specialized.NameValueCollection`: several texts per name; names without case unless a comparer says otherwise. */
export class NameValueCollection extends Instance {
  readonly #comparer: KeyComparer;
  readonly #index = new Map<MapKey, Entry>();
  #entries: Entry[] = [];

  constructor(comparer: KeyComparer = ignoreCaseComparer) {
    super();
    this.#comparer = comparer;
  }

  get type(): NetType {
    return namedType('System.Collections.Specialized.NameValueCollection');
  }

  /** In the order they came. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  find(name: Value): Entry | undefined {
    return this.#index.get(this.#key(name));
  }

  /** The entry at a place. Throws `NetFailure` (ArgumentOutOfRangeException). */
  at(index: number): Entry {
    const entry = this.#entries[index];
    if (entry === undefined) throw indexOutOfRange();
    return entry;
  }

  add(name: Value, value: Value): void {
    const known = this.find(name);
    const values = value === null ? [] : [text(value)];
    if (known === undefined) this.#append(name, values);
    else known.values.push(...values);
  }

  set(name: Value, value: Value): void {
    const known = this.find(name);
    const values = value === null ? [] : [text(value)];
    if (known === undefined) this.#append(name, values);
    else known.values = values;
  }

  remove(name: Value): void {
    const known = this.find(name);
    if (known === undefined) return;
    this.#index.delete(this.#key(name));
    this.#entries = this.#entries.filter((entry) => entry !== known);
  }

  clear(): void {
    this.#index.clear();
    this.#entries = [];
  }

  addAll(other: NameValueCollection): this {
    for (const { name, values } of other.entries.slice()) {
      if (values.length === 0) this.add(name, null);
      for (const value of values.slice()) this.add(name, value);
    }
    return this;
  }

  #append(name: Value, values: string[]): void {
    const entry: Entry = { name: name ?? null, values };
    this.#entries.push(entry);
    this.#index.set(this.#key(name), entry);
  }

  /** Null is a name of its own. */
  #key(name: Value): MapKey {
    return name === null || name === undefined ? null : this.#comparer.keyOf(name);
  }
}

const self = (value: Value): NameValueCollection => as(value, NameValueCollection);

/** The values of one name as one text. */
function joined(entry: Entry | undefined): Value {
  return entry === undefined || entry.values.length === 0 ? null : entry.values.join(',');
}

function valuesOf(entry: Entry | undefined): Value {
  return entry === undefined || entry.values.length === 0 ? null : new NetArray(netTypes.string, entry.values.slice());
}

const names = (value: Value): Value[] => self(value).entries.map((entry) => entry.name);

const name = 'System.Collections.Specialized.NameValueCollection';

/** Members of the collection and of those that derive from it. */
export const nameValueCollection: TypeDescription = {
  name,
  kind: 'class',
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
  constructors: overloadList({
    [`${name} new()`]: () => new NameValueCollection(),
    [`${name} new(int capacity)`]: () => new NameValueCollection(),
    [`${name} new(${name} col)`]: (_self, [other]) => new NameValueCollection().addAll(self(other)),
    [`${name} new(System.Collections.IEqualityComparer equalityComparer)`]: (_self, [comparer]) =>
      new NameValueCollection(comparer === null ? ignoreCaseComparer : comparerOf(comparer)),
    [`${name} new(int capacity, ${name} col)`]: (_self, [, other]) => new NameValueCollection().addAll(self(other)),
  }),
  properties: {
    AllKeys: { type: 'string[]', get: (value) => new NetArray(netTypes.string, names(value)) },
    Count: { type: 'int', get: (value) => self(value).entries.length },
    Keys: { type: 'System.Collections.ICollection', get: (value) => new NetArray(netTypes.string, names(value)) },
  },
  methods: methodTable({
    [`void Add(${name} c)`]: (value, [other]) => {
      if (other === null) throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'c' });
      self(value).addAll(self(other));
      return undefined;
    },
    'void Add(string name, string value)': (value, [one, content]) => {
      self(value).add(one, content);
      return undefined;
    },
    'void Clear()': (value) => {
      self(value).clear();
      return undefined;
    },
    'void CopyTo(array dest, int index)': (value, [target, index]) =>
      copyTo(self(value).entries.map(joined), as(target, NetArray), int(index)),
    'string Get(int index)': (value, [index]) => joined(self(value).at(int(index))),
    'string Get(string name)': (value, [one]) => joined(self(value).find(one)),
    'System.Collections.IEnumerator GetEnumerator()': (value) => plainEnumerator(() => names(value).values()),
    'string GetKey(int index)': (value, [index]) => self(value).at(int(index)).name,
    'string[] GetValues(int index)': (value, [index]) => valuesOf(self(value).at(int(index))),
    'string[] GetValues(string name)': (value, [one]) => valuesOf(self(value).find(one)),
    'bool HasKeys()': (value) => names(value).some((one) => one !== null),
    'void Remove(string name)': (value, [one]) => {
      self(value).remove(one);
      return undefined;
    },
    'void Set(string name, string value)': (value, [one, content]) => {
      self(value).set(one, content);
      return undefined;
    },
  }),
  indexer: {
    get: overloadList({
      'string Item(string name)': (value, [one]) => joined(self(value).find(one)),
      'string Item(int index)': (value, [index]) => joined(self(value).at(int(index))),
    }),
    set: overloadList({
      'void Item(string name, string value)': (value, [one, content]) => {
        self(value).set(one, content);
        return undefined;
      },
    }),
  },
  enumerate: (value) => names(value),
};
