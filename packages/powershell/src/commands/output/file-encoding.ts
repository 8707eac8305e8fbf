import { baseOf } from '../../conversion/base.ts';
import type { Session } from '../../runtime/session.ts';
import type { Value } from '../../values/value.ts';

/** How text becomes the bytes of a file. */
export interface FileEncoding {
  readonly name: string;
  /** What the file begins with. */
  readonly preamble: Uint8Array;
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

const utf8: FileEncoding = {
  name: 'utf8',
  preamble: new Uint8Array(),
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder('utf-8').decode(bytes),
};

const utf8Bom: FileEncoding = { ...utf8, name: 'utf8BOM', preamble: Uint8Array.of(0xef, 0xbb, 0xbf) };

function utf16(name: string, littleEndian: boolean): FileEncoding {
  return {
    name,
    preamble: littleEndian ? Uint8Array.of(0xff, 0xfe) : Uint8Array.of(0xfe, 0xff),
    encode(text) {
      const view = new DataView(new ArrayBuffer(text.length * 2));
      for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
      return new Uint8Array(view.buffer);
    },
    decode: (bytes) => new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be').decode(bytes),
  };
}

function utf32(name: string, littleEndian: boolean): FileEncoding {
  return {
    name,
    preamble: littleEndian ? Uint8Array.of(0xff, 0xfe, 0, 0) : Uint8Array.of(0, 0, 0xfe, 0xff),
    encode(text) {
      const points = [...text];
      const view = new DataView(new ArrayBuffer(points.length * 4));
      for (const [at, point] of points.entries()) view.setUint32(at * 4, point.codePointAt(0) ?? 0, littleEndian);
      return new Uint8Array(view.buffer);
    },
    decode(bytes) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let text = '';
      for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
        const point = view.getUint32(at, littleEndian);
        text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
      }
      return text.replace(/^\ufeff/, '');
    },
  };
}

/** One byte a character, `?` for what has none. */
function singleByte(name: string, last: number): FileEncoding {
  return {
    name,
    preamble: new Uint8Array(),
    encode: (text) =>
      Uint8Array.from(text, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code > last ? 0x3f : code;
      }),
    decode: (bytes) => {
      let text = '';
      for (const byte of bytes) text += byte > last ? '\ufffd' : String.fromCharCode(byte);
      return text;
    },
  };
}

const encodings: readonly (readonly [names: readonly string[], encoding: FileEncoding])[] = [
  [['utf8', 'utf8nobom', 'utf-8', 'default', 'string', 'unknown'], utf8],
  [['utf8bom'], utf8Bom],
  [['unicode', 'utf-16', 'utf16'], utf16('unicode', true)],
  [['bigendianunicode', 'utf-16be'], utf16('bigendianunicode', false)],
  [['utf32', 'utf-32'], utf32('utf32', true)],
  [['bigendianutf32'], utf32('bigendianutf32', false)],
  [['ascii', 'us-ascii'], singleByte('ascii', 0x7f)],
  [['latin1', 'iso-8859-1', 'ansi', 'oem', '1252', '28591'], singleByte('latin1', 0xff)],
];

const byName = new Map(encodings.flatMap(([names, encoding]) => names.map((name) => [name, encoding] as const)));

/** The encoding that a file shows by its first bytes; `undefined` where it shows none. */
export function encodingOfFile(bytes: Uint8Array): FileEncoding | undefined {
  const marked = encodings.map(([, encoding]) => encoding).filter(({ preamble }) => preamble.length > 0);
  return marked
    .sort((a, b) => b.preamble.length - a.preamble.length)
    .find(({ preamble }) => preamble.every((byte, at) => bytes[at] === byte));
}

/** The encoding that an `-Encoding` argument names, an `Encoding` object among them; UTF-8 without mark where there is none. */
export function fileEncoding(given: Value, session: Session): FileEncoding | undefined {
  const base = baseOf(given);
  if (base === null || base === undefined) return utf8;
  const named = byName.get(session.text(base).toLowerCase());
  if (named !== undefined) return named;
  const typeName = typeof base === 'object' ? base.type.name.replace(/^.*\./, '') : '';
  return byTypeName.get(typeName);
}

const byTypeName = new Map<string, FileEncoding>([
  ['UTF8Encoding', utf8],
  ['UTF8EncodingSealed', utf8],
  ['UnicodeEncoding', utf16('unicode', true)],
  ['UTF32Encoding', utf32('utf32', true)],
  ['ASCIIEncoding', singleByte('ascii', 0x7f)],
  ['Latin1Encoding', singleByte('latin1', 0xff)],
]);
