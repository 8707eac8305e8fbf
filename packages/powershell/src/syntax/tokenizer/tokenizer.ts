import type { ParseErrorId } from '../messages.ts';
import { isWhitespace } from './characters.ts';
import { scanBlockComment, scanLineComment } from './comments.ts';
import { scanToken } from './scan-token.ts';
import type { Token, TokenDetail, TokenKind } from './token.ts';

/**
 * What a word is depends on where it stands: in `command` mode `a+b` is one word, in `expression` mode three tokens;
 * `typeName` takes the characters of type names; `signature` is for the heads of classes and their members.
 */
export type Mode = 'command' | 'expression' | 'typeName' | 'signature';

/** Where errors of scanning go, and what comments have to say. */
export interface TokenizerHost {
  report(id: ParseErrorId, start: number, end: number, ...args: readonly string[]): void;
  /** A `#requires` line, without its `#`. */
  addRequirement(offset: number, text: string): void;
  /** A comment that begins a signature block: no code may follow it. */
  beginSignature(offset: number): void;
}

const nothingOmitted: readonly number[] = [];

/**
 * Makes tokens of a text, one at a time, as the parser asks for them. The text is the whole source or the inside of
 * `$( … )` in a double-quoted string, where each `""` has become one quote; offsets are always those of the source.
 */
export class Tokenizer {
  readonly text: string;
  readonly host: TokenizerHost;
  /** Where in the text scanning goes on. */
  at = 0;
  mode: Mode = 'command';
  /** `-1` is one number, not a sign and a number: where an operand is expected. */
  signedNumbers = false;
  /** `?` and `:` end a number: where an operand of a ternary expression may stand. */
  ternaryEndsNumber = false;
  /** Only a simple name is wanted: `a.b` ends at the point, keywords are names. */
  simpleName = false;
  readonly #base: number;
  readonly #omitted: readonly number[];

  constructor(text: string, host: TokenizerHost, base = 0, omitted: readonly number[] = nothingOmitted) {
    this.text = text;
    this.host = host;
    this.#base = base;
    this.#omitted = omitted;
  }

  get isNested(): boolean {
    return this.#base !== 0;
  }

  /** The unit at an index, 0 behind the end. */
  code(index: number): number {
    return this.text.charCodeAt(index) | 0;
  }

  atEnd(index: number): boolean {
    return index >= this.text.length;
  }

  /** The offset in the source of an index of the text. */
  offset(index: number): number {
    if (this.#omitted.length === 0) return this.#base + index;
    return this.#base + index + this.omittedBefore(index).length;
  }

  /** The places before an index where the text leaves out a character of the source. */
  omittedBefore(index: number): readonly number[] {
    return this.#omitted.filter((place) => place < index);
  }

  /** The places in a stretch of the text where it leaves out a character of the source, counted from its beginning. */
  omittedWithin(start: number, end: number): readonly number[] {
    if (this.#omitted.length === 0) return nothingOmitted;
    return this.#omitted.filter((place) => place >= start && place < end).map((place) => place - start);
  }

  token(kind: TokenKind, from: number, value: string, detail?: TokenDetail): Token {
    return { kind, start: this.offset(from), end: this.offset(this.at), at: from, value, detail };
  }

  /** Reports an error at a stretch of the text. PowerShell does not count left-out quotes in these, and neither does this. */
  report(id: ParseErrorId, from: number, to: number, ...args: readonly string[]): void {
    this.host.report(id, this.#base + from, this.#base + to, ...args);
  }

  /** The next token in the current mode; white space, comments and continued lines before it are skipped. */
  next(): Token {
    this.skipBlanks();
    if (this.at >= this.text.length) {
      const end = this.#base + this.text.length + 1;
      return { kind: 'eof', start: end, end, at: this.text.length, value: '', detail: undefined };
    }
    return scanToken(this);
  }

  /** Skips white space, comments and backticks at the end of a line. */
  skipBlanks(): void {
    for (;;) {
      const code = this.code(this.at);
      if (code === 32 || code === 9) {
        this.at++;
      } else if (code === 35) {
        scanLineComment(this);
      } else if (code === 60 && this.code(this.at + 1) === 35) {
        scanBlockComment(this);
      } else if (code === 96) {
        if (!this.#skipBacktick()) return;
      } else if (code > 8 && isWhitespace(code)) {
        this.at++;
      } else {
        return;
      }
    }
  }

  /** Skips what `skipBlanks` does, ends of lines and, if wanted, semicolons. */
  skipNewlines(semicolons: boolean): void {
    for (;;) {
      this.skipBlanks();
      const code = this.code(this.at);
      if (code !== 10 && code !== 13 && !(semicolons && code === 59)) return;
      this.at++;
    }
  }

  #skipBacktick(): boolean {
    const next = this.code(this.at + 1);
    if (next === 13) {
      this.at += this.code(this.at + 2) === 10 ? 3 : 2;
    } else if (next === 10 || isWhitespace(next)) {
      this.at += 2;
    } else if (this.atEnd(this.at + 1)) {
      this.report('IncompleteString', this.at + 2, this.at + 2);
      this.at++;
    } else {
      return false;
    }
    return true;
  }
}
