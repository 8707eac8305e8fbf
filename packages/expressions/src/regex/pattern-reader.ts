import { type Problem, problem } from '@joinery/problems';

/** The text of a pattern and how far it has been read. */
export class PatternReader {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#offset >= this.#text.length;
  }

  looksAt(expected: string): boolean {
    return this.#text.startsWith(expected, this.#offset);
  }

  /** The next characters without taking them, at most two beyond an opening. */
  peek(skip: number): string {
    return this.#text.slice(this.#offset + skip, this.#offset + skip + 1);
  }

  accept(expected: string): boolean {
    if (!this.looksAt(expected)) return false;
    this.#offset += expected.length;
    return true;
  }

  /** The next code point. @throws EXPRESSION_REGEX_INVALID at the end */
  take(): number {
    const codePoint = this.#text.codePointAt(this.#offset);
    if (codePoint === undefined) throw this.invalid('it ends too early');
    this.#offset += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  /** What the sticky pattern matches here. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#offset += found[0].length;
    return found;
  }

  /** The text before `end`, with `end` taken; undefined when it never comes. */
  takeUntil(end: string): string | undefined {
    const at = this.#text.indexOf(end, this.#offset);
    if (at === -1) return undefined;
    const text = this.#text.slice(this.#offset, at);
    this.#offset = at + end.length;
    return text;
  }

  /** With option x, white space and `# comment` mean nothing. */
  skipSpaceAndComment(): boolean {
    return this.match(/(?:\s+|#[^\n]*\n?)/y) !== undefined;
  }

  /** The pattern is wrong for .NET too. */
  invalid(why: string): Problem {
    return problem('EXPRESSION_REGEX_INVALID', `The pattern ${this.#shown()} is not valid: ${why}.`);
  }

  /** .NET takes the pattern, Joinery does not. */
  unsupported(what: string, fix?: string): Problem {
    const detail = `The pattern ${this.#shown()} is valid in .NET, but Joinery does not have this: ${what}.`;
    return problem('EXPRESSION_REGEX_UNSUPPORTED', detail, fix === undefined ? {} : { fix });
  }

  #shown(): string {
    return this.#text.length > 200 ? `${this.#text.slice(0, 200)}...` : this.#text;
  }
}
