import { Dictionary, type DictionaryItem } from '../../values/dictionary.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { NetType } from '../net-type.ts';
import { GenericDictionary } from './dictionary.ts';
import { inOrder, KeyOrder } from './key-order.ts';
import type { Order } from './order.ts';

/** ``SortedDictionary`2`` and ``SortedList`2``. */
export class SortedDictionary extends GenericDictionary {
  readonly #keys: KeyOrder;

  constructor(type: NetType, order: Order) {
    const keys = new KeyOrder(order);
    super(type, { comparer: keys });
    this.#keys = keys;
  }

  override items(): Iterable<DictionaryItem> {
    return inOrder(this, this.#keys);
  }

  /** Unlike that of a `Dictionary`, an enumeration ends with every change. */
  override set(key: Value, value: Value): void {
    this.#keys.learn(key);
    super.set(key, value);
    this.version++;
  }

  override add(key: Value, value: Value): boolean {
    this.#keys.learn(key);
    return super.add(key, value);
  }

  override delete(key: Value): boolean {
    if (!super.delete(key)) return false;
    this.#keys.forget(key);
    return true;
  }

  override clear(): void {
    this.#keys.clear();
    super.clear();
  }

  protected override get removalEndsEnumeration(): boolean {
    return true;
  }
}

export const self = (value: Value): Dictionary => as(value, Dictionary);
