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
  /** Names and indexes on the way to the current value. */
  readonly #path: (string | number)[] = [];

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
    throw this.#problem(`Additional text encountered after finished reading JSON content: ${this.#text[this.#at]}.`, 1);
  }

  peek(): string | undefined {
    return this.#text[this.#at];
  }

  /** Steps over the bracket that opens a list or an object. */
  open(): void {
    this.#at++;
  }

  /** Steps over white space, and over the closing bracket where it comes next. */
  closes(bracket: ']' | '}'): boolean {
    this.skip();
    if (this.#text[this.#at] !== bracket) return false;
    this.#at++;
    return true;
  }

  /** White space and comments. */
  skip(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0) this.#at++;
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
    const end = next === '*' ? this.#text.indexOf('*/', this.#at + 2) : -1;
    if (end < 0) throw this.#problem('Error parsing comment. Expected: *, got /.', 1);
    this.#at = end + 2;
  }

  /** Enters a value: the name of a property or the index of an item. */
  enter(part: string | number): void {
    this.#path.push(part);
    if (this.#path.length > this.#depth) {
      throw this.#problem(`The reader's MaxDepth of ${this.#depth} has been exceeded.`, 1);
    }
    this.skip();
  }

  /** Leaves a value: steps over a comma, and leaves the closing bracket to its reader. */
  afterValue(bracket: ']' | '}'): void {
    this.skip();
    const character = this.#text[this.#at];
    if (character === ',') this.#at++;
    else if (character === undefined) throw this.#problem('Unexpected end when reading JSON.');
    else if (character !== bracket) {
      throw this.#problem(`After parsing a value an unexpected character was encountered: ${character}.`);
    }
    this.#path.pop();
  }

  /** Steps over `"name":` where exactly that comes next. */
  takesName(name: string): boolean {
    const text = this.#text;
    const at = this.#at;
    const end = at + name.length + 1;
    if (text.charCodeAt(end) !== 34 || text.charCodeAt(end + 1) !== 58 || text.charCodeAt(at) !== 34) return false;
    if (!text.startsWith(name, at + 1)) return false;
    this.#at = end + 2;
    return true;
  }

  /** The name of a property, and the colon after it. */
  name(): string {
    const character = this.#text[this.#at];
    const name = character === '"' || character === "'" ? this.string() : this.#bareName(character);
    this.skip();
    const next = this.#text[this.#at];
    if (next !== ':') {
      throw next === undefined
        ? this.#problem('Unexpected end when reading JSON.')
        : this.#problem(`Invalid character after parsing property name. Expected ':' but got: ${next}.`);
    }
    this.#at++;
    return name;
  }

  #bareName(character: string | undefined): string {
    const start = this.#at;
    while (/[\p{L}\p{N}_$]/u.test(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#at >= this.#text.length) {
      throw this.#problem(
        this.#at === start
          ? 'Unexpected end when reading JSON.'
          : 'Unexpected end while parsing unquoted property name.',
      );
    }
    if (this.#at > start) return this.#text.slice(start, this.#at);
    throw this.#problem(`Invalid property identifier character: ${character ?? ''}.`);
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
        return text;
      }
      text += this.#escape();
      from = this.#at;
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at, this.#at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#problem(`Invalid Unicode escape sequence: \\u${digits}.`);
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const known = escapes.get(letter);
    if (known === undefined) throw this.#problem(`Bad JSON escape sequence: \\${letter}.`);
    return known;
  }

  /** A number, as its text, or what another word means. */
  word(): string | boolean | null {
    const text = this.#text;
    const start = this.#at;
    if (start >= text.length) throw this.#problem('Unexpected end when reading JSON.');
    wordEnd.lastIndex = start;
    const end = wordEnd.exec(text)?.index ?? text.length;
    const word = text.slice(start, Math.min(end, start + longestNumber));
    this.#at = start + word.length;
    switch (word) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
      case 'undefined':
        return null;
      case 'NaN':
      case 'Infinity':
      case '-Infinity':
        return word;
      default:
        if (number.test(word)) return word;
        if (/^[-\d]/.test(word)) throw this.#problem(`Input string '${word}' is not a valid number.`);
        this.#at = start;
        throw this.#problem(`Unexpected character encountered while parsing value: ${text[start] ?? ''}.`);
    }
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
    return new JsonProblem(`${message} Path '${pathText(this.#path)}', line ${line}, position ${position}.`);
  }
}

/** Where a word ends. */
const wordEnd = /[\s,:[\]{}"'/]/g;
const number = /^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
/** Longer ones are refused. */
const longestNumber = 400;

function pathText(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) {
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
