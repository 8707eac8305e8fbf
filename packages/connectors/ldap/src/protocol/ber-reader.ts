import { problem } from '@joinery/problems';

/** Universal tags of BER (X.690) that LDAP uses, as whole identifier octets. */
export const berTag = {
  boolean: 0x01,
  integer: 0x02,
  octetString: 0x04,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
} as const;

/**
 * Reads BER as LDAP restricts it (RFC 4511 5.1: definite lengths only) from a part of a buffer, without copying. It never
 * looks beyond that part, never follows a length out of it, and never calls itself, so that hostile octets cost no more than
 * their number. Every fault is LDAP_PROTOCOL_INVALID.
 */
export class BerReader {
  readonly bytes: Buffer;
  /** Where the next element begins. */
  at: number;
  readonly end: number;

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** True when no element is left. */
  get done(): boolean {
    return this.at >= this.end;
  }

  /** The tag of the next element; -1 at the end. */
  get tag(): number {
    return this.at < this.end ? (this.bytes[this.at] ?? -1) : -1;
  }

  /**
   * Steps into the next element: {@link at} is then the begin of its content.
   * @param expected the tag that it must have
   * @param limit the end of what holds the element, where that is less than all
   * @returns the end of its content
   */
  open(expected: number, limit: number = this.end): number {
    const start = this.at;
    // Almost every element: its length is one octet.
    const short = this.bytes[start + 1];
    if (this.bytes[start] === expected && short !== undefined && short < 0x80) {
      const end = start + 2 + short;
      if (end <= limit) {
        this.at = start + 2;
        return end;
      }
    }
    return this.#open(expected, limit);
  }

  /** The next element as a reader of its content; this one goes on behind it. */
  inside(expected: number): BerReader {
    const end = this.open(expected);
    const inner = new BerReader(this.bytes, this.at, end);
    this.at = end;
    return inner;
  }

  /** Passes over the next element, whatever it is. RFC 4511 4: unknown elements at the end of a sequence are ignored. */
  skip(): void {
    this.at = this.open(this.tag);
  }

  /** Octets as a view that lives as long as the buffer underneath. */
  octets(expected: number = berTag.octetString): Buffer {
    const end = this.open(expected);
    const octets = this.bytes.subarray(this.at, end);
    this.at = end;
    return octets;
  }

  /** A copy of octets, for what outlives the message. */
  octetsCopied(expected: number = berTag.octetString): Uint8Array {
    return new Uint8Array(this.octets(expected));
  }

  /** UTF-8 as text; what is no UTF-8 shows as U+FFFD. */
  text(expected: number = berTag.octetString): string {
    const end = this.open(expected);
    const text = this.bytes.toString('utf8', this.at, end);
    this.at = end;
    return text;
  }

  /** A signed number of at most 48 bits, more than any in LDAP has. */
  integer(expected: number = berTag.integer): number {
    const end = this.open(expected);
    const length = end - this.at;
    if (length < 1 || length > 6) throw damaged(`a number has ${length} octets`);
    const value = this.bytes.readIntBE(this.at, length);
    this.at = end;
    return value;
  }

  boolean(expected: number = berTag.boolean): boolean {
    const end = this.open(expected);
    if (end - this.at !== 1) throw damaged('a truth value has not one octet');
    const value = this.bytes[this.at] !== 0;
    this.at = end;
    return value;
  }

  #open(expected: number, limit: number): number {
    if (this.tag !== expected) throw damaged(`tag ${hex(expected)} was expected and ${hex(this.tag)} found`);
    this.at += 1;
    const length = this.#length();
    if (length > limit - this.at) throw damaged('an element is longer than what holds it');
    return this.at + length;
  }

  #length(): number {
    const first = this.#octet();
    if (first < 0x80) return first;
    const count = first - 0x80;
    if (count === 0) throw damaged('an element has no definite length');
    // More octets may hold leading zeros only; no sender writes them, and four reach to 4 GB.
    if (count > 4) throw damaged(`a length has ${count} octets`);
    let length = 0;
    for (let octet = 0; octet < count; octet += 1) length = length * 256 + this.#octet();
    return length;
  }

  #octet(): number {
    if (this.at >= this.end) throw damaged('an element has no end');
    const octet = this.bytes[this.at] ?? 0;
    this.at += 1;
    return octet;
  }
}

/** The problem of octets that are no LDAP. @param what a sentence about the place, without values */
export function damaged(what: string): Error {
  return problem('LDAP_PROTOCOL_INVALID', `The answer of the server cannot be read: ${what}.`);
}

function hex(tag: number): string {
  return tag < 0 ? 'the end' : `0x${tag.toString(16).padStart(2, '0')}`;
}
