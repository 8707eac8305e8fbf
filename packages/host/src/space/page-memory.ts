/** Enough for the rows of most pages. */
const USUAL_BYTES = 1024 * 1024;

/** What is larger is given back when its page is written: a group of a hundred thousand members comes rarely. */
const KEPT_BYTES = 4 * 1024 * 1024;

/**
 * Memory that the main thread fills with rows and the writer's thread reads. It is the same few pieces for all pages of an
 * import: a piece of its own for each page, or a copy, would be garbage as large as everything that is imported, in both threads.
 */
export class PageMemory {
  readonly #free: PagePiece[] = [];
  #pieces = 0;

  /** A piece that nobody uses. */
  take(): PagePiece {
    return this.#free.pop() ?? new PagePiece(this.#pieces++);
  }

  /** @param piece that the writer has read */
  giveBack(piece: PagePiece): void {
    if (piece.bytes.length > KEPT_BYTES) piece.shrink();
    this.#free.push(piece);
  }
}

/** One piece of memory. */
export class PagePiece {
  readonly number: number;
  #memory = new SharedArrayBuffer(USUAL_BYTES);
  #bytes = Buffer.from(this.#memory);
  #isKnown = false;

  constructor(number: number) {
    this.number = number;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Makes room, keeping what is there. @param used how much of it counts */
  grow(least: number, used: number): void {
    const before = this.#bytes;
    this.#replace(Math.max(least, 2 * before.length));
    before.copy(this.#bytes, 0, 0, used);
  }

  shrink(): void {
    this.#replace(USUAL_BYTES);
  }

  /** The memory, once for each that it is: a second look at the same would count as a second piece. */
  introduce(): SharedArrayBuffer | undefined {
    if (this.#isKnown) return undefined;
    this.#isKnown = true;
    return this.#memory;
  }

  #replace(length: number): void {
    this.#memory = new SharedArrayBuffer(length);
    this.#bytes = Buffer.from(this.#memory);
    this.#isKnown = false;
  }
}
