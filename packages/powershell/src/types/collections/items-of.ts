import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { List } from '../../values/list.ts';
import { Char } from '../../values/numbers.ts';
import { PSObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import type { CallContext } from '../net-type.ts';

/**
 * The items of an argument of type `IEnumerable` or `ICollection`: unlike pipelines, text gives its characters and
 * dictionaries their entries. `parameter` names the argument that may not be null.
 */
export function itemsOf(value: Value, context: CallContext, parameter = 'collection'): readonly Value[] {
  if (value instanceof NetArray) return value.items;
  if (value instanceof List) return value.items.slice();
  if (value instanceof PSObject) return itemsOf(value.base, context, parameter);
  if (value === null || value === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
  }
  if (typeof value === 'string') {
    return Array.from({ length: value.length }, (_, index) => Char.of(value.charCodeAt(index)));
  }
  if (value instanceof Dictionary) return [...value.pairs()];
  if (typeof value === 'object') {
    const { enumerate } = value.type.description;
    if (enumerate !== undefined) return [...enumerate(value, context)];
  }
  return [value];
}
