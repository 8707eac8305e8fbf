import { problem } from '@joinery/problems';
import { berTag, damaged } from './ber-reader.ts';

/** Longest begin of a message that is waited for: a tag, a length octet and four octets of length. */
const longestHead = 6;
const firstAllocation = 64 * 1024;

/** Called for each message with the content of its LDAPMessage sequence; valid during the call only. It must not throw. */
export type MessageHandler = (bytes: Buffer, start: number, end: number) => void;

/**
 * Splits what a socket delivers into LDAP messages (RFC 4511 5.2). A message that lies within one chunk is handed on where it
 * lies; one over several chunks is collected once, in memory that grows with what really arrived and not with the length that
 * was announced.
 */
export class MessageFrames {
  readonly #maxBytes: number;
  readonly #onMessage: MessageHandler;
  /** The begin of a message that the rest is awaited of, and how much of it is there. */
  #held = Buffer.alloc(0);
  #heldBytes = 0;

  /** @param maxBytes the longest message that is accepted; an entry is one message, so a large group needs tens of megabytes */
  constructor(maxBytes: number, onMessage: MessageHandler) {
    this.#maxBytes = maxBytes;
    this.#onMessage = onMessage;
  }

  /** Octets of a message that is not complete: none may be left when TLS begins (RFC 4511 4.14.1). */
  get pendingBytes(): number {
    return this.#heldBytes;
  }

  /** @throws LDAP_PROTOCOL_INVALID; the stream has no place to go on from then */
  push(chunk: Buffer): void {
    let at = this.#heldBytes > 0 ? this.#complete(chunk) : 0;
    while (at < chunk.length) {
      const head = this.#head(chunk, at, chunk.length);
      const end = head === undefined ? Number.POSITIVE_INFINITY : head.content + head.length;
      if (head === undefined || end > chunk.length) {
        this.#hold(chunk, at, chunk.length, end - at);
        return;
      }
      this.#onMessage(chunk, head.content, end);
      at = end;
    }
  }

  /** Takes from the chunk what belongs to the message that is held. @returns where the next message begins */
  #complete(chunk: Buffer): number {
    let at = 0;
    let head = this.#head(this.#held, 0, this.#heldBytes);
    while (head === undefined) {
      if (at === chunk.length) return at;
      this.#hold(chunk, at, at + 1, longestHead);
      at += 1;
      head = this.#head(this.#held, 0, this.#heldBytes);
    }
    const total = head.content + head.length;
    const taken = Math.min(total - this.#heldBytes, chunk.length - at);
    this.#hold(chunk, at, at + taken, total);
    if (this.#heldBytes < total) return chunk.length;
    const message = this.#held;
    this.#held = Buffer.alloc(0);
    this.#heldBytes = 0;
    this.#onMessage(message, head.content, total);
    return at + taken;
  }

  /** Appends to what is held; doubles, so that a message of n octets costs at most 2 n copied ones. */
  #hold(chunk: Buffer, start: number, end: number, total: number): void {
    const needed = this.#heldBytes + end - start;
    if (needed > this.#held.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, Math.min(total, Math.max(firstAllocation, needed * 2))));
      this.#held.copy(larger, 0, 0, this.#heldBytes);
      this.#held = larger;
    }
    chunk.copy(this.#held, this.#heldBytes, start, end);
    this.#heldBytes = needed;
  }

  /** Begin and length of a message's content; undefined while too few octets are there to say. */
  #head(bytes: Buffer, start: number, end: number): { readonly content: number; readonly length: number } | undefined {
    if (bytes[start] !== berTag.sequence) throw damaged('it does not begin like an LDAP message');
    if (start + 2 > end) return undefined;
    const first = bytes.readUInt8(start + 1);
    if (first < 0x80) return { content: start + 2, length: first };
    const count = first - 0x80;
    if (count === 0 || count > longestHead - 2) throw damaged('the length of a message cannot be read');
    if (start + 2 + count > end) return undefined;
    const length = bytes.readUIntBE(start + 2, count);
    if (length > this.#maxBytes) {
      throw problem(
        'LDAP_PROTOCOL_INVALID',
        `The server announces a message of ${length} bytes; at most ${this.#maxBytes} are accepted.`,
      );
    }
    return { content: start + 2 + count, length };
  }
}
