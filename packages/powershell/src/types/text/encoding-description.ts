import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { toByteArray } from '../byte-array.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { asciiCodec } from './byte-codecs.ts';
import type { Codec } from './codec.ts';
import { coderDescriptions, decoderOf, encoderOf } from './coders.ts';
import {
  asciiEncoding,
  bigEndianUnicodeEncoding,
  Encoding,
  encodingByCodePage,
  encodingByName,
  latin1Encoding,
  unicodeEncoding,
  utf8Encoding,
  utf8WithoutPreamble,
  utf32Encoding,
} from './encoding.ts';
import { conversions, convertOverloads } from './encoding-conversion.ts';
import { allEncodings } from './encoding-table.ts';
import { DecoderFallback, decoderThrows, EncoderFallback, encoderThrows } from './fallback.ts';
import { fallbackDescriptions } from './fallback-description.ts';
import { utf8Codec, utf16BigEndianCodec, utf16Codec, utf32BigEndianCodec, utf32Codec } from './unicode-codecs.ts';

const name = 'System.Text.Encoding';
const self = (value: Value): Encoding => as(value, Encoding);
const constant = (encoding: Encoding): Property => ({ type: name, get: () => encoding });

const provider =
  'For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.';

function byName(value: Value): Encoding {
  const given = text(value);
  if (given === '') return utf8WithoutPreamble;
  if (/^(x-|csunicode11|unicode-[12]-[01]-|)utf-?7$/i.test(given)) throw utf7();
  const found = encodingByName(given);
  if (found !== undefined) return found;
  throw netFailure('System.ArgumentException', `'${given}' is not a supported encoding name. ${provider}`, {
    parameter: 'name',
  });
}

function byCodePage(value: Value): Encoding {
  const number = int(value);
  if (number < 0 || number > 65_535) {
    const message = 'Valid values are between 0 and 65535, inclusive.';
    throw netFailure('System.ArgumentOutOfRangeException', message, { parameter: 'codepage' });
  }
  if (number === 65_000) throw utf7();
  const found = encodingByCodePage(number);
  if (found !== undefined) return found;
  throw netFailure('System.NotSupportedException', `No data is available for encoding ${number}. ${provider}`);
}

function utf7(): Error {
  return netFailure(
    'System.NotSupportedException',
    'Support for UTF-7 is disabled. See https://aka.ms/dotnet-warnings/SYSLIB0001 for more information.',
  );
}

function withFallbacks({ codec, hasPreamble }: Encoding, encoder: Value, decoder: Value): Encoding {
  return new Encoding(codec, {
    hasPreamble,
    encoderFallback: as(encoder, EncoderFallback),
    decoderFallback: as(decoder, DecoderFallback),
  });
}

/** `System.Text.EncodingInfo`: an entry of the list of all encodings. */
class EncodingInfo extends Instance {
  readonly codePage: number;
  readonly name: string;
  readonly displayName: string;
  constructor({ codePage, name: own, displayName }: ReturnType<typeof allEncodings>[number]) {
    super();
    this.codePage = codePage;
    this.name = own;
    this.displayName = displayName;
  }
  get type(): NetType {
    return namedType('System.Text.EncodingInfo');
  }
}

const entry = (value: Value): EncodingInfo => as(value, EncodingInfo);

function ofCodec(type: string, read: (codec: Codec) => Value): Property {
  return { type, get: (value) => read(self(value).codec) };
}

function shownBy(at: number): Property {
  return ofCodec('bool', (codec) => codec.shownBy[at] === '1');
}

/** Shared encodings cannot be changed; copies can. */
function change(value: Value, apply: (encoding: Encoding) => void): void {
  if (self(value).isReadOnly) throw netFailure('System.InvalidOperationException', 'Instance is read-only.');
  apply(self(value));
}

function atMost(method: string, parameter: string, read: (codec: Codec, count: number) => number): readonly Overload[] {
  return [
    {
      signature: `int ${method}(int ${parameter})`,
      invoke: (value, [count]) => {
        if (int(count) < 0) {
          throw netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', { parameter });
        }
        return read(self(value).codec, int(count));
      },
    },
  ];
}

const encodingDescription: TypeDescription = {
  name,
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
    Convert: convertOverloads,
    GetEncoding: [
      { signature: `static ${name} GetEncoding(int codepage)`, invoke: (_self, [number]) => byCodePage(number) },
      {
        signature: `static ${name} GetEncoding(int codepage, System.Text.EncoderFallback encoderFallback, System.Text.DecoderFallback decoderFallback)`,
        invoke: (_self, [number, encoder, decoder]) => withFallbacks(byCodePage(number), encoder, decoder),
      },
      { signature: `static ${name} GetEncoding(string name)`, invoke: (_self, [given]) => byName(given) },
      {
        signature: `static ${name} GetEncoding(string name, System.Text.EncoderFallback encoderFallback, System.Text.DecoderFallback decoderFallback)`,
        invoke: (_self, [given, encoder, decoder]) => withFallbacks(byName(given), encoder, decoder),
      },
    ],
    GetEncodings: [
      {
        signature: 'static System.Text.EncodingInfo[] GetEncodings()',
        invoke: () =>
          new NetArray(
            namedType('System.Text.EncodingInfo'),
            allEncodings().map((one) => new EncodingInfo(one)),
          ),
      },
    ],
    RegisterProvider: [
      {
        signature: 'static void RegisterProvider(System.Text.EncodingProvider provider)',
        invoke: () => undefined,
      },
    ],
  },
  properties: {
    BodyName: ofCodec('string', (codec) => codec.bodyName),
    CodePage: ofCodec('int', (codec) => codec.codePage),
    DecoderFallback: {
      type: 'System.Text.DecoderFallback',
      get: (value) => self(value).decoderFallback,
      set: (value, fallback) =>
        change(value, (encoding) => {
          encoding.decoderFallback = as(fallback, DecoderFallback);
        }),
    },
    EncoderFallback: {
      type: 'System.Text.EncoderFallback',
      get: (value) => self(value).encoderFallback,
      set: (value, fallback) =>
        change(value, (encoding) => {
          encoding.encoderFallback = as(fallback, EncoderFallback);
        }),
    },
    EncodingName: ofCodec('string', (codec) => codec.displayName),
    HeaderName: ofCodec('string', (codec) => (codec.codePage === 932 ? codec.bodyName : codec.webName)),
    IsBrowserDisplay: shownBy(0),
    IsBrowserSave: shownBy(1),
    IsMailNewsDisplay: shownBy(2),
    IsMailNewsSave: shownBy(3),
    IsReadOnly: { type: 'bool', get: (value) => self(value).isReadOnly },
    IsSingleByte: ofCodec('bool', (codec) => codec.isSingleByte),
    WebName: ofCodec('string', (codec) => codec.webName),
    WindowsCodePage: ofCodec('int', (codec) => codec.windows),
  },
  methods: {
    Clone: [
      {
        signature: 'System.Object Clone()',
        invoke: (value) => {
          const { codec, hasPreamble, encoderFallback, decoderFallback } = self(value);
          return new Encoding(codec, { hasPreamble, encoderFallback, decoderFallback, isReadOnly: false });
        },
      },
    ],
    Equals: [
      {
        signature: 'bool Equals(System.Object value)',
        invoke: (value, [other]) => other instanceof Encoding && isEqual(self(value), other),
      },
    ],
    ...conversions,
    GetDecoder: [{ signature: 'System.Text.Decoder GetDecoder()', invoke: (value) => decoderOf(self(value)) }],
    GetEncoder: [{ signature: 'System.Text.Encoder GetEncoder()', invoke: (value) => encoderOf(self(value)) }],
    GetMaxByteCount: atMost('GetMaxByteCount', 'charCount', (codec, count) => (count + 1) * codec.bytesPerUnit),
    GetMaxCharCount: atMost('GetMaxCharCount', 'byteCount', (codec, count) => codec.maxChars(count)),
    GetPreamble: [{ signature: 'byte[] GetPreamble()', invoke: (value) => toByteArray(self(value).preamble) }],
    IsAlwaysNormalized: [{ signature: 'bool IsAlwaysNormalized()', invoke: () => false }],
  },
  equals: (value, other) => other instanceof Encoding && isEqual(self(value), other),
  hashKey: (value) => self(value).codec.codePage,
};

function isEqual(one: Encoding, other: Encoding): boolean {
  const isSame = (left: EncoderFallback | DecoderFallback, right: EncoderFallback | DecoderFallback): boolean =>
    left.kind === right.kind && left.replacement === right.replacement;
  return (
    one.codec === other.codec &&
    one.hasPreamble === other.hasPreamble &&
    isSame(one.encoderFallback, other.encoderFallback) &&
    isSame(one.decoderFallback, other.decoderFallback)
  );
}

/** One of the kinds of Unicode with its settings; with `isStrict`, what cannot be written or read throws. */
function settled(codec: Codec, hasPreamble: Value, isStrict: Value = false): Encoding {
  const strict = bool(isStrict) ? { encoderFallback: encoderThrows, decoderFallback: decoderThrows } : {};
  return new Encoding(codec, { hasPreamble: bool(hasPreamble), ...strict });
}

function derived(own: string, constructors: readonly Overload[] = [], hasSealed = false): TypeDescription[] {
  const type = `System.Text.${own}`;
  const description: TypeDescription = { name: type, kind: 'class', base: name, constructors };
  return hasSealed ? [description, { name: `${type}+${own}Sealed`, kind: 'class', base: type }] : [description];
}

/** `UnicodeEncoding` and `UTF32Encoding`: which byte comes first, a mark, whether errors throw. */
function ofBothOrders(own: string, little: Codec, big: Codec, strict: string): TypeDescription[] {
  const type = `System.Text.${own}`;
  return derived(own, [
    { signature: `${type} new()`, invoke: () => settled(little, true) },
    {
      signature: `${type} new(bool bigEndian, bool byteOrderMark)`,
      invoke: (_self, [isBig, mark]) => settled(bool(isBig) ? big : little, mark),
    },
    {
      signature: `${type} new(bool bigEndian, bool byteOrderMark, bool ${strict})`,
      invoke: (_self, [isBig, mark, isStrict]) => settled(bool(isBig) ? big : little, mark, isStrict),
    },
  ]);
}

export const encodingDescriptions: readonly TypeDescription[] = [
  encodingDescription,
  ...derived(
    'UTF8Encoding',
    [
      { signature: 'System.Text.UTF8Encoding new()', invoke: () => settled(utf8Codec, false) },
      {
        signature: 'System.Text.UTF8Encoding new(bool encoderShouldEmitUTF8Identifier)',
        invoke: (_self, [mark]) => settled(utf8Codec, mark),
      },
      {
        signature: 'System.Text.UTF8Encoding new(bool encoderShouldEmitUTF8Identifier, bool throwOnInvalidBytes)',
        invoke: (_self, [mark, isStrict]) => settled(utf8Codec, mark, isStrict),
      },
    ],
    true,
  ),
  ...ofBothOrders('UnicodeEncoding', utf16Codec, utf16BigEndianCodec, 'throwOnInvalidBytes'),
  ...ofBothOrders('UTF32Encoding', utf32Codec, utf32BigEndianCodec, 'throwOnInvalidCharacters'),
  ...derived(
    'ASCIIEncoding',
    [{ signature: 'System.Text.ASCIIEncoding new()', invoke: () => new Encoding(asciiCodec) }],
    true,
  ),
  ...derived('Latin1Encoding', [], true),
  ...derived('SBCSCodePageEncoding'),
  ...derived('DBCSCodePageEncoding'),
  ...derived('GB18030Encoding'),
  {
    name: 'System.Text.EncodingInfo',
    kind: 'class',
    properties: {
      CodePage: { type: 'int', get: (value) => entry(value).codePage },
      DisplayName: { type: 'string', get: (value) => entry(value).displayName },
      Name: { type: 'string', get: (value) => entry(value).name },
    },
    methods: {
      GetEncoding: [{ signature: `${name} GetEncoding()`, invoke: (value) => byCodePage(entry(value).codePage) }],
    },
  },
  ...fallbackDescriptions,
  ...coderDescriptions,
];
