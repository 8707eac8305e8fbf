import type { CallContext } from '../types/net-type.ts';
import { NetArray } from '../values/array.ts';
import { Dictionary } from '../values/dictionary.ts';
import { List } from '../values/list.ts';
import { PSCustomObject, PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { inherited } from './inherited.ts';

/**
 * The items that pipelines, `foreach` and array operators see of a value: arrays, lists, enumerators and other
 * enumerables. `undefined` for everything that counts as one thing: text, dictionaries, XML nodes.
 */
export function enumerable(value: Value, context: CallContext): Iterable<Value> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof NetArray) return value.items;
  if (value instanceof List) return value;
  if (value instanceof PSObject) return enumerable(value.base, context);
  if (value instanceof PSCustomObject || value instanceof Dictionary) return undefined;
  return inherited(value.type, 'enumerate')?.(value, context);
}
