import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, charCode } from '../../values/narrow.ts';
import { Char } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';

/** The text of an argument of type `char[]`, or of text. Throws `NetFailure` (ArgumentNullException). */
export function charsOf(value: Value, parameter: string): string {
  if (value === null || value === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
  }
  if (typeof value === 'string') return value;
  const { items } = as(value, NetArray);
  const parts: string[] = [];
  for (let at = 0; at < items.length; at += 4096)
    parts.push(String.fromCharCode(...items.slice(at, at + 4096).map(charCode)));
  return parts.join('');
}

export function charArray(text: string): NetArray {
  return new NetArray(
    netTypes.char,
    Array.from({ length: text.length }, (_, at) => Char.of(text.charCodeAt(at))),
  );
}

/** Puts text into an array of characters from an index on. */
export function putChars(target: NetArray, index: number, text: string): void {
  for (let at = 0; at < text.length; at++) target.items[index + at] = Char.of(text.charCodeAt(at));
}
