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
  constructor(key: Value, value: Value, mapKey: MapKey) {
    this.key = key;
    this.value = value;
    this.mapKey = mapKey;
  }
}

/**
 * Every `IDictionary` of the engine: hashtables, ordered and generic dictionaries. Keys are found by what the comparer makes
 * of them, in a list while there are few, which most dictionaries of scripts have, in a JavaScript `Map` then. Both keep the
 * order of insertion, which is the order of enumeration (the order of .NET's Hashtable is that of its buckets and means
 * nothing).
 *
 * The caller converts keys and values to `keyType` and `valueType` first. `null` is no key: check before.
 */
export abstract class Dictionary extends Instance {
  readonly comparer: KeyComparer;
  #few: DictionaryItem[] = [];
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
    return this.#map?.size ?? this.#few.length;
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
    } else {
      // Another list: an iteration under way still has the one that it began with.
      const left = this.#few.filter((item) => item.mapKey !== mapKey);
      if (left.length === this.#few.length) return false;
      this.#few = left;
    }
    if (this.removalEndsEnumeration) this.version++;
    return true;
  }

  clear(): void {
    this.#few = [];
    this.#map = undefined;
    this.version++;
  }

  /** Puts other items, of other keys each, in the place of all. */
  protected replaceItems(items: readonly DictionaryItem[]): void {
    this.#few = [];
    this.#map = undefined;
    for (const item of items) this.#append(item);
  }

  #find(mapKey: MapKey): DictionaryItem | undefined {
    if (this.#map !== undefined) return this.#map.get(mapKey);
    const list = this.#few;
    for (let at = 0; at < list.length; at++) {
      const item = list[at];
      if (item !== undefined && item.mapKey === mapKey) return item;
    }
    return undefined;
  }

  #append(item: DictionaryItem): void {
    if (this.#map !== undefined) this.#map.set(item.mapKey, item);
    else if (this.#few.length < few) this.#few.push(item);
    else {
      this.#map = new Map(this.#few.map((one) => [one.mapKey, one]));
      this.#map.set(item.mapKey, item);
      this.#few = [];
    }
  }

  /** Items in the order of enumeration, without the check that {@link entries} makes. */
  items(): Iterable<DictionaryItem> {
    return this.#map === undefined ? this.#walkFew(this.#few) : this.#map.values();
  }

  /** Items that were deleted or moved to a `Map` meanwhile are left out, or found there. */
  *#walkFew(list: readonly DictionaryItem[]): Generator<DictionaryItem, void> {
    for (let at = 0; at < list.length; at++) {
      const item = list[at];
      if (item !== undefined && (list === this.#few || this.#find(item.mapKey) === item)) yield item;
    }
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
