import { compareText } from '../../conversion/collation.ts';
import { NetFailure, netFailure } from '../../errors/raise.ts';
import type { Instance } from '../../values/instance.ts';
import { ComparerInstance } from '../../values/key-comparer.ts';
import { PSObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext } from '../net-type.ts';

/**
 * `Comparer.Default`: null first, then what the values' own `CompareTo` says; text by the invariant culture. Throws
 * ArgumentException where the values do not compare.
 */
export function compareDefault(left: Value, right: Value): number {
  if (left === right) return 0;
  if (left === null || left === undefined) return right === null || right === undefined ? 0 : -1;
  if (right === null || right === undefined) return 1;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right, false);
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : 1;
  if (typeof left === 'boolean' && typeof right === 'boolean') return left ? 1 : -1;
  if (typeof left === 'object' && typeof right === 'object') {
    if (left instanceof PSObject) return compareDefault(left.base, right);
    if (right instanceof PSObject) return compareDefault(left, right.base);
    const { compare } = left.type.description;
    if (compare !== undefined && left.type === right.type) return compare(left, right);
    if (compare === undefined && right.type.description.compare === undefined) {
      throw netFailure('System.ArgumentException', 'At least one object must implement IComparable.');
    }
  }
  throw netFailure('System.ArgumentException', `Object must be of type ${typeName(left)}.`);
}

function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'number':
      return 'Int32';
    case 'bigint':
      return 'Int64';
    case 'boolean':
      return 'Boolean';
    default:
      return value?.type.name.replace(/^.*\./, '') ?? 'Object';
  }
}

/** How `Sort` and sorted collections compare: by an `IComparer`, by a delegate, or by default. */
export type Order = (left: Value, right: Value) => number;

export function orderOf(comparer: Value, context: CallContext): Order {
  if (comparer === null || comparer === undefined) return compareDefault;
  if (comparer instanceof ComparerInstance) return (left, right) => comparer.compare(left, right);
  if (typeof comparer === 'object') return delegateOrder(comparer, context);
  return compareDefault;
}

/** A `Comparison` delegate. */
export function delegateOrder(delegate: Instance, context: CallContext): Order {
  return (left, right) => {
    const answer = context.convert(context.invoke(delegate, [left, right]), netTypes.int32);
    return typeof answer === 'number' ? answer : 0;
  };
}

/** Sorts a copy. What does not compare becomes InvalidOperationException, as .NET's sorts have it. */
export function sorted(items: readonly Value[], order: Order): Value[] {
  try {
    return items.toSorted((left, right) => order(left ?? null, right ?? null));
  } catch (error) {
    if (!(error instanceof NetFailure) || error.exception.type.name !== 'System.ArgumentException') throw error;
    throw netFailure('System.InvalidOperationException', 'Failed to compare two elements in the array.', {
      inner: error.exception,
    });
  }
}

/** The index of a value among sorted items, or the complement of where it belongs. */
export function binarySearch(items: readonly Value[], value: Value, order: Order): number {
  let low = 0;
  let high = items.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const answer = order(items[middle] ?? null, value);
    if (answer === 0) return middle;
    if (answer < 0) low = middle + 1;
    else high = middle - 1;
  }
  return ~low;
}
