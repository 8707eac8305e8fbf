/** What a JSON text is made of, before it becomes values of the language. Numbers keep their text. */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, JsonNode])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: boolean | null };

/** A text that is no JSON, in the words of the reader that PowerShell uses. */
export class JsonProblem extends Error {}

/** Deeper than this, a text is refused. */
const deepest = 1024;

/**
 * Reads JSON as leniently as PowerShell does: comments, single quotes, names without quotes and a comma at the end are let
 * through. Throws {@link JsonProblem}.
 */
export function readJson(text: string, depth = deepest): JsonNode | undefined {
  const reader = new Reader(text, depth);
  return reader.document();
}

class Reader {
  readonly #text: string;
  readonly #depth: number;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  readonly #path: (string | number)[] = [];

  constructor(text: string, depth: number) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text;
    this.#depth = depth;
  }

  document(): JsonNode | undefined {
    this.#skip();
    if (this.#at >= this.#text.length) return undefined;
    const node = this.#value();
    this.#skip();
    if (this.#at < this.#text.length) {
      throw this.#problem(
        `Additional text encountered after finished reading JSON content: ${this.#text[this.#at]}.`,
        1,
      );
    }
    return node;
  }

  #problem(message: string, ahead = 0): JsonProblem {
    const position = this.#at + ahead - this.#lineStart;
    return new JsonProblem(`${message} Path '${this.#pathText()}', line ${this.#line}, position ${position}.`);
  }

  #pathText(): string {
    let text = '';
    for (const part of this.#path) {
      if (typeof part === 'number') text += `[${part}]`;
      else if (/^[^.\s'/"[\]()\t\r\n]+$/.test(part)) text += text === '' ? part : `.${part}`;
      else text += `['${part.replace(/['\\]/g, '\\$&')}']`;
    }
    return text;
  }

  /** White space and comments. */
  #skip(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === '\n') {
        this.#at++;
        this.#line++;
        this.#lineStart = this.#at;
      } else if (character === ' ' || character === '\t' || character === '\r' || character === '\u00a0') this.#at++;
      else if (character === '/') this.#comment();
      else return;
    }
  }

  #comment(): void {
    const next = this.#text[this.#at + 1];
    if (next === '/') {
      while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at++;
      return;
    }
    const end = next === '*' ? this.#text.indexOf('*/', this.#at + 2) : -1;
    if (end < 0) throw this.#problem('Error parsing comment. Expected: *, got /.', 1);
    while (this.#at < end + 2) {
      if (this.#text[this.#at] === '\n') {
        this.#line++;
        this.#lineStart = this.#at + 1;
      }
      this.#at++;
    }
  }

  #value(): JsonNode {
    const character = this.#text[this.#at];
    switch (character) {
      case undefined:
        throw this.#problem('Unexpected end when reading JSON.');
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
      case "'":
        return { kind: 'string', text: this.#string(character) };
      default:
        return this.#bare();
    }
  }

  #enter(part: string | number): void {
    this.#path.push(part);
    if (this.#path.length > this.#depth) {
      throw this.#problem(`The reader's MaxDepth of ${this.#depth} has been exceeded.`, 1);
    }
  }

  #object(): JsonNode {
    this.#at++;
    const members: [string, JsonNode][] = [];
    for (;;) {
      this.#skip();
      const character = this.#text[this.#at];
      if (character === '}') {
        this.#at++;
        return { kind: 'object', members };
      }
      const name = this.#name(character);
      this.#skip();
      if (this.#text[this.#at] !== ':') {
        const got = this.#text[this.#at];
        throw got === undefined
          ? this.#problem('Unexpected end when reading JSON.')
          : this.#problem(`Invalid character after parsing property name. Expected ':' but got: ${got}.`);
      }
      this.#at++;
      this.#enter(name);
      this.#skip();
      members.push([name, this.#value()]);
      this.#afterValue('}');
      this.#path.pop();
    }
  }

  #name(character: string | undefined): string {
    if (character === '"' || character === "'") return this.#string(character);
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

  #array(): JsonNode {
    this.#at++;
    const items: JsonNode[] = [];
    for (;;) {
      this.#skip();
      if (this.#text[this.#at] === ']') {
        this.#at++;
        return { kind: 'array', items };
      }
      this.#enter(items.length);
      items.push(this.#value());
      this.#afterValue(']');
      this.#path.pop();
    }
  }

  /** A comma goes on, the closing bracket is left for its reader. */
  #afterValue(close: '}' | ']'): void {
    this.#skip();
    const character = this.#text[this.#at];
    if (character === ',') this.#at++;
    else if (character === undefined) throw this.#problem('Unexpected end when reading JSON.');
    else if (character !== close) {
      throw this.#problem(`After parsing a value an unexpected character was encountered: ${character}.`);
    }
  }

  #string(quote: string): string {
    this.#at++;
    let text = '';
    for (;;) {
      const start = this.#at;
      while (this.#at < this.#text.length && this.#text[this.#at] !== quote && this.#text[this.#at] !== '\\') {
        if (this.#text[this.#at] === '\n') {
          this.#line++;
          this.#lineStart = this.#at + 1;
        }
        this.#at++;
      }
      text += this.#text.slice(start, this.#at);
      if (this.#at >= this.#text.length) throw this.#problem(`Unterminated string. Expected delimiter: ${quote}.`);
      if (this.#text[this.#at] === quote) {
        this.#at++;
        return text;
      }
      text += this.#escape();
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

  #bare(): JsonNode {
    const [word = ''] = /^[^\s,:[\]{}"'/]*/.exec(this.#text.slice(this.#at, this.#at + 400)) ?? [];
    switch (word) {
      case 'true':
      case 'false':
        this.#at += word.length;
        return { kind: 'literal', value: word === 'true' };
      case 'null':
      case 'undefined':
        this.#at += word.length;
        return { kind: 'literal', value: null };
      case 'NaN':
      case 'Infinity':
      case '-Infinity':
        this.#at += word.length;
        return { kind: 'number', text: word };
      default:
        if (/^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(word)) {
          this.#at += word.length;
          return { kind: 'number', text: word };
        }
        throw /^[-\d]/.test(word)
          ? this.#problem(`Input string '${word}' is not a valid number.`, word.length)
          : this.#problem(`Unexpected character encountered while parsing value: ${this.#text[this.#at] ?? ''}.`);
    }
  }
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
