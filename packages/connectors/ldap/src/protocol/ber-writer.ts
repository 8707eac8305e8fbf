import { berTag } from './ber-reader.ts';
import type { OctetString } from './filter.ts';

const firstSize = 512;
/** Octets of a length in the long form: one for their number, four for the length. */
const longLength = 5;

/**
 * Writes BER (X.690) into one buffer that doubles.
 *
 * Not ldapts' writer: for some sizes its messages over 64 KB lack their last octet, and none may pass 16 MB. The length of
 * what is constructed is written in the long form with four octets, as Active Directory writes it; so it has its place before
 * it is known, and nothing is moved.
 */
export class BerWriter {
  #bytes = Buffer.allocUnsafe(firstSize);
  #at = 0;

  /** What was written. The writer must not be used afterwards. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  /** An element whose content `write` writes. */
  constructed(tag: number, write: () => void): void {
    this.#reserve(1 + longLength);
    this.#bytes[this.#at] = tag;
    this.#bytes[this.#at + 1] = 0x84;
    this.#at += 1 + longLength;
    const start = this.#at;
    write();
    this.#bytes.writeUInt32BE(this.#at - start, start - 4);
  }

  sequence(write: () => void): void {
    this.constructed(berTag.sequence, write);
  }

  octets(value: OctetString, tag: number = berTag.octetString): void {
    const length = typeof value === 'string' ? Buffer.byteLength(value) : value.length;
    this.#reserve(1 + longLength + length);
    this.#bytes[this.#at] = tag;
    this.#at += 1;
    this.#length(length);
    if (typeof value === 'string') this.#bytes.write(value, this.#at, 'utf8');
    else this.#bytes.set(value, this.#at);
    this.#at += length;
  }

  /** A signed number of at most 32 bits, in as few octets as it needs (X.690 8.3.2). */
  integer(value: number, tag: number = berTag.integer): void {
    this.#reserve(6);
    const length =
      value >= -0x80 && value < 0x80
        ? 1
        : value >= -0x8000 && value < 0x8000
          ? 2
          : value >= -0x800000 && value < 0x800000
            ? 3
            : 4;
    this.#bytes[this.#at] = tag;
    this.#bytes[this.#at + 1] = length;
    this.#bytes.writeIntBE(value, this.#at + 2, length);
    this.#at += 2 + length;
  }

  enumerated(value: number): void {
    this.integer(value, berTag.enumerated);
  }

  boolean(value: boolean, tag: number = berTag.boolean): void {
    this.octets(Uint8Array.of(value ? 0xff : 0), tag);
  }

  #length(length: number): void {
    if (length < 0x80) {
      this.#bytes[this.#at] = length;
      this.#at += 1;
      return;
    }
    this.#bytes[this.#at] = 0x84;
    this.#bytes.writeUInt32BE(length, this.#at + 1);
    this.#at += longLength;
  }

  #reserve(count: number): void {
    const needed = this.#at + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
