import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType } from '../net-type.ts';
import { badIndex, badStart, negative, nullArgument, say } from '../system/text/range-errors.ts';
import { reserveText } from '../system/text/reserve-text.ts';
import { occurrences } from '../system/text/search.ts';

/** `System.Text.StringBuilder`. JavaScript's own strings grow without copying: pieces join when the text is asked for. */
export class StringBuilder extends Instance {
  #text = '';
  #capacity: number;
  readonly maxCapacity: number;

  constructor(capacity = 16, maxCapacity = 2_147_483_647) {
    super();
    if (capacity > maxCapacity) throw say('Capacity exceeds maximum capacity.', 'capacity');
    if (capacity < 0) throw negative(capacity, 'capacity');
    this.#capacity = capacity === 0 ? Math.min(16, maxCapacity) : capacity;
    this.maxCapacity = maxCapacity;
  }

  get type(): NetType {
    return namedType('System.Text.StringBuilder');
  }
  get text(): string {
    return this.#text;
  }
  get capacity(): number {
    return this.#capacity;
  }

  /** Throws `NetFailure` (ArgumentOutOfRangeException) for less than the text needs. */
  setCapacity(capacity: number): void {
    if (capacity < this.#text.length) throw say('capacity was less than the current size.', 'value');
    if (capacity > this.maxCapacity) throw say('Capacity exceeds maximum capacity.', 'value');
    this.#capacity = capacity;
  }

  ensureCapacity(capacity: number): number {
    if (capacity < 0) throw negative(capacity, 'capacity');
    this.#capacity = Math.max(this.#capacity, capacity);
    return this.#capacity;
  }

  append(piece: string, context?: CallContext): this {
    return this.#become(this.#text + piece, context);
  }

  insert(index: number, piece: string, context: CallContext): this {
    if (index < 0 || index > this.#text.length) throw badStart('index');
    return this.#become(this.#text.slice(0, index) + piece + this.#text.slice(index), context);
  }

  remove(start: number, length: number): this {
    if (length < 0) throw negative(length, 'length');
    if (start < 0) throw negative(start, 'startIndex');
    if (length > this.#text.length - start) throw badStart('length');
    this.#text = this.#text.slice(0, start) + this.#text.slice(start + length);
    return this;
  }

  /** Replaces within a part of the text. Throws `NetFailure` (ArgumentException, ArgumentOutOfRangeException). */
  replace(from: string, to: string, { start, count }: { start: number; count: number }, context: CallContext): this {
    if (from === '') {
      throw netFailure('System.ArgumentException', 'The value cannot be an empty string.', { parameter: 'oldValue' });
    }
    if (start < 0 || start > this.#text.length) throw badStart('startIndex');
    if (count < 0 || start > this.#text.length - count) throw badStart('count');
    const part = this.#text.slice(start, start + count);
    if (to.length > from.length) {
      reserveText(context, this.#text.length + occurrences(part, from) * (to.length - from.length));
    }
    const replaced = part.replaceAll(from, () => to);
    return this.#become(this.#text.slice(0, start) + replaced + this.#text.slice(start + count), context);
  }

  setLength(length: number, context: CallContext): void {
    if (length < 0) throw negative(length, 'value');
    if (length > this.maxCapacity) throw say('capacity was less than the current size.', 'value');
    reserveText(context, length);
    this.#become(this.#text.slice(0, length).padEnd(length, '\0'), context);
  }

  clear(): this {
    this.#text = '';
    return this;
  }

  /** Throws `NetFailure` (ArgumentOutOfRangeException, IndexOutOfRangeException). */
  unitAt(index: number): number {
    if (index >= 0 && index < this.#text.length) return this.#text.charCodeAt(index);
    throw netFailure('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
  }

  setUnit(index: number, unit: string): void {
    if (index < 0 || index >= this.#text.length) throw badIndex('index');
    this.#text = this.#text.slice(0, index) + unit + this.#text.slice(index + 1);
  }

  /** Throws `NetFailure` (ArgumentOutOfRangeException). */
  part(start: number, length: number): string {
    if (start < 0) throw negative(start, 'startIndex');
    if (length < 0) throw negative(length, 'length');
    if (start > this.#text.length) throw say('startIndex cannot be larger than length of string.', 'startIndex');
    if (start > this.#text.length - length) {
      throw say('Index and length must refer to a location within the string.', 'length');
    }
    return this.#text.slice(start, start + length);
  }

  /** Grows by what is needed, or doubles, by 8000 units at most. */
  #become(text: string, context?: CallContext): this {
    if (text.length > this.maxCapacity) {
      throw say('The length cannot be greater than the capacity.', 'valueCount');
    }
    if (text.length > this.#capacity) {
      if (context !== undefined) reserveText(context, text.length);
      this.#capacity += Math.max(text.length - this.#capacity, Math.min(this.#capacity, 8000));
    }
    this.#text = text;
    return this;
  }
}

/**
 * A part of a piece to append. Throws `NetFailure` (ArgumentOutOfRangeException, ArgumentNullException for a part of nothing).
 * @param names of the arguments, as messages have them
 */
export function pieceOf(
  piece: string | undefined,
  start: number,
  count: number,
  names: { count: string; beyond: string },
): string {
  if (piece === undefined && start === 0 && count === 0) return '';
  if (piece === undefined) throw nullArgument('value');
  if (count < 0) throw negative(count, names.count);
  if (start < 0) throw negative(start, 'startIndex');
  if (start > piece.length - count) throw badStart(names.beyond);
  return piece.slice(start, start + count);
}
