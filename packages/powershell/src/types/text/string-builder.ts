import { toNetText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import { formatString } from '../../operators/format.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, charCode, int, text } from '../../values/narrow.ts';
import { Char } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { itemsOf } from '../collections/items-of.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';

/** `System.Text.StringBuilder`. JavaScript's own strings grow without copying: pieces join when the text is asked for. */
export class StringBuilder extends Instance {
  #text = '';
  capacity = 16;

  get type(): NetType {
    return namedType('System.Text.StringBuilder');
  }
  get text(): string {
    return this.#text;
  }
  set text(value: string) {
    this.#text = value;
    while (this.capacity < value.length) this.capacity *= 2;
  }
  append(piece: string): this {
    this.text += piece;
    return this;
  }
}

const self = (value: Value): StringBuilder => as(value, StringBuilder);
const returns = 'System.Text.StringBuilder';

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
  return array === null ? '' : String.fromCharCode(...as(array, NetArray).items.map(charCode));
}

function checkRange(builder: StringBuilder, index: number, length: number): void {
  if (index < 0 || index > builder.text.length) throw badIndex('startIndex');
  if (length < 0 || index + length > builder.text.length) throw badIndex('length');
}

function badIndex(parameter: string): Error {
  return netFailure(
    'System.ArgumentOutOfRangeException',
    'Index was out of range. Must be non-negative and less than or equal to the size of the collection.',
    { parameter },
  );
}

function insert(builder: Value, index: Value, piece: string): StringBuilder {
  const at = int(index);
  const target = self(builder);
  if (at < 0 || at > target.text.length) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Index was out of range. Must be non-negative and less than or equal to the size of the collection.',
      { parameter: 'index' },
    );
  }
  target.text = target.text.slice(0, at) + piece + target.text.slice(at);
  return target;
}

function joined(separator: Value, values: Value, context: CallContext): string {
  const between = separator instanceof Char ? separator.text : text(separator);
  return itemsOf(values, context, 'values')
    .map((value) => netText(value, context))
    .join(between);
}

function replace(
  builder: Value,
  from: string,
  to: string,
  start = 0,
  count = self(builder).text.length - start,
): StringBuilder {
  const target = self(builder);
  if (from === '') throw netFailure('System.ArgumentException', 'Empty name is not legal.', { parameter: 'oldValue' });
  const end = start + count;
  target.text =
    target.text.slice(0, start) + target.text.slice(start, end).replaceAll(from, () => to) + target.text.slice(end);
  return target;
}

const appends: readonly Overload[] = [
  {
    signature: `${returns} Append(char value, int repeatCount)`,
    invoke: (builder, [char, count]) => self(builder).append(unitText(char).repeat(int(count))),
  },
  {
    signature: `${returns} Append(char[] value, int startIndex, int charCount)`,
    invoke: (builder, [array, start, count]) =>
      self(builder).append(units(array).slice(int(start), int(start) + int(count))),
  },
  { signature: `${returns} Append(string value)`, invoke: (builder, [value]) => self(builder).append(text(value)) },
  {
    signature: `${returns} Append(string value, int startIndex, int count)`,
    invoke: (builder, [value, start, count]) =>
      self(builder).append(text(value).slice(int(start), int(start) + int(count))),
  },
  {
    signature: `${returns} Append(System.Text.StringBuilder value)`,
    invoke: (builder, [value]) => self(builder).append(value === null ? '' : self(value).text),
  },
  ...written.map(
    (type): Overload => ({
      signature: `${returns} Append(${type} value)`,
      invoke: (builder, [value], context) => self(builder).append(netText(value, context)),
    }),
  ),
  { signature: `${returns} Append(char[] value)`, invoke: (builder, [array]) => self(builder).append(units(array)) },
];

function unitText(char: Value): string {
  return String.fromCharCode(charCode(char));
}

export const stringBuilderDescription: TypeDescription = {
  name: 'System.Text.StringBuilder',
  kind: 'class',
  constructors: [
    { signature: `${returns} new()`, invoke: () => new StringBuilder() },
    { signature: `${returns} new(int capacity)`, invoke: (_self, [capacity]) => withCapacity(int(capacity)) },
    { signature: `${returns} new(string value)`, invoke: (_self, [value]) => new StringBuilder().append(text(value)) },
    {
      signature: `${returns} new(string value, int capacity)`,
      invoke: (_self, [value, capacity]) => withCapacity(int(capacity)).append(text(value)),
    },
    {
      signature: `${returns} new(int capacity, int maxCapacity)`,
      invoke: (_self, [capacity]) => withCapacity(int(capacity)),
    },
  ],
  properties: {
    Capacity: {
      type: 'int',
      get: (builder) => self(builder).capacity,
      set: (builder, capacity) => {
        self(builder).capacity = int(capacity);
      },
    },
    MaxCapacity: { type: 'int', get: () => 2_147_483_647 },
    Length: {
      type: 'int',
      get: (builder) => self(builder).text.length,
      set: (builder, length) => {
        const target = self(builder);
        target.text = target.text.slice(0, int(length)).padEnd(int(length), '\0');
      },
    },
  },
  methods: {
    Append: appends,
    AppendFormat: [
      {
        signature: `${returns} AppendFormat(string format, params System.Object[] args)`,
        invoke: (builder, [format, args], context) =>
          self(builder).append(formatString(text(format), as(args, NetArray).items, context)),
      },
      {
        signature: `${returns} AppendFormat(System.IFormatProvider provider, string format, params System.Object[] args)`,
        invoke: (builder, [, format, args], context) =>
          self(builder).append(formatString(text(format), as(args, NetArray).items, context)),
      },
    ],
    AppendJoin: [
      {
        signature: `${returns} AppendJoin(string separator, params System.Object[] values)`,
        invoke: (builder, [separator, values], context) => self(builder).append(joined(separator, values, context)),
      },
      {
        signature: `${returns} AppendJoin[T](string separator, System.Collections.Generic.IEnumerable[T] values)`,
        invoke: (builder, [separator, values], context) => self(builder).append(joined(separator, values, context)),
      },
      {
        signature: `${returns} AppendJoin(string separator, params string[] values)`,
        invoke: (builder, [separator, values], context) => self(builder).append(joined(separator, values, context)),
      },
      {
        signature: `${returns} AppendJoin(char separator, params System.Object[] values)`,
        invoke: (builder, [separator, values], context) => self(builder).append(joined(separator, values, context)),
      },
    ],
    AppendLine: [
      { signature: `${returns} AppendLine()`, invoke: (builder) => self(builder).append('\n') },
      {
        signature: `${returns} AppendLine(string value)`,
        invoke: (builder, [value]) => self(builder).append(`${text(value)}\n`),
      },
    ],
    Clear: [
      {
        signature: `${returns} Clear()`,
        invoke: (builder) => {
          self(builder).text = '';
          return builder;
        },
      },
    ],
    EnsureCapacity: [
      {
        signature: 'int EnsureCapacity(int capacity)',
        invoke: (builder, [capacity]) => {
          self(builder).capacity = Math.max(self(builder).capacity, int(capacity));
          return self(builder).capacity;
        },
      },
    ],
    Equals: [
      {
        signature: 'bool Equals(System.Text.StringBuilder sb)',
        invoke: (builder, [other]) => other instanceof StringBuilder && self(builder).text === other.text,
      },
    ],
    Insert: [
      {
        signature: `${returns} Insert(int index, string value, int count)`,
        invoke: (builder, [index, value, count]) => insert(builder, index, text(value).repeat(int(count))),
      },
      {
        signature: `${returns} Insert(int index, string value)`,
        invoke: (builder, [index, value]) => insert(builder, index, text(value)),
      },
      {
        signature: `${returns} Insert(int index, char[] value)`,
        invoke: (builder, [index, value]) => insert(builder, index, units(value)),
      },
      ...written.map(
        (type): Overload => ({
          signature: `${returns} Insert(int index, ${type} value)`,
          invoke: (builder, [index, value], context) => insert(builder, index, netText(value, context)),
        }),
      ),
    ],
    Remove: [
      {
        signature: `${returns} Remove(int startIndex, int length)`,
        invoke: (builder, [start, length]) => {
          const target = self(builder);
          checkRange(target, int(start), int(length));
          target.text = target.text.slice(0, int(start)) + target.text.slice(int(start) + int(length));
          return target;
        },
      },
    ],
    Replace: [
      {
        signature: `${returns} Replace(string oldValue, string newValue)`,
        invoke: (builder, [from, to]) => replace(builder, text(from), text(to)),
      },
      {
        signature: `${returns} Replace(string oldValue, string newValue, int startIndex, int count)`,
        invoke: (builder, [from, to, start, count]) => {
          checkRange(self(builder), int(start), int(count));
          return replace(builder, text(from), text(to), int(start), int(count));
        },
      },
      {
        signature: `${returns} Replace(char oldChar, char newChar)`,
        invoke: (builder, [from, to]) => replace(builder, unitText(from), unitText(to)),
      },
    ],
    ToString: [
      { signature: 'string ToString()', invoke: (builder) => self(builder).text },
      {
        signature: 'string ToString(int startIndex, int length)',
        invoke: (builder, [start, length]) => {
          checkRange(self(builder), int(start), int(length));
          return self(builder).text.slice(int(start), int(start) + int(length));
        },
      },
    ],
  },
  indexer: {
    get: [
      {
        signature: 'char Chars(int index)',
        invoke: (builder, [index]) => {
          if (int(index) < 0 || int(index) >= self(builder).text.length) throw outOfBounds();
          return Char.of(self(builder).text.charCodeAt(int(index)));
        },
      },
    ],
    set: [
      {
        signature: 'void Chars(int index, char value)',
        invoke: (builder, [index, char]) => {
          const target = self(builder);
          if (int(index) < 0 || int(index) >= target.text.length) throw badIndex('index');
          target.text = target.text.slice(0, int(index)) + unitText(char) + target.text.slice(int(index) + 1);
          return undefined;
        },
      },
    ],
  },
  toText: (builder) => self(builder).text,
};

function withCapacity(capacity: number): StringBuilder {
  if (capacity < 0) {
    throw netFailure('System.ArgumentOutOfRangeException', "'capacity' must be greater than zero.", {
      parameter: 'capacity',
    });
  }
  const builder = new StringBuilder();
  builder.capacity = capacity === 0 ? 16 : capacity;
  return builder;
}

function outOfBounds(): Error {
  return netFailure('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
}
