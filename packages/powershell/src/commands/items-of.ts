import { baseOf } from '../conversion/base.ts';
import { NetArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';

/** The items of an array parameter: none where it was not bound. */
export function itemsOf(value: Value): readonly Value[] {
  if (value instanceof NetArray) return value.items;
  return value === null || value === undefined ? [] : [value];
}

/** The texts of a `string[]` parameter. */
export function textsOf(value: Value): readonly string[] {
  return itemsOf(value).map((item) => {
    const base = baseOf(item);
    return typeof base === 'string' ? base : '';
  });
}
