import { netFailure } from '../../../errors/raise.ts';
import { NetArray } from '../../../values/array.ts';
import { MultiArray } from '../../../values/multi-array.ts';
import { as, int } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { netTypes } from '../../intrinsic.ts';
import type { CallContext, NetType } from '../../net-type.ts';

export const self = (value: Value): NetArray => as(value, NetArray);

export function lengths(value: Value): readonly number[] {
  return value instanceof MultiArray ? value.lengths : [self(value).items.length];
}

export function itemsOfArray(value: Value): Value[] {
  return value instanceof MultiArray ? value.items : self(value).items;
}

export function dimension(value: Value, index: Value): number {
  const length = lengths(value)[int(index)];
  if (length === undefined) throw outOfArray();
  return length;
}

export function outOfArray(): Error {
  return netFailure('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
}

export function offset(array: Value, indexes: readonly Value[]): number {
  const places = indexes.map((index) => (typeof index === 'bigint' ? Number(index) : int(index)));
  const limits = lengths(array);
  if (places.length !== limits.length) {
    throw netFailure('System.ArgumentException', 'Array was not the correct number of dimensions.');
  }
  let at = 0;
  for (const [index, place] of places.entries()) {
    const limit = limits[index] ?? 0;
    if (place < 0 || place >= limit) throw outOfArray();
    at = at * limit + place;
  }
  return at;
}

export function elementOf(array: Value): NetType {
  return array instanceof MultiArray ? array.element : self(array).element;
}

export function setAt(array: Value, value: Value, indexes: readonly Value[], context: CallContext): void {
  const element = elementOf(array);
  itemsOfArray(array)[offset(array, indexes)] = element === netTypes.object ? value : context.convert(value, element);
}

export function indexesOf(value: Value): readonly Value[] {
  return value instanceof NetArray ? value.items : [value];
}
