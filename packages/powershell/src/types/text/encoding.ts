import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { asciiCodec, latin1Codec } from './byte-codecs.ts';
import { type Codec, PiecewiseEncoding, type TextDecoding, type TextEncoding } from './codec.ts';
import { codecNamed, codecOf } from './encoding-table.ts';
import {
  type DecoderFallback,
  decoderBestFit,
  decoderMarks,
  decoderReplaces,
  type EncoderFallback,
  encoderBestFit,
  questionMark,
  replacementSign,
} from './fallback.ts';
import { utf8Codec, utf16BigEndianCodec, utf16Codec, utf32BigEndianCodec, utf32Codec } from './unicode-codecs.ts';

interface EncodingOptions {
  /** Whether `GetPreamble()` has the byte order mark of the codec. */
  readonly hasPreamble?: boolean;
  /** What stands in for what cannot be written. */
  readonly encoderFallback?: EncoderFallback;
  /** What stands in for what cannot be read. */
  readonly decoderFallback?: DecoderFallback;
  /** Whether it is one of those that everybody shares: `[Text.Encoding]::UTF8`. */
  readonly isShared?: boolean;
  /** Copies are not. */
  readonly isReadOnly?: boolean;
}

/** `System.Text.Encoding` and its kinds: a codec, and what it does with what it cannot write or read. */
export class Encoding extends Instance {
  readonly codec: Codec;
  readonly hasPreamble: boolean;
  readonly isShared: boolean;
  readonly isReadOnly: boolean;
  encoderFallback: EncoderFallback;
  decoderFallback: DecoderFallback;

  constructor(
    codec: Codec,
    {
      hasPreamble = true,
      encoderFallback = usualEncoderFallback(codec),
      decoderFallback = usualDecoderFallback(codec),
      isShared = false,
      isReadOnly = true,
    }: EncodingOptions = {},
  ) {
    super();
    this.codec = codec;
    this.hasPreamble = hasPreamble;
    this.isShared = isShared;
    this.isReadOnly = isReadOnly;
    this.encoderFallback = encoderFallback;
    this.decoderFallback = decoderFallback;
  }

  get type(): NetType {
    const { typeName } = this.codec;
    return namedType(this.isShared && sealed.has(typeName) ? `${typeName}+${typeName.slice(12)}Sealed` : typeName);
  }
  /** What files begin with. */
  get preamble(): readonly number[] {
    return this.hasPreamble ? this.codec.mark : [];
  }

  /** Throws `NetFailure` (EncoderFallbackException) where it is told to. */
  encode(text: string): Uint8Array {
    return this.codec.encode(text, this.encoderFallback);
  }
  /** Throws `NetFailure` (DecoderFallbackException) where it is told to. */
  decode(bytes: Uint8Array): string {
    return this.decoding().decode(bytes, true);
  }

  /** For text that comes in pieces. */
  encoding(): TextEncoding {
    return new PiecewiseEncoding(this.codec, this.encoderFallback);
  }
  /** For bytes that come in pieces. */
  decoding(): TextDecoding {
    return this.codec.decoding(this.decoderFallback);
  }
}

/** Those whose shared object is of a type of its own. */
const sealed = new Set(['System.Text.UTF8Encoding', 'System.Text.ASCIIEncoding', 'System.Text.Latin1Encoding']);

function usualEncoderFallback({ typeName }: Codec): EncoderFallback {
  if (/CodePageEncoding$|Latin1/.test(typeName)) return encoderBestFit;
  return /UTF|Unicode/.test(typeName) ? replacementSign : questionMark;
}

function usualDecoderFallback({ typeName }: Codec): DecoderFallback {
  if (typeName.endsWith('CodePageEncoding')) return decoderBestFit;
  return /UTF|Unicode/.test(typeName) ? decoderMarks : decoderReplaces;
}

const shared = { isShared: true };

export const utf8Encoding = new Encoding(utf8Codec, shared);
export const utf8WithoutPreamble = new Encoding(utf8Codec, { hasPreamble: false, isShared: true });
export const unicodeEncoding = new Encoding(utf16Codec, shared);
export const bigEndianUnicodeEncoding = new Encoding(utf16BigEndianCodec, shared);
export const utf32Encoding = new Encoding(utf32Codec, shared);
export const bigEndianUtf32Encoding = new Encoding(utf32BigEndianCodec, shared);
export const asciiEncoding = new Encoding(asciiCodec, shared);
export const latin1Encoding = new Encoding(latin1Codec, shared);

/** Encodings by the marks that files may begin with, longer ones first. */
const marked = [utf32Encoding, bigEndianUtf32Encoding, utf8Encoding, unicodeEncoding, bigEndianUnicodeEncoding];

/** The encoding that the first bytes show; `undefined` where they show none. */
export function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  return marked.find(({ codec }) => codec.mark.every((byte, at) => bytes[at] === byte));
}

const made = new Map<Codec, Encoding>(
  [utf8Encoding, ...marked, asciiEncoding, latin1Encoding].map((encoding) => [encoding.codec, encoding]),
);

function encodingOf(codec: Codec | undefined): Encoding | undefined {
  if (codec === undefined) return undefined;
  let encoding = made.get(codec);
  if (encoding === undefined) {
    encoding = new Encoding(codec, shared);
    made.set(codec, encoding);
  }
  return encoding;
}

/** An encoding by its name or one of its other names, in any case. */
export function encodingByName(name: string): Encoding | undefined {
  return encodingOf(codecNamed(name));
}

/** An encoding by the number of its code page; 0 is UTF-8. */
export function encodingByCodePage(number: number): Encoding | undefined {
  return encodingOf(codecOf(number));
}
