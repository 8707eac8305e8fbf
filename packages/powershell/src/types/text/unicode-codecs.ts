import { type Codec, isHigh, isLow, PiecewiseDecoding } from './codec.ts';
import type { DecoderFallback, EncoderFallback } from './fallback.ts';

const encoder = new TextEncoder();

/** Text without a lone half of a surrogate pair: each is replaced, or throws. */
function wellFormed(text: string, fallback: EncoderFallback): string {
  if (text.isWellFormed()) return text;
  if (fallback.kind !== 'throw' && fallback.replacement === '\ufffd') return text.toWellFormed();
  let result = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isHigh(unit) && isLow(text.charCodeAt(at + 1))) at++;
    else if (isHigh(unit) || isLow(unit)) {
      result += text.slice(from, at) + fallback.instead(text.charAt(at), at);
      from = at + 1;
    }
  }
  return result + text.slice(from);
}

/** Reads by the decoder of the platform, and byte by byte where something else stands in for what it cannot read. */
function decoded(label: string, bytes: Uint8Array, fallback: DecoderFallback, next: NextCharacter): string {
  if (fallback.kind !== 'throw' && fallback.replacement === '\ufffd') {
    return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
  }
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const { length, point } = next(bytes, at);
    text += point === undefined ? fallback.instead(bytes.subarray(at, at + length), at) : String.fromCodePoint(point);
    at += length;
  }
  return text;
}

/** The character at a place; `point` is undefined for bytes that mean nothing, as many as belong together. */
type NextCharacter = (bytes: Uint8Array, at: number) => { readonly length: number; readonly point: number | undefined };

/** The bytes that the lead byte of UTF-8 asks for, with the bounds of the second one (Unicode, table 3-7). */
function utf8Lead(byte: number): readonly [length: number, low: number, high: number] | undefined {
  if (byte >= 0xc2 && byte <= 0xdf) return [2, 0x80, 0xbf];
  if (byte >= 0xe0 && byte <= 0xef) return [3, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf];
  if (byte >= 0xf0 && byte <= 0xf4) return [4, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf];
  return undefined;
}

const nextUtf8: NextCharacter = (bytes, at) => {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { length: 1, point: first };
  const lead = utf8Lead(first);
  if (lead === undefined) return { length: 1, point: undefined };
  const [size, low, high] = lead;
  let point = first & (0xff >> (size + 1));
  for (let count = 1; count < size; count++) {
    const byte = bytes[at + count] ?? 0;
    const isNext = count === 1 ? byte >= low && byte <= high : byte >= 0x80 && byte <= 0xbf;
    if (!isNext) return { length: count, point: undefined };
    point = (point << 6) | (byte & 0x3f);
  }
  return { length: size, point };
};

function utf8Waits(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    const lead = utf8Lead(byte);
    if (lead === undefined) {
      if (byte < 0x80 || byte > 0xbf) return 0;
      continue;
    }
    const [size, low, high] = lead;
    const second = bytes[bytes.length - back + 1] ?? low;
    return back < size && second >= low && second <= high ? back : 0;
  }
  return 0;
}

export const utf8Codec: Codec = {
  typeName: 'System.Text.UTF8Encoding',
  codePage: 65_001,
  webName: 'utf-8',
  bodyName: 'utf-8',
  displayName: 'Unicode (UTF-8)',
  windows: 1200,
  shownBy: '1111',
  isSingleByte: false,
  mark: [0xef, 0xbb, 0xbf],
  bytesPerUnit: 3,
  maxChars: (bytes) => bytes + 1,
  encode: (text, fallback) => encoder.encode(wellFormed(text, fallback)),
  decoding: (fallback) => new PiecewiseDecoding((bytes) => decoded('utf-8', bytes, fallback, nextUtf8), utf8Waits),
};

function nextUtf16(isBig: boolean): NextCharacter {
  const unitAt = (bytes: Uint8Array, at: number): number =>
    isBig ? ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0) : (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  return (bytes, at) => {
    if (at + 1 >= bytes.length) return { length: 1, point: undefined };
    const unit = unitAt(bytes, at);
    if (!isHigh(unit) && !isLow(unit)) return { length: 2, point: unit };
    const low = at + 3 < bytes.length ? unitAt(bytes, at + 2) : 0;
    if (isLow(unit) || !isLow(low)) return { length: 2, point: undefined };
    return { length: 4, point: 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) };
  };
}

function utf16(isBig: boolean): Codec {
  const next = nextUtf16(isBig);
  return {
    typeName: 'System.Text.UnicodeEncoding',
    codePage: isBig ? 1201 : 1200,
    webName: isBig ? 'utf-16BE' : 'utf-16',
    bodyName: isBig ? 'utf-16BE' : 'utf-16',
    displayName: isBig ? 'Unicode (Big-Endian)' : 'Unicode',
    windows: 1200,
    shownBy: isBig ? '0000' : '0100',
    isSingleByte: false,
    mark: isBig ? [0xfe, 0xff] : [0xff, 0xfe],
    bytesPerUnit: 2,
    maxChars: (bytes) => (bytes >> 1) + (bytes & 1) + 1,
    encode: (text, fallback) => {
      const whole = wellFormed(text, fallback);
      const view = new DataView(new ArrayBuffer(whole.length * 2));
      for (let at = 0; at < whole.length; at++) view.setUint16(at * 2, whole.charCodeAt(at), !isBig);
      return new Uint8Array(view.buffer);
    },
    decoding: (fallback) =>
      new PiecewiseDecoding(
        (bytes) => {
          const whole = bytes.length - (bytes.length % 2);
          const text = decoded(isBig ? 'utf-16be' : 'utf-16le', bytes.subarray(0, whole), fallback, next);
          return whole === bytes.length ? text : text + fallback.instead(bytes.subarray(whole), whole);
        },
        (bytes) => {
          const odd = bytes.length % 2;
          const high = bytes[bytes.length - odd - (isBig ? 2 : 1)] ?? 0;
          return isHigh(high << 8) ? odd + 2 : odd;
        },
      ),
  };
}

export const utf16Codec = utf16(false);
export const utf16BigEndianCodec = utf16(true);

function utf32(isBig: boolean): Codec {
  const name = isBig ? 'utf-32BE' : 'utf-32';
  const read = (bytes: Uint8Array, fallback: DecoderFallback): string => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const parts: string[] = [];
    for (let at = 0; at < bytes.length; at += 4) {
      const point = at + 4 <= bytes.length ? view.getUint32(at, !isBig) : 0xffff_ffff;
      const isCharacter = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
      parts.push(isCharacter ? String.fromCodePoint(point) : fallback.instead(bytes.subarray(at, at + 4), at));
    }
    return parts.join('');
  };
  return {
    typeName: 'System.Text.UTF32Encoding',
    codePage: isBig ? 12_001 : 12_000,
    webName: name,
    bodyName: name,
    displayName: isBig ? 'Unicode (UTF-32 Big-Endian)' : 'Unicode (UTF-32)',
    windows: 1200,
    shownBy: '0000',
    isSingleByte: false,
    mark: isBig ? [0, 0, 0xfe, 0xff] : [0xff, 0xfe, 0, 0],
    bytesPerUnit: 4,
    maxChars: (bytes) => (bytes >> 1) + 2,
    encode: (text, fallback) => {
      const points = Array.from(wellFormed(text, fallback), (character) => character.codePointAt(0) ?? 0xfffd);
      const view = new DataView(new ArrayBuffer(points.length * 4));
      for (const [at, point] of points.entries()) view.setUint32(at * 4, point, !isBig);
      return new Uint8Array(view.buffer);
    },
    decoding: (fallback) =>
      new PiecewiseDecoding(
        (bytes) => read(bytes, fallback),
        (bytes) => bytes.length % 4,
      ),
  };
}

export const utf32Codec = utf32(false);
export const utf32BigEndianCodec = utf32(true);
