/** Message types after which the server answers (PostgreSQL protocol 55.7): simple query, sync, flush, password. */
const ASKS_FOR_ANSWER: ReadonlySet<number> = new Set([...'QSHp'].map((letter) => letter.charCodeAt(0)));

/**
 * Cuts a client's byte stream into batches that a server answers at once.
 * PGlite runs what it is given to the end, so an extended query (parse, bind, describe, execute, sync) must arrive whole.
 */
export class ProtocolBatches {
  #bytes: Uint8Array = new Uint8Array(0);
  #started = false;

  /** Adds bytes and returns the batches they complete, in order. */
  push(chunk: Uint8Array): Uint8Array[] {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const batches: Uint8Array[] = [];
    let batchStart = 0;
    let at = 0;
    for (;;) {
      // The startup message alone has no type byte before its length.
      const header = this.#started ? 5 : 4;
      if (this.#bytes.length - at < header) break;
      const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at);
      const end = at + view.getUint32(header - 4) + header - 4;
      if (end > this.#bytes.length) break;
      const complete = !this.#started || ASKS_FOR_ANSWER.has(view.getUint8(0));
      this.#started = true;
      at = end;
      if (!complete) continue;
      batches.push(this.#bytes.subarray(batchStart, end));
      batchStart = end;
    }
    this.#bytes = this.#bytes.subarray(batchStart);
    return batches;
  }
}
