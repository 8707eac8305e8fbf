import { Buffer, isAscii } from 'node:buffer';
import type { LineSource } from './text-lines.ts';

/** Bytes read at once: what a line keeps alive is that line alone. */
const pieceBytes = 1 << 18;

const feed = 10;
const carriage = 13;

/** The next bytes of a text in UTF-8, about as many as asked for; none at its end. */
export type ReadPiece = (length: number) => Uint8Array;

/**
 * The lines of a file in UTF-8, read piece by piece: no more than a line is held. Invalid bytes are read as U+FFFD, as .NET
 * reads them.
 */
export class FileLines implements LineSource {
  readonly #read: ReadPiece;
  readonly #reserve: (bytes: number) => void;
  #bytes: Buffer = Buffer.alloc(0);
  #isAscii = true;
  #at = 0;
  /** Where the next CR of the piece is: pieces without any are not searched at each line. */
  #carriage = -1;
  #isOver = false;
  end = '';

  /** @param reserve asked before a line is held that is longer than a piece */
  constructor(read: ReadPiece, reserve: (bytes: number) => void) {
    this.#read = read;
    this.#reserve = reserve;
  }

  next(): string | undefined {
    for (;;) {
      const line = this.#line();
      if (line !== undefined) return line;
      if (this.#isOver) return this.#last();
      this.#fill();
    }
  }

  /** A line that ends within the piece. */
  #line(): string | undefined {
    const bytes = this.#bytes;
    const start = this.#at;
    if (this.#carriage < start) this.#carriage = orEnd(bytes.indexOf(carriage, start));
    const found = orEnd(bytes.indexOf(feed, start));
    const stop = Math.min(found, this.#carriage);
    if (stop >= bytes.length) return undefined;
    if (stop !== found) {
      // What follows a CR at the end of the piece is not known yet.
      if (stop + 1 === bytes.length && !this.#isOver) return undefined;
      this.end = found === stop + 1 ? '\r\n' : '\r';
    } else this.end = '\n';
    this.#at = stop + this.end.length;
    return this.#text(start, stop);
  }

  #last(): string | undefined {
    const start = this.#at;
    const stop = this.#bytes.length;
    if (start >= stop) return undefined;
    this.#at = stop;
    this.end = '';
    return this.#text(start, stop);
  }

  #text(start: number, stop: number): string {
    return this.#bytes.toString(this.#isAscii ? 'latin1' : 'utf8', start, stop);
  }

  /** Reads on. As much again as is left over, so that a long line is not copied once for every piece. */
  #fill(): void {
    const rest = this.#bytes.subarray(this.#at);
    const length = Math.max(pieceBytes, rest.length);
    if (rest.length > pieceBytes) this.#reserve(rest.length + length);
    const piece = this.#read(length);
    this.#isOver = piece.length === 0;
    const whole = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    this.#bytes = rest.length === 0 ? whole : Buffer.concat([rest, whole]);
    this.#isAscii = isAscii(this.#bytes);
    this.#at = 0;
    this.#carriage = -1;
  }
}

function orEnd(index: number): number {
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
