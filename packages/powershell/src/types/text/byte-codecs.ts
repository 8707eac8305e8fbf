import { bestFit } from './best-fit.ts';
import { type Codec, isHigh, isLow, PiecewiseDecoding } from './codec.ts';
import type { DecoderFallback, EncoderFallback } from './fallback.ts';

/** The characters that the 256 bytes stand for, and back. */
export interface ByteTable {
  /** `undefined` for a byte that means nothing. */
  charOf(byte: number): string | undefined;
  /** `undefined` for a character that has none. */
  byteOf(unit: number): number | undefined;
}

/** Encodes with one byte a character. */
export function encodeBytes(text: string, table: ByteTable, codePage: number, fallback: EncoderFallback): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const byte = table.byteOf(unit);
    if (byte !== undefined) {
      bytes.push(byte);
      continue;
    }
    const isPair = isHigh(unit) && isLow(text.charCodeAt(at + 1));
    const fitting = fallback.kind === 'best fit' ? bestFit(codePage, unit, (other) => table.byteOf(other)) : undefined;
    if (fitting !== undefined) bytes.push(fitting);
    else
      for (const other of fallback.instead(text.slice(at, at + (isPair ? 2 : 1)), at))
        bytes.push(table.byteOf(other.charCodeAt(0)) ?? 63);
    if (isPair) at++;
  }
  return Uint8Array.from(bytes);
}

export function decodeBytes(bytes: Uint8Array, table: ByteTable, fallback: DecoderFallback): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    parts.push(table.charOf(bytes[at] ?? 0) ?? fallback.instead(bytes.subarray(at, at + 1), at));
  }
  return parts.join('');
}

/** Encodings whose bytes are the first characters of Unicode. */
function limited(
  description: Omit<Codec, 'encode' | 'decoding' | 'isSingleByte' | 'mark' | 'bytesPerUnit' | 'maxChars'>,
  units: number,
): Codec {
  const table: ByteTable = {
    charOf: (byte) => (byte < units ? String.fromCharCode(byte) : undefined),
    byteOf: (unit) => (unit < units ? unit : undefined),
  };
  return {
    ...description,
    isSingleByte: true,
    mark: [],
    bytesPerUnit: 1,
    maxChars: (bytes) => bytes,
    encode: (text, fallback) => encodeBytes(text, table, description.codePage, fallback),
    decoding: (fallback) =>
      new PiecewiseDecoding(
        (bytes) => decodeBytes(bytes, table, fallback),
        () => 0,
      ),
  };
}

export const asciiCodec = limited(
  {
    typeName: 'System.Text.ASCIIEncoding',
    codePage: 20_127,
    webName: 'us-ascii',
    bodyName: 'us-ascii',
    displayName: 'US-ASCII',
    windows: 1252,
    shownBy: '0011',
  },
  128,
);

export const latin1Codec = limited(
  {
    typeName: 'System.Text.Latin1Encoding',
    codePage: 28_591,
    webName: 'iso-8859-1',
    bodyName: 'iso-8859-1',
    displayName: 'Western European (ISO)',
    windows: 1252,
    shownBy: '1111',
  },
  256,
);
