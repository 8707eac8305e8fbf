import type { DecoderFallback, EncoderFallback } from './fallback.ts';

/** Text on its way into bytes, piece by piece: half a surrogate pair waits for the other. */
export interface TextEncoding {
  /** @param isLast whether what waits comes out, too */
  encode(text: string, isLast: boolean): Uint8Array;
}

/** Bytes on their way into text, piece by piece: part of a character waits for the rest. */
export interface TextDecoding {
  decode(bytes: Uint8Array, isLast: boolean): string;
}

/**
 * How an encoding writes and reads.
 * @property typeName of the .NET type
 * @property codePage its number
 * @property windows the number of the code page of Windows that is closest
 * @property shownBy four digits, 0 or 1: browsers show it, save it, mail programs show it, save it
 * @property mark the byte order mark
 * @property bytesPerUnit the most bytes that a UTF-16 unit takes
 */
export interface Codec {
  readonly typeName: string;
  readonly codePage: number;
  readonly webName: string;
  readonly bodyName: string;
  readonly displayName: string;
  readonly windows: number;
  readonly shownBy: string;
  readonly isSingleByte: boolean;
  readonly mark: readonly number[];
  readonly bytesPerUnit: number;
  /** How many characters so many bytes make at most. */
  maxChars(bytes: number): number;
  /** Whole characters only. */
  encode(text: string, fallback: EncoderFallback): Uint8Array;
  decoding(fallback: DecoderFallback): TextDecoding;
}

/** Encodes piece by piece with an encoder of whole texts. */
export class PiecewiseEncoding implements TextEncoding {
  readonly #codec: Codec;
  readonly #fallback: EncoderFallback;
  #high = '';

  constructor(codec: Codec, fallback: EncoderFallback) {
    this.#codec = codec;
    this.#fallback = fallback;
  }

  encode(text: string, isLast: boolean): Uint8Array {
    let all = this.#high + text;
    this.#high = '';
    if (!isLast && isHigh(all.charCodeAt(all.length - 1))) {
      this.#high = all.slice(-1);
      all = all.slice(0, -1);
    }
    return this.#codec.encode(all, this.#fallback);
  }
}

/** Decodes piece by piece with a decoder of whole characters. */
export class PiecewiseDecoding implements TextDecoding {
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #waits: (bytes: Uint8Array) => number;
  #rest: Uint8Array = new Uint8Array();

  /** @param waits how many bytes at the end may be the beginning of a character */
  constructor(decode: (bytes: Uint8Array) => string, waits: (bytes: Uint8Array) => number) {
    this.#decode = decode;
    this.#waits = waits;
  }

  decode(bytes: Uint8Array, isLast: boolean): string {
    const all = this.#rest.length === 0 ? bytes : joined(this.#rest, bytes);
    const end = isLast ? all.length : all.length - this.#waits(all);
    this.#rest = all.slice(end);
    return end === 0 ? '' : this.#decode(all.subarray(0, end));
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

export function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

export function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
