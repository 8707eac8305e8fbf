import { toNetText } from '../../conversion/text.ts';
import type { DictionaryItem } from '../../values/dictionary.ts';
import { defaultComparer } from '../../values/key-comparer.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { KeyAndValue } from './enumerator.ts';

/** `System.Collections.DictionaryEntry`. */
export class DictionaryEntry extends KeyAndValue {
  get type(): NetType {
    return netTypes.dictionaryEntry;
  }
}

/** ``System.Collections.Generic.KeyValuePair`2``. */
export class KeyValuePair extends KeyAndValue {
  readonly type: NetType;
  constructor(type: NetType, key: Value, value: Value) {
    super(key, value);
    this.type = type;
  }
}

const keyValuePair = namedType('System.Collections.Generic.KeyValuePair`2');

export function keyValuePairType(keyType: NetType, valueType: NetType): NetType {
  return closeType(keyValuePair, [keyType, valueType]);
}

export function toDictionaryEntry(item: DictionaryItem): DictionaryEntry {
  return new DictionaryEntry(item.key, item.value);
}

function self(value: Value): KeyAndValue {
  if (value instanceof KeyAndValue) return value;
  throw new Error('a dictionary entry was expected');
}

const key = (value: Value): Value => self(value).key;
const content = (value: Value): Value => self(value).value;

function sameEntry(left: Value, right: Value): boolean {
  return (
    left instanceof KeyAndValue &&
    right instanceof KeyAndValue &&
    left.type === right.type &&
    defaultComparer.keyOf(left.key) === defaultComparer.keyOf(right.key) &&
    defaultComparer.keyOf(left.value) === defaultComparer.keyOf(right.value)
  );
}

export const dictionaryEntryDescription: TypeDescription = {
  name: 'System.Collections.DictionaryEntry',
  kind: 'struct',
  constructors: [
    {
      signature: 'System.Collections.DictionaryEntry new(System.Object key, System.Object value)',
      invoke: (_self, [entryKey, entryValue]) => new DictionaryEntry(entryKey, entryValue),
    },
  ],
  properties: {
    Name: { type: 'System.Object', addedAs: 'AliasProperty', get: key },
    Key: { type: 'System.Object', get: key },
    Value: { type: 'System.Object', get: content },
  },
  zero: () => new DictionaryEntry(null, null),
  equals: sameEntry,
  toText: (value, _format, context) =>
    `[${toNetText(key(value), undefined, context)}, ${toNetText(content(value), undefined, context)}]`,
};

export const keyValuePairDescription: TypeDescription = {
  name: 'System.Collections.Generic.KeyValuePair`2',
  kind: 'struct',
  typeParameters: ['TKey', 'TValue'],
  constructors: [
    {
      signature: 'System.Collections.Generic.KeyValuePair[TKey,TValue] new(TKey key, TValue value)',
      invoke: (_self, [pairKey, pairValue], _context, type) => new KeyValuePair(type, pairKey, pairValue),
    },
  ],
  properties: {
    Key: { type: 'TKey', get: key },
    Value: { type: 'TValue', get: content },
  },
  zero: (type) => new KeyValuePair(type, null, null),
  equals: sameEntry,
  toText: (value, _format, context) =>
    `[${toNetText(key(value), undefined, context)}, ${toNetText(content(value), undefined, context)}]`,
};
