import { Dictionary, type DictionaryItem } from '../../values/dictionary.ts';
import { defaultComparer } from '../../values/key-comparer.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { checkKey } from './hashtable.ts';
import { checkIndex } from './ranges.ts';

const self = (value: Value): Dictionary => as(value, Dictionary);

export function itemAt(dictionary: Value, place: number): DictionaryItem {
  const found = [...self(dictionary).items()][checkIndex(place, self(dictionary).size)];
  if (found === undefined) throw new Error('the size of a dictionary does not fit its items');
  return found;
}

export function indexOfKey(dictionary: Dictionary, key: Value): number {
  checkKey(key);
  const item = dictionary.item(key);
  return item === undefined ? -1 : [...dictionary.items()].indexOf(item);
}

export function indexOfValue(dictionary: Dictionary, value: Value): number {
  const wanted = defaultComparer.keyOf(value);
  return [...dictionary.items()].findIndex((item) => defaultComparer.keyOf(item.value) === wanted);
}
