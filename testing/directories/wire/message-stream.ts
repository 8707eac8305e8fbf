import { wholeSize } from './ber.ts';

/** Cuts a stream of octets into whole LDAP messages, as they come. */
export class MessageStream {
  #rest = Buffer.alloc(0);

  /** Takes octets in, and gives the messages that are whole now. */
  take(chunk: Uint8Array): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: Buffer[] = [];
    for (;;) {
      const size = wholeSize(this.#rest);
      if (size === undefined || size > this.#rest.length) return messages;
      messages.push(this.#rest.subarray(0, size));
      this.#rest = this.#rest.subarray(size);
    }
  }

  /** The begin of a message that is not whole yet. */
  get rest(): Buffer {
    return this.#rest;
  }
}
