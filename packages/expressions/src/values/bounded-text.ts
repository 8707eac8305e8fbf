import { problem } from '@joinery/problems';

/** Longest text that an expression may make. Photographs as base64 fit; a Replace that doubles its result a hundred times does not. */
export const maximumTextLength = 1_000_000;

/** Builds a text and stops before it grows over {@link maximumTextLength}: ten nested calls can otherwise ask for terabytes. */
export class BoundedText {
  #parts: string[] = [];
  #length = 0;

  /** @throws EXPRESSION_VALUE_TOO_LONG */
  add(part: string): void {
    this.#length += part.length;
    if (this.#length > maximumTextLength) {
      throw problem('EXPRESSION_VALUE_TOO_LONG', `A text grew over ${maximumTextLength} characters.`);
    }
    if (part !== '') this.#parts.push(part);
  }

  toString(): string {
    return this.#parts.join('');
  }
}
