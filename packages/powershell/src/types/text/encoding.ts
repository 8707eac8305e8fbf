import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

/** How an encoding writes and reads. */
interface Codec {
  readonly typeName: string;
  readonly webName: string;
  readonly displayName: string;
  readonly codePage: number;
  readonly isSingleByte: boolean;
  readonly preamble: readonly number[];
  encode(text: string): Uint8Array;
  /** @param strict whether bytes that mean nothing throw */
  decode(bytes: Uint8Array, strict: boolean): string;
}

/** `System.Text.Encoding` and its kinds. */
export class Encoding extends Instance {
  readonly codec: Codec;
  /** Whether `GetPreamble()` has the byte order mark of the codec. */
  readonly hasPreamble: boolean;
  /** Whether what cannot be written or read throws, instead of becoming a question mark or U+FFFD. */
  readonly strict: boolean;

  constructor(codec: Codec, { hasPreamble = true, strict = false }: { hasPreamble?: boolean; strict?: boolean } = {}) {
    super();
    this.codec = codec;
    this.hasPreamble = hasPreamble;
    this.strict = strict;
  }

  get type(): NetType {
    return namedType(this.codec.typeName);
  }
  get preamble(): readonly number[] {
    return this.hasPreamble ? this.codec.preamble : [];
  }
  encode(text: string): Uint8Array {
    return this.codec.encode(text);
  }
  decode(bytes: Uint8Array): string {
    return this.codec.decode(bytes, this.strict);
  }
}

const encoder = new TextEncoder();

function decoded(label: string, bytes: Uint8Array, strict: boolean): string {
  if (!strict) return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
  try {
    return new TextDecoder(label, { ignoreBOM: true, fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw untranslatable(label, bytes);
  }
}

function untranslatable(label: string, bytes: Uint8Array): Error {
  const lenient = new TextDecoder(label, { ignoreBOM: true });
  let at = 0;
  // The first byte from which on nothing can be read: what is before it reads without loss.
  for (let end = 1; end <= bytes.length; end++) {
    if (!lenient.decode(bytes.subarray(0, end)).includes('\ufffd')) at = end;
  }
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return netFailure(
    'System.Text.DecoderFallbackException',
    `Unable to translate bytes [${byte}] at index ${at} from specified code page to Unicode.`,
    { details: { Index: at } },
  );
}

const utf8: Codec = {
  typeName: 'System.Text.UTF8Encoding',
  webName: 'utf-8',
  displayName: 'Unicode (UTF-8)',
  codePage: 65_001,
  isSingleByte: false,
  preamble: [0xef, 0xbb, 0xbf],
  encode: (text) => encoder.encode(text),
  decode: (bytes, strict) => decoded('utf-8', bytes, strict),
};

function utf16(bigEndian: boolean): Codec {
  return {
    typeName: 'System.Text.UnicodeEncoding',
    webName: bigEndian ? 'utf-16BE' : 'utf-16',
    displayName: bigEndian ? 'Unicode (Big-Endian)' : 'Unicode',
    codePage: bigEndian ? 1201 : 1200,
    isSingleByte: false,
    preamble: bigEndian ? [0xfe, 0xff] : [0xff, 0xfe],
    encode: (text) => {
      const view = new DataView(new ArrayBuffer(text.length * 2));
      for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), !bigEndian);
      return new Uint8Array(view.buffer);
    },
    decode: (bytes, strict) => decoded(bigEndian ? 'utf-16be' : 'utf-16le', bytes, strict),
  };
}

const utf32: Codec = {
  typeName: 'System.Text.UTF32Encoding',
  webName: 'utf-32',
  displayName: 'Unicode (UTF-32)',
  codePage: 12_000,
  isSingleByte: false,
  preamble: [0xff, 0xfe, 0, 0],
  encode: (text) => {
    const points = Array.from(text, (character) => character.codePointAt(0) ?? 0xfffd);
    const view = new DataView(new ArrayBuffer(points.length * 4));
    points.forEach((point, index) => {
      view.setUint32(index * 4, point, true);
    });
    return new Uint8Array(view.buffer);
  },
  decode: (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let text = '';
    for (let at = 0; at + 4 <= bytes.length; at += 4) {
      const point = view.getUint32(at, true);
      text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
    }
    return text;
  },
};

/** Encodings of one byte each whose first units are those of Unicode. */
function limited(typeName: string, webName: string, displayName: string, codePage: number, units: number): Codec {
  return {
    typeName,
    webName,
    displayName,
    codePage,
    isSingleByte: true,
    preamble: [],
    encode: (text) => {
      const bytes: number[] = [];
      for (const character of text) {
        const unit = character.codePointAt(0) ?? 0;
        bytes.push(unit < units ? unit : 63);
      }
      return Uint8Array.from(bytes);
    },
    decode: (bytes) => {
      let text = '';
      for (const byte of bytes) text += byte < units ? String.fromCharCode(byte) : units === 128 ? '?' : '\ufffd';
      return text;
    },
  };
}

/** Code pages that JavaScript can read; the bytes of a sign are found by reading each. */
function codePage(label: string, webName: string, displayName: string, number: number): Codec {
  let byUnit: Map<string, number> | undefined;
  return {
    typeName: 'System.Text.SBCSCodePageEncoding',
    webName,
    displayName,
    codePage: number,
    isSingleByte: true,
    preamble: [],
    encode: (text) => {
      byUnit ??= unitsOf(label);
      const bytes: number[] = [];
      for (const character of text) bytes.push(byUnit.get(character) ?? byUnit.get(plain(character)) ?? 63);
      return Uint8Array.from(bytes);
    },
    decode: (bytes) => new TextDecoder(label).decode(bytes),
  };
}

/** The letter without its marks: the best fit of code pages. */
function plain(character: string): string {
  const special = bestFits.get(character);
  return special ?? character.normalize('NFD').replace(/\p{Mn}+/gu, '');
}

const bestFits: ReadonlyMap<string, string> = new Map([
  ['ł', 'l'],
  ['Ł', 'L'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['æ', 'a'],
  ['Æ', 'A'],
]);

function unitsOf(label: string): Map<string, number> {
  const decoder = new TextDecoder(label);
  const found = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte--) {
    const unit = decoder.decode(Uint8Array.of(byte));
    if (unit !== '\ufffd') found.set(unit, byte);
  }
  return found;
}

export const utf8Encoding = new Encoding(utf8);
export const utf8WithoutPreamble = new Encoding(utf8, { hasPreamble: false });
export const unicodeEncoding = new Encoding(utf16(false));
export const bigEndianUnicodeEncoding = new Encoding(utf16(true));
export const utf32Encoding = new Encoding(utf32);
export const asciiEncoding = new Encoding(limited('System.Text.ASCIIEncoding', 'us-ascii', 'US-ASCII', 20_127, 128));
export const latin1Encoding = new Encoding(
  limited('System.Text.Latin1Encoding', 'iso-8859-1', 'Western European (ISO)', 28_591, 256),
);

/** A UTF-8 of its own settings, as `[Text.UTF8Encoding]::new(…)` makes it. */
export function utf8With(options: { hasPreamble: boolean; strict: boolean }): Encoding {
  return new Encoding(utf8, options);
}

export function utf16With(options: { bigEndian: boolean; hasPreamble: boolean; strict: boolean }): Encoding {
  return new Encoding(utf16(options.bigEndian), options);
}

const pages: readonly Encoding[] = [
  ['windows-1250', 'windows-1250', 'Central European (Windows)', 1250],
  ['windows-1251', 'windows-1251', 'Cyrillic (Windows)', 1251],
  ['windows-1252', 'windows-1252', 'Western European (Windows)', 1252],
  ['windows-1253', 'windows-1253', 'Greek (Windows)', 1253],
  ['windows-1254', 'windows-1254', 'Turkish (Windows)', 1254],
  ['windows-1255', 'windows-1255', 'Hebrew (Windows)', 1255],
  ['windows-1256', 'windows-1256', 'Arabic (Windows)', 1256],
  ['windows-1257', 'windows-1257', 'Baltic (Windows)', 1257],
  ['windows-1258', 'windows-1258', 'Vietnamese (Windows)', 1258],
  ['iso-8859-2', 'iso-8859-2', 'Central European (ISO)', 28_592],
  ['iso-8859-5', 'iso-8859-5', 'Cyrillic (ISO)', 28_595],
  ['iso-8859-7', 'iso-8859-7', 'Greek (ISO)', 28_597],
  ['iso-8859-8', 'iso-8859-8', 'Hebrew (ISO-Visual)', 28_598],
  ['iso-8859-15', 'iso-8859-15', 'Latin 9 (ISO)', 28_605],
  ['koi8-r', 'koi8-r', 'Cyrillic (KOI8-R)', 20_866],
  ['ibm866', 'cp866', 'Cyrillic (DOS)', 866],
].map(
  ([label, webName, displayName, number]) =>
    new Encoding(codePage(String(label), String(webName), String(displayName), Number(number))),
);

const named: readonly Encoding[] = [
  utf8Encoding,
  unicodeEncoding,
  bigEndianUnicodeEncoding,
  utf32Encoding,
  asciiEncoding,
  latin1Encoding,
  ...pages,
];

const otherNames: ReadonlyMap<string, string> = new Map([
  ['utf8', 'utf-8'],
  ['unicode', 'utf-16'],
  ['utf-16le', 'utf-16'],
  ['unicodefffe', 'utf-16be'],
  ['ascii', 'us-ascii'],
  ['latin1', 'iso-8859-1'],
  ['cyrillic', 'iso-8859-5'],
  ['hebrew', 'iso-8859-8'],
  ['greek', 'iso-8859-7'],
  ['latin2', 'iso-8859-2'],
  ['latin9', 'iso-8859-15'],
  ['cp1252', 'windows-1252'],
]);

/** An encoding by its name or one of its other names, in any case. */
export function encodingByName(name: string): Encoding | undefined {
  const folded = name.toLowerCase();
  const wanted = otherNames.get(folded) ?? folded;
  return named.find((encoding) => encoding.codec.webName.toLowerCase() === wanted);
}

export function encodingByCodePage(number: number): Encoding | undefined {
  return number === 0 ? utf8Encoding : named.find((encoding) => encoding.codec.codePage === number);
}
