import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, bool, charCode, int, text } from '../../values/narrow.ts';
import { Char, SmallInteger } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { bytesFrom, toByteArray } from '../byte-array.ts';
import { netTypes } from '../intrinsic.ts';
import type { Overload, Property, TypeDescription } from '../net-type.ts';
import {
  asciiEncoding,
  bigEndianUnicodeEncoding,
  Encoding,
  encodingByCodePage,
  encodingByName,
  latin1Encoding,
  unicodeEncoding,
  utf8Encoding,
  utf8With,
  utf8WithoutPreamble,
  utf16With,
  utf32Encoding,
} from './encoding.ts';

const self = (value: Value): Encoding => as(value, Encoding);
const constant = (encoding: Encoding): Property => ({ type: 'System.Text.Encoding', get: () => encoding });

function chars(value: Value): string {
  if (value === null || value === undefined) throw nullArgument('chars');
  if (typeof value === 'string') return value;
  return as(value, NetArray)
    .items.map((item) => String.fromCharCode(charCode(item)))
    .join('');
}

function bytes(value: Value): Uint8Array {
  if (value === null || value === undefined) throw nullArgument('bytes');
  return bytesFrom(value);
}

function nullArgument(parameter: string): Error {
  return netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}

function part(value: Value, index: Value, count: Value): Uint8Array {
  const all = bytes(value);
  const from = int(index);
  const length = int(count);
  if (from < 0 || length < 0) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', {
      parameter: from < 0 ? 'index' : 'count',
    });
  }
  if (from + length > all.length) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Index and count must refer to a location within the buffer.',
      { parameter: 'bytes' },
    );
  }
  return all.subarray(from, from + length);
}

function charArray(value: string): NetArray {
  return new NetArray(
    netTypes.char,
    Array.from({ length: value.length }, (_, at) => Char.of(value.charCodeAt(at))),
  );
}

function byName(name: Value): Encoding {
  const found = encodingByName(text(name));
  if (found !== undefined) return found;
  throw netFailure(
    'System.ArgumentException',
    `'${text(name)}' is not a supported encoding name. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.`,
    { parameter: 'name' },
  );
}

function byCodePage(number: Value): Encoding {
  const found = encodingByCodePage(int(number));
  if (found !== undefined) return found;
  throw netFailure(
    'System.NotSupportedException',
    `No data is available for encoding ${int(number)}. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.`,
  );
}

const encodingDescription: TypeDescription = {
  name: 'System.Text.Encoding',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.ICloneable'],
  staticProperties: {
    Default: constant(utf8WithoutPreamble),
    ASCII: constant(asciiEncoding),
    Latin1: constant(latin1Encoding),
    Unicode: constant(unicodeEncoding),
    BigEndianUnicode: constant(bigEndianUnicodeEncoding),
    UTF8: constant(utf8Encoding),
    UTF32: constant(utf32Encoding),
  },
  staticMethods: {
    Convert: [
      {
        signature:
          'static byte[] Convert(System.Text.Encoding srcEncoding, System.Text.Encoding dstEncoding, byte[] bytes)',
        invoke: (_self, [from, to, array]) => toByteArray(self(to).encode(self(from).decode(bytes(array)))),
      },
    ],
    GetEncoding: [
      {
        signature: 'static System.Text.Encoding GetEncoding(int codepage)',
        invoke: (_self, [number]) => byCodePage(number),
      },
      { signature: 'static System.Text.Encoding GetEncoding(string name)', invoke: (_self, [name]) => byName(name) },
    ],
    RegisterProvider: [
      {
        signature: 'static void RegisterProvider(System.Text.EncodingProvider provider)',
        invoke: () => undefined,
      },
    ],
  },
  properties: {
    BodyName: { type: 'string', get: (value) => self(value).codec.webName },
    CodePage: { type: 'int', get: (value) => self(value).codec.codePage },
    EncodingName: { type: 'string', get: (value) => self(value).codec.displayName },
    HeaderName: { type: 'string', get: (value) => self(value).codec.webName },
    IsSingleByte: { type: 'bool', get: (value) => self(value).codec.isSingleByte },
    IsReadOnly: { type: 'bool', get: () => true },
    WebName: { type: 'string', get: (value) => self(value).codec.webName },
  },
  methods: {
    Equals: [
      {
        signature: 'bool Equals(System.Object value)',
        invoke: (value, [other]) =>
          other instanceof Encoding &&
          self(value).codec.codePage === other.codec.codePage &&
          self(value).preamble.length === other.preamble.length,
      },
    ],
    GetByteCount: [
      {
        signature: 'int GetByteCount(string chars)',
        invoke: (value, [input]) => self(value).encode(chars(input)).length,
      },
      {
        signature: 'int GetByteCount(char[] chars)',
        invoke: (value, [input]) => self(value).encode(chars(input)).length,
      },
    ],
    GetBytes: [
      {
        signature: 'byte[] GetBytes(string s)',
        invoke: (value, [input]) => toByteArray(self(value).encode(chars(input))),
      },
      {
        signature: 'byte[] GetBytes(char[] chars)',
        invoke: (value, [input]) => toByteArray(self(value).encode(chars(input))),
      },
      ...['string s', 'char[] chars'].map(
        (input): Overload => ({
          signature: `byte[] GetBytes(${input}, int index, int count)`,
          invoke: (value, [all, index, count]) =>
            toByteArray(self(value).encode(chars(all).slice(int(index), int(index) + int(count)))),
        }),
      ),
    ],
    GetCharCount: [
      {
        signature: 'int GetCharCount(byte[] bytes)',
        invoke: (value, [array]) => self(value).decode(bytes(array)).length,
      },
    ],
    GetChars: [
      {
        signature: 'char[] GetChars(byte[] bytes)',
        invoke: (value, [array]) => charArray(self(value).decode(bytes(array))),
      },
      {
        signature: 'char[] GetChars(byte[] bytes, int index, int count)',
        invoke: (value, [array, index, count]) => charArray(self(value).decode(part(array, index, count))),
      },
    ],
    GetPreamble: [
      {
        signature: 'byte[] GetPreamble()',
        invoke: (value) =>
          new NetArray(
            netTypes.byte,
            self(value).preamble.map((byte) => new SmallInteger(netTypes.byte, byte)),
          ),
      },
    ],
    GetString: [
      { signature: 'string GetString(byte[] bytes)', invoke: (value, [array]) => self(value).decode(bytes(array)) },
      {
        signature: 'string GetString(byte[] bytes, int index, int count)',
        invoke: (value, [array, index, count]) => self(value).decode(part(array, index, count)),
      },
    ],
  },
};

function derived(name: string, constructors: readonly Overload[] = []): TypeDescription {
  return { name, kind: 'class', base: 'System.Text.Encoding', constructors };
}

const utf8Constructors: readonly Overload[] = [
  {
    signature: 'System.Text.UTF8Encoding new()',
    invoke: () => utf8With({ hasPreamble: false, strict: false }),
  },
  {
    signature: 'System.Text.UTF8Encoding new(bool encoderShouldEmitUTF8Identifier)',
    invoke: (_self, [mark]) => utf8With({ hasPreamble: bool(mark), strict: false }),
  },
  {
    signature: 'System.Text.UTF8Encoding new(bool encoderShouldEmitUTF8Identifier, bool throwOnInvalidBytes)',
    invoke: (_self, [mark, strict]) => utf8With({ hasPreamble: bool(mark), strict: bool(strict) }),
  },
];

const utf16Constructors: readonly Overload[] = [
  {
    signature: 'System.Text.UnicodeEncoding new()',
    invoke: () => utf16With({ bigEndian: false, hasPreamble: true, strict: false }),
  },
  {
    signature: 'System.Text.UnicodeEncoding new(bool bigEndian, bool byteOrderMark)',
    invoke: (_self, [big, mark]) => utf16With({ bigEndian: bool(big), hasPreamble: bool(mark), strict: false }),
  },
  {
    signature: 'System.Text.UnicodeEncoding new(bool bigEndian, bool byteOrderMark, bool throwOnInvalidBytes)',
    invoke: (_self, [big, mark, strict]) =>
      utf16With({ bigEndian: bool(big), hasPreamble: bool(mark), strict: bool(strict) }),
  },
];

export const encodingDescriptions: readonly TypeDescription[] = [
  encodingDescription,
  derived('System.Text.UTF8Encoding', utf8Constructors),
  derived('System.Text.UnicodeEncoding', utf16Constructors),
  derived('System.Text.UTF32Encoding', [{ signature: 'System.Text.UTF32Encoding new()', invoke: () => utf32Encoding }]),
  derived('System.Text.ASCIIEncoding', [{ signature: 'System.Text.ASCIIEncoding new()', invoke: () => asciiEncoding }]),
  derived('System.Text.Latin1Encoding'),
  derived('System.Text.SBCSCodePageEncoding'),
];
