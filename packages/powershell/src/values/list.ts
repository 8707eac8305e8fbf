import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { collectionModified } from './dictionary.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

/**
 * Every `IList` of changing length: ArrayList, List, Collection and their kind. Read `items` directly; change them only
 * through the methods, which count changes for the enumerations under way. The caller converts items to `elementType` and
 * checks ranges first.
 */
export abstract class List extends Instance {
  /** The items. A single one stands here by itself, since many lists never hold more; `undefined` is no item at all. */
  #held: Value[] | Value;
  /** Counts changes, so that an enumeration can tell that the collection was modified under it. */
  version = 0;

  constructor(items?: Value[]) {
    super();
    this.#held = items;
  }

  get items(): Value[] {
    const held = this.#held;
    if (Array.isArray(held)) return held;
    const items = held === undefined ? [] : [held];
    this.#held = items;
    return items;
  }

  get elementType(): NetType {
    return netTypes.object;
  }
  get isReadOnly(): boolean {
    return false;
  }
  get isFixedSize(): boolean {
    return false;
  }
  /** Whether its indexer takes keys beside numbers. */
  get isKeyed(): boolean {
    return false;
  }

  get size(): number {
    return this.items.length;
  }

  /** The item at an index in range. */
  at(index: number): Value {
    return this.items[index];
  }

  /** Replaces the item at an index in range. */
  set(index: number, value: Value): void {
    this.items[index] = value;
    this.version++;
  }

  add(value: Value): void {
    const held = this.#held;
    if (!Array.isArray(held)) this.#held = held === undefined ? (value ?? null) : [held, value];
    else held.push(value);
    this.version++;
  }

  insert(index: number, values: readonly Value[]): void {
    if (values.length < 10_000) this.items.splice(index, 0, ...values);
    else this.replaceAll([...this.items.slice(0, index), ...values, ...this.items.slice(index)]);
    this.version++;
  }

  removeAt(index: number, count = 1): void {
    this.items.splice(index, count);
    this.version++;
  }

  clear(): void {
    this.items.length = 0;
    this.version++;
  }

  /** Puts other items in the place of all. */
  replaceAll(values: readonly Value[]): void {
    this.items.length = values.length;
    for (let index = 0; index < values.length; index++) this.items[index] = values[index];
    this.version++;
  }

  /** Items for an enumeration of the script: throws InvalidOperationException once the list was changed meanwhile. */
  [Symbol.iterator](): Generator<Value, void> {
    return this.#walk(this.version);
  }

  *#walk(version: number): Generator<Value, void> {
    const { items } = this;
    for (let index = 0; index < items.length; index++) {
      if (version !== this.version) throw collectionModified();
      yield items[index];
    }
    if (version !== this.version) throw collectionModified();
  }
}
