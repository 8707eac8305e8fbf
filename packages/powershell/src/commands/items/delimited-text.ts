/** The parts of a text between delimiters, one after the other. A text that ends in a delimiter has no part after it. */
export class DelimitedText {
  readonly #text: string;
  readonly #delimiter: string;
  #at = 0;

  constructor(text: string, delimiter: string) {
    this.#text = text;
    this.#delimiter = delimiter;
  }

  next(): string | undefined {
    const start = this.#at;
    // PowerShell finds nothing without a delimiter.
    if (start >= this.#text.length || this.#delimiter === '') return undefined;
    const found = this.#text.indexOf(this.#delimiter, start);
    const stop = found < 0 ? this.#text.length : found;
    this.#at = stop + this.#delimiter.length;
    return this.#text.slice(start, stop);
  }
}
