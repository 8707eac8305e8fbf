import type { StringPart, StringParts, SubExpressionText, Token } from './token.ts';

/** Collects a text that may expand: its parts, and the whole as written but unescaped. */
export class TextBuilder {
  whole = '';
  #literal = '';
  #parts: StringPart[] | undefined;

  add(text: string): void {
    this.whole += text;
    this.#literal += text;
  }

  addExpansion(part: Token | SubExpressionText, written: string): void {
    this.#parts ??= [];
    if (this.#literal !== '') this.#parts.push(this.#literal);
    this.#literal = '';
    this.#parts.push(part);
    this.whole += written;
  }

  /** `undefined` where nothing expands. */
  get parts(): StringParts | undefined {
    if (this.#parts === undefined) return undefined;
    const parts = this.#literal === '' ? this.#parts : [...this.#parts, this.#literal];
    return { type: 'parts', parts };
  }
}
