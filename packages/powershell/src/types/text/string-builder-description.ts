import { toNetText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import { formatString } from '../../operators/format.ts';
import { NetArray } from '../../values/array.ts';
import { as, charCode, int, text } from '../../values/narrow.ts';
import { Char } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { itemsOf } from '../collections/items-of.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { providedText } from '../system/text/provided-text.ts';
import { negative, nullArgument, say } from '../system/text/range-errors.ts';
import { reserveText } from '../system/text/reserve-text.ts';
import { pieceOf, StringBuilder } from './string-builder.ts';

const self = (value: Value): StringBuilder => as(value, StringBuilder);
const name = 'System.Text.StringBuilder';

/** The types that `Append` and `Insert` have an overload for; all are written as `ToString()` writes them. */
const written = [
  'bool',
  'char',
  'sbyte',
  'byte',
  'short',
  'int',
  'long',
  'float',
  'double',
  'decimal',
  'ushort',
  'uint',
  'ulong',
  'System.Object',
];

function netText(value: Value, context: CallContext): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : toNetText(value, undefined, context);
}

function units(array: Value): string {
  if (!(array instanceof NetArray)) return '';
  let joined = '';
  for (const unit of array.items) joined += String.fromCharCode(charCode(unit));
  return joined;
}

function unitText(char: Value): string {
  return String.fromCharCode(charCode(char));
}

/** A text some times over. Throws `NetFailure` (ArgumentOutOfRangeException). */
function repeated(piece: string, count: number, parameter: string, context: CallContext): string {
  if (count < 0) throw negative(count, parameter);
  reserveText(context, piece.length * count);
  return piece.repeat(count);
}

function joined(separator: Value, values: Value, context: CallContext): string {
  const between = separator instanceof Char ? separator.text : text(separator);
  const texts: string[] = [];
  let length = 0;
  for (const value of itemsOf(values, context, 'values')) {
    const one = netText(value, context);
    length += one.length + between.length;
    if (length > 1_000_000) reserveText(context, length);
    texts.push(one);
  }
  return texts.join(between);
}

const whole = (builder: Value): { start: number; count: number } => ({ start: 0, count: self(builder).text.length });

function withText(capacity: number, initial: string, context: CallContext): StringBuilder {
  return new StringBuilder(Math.max(capacity, initial.length)).append(initial, context);
}

/** `new(value, startIndex, length, capacity)`. */
function ofPart(value: Value, start: number, length: number, capacity: number, context: CallContext): StringBuilder {
  const source = text(value);
  if (capacity < 0) throw negative(capacity, 'capacity');
  if (length < 0) throw negative(length, 'length');
  if (start < 0) throw negative(start, 'startIndex');
  if (start > source.length - length) {
    throw say('Index and length must refer to a location within the string.', 'length');
  }
  return withText(capacity === 0 ? 16 : capacity, source.slice(start, start + length), context);
}

function formats(): Readonly<Record<string, Overload['invoke']>> {
  const table: Record<string, Overload['invoke']> = {};
  const names = ['System.Object arg0', 'System.Object arg1', 'System.Object arg2'];
  const run = (builder: Value, provider: Value, format: Value, args: readonly Value[], context: CallContext): Value =>
    self(builder).append(formatString(text(format), args, context, providedText(provider, context)), context);
  for (let count = 1; count <= 3; count++) {
    const given = names.slice(0, count).join(', ');
    table[`${name} AppendFormat(string format, ${given})`] = (builder, [format, ...args], context) =>
      run(builder, null, format, args, context);
    table[`${name} AppendFormat(System.IFormatProvider provider, string format, ${given})`] = (
      builder,
      [provider, format, ...args],
      context,
    ) => run(builder, provider, format, args, context);
  }
  table[`${name} AppendFormat(string format, params System.Object[] args)`] = (builder, [format, args], context) =>
    run(builder, null, format, argumentsOf(args), context);
  table[`${name} AppendFormat(System.IFormatProvider provider, string format, params System.Object[] args)`] = (
    builder,
    [provider, format, args],
    context,
  ) => run(builder, provider, format, argumentsOf(args), context);
  return table;
}

/** PowerShell takes a single null for the array itself. */
function argumentsOf(args: Value): readonly Value[] {
  if (args instanceof NetArray) return args.items;
  throw nullArgument('args');
}

function joins(): Readonly<Record<string, Overload['invoke']>> {
  const table: Record<string, Overload['invoke']> = {};
  for (const separator of ['string', 'char']) {
    for (const values of ['params System.Object[] values', 'params string[] values']) {
      table[`${name} AppendJoin(${separator} separator, ${values})`] = (builder, [between, items], context) =>
        self(builder).append(joined(between, items, context), context);
    }
    table[`${name} AppendJoin[T](${separator} separator, System.Collections.Generic.IEnumerable[T] values)`] = (
      builder,
      [between, items],
      context,
    ) => self(builder).append(joined(between, items, context), context);
  }
  return table;
}

const inText = { count: 'count', beyond: 'startIndex' };
const inUnits = { count: 'charCount', beyond: 'charCount' };

function appends(): Readonly<Record<string, Overload['invoke']>> {
  const table: Record<string, Overload['invoke']> = {
    [`${name} Append(char value, int repeatCount)`]: (builder, [char, count], context) =>
      self(builder).append(repeated(unitText(char), int(count), 'repeatCount', context), context),
    [`${name} Append(char[] value, int startIndex, int charCount)`]: (builder, [array, start, count], context) =>
      self(builder).append(
        pieceOf(array === null ? undefined : units(array), int(start), int(count), inUnits),
        context,
      ),
    [`${name} Append(string value)`]: (builder, [value], context) => self(builder).append(text(value), context),
    [`${name} Append(string value, int startIndex, int count)`]: (builder, [value, start, count], context) =>
      self(builder).append(pieceOf(text(value), int(start), int(count), inText), context),
    [`${name} Append(${name} value)`]: (builder, [value], context) =>
      self(builder).append(value === null ? '' : self(value).text, context),
    [`${name} Append(${name} value, int startIndex, int count)`]: (builder, [value, start, count], context) =>
      self(builder).append(
        pieceOf(value === null ? undefined : self(value).text, int(start), int(count), inText),
        context,
      ),
  };
  for (const type of written) {
    table[`${name} Append(${type} value)`] = (builder, [value], context) =>
      self(builder).append(netText(value, context), context);
  }
  table[`${name} Append(char[] value)`] = (builder, [array], context) => self(builder).append(units(array), context);
  return table;
}

function inserts(): Readonly<Record<string, Overload['invoke']>> {
  const table: Record<string, Overload['invoke']> = {
    [`${name} Insert(int index, string value, int count)`]: (builder, [index, value, count], context) =>
      self(builder).insert(int(index), repeated(text(value), int(count), 'count', context), context),
    [`${name} Insert(int index, string value)`]: (builder, [index, value], context) =>
      self(builder).insert(int(index), text(value), context),
    [`${name} Insert(int index, char[] value)`]: (builder, [index, value], context) =>
      self(builder).insert(int(index), units(value), context),
    [`${name} Insert(int index, char[] value, int startIndex, int charCount)`]: (
      builder,
      [index, value, start, count],
      context,
    ) =>
      self(builder).insert(
        int(index),
        pieceOf(value === null ? undefined : units(value), int(start), int(count), inUnits),
        context,
      ),
  };
  for (const type of written) {
    table[`${name} Insert(int index, ${type} value)`] = (builder, [index, value], context) =>
      self(builder).insert(int(index), netText(value, context), context);
  }
  return table;
}

function copyUnits(builder: StringBuilder, from: number, target: NetArray, to: number, count: number): undefined {
  if (from < 0 || count < 0 || to < 0 || to > target.items.length - count) {
    throw netFailure(
      'System.ArgumentException',
      'Either offset did not refer to a position in the string, or there is an insufficient length of destination character array.',
    );
  }
  if (from > builder.text.length - count) {
    throw netFailure('System.ArgumentException', 'Source string was not long enough. Check sourceIndex and count.');
  }
  for (let at = 0; at < count; at++) target.items[to + at] = Char.of(builder.text.charCodeAt(from + at));
  return undefined;
}

export const stringBuilderDescription: TypeDescription = {
  name,
  kind: 'class',
  constructors: overloadList({
    [`${name} new()`]: () => new StringBuilder(),
    [`${name} new(int capacity)`]: (_self, [capacity]) => new StringBuilder(int(capacity)),
    [`${name} new(string value)`]: (_self, [value], context) => withText(16, text(value), context),
    [`${name} new(string value, int capacity)`]: (_self, [value, capacity], context) =>
      ofPart(value, 0, text(value).length, int(capacity), context),
    [`${name} new(string value, int startIndex, int length, int capacity)`]: (
      _self,
      [value, start, length, capacity],
      context,
    ) => ofPart(value, int(start), int(length), int(capacity), context),
    [`${name} new(int capacity, int maxCapacity)`]: (_self, [capacity, most]) =>
      new StringBuilder(int(capacity), int(most)),
  }),
  properties: {
    Capacity: {
      type: 'int',
      get: (builder) => self(builder).capacity,
      set: (builder, capacity) => self(builder).setCapacity(int(capacity)),
    },
    MaxCapacity: { type: 'int', get: (builder) => self(builder).maxCapacity },
    Length: {
      type: 'int',
      get: (builder) => self(builder).text.length,
      set: (builder, length, context) => self(builder).setLength(int(length), context),
    },
  },
  methods: methodTable({
    ...appends(),
    ...formats(),
    ...joins(),
    [`${name} AppendLine()`]: (builder, _none, context) => self(builder).append('\n', context),
    [`${name} AppendLine(string value)`]: (builder, [value], context) =>
      self(builder).append(`${text(value)}\n`, context),
    [`${name} Clear()`]: (builder) => self(builder).clear(),
    'void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)': (
      builder,
      [from, target, to, count],
    ) => copyUnits(self(builder), int(from), as(target, NetArray), int(to), int(count)),
    'int EnsureCapacity(int capacity)': (builder, [capacity]) => self(builder).ensureCapacity(int(capacity)),
    [`bool Equals(${name} sb)`]: (builder, [other]) =>
      other instanceof StringBuilder && self(builder).text === other.text,
    ...inserts(),
    [`${name} Remove(int startIndex, int length)`]: (builder, [start, length]) =>
      self(builder).remove(int(start), int(length)),
    [`${name} Replace(string oldValue, string newValue)`]: (builder, [from, to], context) =>
      self(builder).replace(text(from), text(to), whole(builder), context),
    [`${name} Replace(string oldValue, string newValue, int startIndex, int count)`]: (
      builder,
      [from, to, start, count],
      context,
    ) => self(builder).replace(text(from), text(to), { start: int(start), count: int(count) }, context),
    [`${name} Replace(char oldChar, char newChar)`]: (builder, [from, to], context) =>
      self(builder).replace(unitText(from), unitText(to), whole(builder), context),
    [`${name} Replace(char oldChar, char newChar, int startIndex, int count)`]: (
      builder,
      [from, to, start, count],
      context,
    ) => self(builder).replace(unitText(from), unitText(to), { start: int(start), count: int(count) }, context),
    'string ToString()': (builder) => self(builder).text,
    'string ToString(int startIndex, int length)': (builder, [start, length]) =>
      self(builder).part(int(start), int(length)),
  }),
  indexer: {
    get: overloadList({ 'char Chars(int index)': (builder, [index]) => Char.of(self(builder).unitAt(int(index))) }),
    set: overloadList({
      'void Chars(int index, char value)': (builder, [index, char]) => {
        self(builder).setUnit(int(index), unitText(char));
        return undefined;
      },
    }),
  },
  toText: (builder) => self(builder).text,
};
