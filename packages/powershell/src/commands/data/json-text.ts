/** A text that is no JSON, in the words of the reader that PowerShell uses. */
export class JsonProblem extends Error {}

const newline = 10;
const carriageReturn = 13;

/** A JSON text, read from its beginning to its end: its words and marks, and what is wrong where. */
export class JsonText {
  readonly #text: string;
  readonly #depth: number;
  #at = 0;
  /** Where the next backslash is, once it was looked for. */
  #backslash = -1;
  /** What is open: of an object the name of the current property, of a list the index of the last item that was begun. */
  readonly #path: (string | number | undefined)[] = [];
  #isBegun = false;

  constructor(text: string, depth: number) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text;
    this.#depth = depth;
  }

  get isOver(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Throws where anything follows. */
  finish(): void {
    if (this.isOver) return;
    throw this.#problem(`Additional text encountered after finished reading JSON content: ${this.#text[this.#at]}.`);
  }

  peek(): string | undefined {
    return this.#text[this.#at];
  }

  /** Steps over the bracket that opens a list or an object. Throws where that is too deep. */
  open(bracket: '[' | '{'): void {
    this.#begin();
    if (this.#path.length >= this.#depth) {
      throw this.#problem(`The reader's MaxDepth of ${this.#depth} has been exceeded.`, 1);
    }
    this.#path.push(bracket === '[' ? -1 : undefined);
    this.#at++;
  }

  /** A value begins: an item of a list has its index from now on. */
  #begin(): void {
    this.#isBegun = true;
    const last = this.#path.length - 1;
    const index = this.#path[last];
    if (typeof index === 'number') this.#path[last] = index + 1;
  }

  /** Steps over white space, and over the closing bracket where it comes next. */
  closes(bracket: ']' | '}'): boolean {
    this.skip();
    if (this.#text[this.#at] !== bracket) return false;
    this.#at++;
    this.#path.pop();
    return true;
  }

  /** White space and comments. */
  skip(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (isSpace(unit)) this.#at++;
      else if (unit === 0x2f) this.#comment();
      else return;
    }
  }

  #comment(): void {
    const next = this.#text[this.#at + 1];
    if (next === '/') {
      const feed = this.#text.indexOf('\n', this.#at);
      this.#at = feed < 0 ? this.#text.length : feed;
      return;
    }
    if (next !== '*' && next !== undefined) {
      throw this.#problem(`Error parsing comment. Expected: *, got ${next}.`, 1);
    }
    const end = next === undefined ? -1 : this.#text.indexOf('*/', this.#at + 2);
    if (end < 0) {
      this.#at = this.#text.length;
      throw this.#problem('Unexpected end while parsing comment.');
    }
    this.#at = end + 2;
  }

  /** After a value: steps over a comma, and leaves the closing bracket to its reader. */
  afterValue(bracket: ']' | '}'): void {
    this.skip();
    const character = this.#text[this.#at];
    if (character === ',') this.#at++;
    else if (character === undefined) throw this.#problem('Unexpected end when reading JSON.');
    else if (character !== bracket) {
      throw this.#problem(`After parsing a value an unexpected character was encountered: ${character}.`);
    }
  }

  /** Steps over `"name":` where exactly that comes next. */
  takesName(name: string): boolean {
    const text = this.#text;
    const at = this.#at;
    const end = at + name.length + 1;
    if (text.charCodeAt(end) !== 34 || text.charCodeAt(end + 1) !== 58 || text.charCodeAt(at) !== 34) return false;
    if (!text.startsWith(name, at + 1)) return false;
    this.#at = end + 2;
    this.#path[this.#path.length - 1] = name;
    this.skip();
    return true;
  }

  /** The name of a property, with the colon after it and what is before its value. */
  name(): string {
    const character = this.#text[this.#at];
    const name = character === '"' || character === "'" ? this.string() : this.#bareName(character);
    // No comment may be here.
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
    const next = this.#text[this.#at];
    if (next !== ':') {
      throw this.#problem(`Invalid character after parsing property name. Expected ':' but got: ${next ?? '\0'}.`);
    }
    this.#at++;
    this.#path[this.#path.length - 1] = name;
    this.skip();
    if (this.isOver) throw this.#problem('Unexpected end when deserializing object.');
    return name;
  }

  #bareName(character: string | undefined): string {
    const start = this.#at;
    while (/[\p{L}\p{N}_$]/u.test(this.#text[this.#at] ?? '')) this.#at++;
    const next = this.#text[this.#at];
    if (next === undefined) {
      throw this.#problem(
        this.#at === start
          ? 'Unexpected end when reading JSON.'
          : 'Unexpected end while parsing unquoted property name.',
      );
    }
    if (this.#at === start) throw this.#problem(`Invalid property identifier character: ${character ?? ''}.`);
    if (next !== ':' && next !== '/' && !isSpace(next.charCodeAt(0))) {
      throw this.#problem(`Invalid JavaScript property identifier character: ${next}.`);
    }
    return this.#text.slice(start, this.#at);
  }

  /** A text in quotes that is a value. */
  text(): string {
    const text = this.string();
    this.#begin();
    return text;
  }

  /** A text in quotes of either kind. */
  string(): string {
    const source = this.#text;
    const quote = source[this.#at] === "'" ? "'" : '"';
    const start = this.#at + 1;
    const close = source.indexOf(quote, start);
    if (this.#backslash < start) {
      const found = source.indexOf('\\', start);
      this.#backslash = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    if (close >= 0 && close < this.#backslash) {
      this.#at = close + 1;
      return source.slice(start, close);
    }
    return this.#escaped(quote, start);
  }

  #escaped(quote: string, start: number): string {
    const source = this.#text;
    const special = quote === '"' ? /["\\]/g : /['\\]/g;
    let text = '';
    let from = start;
    let hasUnits = false;
    for (;;) {
      special.lastIndex = from;
      const found = special.exec(source)?.index;
      if (found === undefined) {
        this.#at = source.length;
        throw this.#problem(`Unterminated string. Expected delimiter: ${quote}.`);
      }
      text += source.slice(from, found);
      this.#at = found;
      if (source[found] === quote) {
        this.#at++;
        // Halves of characters beyond the first plane, written as escapes, count only in pairs.
        return hasUnits ? text.toWellFormed() : text;
      }
      const unit = this.#escape();
      hasUnits ||= unit >= '\ud800' && unit <= '\udfff';
      text += unit;
      from = this.#at;
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at, this.#at + 4);
      if (digits.length < 4) throw this.#problem('Unexpected end while parsing Unicode escape sequence.');
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#problem(`Invalid Unicode escape sequence: \\u${digits}.`);
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const known = escapes.get(letter);
    if (known === undefined) throw this.#problem(`Bad JSON escape sequence: \\${letter}.`);
    return known;
  }

  /** A number, as its text, or what another word means. A missing value, before a comma, is null. */
  word(): string | boolean | null {
    const text = this.#text;
    const start = this.#at;
    const first = text[start];
    if (first === undefined) throw this.#problem('Unexpected end when reading JSON.');
    if (first === ',') {
      this.#begin();
      return null;
    }
    wordEnd.lastIndex = start;
    const end = wordEnd.exec(text)?.index ?? text.length;
    const word = text.slice(start, Math.min(end, start + longestNumber));
    const value = literals.get(word) ?? (number.test(word) ? word : undefined);
    if (value === undefined) throw this.#badWord(word, first);
    this.#at = start + word.length;
    this.#begin();
    return value === 'null' ? null : value;
  }

  #badWord(word: string, first: string): JsonProblem {
    if (/[-\d.]/.test(first)) {
      this.#at += word.length;
      return this.#problem(`Input string '${word}' is not a valid number.`);
    }
    const begun = [...literals.keys()].find((one) => word.startsWith(one));
    if (begun !== undefined) {
      this.#at += begun.length;
      return this.#problem(`Error parsing ${/^(true|false)$/.test(begun) ? 'boolean' : begun} value.`);
    }
    const isCut =
      this.#at + word.length === this.#text.length && [...literals.keys()].some((one) => one.startsWith(word));
    if (isCut && word !== '') {
      this.#at = this.#text.length;
      return this.#problem('Unexpected end when reading JSON.');
    }
    return this.#problem(`Unexpected character encountered while parsing value: ${first}.`);
  }

  /** Where it went wrong: lines are counted only now. */
  #problem(message: string, ahead = 0): JsonProblem {
    let line = 1;
    let lineStart = 0;
    const text = this.#text;
    for (let at = 0; at < this.#at && at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const isEnd = unit === newline || (unit === carriageReturn && text.charCodeAt(at + 1) !== newline);
      if (!isEnd) continue;
      line++;
      lineStart = at + 1;
    }
    const position = this.#at + ahead - lineStart;
    // Before anything was read there is no line yet.
    if (!this.#isBegun && position === 0) line = 0;
    return new JsonProblem(`${message} Path '${pathText(this.#path)}', line ${line}, position ${position}.`);
  }
}

/** Words that stand for something; `null` for what is null, since a map has no nulls here. */
const literals: ReadonlyMap<string, string | boolean> = new Map<string, string | boolean>([
  ['true', true],
  ['false', false],
  ['null', 'null'],
  ['undefined', 'null'],
  ['NaN', 'NaN'],
  ['Infinity', 'Infinity'],
  ['-Infinity', '-Infinity'],
]);

function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0;
}

/** Where a word ends. */
const wordEnd = /[\s,:[\]{}"'/]/g;
const number = /^(-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|0[xX][\da-fA-F]+)$/;
/** Longer ones are refused. */
const longestNumber = 400;

function pathText(path: readonly (string | number | undefined)[]): string {
  let text = '';
  for (const part of path) {
    if (part === undefined || part === -1) continue;
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[^.\s'/"[\]()\t\r\n]+$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `['${part.replace(/['\\]/g, '\\$&')}']`;
  }
  return text;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
