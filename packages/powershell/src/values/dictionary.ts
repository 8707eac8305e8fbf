import { netFailure } from '../errors/raise.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import { defaultComparer, type KeyComparer, type MapKey } from './key-comparer.ts';
import type { Value } from './value.ts';

/** One key with its value. The key keeps the form it was first given. */
export class DictionaryItem {
  readonly key: Value;
  value: Value;
  constructor(key: Value, value: Value) {
    this.key = key;
    this.value = value;
  }
}

/**
 * Every `IDictionary` of the engine: hashtables, ordered and generic dictionaries. Keys are found through a JavaScript `Map`
 * by what the comparer makes of them; it also keeps the order of insertion, which is the order of enumeration (the order
 * of .NET's Hashtable is that of its buckets and means nothing).
 *
 * The caller converts keys and values to `keyType` and `valueType` first. `null` is no key: check before.
 */
export abstract class Dictionary extends Instance {
  readonly comparer: KeyComparer;
  protected map = new Map<MapKey, DictionaryItem>();
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
    return this.map.size;
  }

  /** The value of a key, `undefined` where there is none (a value is never `undefined`). */
  get(key: Value): Value {
    return this.map.get(this.comparer.keyOf(key))?.value;
  }

  /** The item of a key with the key as it was first written. */
  item(key: Value): DictionaryItem | undefined {
    return this.map.get(this.comparer.keyOf(key));
  }

  has(key: Value): boolean {
    return this.map.has(this.comparer.keyOf(key));
  }

  /** Adds or replaces; a replaced value keeps its key's place and form. */
  set(key: Value, value: Value): void {
    const mapKey = this.comparer.keyOf(key);
    const item = this.map.get(mapKey);
    if (item === undefined) this.map.set(mapKey, new DictionaryItem(key, value ?? null));
    else item.value = value ?? null;
    this.version++;
  }

  /** Adds where the key is new; answers whether it was. */
  add(key: Value, value: Value): boolean {
    const mapKey = this.comparer.keyOf(key);
    if (this.map.has(mapKey)) return false;
    this.map.set(mapKey, new DictionaryItem(key, value ?? null));
    this.version++;
    return true;
  }

  delete(key: Value): boolean {
    if (!this.map.delete(this.comparer.keyOf(key))) return false;
    if (this.removalEndsEnumeration) this.version++;
    return true;
  }

  clear(): void {
    this.map.clear();
    this.version++;
  }

  /** Items in the order of enumeration, without the check that {@link entries} makes. */
  items(): Iterable<DictionaryItem> {
    return this.map.values();
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
