/** Lines of a text, one after the other. CR, LF and both end a line. */
export interface LineSource {
  /** The next line without what ends it; `undefined` where there is none. A text that ends in a line end has no line after it. */
  next(): string | undefined;
  /** What ended the line that `next` answered last: CR, LF, both, or nothing at the end of the text. */
  readonly end: string;
}

/** The lines of a text that is at hand. */
export class TextLines implements LineSource {
  readonly #text: string;
  #at = 0;
  /** Where the next CR is, once it was looked for: texts without any are not searched at each line. */
  #carriage = -1;
  end = '';

  constructor(text: string) {
    this.#text = text;
  }

  next(): string | undefined {
    const text = this.#text;
    const start = this.#at;
    if (start >= text.length) return undefined;
    if (this.#carriage < start) this.#carriage = orEnd(text.indexOf('\r', start));
    const feed = orEnd(text.indexOf('\n', start));
    const stop = Math.min(feed, this.#carriage, text.length);
    this.end = stop === text.length ? '' : stop === feed ? '\n' : feed === stop + 1 ? '\r\n' : '\r';
    this.#at = stop + this.end.length;
    return text.slice(start, stop);
  }
}

function orEnd(index: number): number {
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
