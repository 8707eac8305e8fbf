import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { plainEnumerator } from './enumerator.ts';
import { addNew, Hashtable, keysOf } from './hashtable.ts';

const name = 'System.Collections.Specialized.StringDictionary';

/** `System.Collections.Specialized.StringDictionary`: keys are kept in lower case. */
class StringDictionary extends Instance {
  readonly table = new Hashtable();
  get type(): NetType {
    return namedType(name);
  }
}

const self = (value: Value): Hashtable => as(value, StringDictionary).table;

/** Throws `NetFailure` (ArgumentNullException). */
function folded(key: Value): string {
  if (key !== null && key !== undefined) return text(key).toLowerCase();
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'key' });
}

export const stringDictionaryDescription: TypeDescription = {
  name,
  kind: 'class',
  interfaces: ['System.Collections.IEnumerable'],
  constructors: overloadList({ [`${name} new()`]: () => new StringDictionary() }),
  properties: {
    Count: { type: 'int', get: (value) => self(value).size },
    IsSynchronized: { type: 'bool', get: () => false },
    Keys: { type: 'System.Collections.ICollection', get: (value) => keysOf(self(value), 'keys') },
    SyncRoot: { type: 'System.Object', get: self },
    Values: { type: 'System.Collections.ICollection', get: (value) => keysOf(self(value), 'values') },
  },
  methods: methodTable({
    'void Add(string key, string value)': (value, [key, content], context) => {
      addNew(self(value), folded(key), content, context);
      return undefined;
    },
    'void Clear()': (value) => {
      self(value).clear();
      return undefined;
    },
    'bool ContainsKey(string key)': (value, [key]) => self(value).has(folded(key)),
    'bool ContainsValue(string value)': (value, [content]) =>
      self(value)
        .values()
        .some((one) => one === content),
    'void CopyTo(array array, int index)': (value, [array, index]) =>
      copyTo(self(value).pairs(), as(array, NetArray), int(index)),
    'System.Collections.IEnumerator GetEnumerator()': (value) => plainEnumerator(() => self(value).pairs()),
    'void Remove(string key)': (value, [key]) => {
      self(value).delete(folded(key));
      return undefined;
    },
  }),
  indexer: {
    get: overloadList({ 'string Item(string key)': (value, [key]) => self(value).get(folded(key)) ?? null }),
    set: overloadList({
      'void Item(string key, string value)': (value, [key, content]) => {
        self(value).set(folded(key), content);
        return undefined;
      },
    }),
  },
  enumerate: (value) => self(value).pairs(),
};
