import type { Dictionary, DictionaryItem } from '../../values/dictionary.ts';
import { defaultComparer, type KeyComparer, type MapKey } from '../../values/key-comparer.ts';
import type { Value } from '../../values/value.ts';
import type { Order } from './order.ts';

/** The order of keys of a sorted dictionary, and with it which keys are the same. */
export class KeyOrder implements KeyComparer {
  readonly order: Order;
  readonly #keys: Value[] = [];

  constructor(order: Order) {
    this.order = order;
  }

  /** The first key met that compares equal stands for all of them. */
  keyOf(key: Value): MapKey {
    const place = search(this.#keys, key, this.order);
    if (place < 0) return defaultComparer.keyOf(key);
    return defaultComparer.keyOf(this.#keys[place]);
  }

  learn(key: Value): void {
    const place = search(this.#keys, key, this.order);
    if (place < 0) this.#keys.splice(~place, 0, key);
  }

  forget(key: Value): void {
    const place = search(this.#keys, key, this.order);
    if (place >= 0) this.#keys.splice(place, 1);
  }

  clear(): void {
    this.#keys.length = 0;
  }

  get keys(): readonly Value[] {
    return this.#keys;
  }
}

function search(keys: readonly Value[], key: Value, order: Order): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const answer = order(keys[middle], key);
    if (answer === 0) return middle;
    if (answer < 0) low = middle + 1;
    else high = middle - 1;
  }
  return ~low;
}

export function* inOrder(dictionary: Dictionary, order: KeyOrder): Generator<DictionaryItem, void> {
  for (const key of order.keys) {
    const item = dictionary.item(key);
    if (item !== undefined) yield item;
  }
}
