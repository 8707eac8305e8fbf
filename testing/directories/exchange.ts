import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { DecodedRequest } from './wire/request.ts';
import {
  disconnectionMessage,
  entryMessage,
  intermediateMessage,
  type ResultParts,
  referenceMessage,
  resultMessage,
  type Values,
} from './wire/response.ts';

/** A request as a fake server or a proxy records it. */
export type RecordedRequest = DecodedRequest & {
  /** The number of its connection, from 0. */
  readonly connection: number;
  /** Whether it came through TLS. */
  readonly encrypted: boolean;
};

/** One request of a client, and the ways to answer it. Nothing is sent that the script does not send. */
export class Exchange {
  readonly request: RecordedRequest;
  readonly #socket: () => Duplex;

  constructor(request: RecordedRequest, socket: () => Duplex) {
    this.request = request;
    this.#socket = socket;
  }

  /** Sends an entry of a search. */
  entry(dn: string, attributes: Readonly<Record<string, Values>> = {}): void {
    this.raw(entryMessage(this.request.messageId, dn, attributes));
  }

  /** Sends many entries, no faster than the client takes them. */
  async entries(entries: Iterable<readonly [dn: string, attributes: Readonly<Record<string, Values>>]>): Promise<void> {
    let batch: Buffer[] = [];
    const flush = async (): Promise<void> => {
      const socket = this.#socket();
      if (socket.writable && !socket.write(Buffer.concat(batch)))
        // A client that goes away meanwhile takes nothing more.
        await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
      batch = [];
    };
    for (const [dn, attributes] of entries) {
      batch.push(entryMessage(this.request.messageId, dn, attributes));
      if (batch.length === 200) await flush();
    }
    await flush();
  }

  /** Sends a SearchResultReference. */
  reference(...urls: readonly string[]): void {
    this.raw(referenceMessage(this.request.messageId, urls));
  }

  /** Sends an IntermediateResponse. */
  intermediate(oid?: string, value?: Uint8Array): void {
    this.raw(intermediateMessage(this.request.messageId, oid, value));
  }

  /** Sends the result that ends the operation: success, or another code. */
  done(code = 0, parts: ResultParts = {}): void {
    this.raw(resultMessage(this.request, code, parts));
  }

  /** Sends a notice of disconnection and closes. */
  disconnect(code: number, diagnostic = ''): void {
    this.#socket().end(disconnectionMessage(code, diagnostic));
  }

  /** Sends octets as they are: parts of messages, several in one piece, or no LDAP at all. */
  raw(bytes: Uint8Array): void {
    const socket = this.#socket();
    if (socket.writable) socket.write(bytes);
  }

  /** Closes the connection at once, with what was sent so far. */
  cut(): void {
    const socket = this.#socket();
    socket.end(() => socket.destroy());
  }
}
