import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { infoOf } from '../type-info.ts';

/**
 * ``System.Collections.ObjectModel.KeyedCollection`2``: a list whose items carry their keys. Abstract: the class that
 * derives from it says by `GetKeyForItem` what an item's key is.
 */
class KeyedCollection extends Instance {
  readonly type: NetType;
  readonly items: Value[] = [];
  constructor(type: NetType) {
    super();
    this.type = type;
  }

  keyOf(item: Value, context: CallContext): Value {
    const member = infoOf(this.type).members.get('getkeyforitem');
    const method = member?.kind === 'method' ? member.methods[0] : undefined;
    return method?.overload.invoke(this, [item], context, method.declaring, []) ?? null;
  }

  indexOfKey(key: Value, context: CallContext): number {
    return this.items.findIndex((item) => netEquals(this.keyOf(item, context), key));
  }

  checkNew(item: Value, context: CallContext): void {
    const key = this.keyOf(item, context);
    if (this.indexOfKey(key, context) < 0) return;
    const message = `An item with the same key has already been added. Key: ${context.text(key)}`;
    throw netFailure('System.ArgumentException', message, { parameter: 'key' });
  }
}

const self = (value: Value): KeyedCollection => as(value, KeyedCollection);

function checkIndex(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  const message = 'Index was out of range. Must be non-negative and less than the size of the collection.';
  throw netFailure('System.ArgumentOutOfRangeException', message, { parameter: 'index' });
}

function missingKey(key: Value, context: CallContext): Error {
  const message = `The given key '${context.text(key)}' was not present in the dictionary.`;
  return netFailure('System.Collections.Generic.KeyNotFoundException', message);
}

export const keyedCollectionDescription: TypeDescription = {
  name: 'System.Collections.ObjectModel.KeyedCollection`2',
  kind: 'class',
  typeParameters: ['TKey', 'TItem'],
  isAbstract: true,
  interfaces: ['System.Collections.IList', 'System.Collections.ICollection', 'System.Collections.IEnumerable'],
  constructors: [{ signature: 'new()', invoke: (_self, _none, _context, type) => new KeyedCollection(type) }],
  properties: { Count: { type: 'int', get: (list) => self(list).items.length } },
  indexer: {
    get: [
      {
        signature: 'TItem Item(TKey key)',
        invoke: (list, [key = null], context) => {
          const at = self(list).indexOfKey(key, context);
          if (at < 0) throw missingKey(key, context);
          return self(list).items[at];
        },
      },
      {
        signature: 'TItem Item(int index)',
        invoke: (list, [index]) => self(list).items[checkIndex(int(index), self(list).items.length)],
      },
    ],
    set: [
      {
        signature: 'void Item(int index, TItem value)',
        invoke: (list, [index, item]) => {
          self(list).items[checkIndex(int(index), self(list).items.length)] = item;
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
          self(list).checkNew(item, context);
          self(list).items.push(item);
          return undefined;
        },
      },
    ],
    Insert: [
      {
        signature: 'void Insert(int index, TItem item)',
        invoke: (list, [index, item], context) => {
          self(list).checkNew(item, context);
          self(list).items.splice(int(index), 0, item);
          return undefined;
        },
      },
    ],
    Clear: [
      {
        signature: 'void Clear()',
        invoke: (list) => {
          self(list).items.length = 0;
          return undefined;
        },
      },
    ],
    Contains: [
      {
        signature: 'bool Contains(TKey key)',
        invoke: (list, [key = null], context) => self(list).indexOfKey(key, context) >= 0,
      },
      {
        signature: 'bool Contains(TItem item)',
        invoke: (list, [item]) => self(list).items.some((one) => netEquals(one ?? null, item ?? null)),
      },
    ],
    IndexOf: [
      {
        signature: 'int IndexOf(TItem item)',
        invoke: (list, [item]) => self(list).items.findIndex((one) => netEquals(one ?? null, item ?? null)),
      },
    ],
    Remove: [
      {
        signature: 'bool Remove(TKey key)',
        invoke: (list, [key = null], context) => removeAt(list, self(list).indexOfKey(key, context)),
      },
      {
        signature: 'bool Remove(TItem item)',
        invoke: (list, [item]) =>
          removeAt(
            list,
            self(list).items.findIndex((one) => netEquals(one ?? null, item ?? null)),
          ),
      },
    ],
    RemoveAt: [
      {
        signature: 'void RemoveAt(int index)',
        invoke: (list, [index]) => {
          removeAt(list, checkIndex(int(index), self(list).items.length));
          return undefined;
        },
      },
    ],
  },
  enumerate: (list) => self(list).items,
};

function removeAt(list: Value, index: number): boolean {
  if (index >= 0) self(list).items.splice(index, 1);
  return index >= 0;
}
