import { netFailure } from '../errors/raise.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import { defaultComparer, type KeyComparer, type MapKey } from './key-comparer.ts';
import type { Value } from './value.ts';

/** Up to as many keys a look at each is quicker than a hash, and a `Map` takes several times the memory. */
const few = 8;

/** One key with its value. The key keeps the form it was first given. */
export class DictionaryItem {
  readonly key: Value;
  value: Value;
  /** What the comparer makes of the key. */
  readonly mapKey: MapKey;
  /** The one after it, while there are few: an array of them would take more memory than all of them. */
  next: DictionaryItem | undefined;
  constructor(key: Value, value: Value, mapKey: MapKey) {
    this.key = key;
    this.value = value;
    this.mapKey = mapKey;
    this.next = undefined;
  }
}

/**
 * Every `IDictionary` of the engine: hashtables, ordered and generic dictionaries. Keys are found by what the comparer makes
 * of them, in a chain while there are few, which most dictionaries of scripts have, in a JavaScript `Map` then. Both keep the
 * order of insertion, which is the order of enumeration (the order of .NET's Hashtable is that of its buckets and means
 * nothing).
 *
 * The caller converts keys and values to `keyType` and `valueType` first. `null` is no key: check before.
 */
export abstract class Dictionary extends Instance {
  readonly comparer: KeyComparer;
  #first: DictionaryItem | undefined;
  #last: DictionaryItem | undefined;
  #count = 0;
  #map: Map<MapKey, DictionaryItem> | undefined;
  /** Counts changes, so that an enumeration can tell that the collection was modified under it. */
  version = 0;

  constructor(comparer: KeyComparer = defaultComparer) {
    super();
    this.comparer = comparer;
  }

  /** Types of keys and values: `object` but for generic dictionaries. */
  get keyType(): NetType {
    return netTypes.object;
  }
  get valueType(): NetType {
    return netTypes.object;
  }

  /** What an enumeration of the dictionary gives: `DictionaryEntry` or `KeyValuePair` objects. */
  abstract pairs(): IteratorObject<Instance, void>;

  get size(): number {
    return this.#map?.size ?? this.#count;
  }

  /** The value of a key, `undefined` where there is none (a value is never `undefined`). */
  get(key: Value): Value {
    return this.#find(this.comparer.keyOf(key))?.value;
  }

  /** The item of a key with the key as it was first written. */
  item(key: Value): DictionaryItem | undefined {
    return this.#find(this.comparer.keyOf(key));
  }

  has(key: Value): boolean {
    return this.#find(this.comparer.keyOf(key)) !== undefined;
  }

  /** Adds or replaces; a replaced value keeps its key's place and form. */
  set(key: Value, value: Value): void {
    const mapKey = this.comparer.keyOf(key);
    const item = this.#find(mapKey);
    if (item === undefined) this.#append(new DictionaryItem(key, value ?? null, mapKey));
    else item.value = value ?? null;
    this.version++;
  }

  /** Adds where the key is new; answers whether it was. */
  add(key: Value, value: Value): boolean {
    const mapKey = this.comparer.keyOf(key);
    if (this.#find(mapKey) !== undefined) return false;
    this.#append(new DictionaryItem(key, value ?? null, mapKey));
    this.version++;
    return true;
  }

  delete(key: Value): boolean {
    const mapKey = this.comparer.keyOf(key);
    if (this.#map !== undefined) {
      if (!this.#map.delete(mapKey)) return false;
    } else if (!this.#unchain(mapKey)) return false;
    if (this.removalEndsEnumeration) this.version++;
    return true;
  }

  clear(): void {
    this.#forget();
    this.version++;
  }

  /** Puts other items, of other keys each, in the place of all. */
  protected replaceItems(items: readonly DictionaryItem[]): void {
    this.#forget();
    for (const { key, value, mapKey } of items) this.#append(new DictionaryItem(key, value, mapKey));
  }

  #forget(): void {
    this.#first = undefined;
    this.#last = undefined;
    this.#count = 0;
    this.#map = undefined;
  }

  #find(mapKey: MapKey): DictionaryItem | undefined {
    if (this.#map !== undefined) return this.#map.get(mapKey);
    let item = this.#first;
    while (item !== undefined && item.mapKey !== mapKey) item = item.next;
    return item;
  }

  #append(item: DictionaryItem): void {
    if (this.#map === undefined && this.#count === few) {
      this.#map = new Map();
      for (const one of this.#chained()) {
        this.#map.set(one.mapKey, one);
        one.next = undefined;
      }
      this.#first = undefined;
      this.#last = undefined;
    }
    if (this.#map !== undefined) {
      this.#map.set(item.mapKey, item);
      return;
    }
    if (this.#last === undefined) this.#first = item;
    else this.#last.next = item;
    this.#last = item;
    this.#count++;
  }

  /** Takes the item of a key out of the chain; answers whether there was one. */
  #unchain(mapKey: MapKey): boolean {
    let before: DictionaryItem | undefined;
    for (let item = this.#first; item !== undefined; before = item, item = item.next) {
      if (item.mapKey !== mapKey) continue;
      if (before === undefined) this.#first = item.next;
      else before.next = item.next;
      if (item === this.#last) this.#last = before;
      this.#count--;
      return true;
    }
    return false;
  }

  /** Items in the order of enumeration, without the check that {@link entries} makes. */
  items(): Iterable<DictionaryItem> {
    return this.#map === undefined ? this.#walkFew() : this.#map.values();
  }

  /** Items that were deleted or moved to a `Map` meanwhile are left out, or found there. */
  *#walkFew(): Generator<DictionaryItem, void> {
    for (const item of this.#chained()) if (this.#find(item.mapKey) === item) yield item;
  }

  #chained(): DictionaryItem[] {
    const items: DictionaryItem[] = [];
    for (let item = this.#first; item !== undefined; item = item.next) items.push(item);
    return items;
  }

  /** Items for an enumeration of the script: throws InvalidOperationException once the collection was changed meanwhile. */
  entries(): Generator<DictionaryItem, void> {
    return this.#walk(this.version);
  }

  *#walk(version: number): Generator<DictionaryItem, void> {
    for (const item of this.items()) {
      if (version !== this.version) throw collectionModified();
      yield item;
    }
    if (version !== this.version) throw collectionModified();
  }

  keys(): IteratorObject<Value, void> {
    return this.entries().map(keyOf);
  }

  values(): IteratorObject<Value, void> {
    return this.entries().map(contentOf);
  }

  /** Generic dictionaries let an enumeration go on after `Remove`. */
  protected get removalEndsEnumeration(): boolean {
    return true;
  }
}

function keyOf(item: DictionaryItem): Value {
  return item.key;
}

function contentOf(item: DictionaryItem): Value {
  return item.value;
}

/** What an enumerator throws when its collection changed under it. */
export function collectionModified(): Error {
  return netFailure(
    'System.InvalidOperationException',
    'Collection was modified; enumeration operation may not execute.',
  );
}
