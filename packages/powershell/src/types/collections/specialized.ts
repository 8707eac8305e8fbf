import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { foldOrdinal } from '../../values/key-comparer.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { GenericList } from './generic-list.ts';
import { itemsOf } from './items-of.ts';
import { listDescription } from './list.ts';
import { listMethods } from './list-methods.ts';
import { checkIndex } from './ranges.ts';

const stringCollection: TypeDescription = {
  name: 'System.Collections.Specialized.StringCollection',
  kind: 'class',
  interfaces: ['System.Collections.IList', 'System.Collections.ICollection', 'System.Collections.IEnumerable'],
  constructors: [
    {
      signature: 'System.Collections.Specialized.StringCollection new()',
      invoke: (_self, _none, _context, type) => new GenericList(type, netTypes.string),
    },
  ],
  properties: {
    Count: listDescription.properties?.Count ?? { type: 'int' },
    IsReadOnly: { type: 'bool', get: () => false },
    IsSynchronized: { type: 'bool', get: () => false },
    SyncRoot: { type: 'System.Object', get: (list) => list },
  },
  methods: {
    ...Object.fromEntries(['Clear', 'RemoveAt'].map((name) => [name, listMethods[name] ?? []])),
    Add: [
      {
        signature: 'int Add(string value)',
        invoke: (list, [item]) => {
          as(list, GenericList).add(item);
          return as(list, GenericList).size - 1;
        },
      },
    ],
    AddRange: [
      {
        signature: 'void AddRange(string[] value)',
        invoke: (list, [items], context) => {
          const target = as(list, GenericList);
          target.insert(target.size, itemsOf(items, context, 'value'));
          return undefined;
        },
      },
    ],
    Contains: [
      {
        signature: 'bool Contains(string value)',
        invoke: (list, [item]) => as(list, GenericList).items.includes(item),
      },
    ],
    IndexOf: [
      { signature: 'int IndexOf(string value)', invoke: (list, [item]) => as(list, GenericList).items.indexOf(item) },
    ],
    Insert: [
      {
        signature: 'void Insert(int index, string value)',
        invoke: (list, [index, item]) => {
          as(list, GenericList).insert(int(index), [item]);
          return undefined;
        },
      },
    ],
    Remove: [
      {
        signature: 'void Remove(string value)',
        invoke: (list, [item]) => {
          const index = as(list, GenericList).items.indexOf(item);
          if (index !== -1) as(list, GenericList).removeAt(index);
          return undefined;
        },
      },
    ],
  },
  indexer: {
    get: [
      {
        signature: 'string Item(int index)',
        invoke: (list, [index]) => as(list, GenericList).at(checkIndex(int(index), as(list, GenericList).size)),
      },
    ],
    set: [
      {
        signature: 'void Item(int index, string value)',
        invoke: (list, [index, item]) => {
          as(list, GenericList).set(checkIndex(int(index), as(list, GenericList).size), item);
          return undefined;
        },
      },
    ],
  },
  enumerate: (list) => as(list, GenericList),
};

/** `System.Collections.Specialized.NameValueCollection`: several texts per name, names without case. */
class NameValueCollection extends Instance {
  readonly entries = new Map<string, { readonly name: Value; values: string[] }>();

  get type(): NetType {
    return namedType('System.Collections.Specialized.NameValueCollection');
  }

  find(name: Value): string[] | undefined {
    return this.entries.get(keyOf(name))?.values;
  }

  add(name: Value, value: Value): void {
    const known = this.entries.get(keyOf(name));
    if (known === undefined) this.entries.set(keyOf(name), { name, values: value === null ? [] : [text(value)] });
    else if (value !== null) known.values.push(text(value));
  }

  set(name: Value, value: Value): void {
    const known = this.entries.get(keyOf(name));
    if (known === undefined) this.add(name, value);
    else known.values = value === null ? [] : [text(value)];
  }
}

/** Null is a name of its own. */
function keyOf(name: Value): string {
  return name === null || name === undefined ? '\0' : foldOrdinal(text(name));
}

const self = (value: Value): NameValueCollection => as(value, NameValueCollection);
const joined = (values: readonly string[] | undefined): Value =>
  values === undefined || values.length === 0 ? null : values.join(',');
const names = (value: Value): Value[] => [...self(value).entries.values()].map((entry) => entry.name);

const nameValueCollection: TypeDescription = {
  name: 'System.Collections.Specialized.NameValueCollection',
  kind: 'class',
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
  constructors: [
    {
      signature: 'System.Collections.Specialized.NameValueCollection new()',
      invoke: () => new NameValueCollection(),
    },
  ],
  properties: {
    AllKeys: { type: 'string[]', get: (value) => new NetArray(netTypes.string, names(value)) },
    Count: { type: 'int', get: (value) => self(value).entries.size },
    Keys: { type: 'System.Collections.ICollection', get: (value) => new NetArray(netTypes.string, names(value)) },
  },
  methods: {
    Add: [
      {
        signature: 'void Add(string name, string value)',
        invoke: (value, [name, content]) => {
          self(value).add(name, content);
          return undefined;
        },
      },
    ],
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (value) => {
          self(value).entries.clear();
          return undefined;
        },
      },
    ],
    Get: [
      { signature: 'string Get(string name)', invoke: (value, [name]) => joined(self(value).find(name)) },
      {
        signature: 'string Get(int index)',
        invoke: (value, [index]) => joined([...self(value).entries.values()][int(index)]?.values),
      },
    ],
    GetKey: [{ signature: 'string GetKey(int index)', invoke: (value, [index]) => names(value)[int(index)] ?? null }],
    GetValues: [
      {
        signature: 'string[] GetValues(string name)',
        invoke: (value, [name]) => {
          const found = self(value).find(name);
          return found === undefined || found.length === 0 ? null : new NetArray(netTypes.string, [...found]);
        },
      },
    ],
    HasKeys: [{ signature: 'bool HasKeys()', invoke: (value) => names(value).some((name) => name !== null) }],
    Remove: [
      {
        signature: 'void Remove(string name)',
        invoke: (value, [name]) => {
          self(value).entries.delete(keyOf(name));
          return undefined;
        },
      },
    ],
    Set: [
      {
        signature: 'void Set(string name, string value)',
        invoke: (value, [name, content]) => {
          self(value).set(name, content);
          return undefined;
        },
      },
    ],
  },
  indexer: {
    get: [
      { signature: 'string Item(string name)', invoke: (value, [name]) => joined(self(value).find(name)) },
      {
        signature: 'string Item(int index)',
        invoke: (value, [index]) => joined([...self(value).entries.values()][int(index)]?.values),
      },
    ],
    set: [
      {
        signature: 'void Item(string name, string value)',
        invoke: (value, [name, content]) => {
          self(value).set(name, content);
          return undefined;
        },
      },
    ],
  },
  enumerate: (value) => names(value),
};

export const specializedFamily: readonly TypeDescription[] = [stringCollection, nameValueCollection];
