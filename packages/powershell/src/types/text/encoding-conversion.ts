import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesOf, toByteArray } from '../byte-array.ts';
import { negativeArgument, putBytes } from '../io/byte-range.ts';
import type { CallContext, Overload } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { charArray, charsOf, putChars } from './char-array.ts';
import { Encoding } from './encoding.ts';

const self = (value: Value): Encoding => as(value, Encoding);

/** A part of text or bytes, checked as .NET does. */
export function part<T extends { readonly length: number; slice(from: number, to: number): T }>(
  all: T,
  parameter: 'chars' | 'bytes' | 's',
  index: Value,
  count: Value,
  names: readonly [index: string, count: string] = ['index', 'count'],
): T {
  const [from, length] = [int(index), int(count)];
  if (parameter === 's') {
    if (from < 0) throw negativeArgument(names[0], from);
    if (length < 0) throw negativeArgument(names[1], length);
    const last = all.length - length;
    if (from > last) {
      throw netFailure(
        'System.ArgumentOutOfRangeException',
        `${names[0]} ('${from}') must be less than or equal to '${last}'. (Parameter '${names[0]}')\nActual value was ${from}.`,
      );
    }
    return all.slice(from, from + length);
  }
  if (from < 0 || length < 0) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', {
      parameter: from < 0 ? names[0] : names[1],
    });
  }
  if (from + length > all.length) {
    const message = 'Index and count must refer to a location within the buffer.';
    throw netFailure('System.ArgumentOutOfRangeException', message, { parameter });
  }
  return all.slice(from, from + length);
}

/** A place in an array that so many items go to. */
function room(value: Value, target: Value, parameter: 'bytes' | 'chars', index: Value, count: number): NetArray {
  if (target === null || target === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
  }
  const array = as(target, NetArray);
  if (int(index) < 0 || int(index) > array.items.length) {
    const message =
      'Index was out of range. Must be non-negative and less than or equal to the size of the collection.';
    const name = parameter === 'bytes' ? 'byteIndex' : 'charIndex';
    throw netFailure('System.ArgumentOutOfRangeException', message, { parameter: name });
  }
  if (int(index) + count <= array.items.length) return array;
  const { codec, encoderFallback, decoderFallback } = self(value);
  const [what, fallback] =
    parameter === 'bytes'
      ? ['byte buffer is too small to contain the encoded data', encoderFallback]
      : ['char buffer is too small to contain the decoded characters', decoderFallback];
  const message = `The output ${what}, encoding codepage '${codec.codePage}' and fallback '${fallback.type.name}'.`;
  throw netFailure('System.ArgumentException', message, { parameter });
}

function bytesInto(value: Value, chosen: string, bytes: Value, index: Value): number {
  const encoded = self(value).encode(chosen);
  putBytes(room(value, bytes, 'bytes', index, encoded.length), int(index), encoded);
  return encoded.length;
}

/** Large values are announced to the budget before they are made. */
function encoded(value: Value, chosen: string, context: CallContext): NetArray {
  sessionOf(context).budget.reserve(chosen.length * 8);
  return toByteArray(self(value).encode(chosen));
}

function decoded(value: Value, bytes: Uint8Array, context: CallContext): string {
  sessionOf(context).budget.reserve(bytes.length);
  return self(value).decode(bytes);
}

const chars = (value: Value): string => charsOf(value, 'chars');
const bytes = (value: Value): Uint8Array => bytesOf(value, 'bytes');

/** `GetBytes`, `GetString` and their kin. */
export const conversions: Readonly<Record<string, readonly Overload[]>> = {
  GetByteCount: [
    {
      signature: 'int GetByteCount(char[] chars)',
      invoke: (value, [input]) => self(value).encode(chars(input)).length,
    },
    {
      signature: 'int GetByteCount(string s)',
      invoke: (value, [input]) => self(value).encode(chars(input)).length,
    },
    {
      signature: 'int GetByteCount(char[] chars, int index, int count)',
      invoke: (value, [input, index, count]) => self(value).encode(part(chars(input), 'chars', index, count)).length,
    },
    {
      signature: 'int GetByteCount(string s, int index, int count)',
      invoke: (value, [input, index, count]) => self(value).encode(part(chars(input), 's', index, count)).length,
    },
  ],
  GetBytes: [
    {
      signature: 'byte[] GetBytes(char[] chars)',
      invoke: (value, [input], context) => encoded(value, chars(input), context),
    },
    {
      signature: 'byte[] GetBytes(char[] chars, int index, int count)',
      invoke: (value, [input, index, count], context) =>
        encoded(value, part(chars(input), 'chars', index, count), context),
    },
    {
      signature: 'int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)',
      invoke: (value, [input, from, count, target, at]) =>
        bytesInto(value, part(chars(input), 'chars', from, count, ['charIndex', 'charCount']), target, at),
    },
    {
      signature: 'byte[] GetBytes(string s)',
      invoke: (value, [input], context) => encoded(value, chars(input), context),
    },
    {
      signature: 'byte[] GetBytes(string s, int index, int count)',
      invoke: (value, [input, index, count], context) =>
        encoded(value, part(charsOf(input, 's'), 's', index, count), context),
    },
    {
      signature: 'int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex)',
      invoke: (value, [input, from, count, target, at]) =>
        bytesInto(value, part(charsOf(input, 's'), 's', from, count, ['charIndex', 'charCount']), target, at),
    },
  ],
  GetCharCount: [
    {
      signature: 'int GetCharCount(byte[] bytes)',
      invoke: (value, [input]) => self(value).decode(bytes(input)).length,
    },
    {
      signature: 'int GetCharCount(byte[] bytes, int index, int count)',
      invoke: (value, [input, index, count]) => self(value).decode(part(bytes(input), 'bytes', index, count)).length,
    },
  ],
  GetChars: [
    {
      signature: 'char[] GetChars(byte[] bytes)',
      invoke: (value, [input], context) => charArray(decoded(value, bytes(input), context)),
    },
    {
      signature: 'char[] GetChars(byte[] bytes, int index, int count)',
      invoke: (value, [input, index, count], context) =>
        charArray(decoded(value, part(bytes(input), 'bytes', index, count), context)),
    },
    {
      signature: 'int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)',
      invoke: (value, [input, from, count, target, at]) => {
        const units = self(value).decode(part(bytes(input), 'bytes', from, count, ['byteIndex', 'byteCount']));
        putChars(room(value, target, 'chars', at, units.length), int(at), units);
        return units.length;
      },
    },
  ],
  GetString: [
    {
      signature: 'string GetString(byte[] bytes)',
      invoke: (value, [input], context) => decoded(value, bytes(input), context),
    },
    {
      signature: 'string GetString(byte[] bytes, int index, int count)',
      invoke: (value, [input, index, count], context) =>
        decoded(value, part(bytes(input), 'bytes', index, count), context),
    },
  ],
};

/** `[Text.Encoding]::Convert(…)`. */
export const convertOverloads: readonly Overload[] = [
  {
    signature:
      'static byte[] Convert(System.Text.Encoding srcEncoding, System.Text.Encoding dstEncoding, byte[] bytes)',
    invoke: (_self, [from, to, array], context) => encoded(to, decoded(from, bytes(array), context), context),
  },
  {
    signature:
      'static byte[] Convert(System.Text.Encoding srcEncoding, System.Text.Encoding dstEncoding, byte[] bytes, int index, int count)',
    invoke: (_self, [from, to, array, index, count], context) =>
      encoded(to, decoded(from, part(bytes(array), 'bytes', index, count), context), context),
  },
];
