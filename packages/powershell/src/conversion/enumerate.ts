import type { CallContext } from '../types/net-type.ts';
import { NetArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';

/**
 * The items that pipelines, `foreach` and array operators see of a value: arrays, lists, enumerators and other
 * enumerables. `undefined` for everything that counts as one thing: text, dictionaries, XML nodes.
 */
export function enumerable(value: Value, context: CallContext): Iterable<Value> | undefined {
  void context;
  return value instanceof NetArray ? value.items : undefined;
}
