import { netFailure } from '../errors/raise.ts';
import { isAssignable, isEnumerable } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { fullName } from '../types/type-display.ts';
import { NetArray } from '../values/array.ts';
import { Char } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { typeOf } from './base.ts';
import { isCastError, wrapped } from './cast-error.ts';
import type { ConversionContext } from './context.ts';
import type { Conversion } from './conversion.ts';
import { enumerable } from './enumerate.ts';
import { isConvertible } from './iconvertible.ts';
import { isNumericType } from './numbers/change-number.ts';

/** Conversions into `T[]` and `[array]`: arrays and enumerables item by item, anything else as an array of one. */
export function findArrayConversion(
  from: NetType,
  to: NetType,
  hasConversion: (from: NetType, to: NetType) => boolean,
): Conversion | undefined {
  if (to === netTypes.array) return isEnumerable(from) ? enumerableToArray : scalarToArray;
  const { element } = to;
  if (element === undefined || to.rank !== 1) return undefined;
  if (from === netTypes.string && element === netTypes.char) return textToChars;
  if (from.element !== undefined) return isAssignable(from.element, element) ? relatedArray : unrelatedArray;
  if (isEnumerable(from)) return enumerableToArray;
  if (!hasConversion(from, element)) return undefined;
  return isConvertible(from) && from !== netTypes.string && !isNumericType(from) ? convertibleToArray : scalarToArray;
}

function elementOf(type: NetType): NetType {
  return type.element ?? netTypes.object;
}

function convertItems(items: Iterable<Value>, type: NetType, context: ConversionContext): NetArray {
  const element = elementOf(type);
  const converted: Value[] = [];
  for (const item of items) converted.push(context.convert(item, element) ?? null);
  return new NetArray(element, converted);
}

const relatedArray: Conversion = (value, type) =>
  new NetArray(elementOf(type), value instanceof NetArray ? value.items.slice() : []);

const unrelatedArray: Conversion = (value, type, context) =>
  convertItems(value instanceof NetArray ? value.items : [], type, context);

const enumerableToArray: Conversion = (value, type, context) => {
  try {
    return convertItems(enumerable(value, context) ?? [value], type, context);
  } catch (error) {
    throw wrapped('InvalidCastExceptionEnumerableToArray', value, type, error, context);
  }
};

const scalarToArray: Conversion = (value, type, context) => {
  try {
    return convertItems([value], type, context);
  } catch (error) {
    throw wrapped('InvalidCastExceptionScalarToArray', value, type, error, context);
  }
};

/** What `IConvertible` can do is tried last, and tells what is wrong. */
const convertibleToArray: Conversion = (value, type, context) => {
  try {
    return convertItems([value], type, context);
  } catch (error) {
    throw isCastError(error) ? wrapped('InvalidCastIConvertible', value, type, noArray(value, type), context) : error;
  }
};

function noArray(value: Value, type: NetType) {
  const from = value === null || value === undefined ? netTypes.object : typeOf(value);
  return netFailure('System.InvalidCastException', `Invalid cast from '${fullName(from)}' to '${fullName(type)}'.`);
}

const textToChars: Conversion = (value) => {
  const text = typeof value === 'string' ? value : '';
  const chars: Value[] = [];
  for (let at = 0; at < text.length; at++) chars.push(Char.of(text.charCodeAt(at)));
  return new NetArray(netTypes.char, chars);
};
