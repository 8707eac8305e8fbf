import {
  type CallContext,
  defaultComparer,
  ignoreCaseComparer,
  KeyedCollection,
  type NetType,
  netFailure,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { ecma, ecmaType } from './namespace.ts';

/**
 * A keyed collection of the object model. Text keys ignore case: that takes in everything an ordinal comparison would, but
 * for two names that differ in nothing else (ECMA sheet 2.3).
 */
export class EcmaCollection extends KeyedCollection {
  readonly #keyOf: (item: Value) => Value;
  readonly #isLocked: (() => boolean) | undefined;

  /**
   * @param keyOf an item's key
   * @param isLocked true while nothing may be changed
   */
  constructor(
    type: NetType,
    keyOf: (item: Value) => Value,
    { isLocked, keysAreText = true }: { isLocked?: () => boolean; keysAreText?: boolean } = {},
  ) {
    super(type, keysAreText ? ignoreCaseComparer : defaultComparer);
    this.#keyOf = keyOf;
    this.#isLocked = isLocked;
  }

  override keyOf(item: Value): Value {
    return this.#keyOf(item);
  }

  override insertItem(index: number, item: Value, context: CallContext): void {
    this.#checkOpen();
    if (item === null || item === undefined) {
      throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'item' });
    }
    super.insertItem(index, item, context);
  }

  override setItem(index: number, item: Value, context: CallContext): void {
    this.#checkOpen();
    super.setItem(index, item, context);
  }

  override removeItem(index: number, context: CallContext): void {
    this.#checkOpen();
    super.removeItem(index, context);
  }

  override clearItems(): void {
    this.#checkOpen();
    super.clearItems();
  }

  #checkOpen(): void {
    if (this.#isLocked?.() === true) throw netFailure('System.NotSupportedException', 'Collection is read-only.');
  }
}

/** Describes a sealed collection. @param make what its public constructor makes; none where it has none */
export function collectionType(
  name: string,
  key: 'string' | 'guid',
  item: string,
  make?: (type: NetType) => EcmaCollection,
): TypeDescription {
  return {
    name: `${ecma}.${name}`,
    kind: 'class',
    base: `System.Collections.ObjectModel.KeyedCollection\`2[${key},${ecma}.${item}]`,
    constructors:
      make === undefined ? [] : [{ signature: 'new()', invoke: (_self, _none, _context, type) => make(type) }],
  };
}

/** A new collection of a type of the namespace. */
export function emptyCollection(
  name: string,
  keyOf: (item: Value) => Value,
  options: { isLocked?: () => boolean; keysAreText?: boolean } = {},
): EcmaCollection {
  return new EcmaCollection(ecmaType(name), keyOf, options);
}
