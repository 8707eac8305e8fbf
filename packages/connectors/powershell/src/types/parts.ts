import {
  baseOf,
  EnumValue,
  List,
  NetArray,
  netFailure,
  netTypes,
  objectArray,
  type Value,
} from '@joinery/powershell/registration';

/** The number of an enum argument. */
export function enumNumber(value: Value): number {
  return value instanceof EnumValue ? Number(value.value) : 0;
}

/** An argument that may not be null. Throws `NetFailure` (ArgumentNullException). */
export function required(value: Value, parameter: string): Exclude<Value, null | undefined> {
  if (value !== null && value !== undefined) return value;
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}

/** A name that may be neither null nor empty. Throws `NetFailure` (ArgumentException). */
export function requiredName(value: Value, parameter: string): string {
  const name = required(value, parameter);
  if (typeof name === 'string' && name !== '') return name;
  throw netFailure('System.ArgumentException', 'The value cannot be an empty string.', { parameter });
}

/** The parts of data that crosses as a list. */
export function partsOf(data: Value): readonly Value[] {
  return data instanceof NetArray ? data.items : [];
}

/** Data that crosses as a list. */
export function listOfParts(...parts: Value[]): NetArray {
  return objectArray(parts);
}

export function textPart(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberPart(value: Value): number {
  return typeof value === 'number' ? value : 0;
}

/**
 * The values that a script means by one argument: a list of any kind is its items, bytes are one binary value. The original
 * takes an ArrayList for one value, which no target can use (ECMA sheet 2.3).
 */
export function valuesOf(argument: Value): readonly Value[] {
  const value = baseOf(argument);
  if (value instanceof List) return value.items.map(baseOf);
  if (value instanceof NetArray && value.element !== netTypes.byte) return value.items.map(baseOf);
  return [value];
}
