import { problem } from '@joinery/problems';
import type { ScimDraft, ScimValue } from '../value.ts';

/** Nesting that no SCIM message comes near: a resource has three levels. */
const maxDepth = 32;

/** Members of one object: no schema comes near, and an object of more is slow for everybody who touches it. */
const maxMembers = 10_000;

/**
 * Parses a JSON body from outside (RFC 8259), and refuses what parsers and stores read differently: a member twice in one
 * object, `__proto__` as a member, lone surrogates, U+0000, numbers beyond what a number can hold. Integers that a double
 * cannot hold come out as bigint, so that 64-bit identifiers stay exact.
 * @throws SCIM_BODY_SYNTAX with the position, SCIM_BODY_LIMIT
 */
export function parseJson(text: string): ScimValue {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.expectEnd();
  return value;
}

const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): ScimValue {
    if (depth > maxDepth) {
      throw problem('SCIM_BODY_LIMIT', `The body nests deeper than ${maxDepth} levels.`, { place: 'body' });
    }
    this.#skipBlanks();
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x7b:
        return this.#object(depth);
      case 0x5b:
        return this.#list(depth);
      case 0x22:
        return this.#string();
      case 0x74:
        return this.#word('true', true);
      case 0x66:
        return this.#word('false', false);
      case 0x6e:
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  expectEnd(): void {
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#wrong('nothing may follow the value');
  }

  #object(depth: number): ScimValue {
    const object: ScimDraft = {};
    let members = 0;
    this.#at += 1;
    this.#skipBlanks();
    if (this.#take('}')) return object;
    do {
      this.#skipBlanks();
      if (this.#text[this.#at] !== '"') throw this.#wrong('a member name in quotation marks is expected');
      const name = this.#string();
      if (name === '__proto__') throw this.#wrong('a member may not be called __proto__');
      if (Object.hasOwn(object, name)) throw this.#wrong(`the member '${name.slice(0, 100)}' occurs twice`);
      members += 1;
      if (members > maxMembers) {
        throw problem('SCIM_BODY_LIMIT', `An object of the body has more than ${maxMembers} members.`, {
          place: 'body',
        });
      }
      this.#skipBlanks();
      if (!this.#take(':')) throw this.#wrong('a colon is expected');
      object[name] = this.value(depth + 1);
      this.#skipBlanks();
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#wrong('a comma or a closing brace is expected');
    return object;
  }

  #list(depth: number): ScimValue {
    const list: ScimValue[] = [];
    this.#at += 1;
    this.#skipBlanks();
    if (this.#take(']')) return list;
    do {
      list.push(this.value(depth + 1));
      this.#skipBlanks();
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#wrong('a comma or a closing bracket is expected');
    return list;
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    let escaped = false;
    for (; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) break;
      if (Number.isNaN(code)) throw this.#wrong('the string that begins here is not closed');
      if (code < 0x20) throw this.#wrong('the string that begins here holds a control character');
      if (code === 0x5c) {
        escaped = true;
        at += 1;
      }
    }
    this.#at = at + 1;
    const decoded = escaped ? this.#unescape(this.#text.slice(start, this.#at)) : this.#text.slice(start + 1, at);
    if (!decoded.isWellFormed() || decoded.includes('\0')) {
      throw this.#wrong('the string before this place holds a character that cannot be stored');
    }
    return decoded;
  }

  #unescape(literal: string): string {
    try {
      // A JSON text that begins and ends with a quotation mark parses to a string or not at all.
      return String(JSON.parse(literal));
    } catch (cause) {
      throw this.#wrong('the string before this place has an escape that JSON does not know', cause);
    }
  }

  #number(): ScimValue {
    numberToken.lastIndex = this.#at;
    const match = numberToken.exec(this.#text);
    if (match === null)
      throw this.#wrong(this.#at >= this.#text.length ? 'a value is missing' : 'this is not a JSON value');
    const [digits] = match;
    this.#at += digits.length;
    const value = Number(digits);
    if (!Number.isFinite(value)) throw this.#wrong('the number is too large');
    if (Number.isSafeInteger(value) || !/^-?\d+$/.test(digits)) return value;
    // Exact integers end where text is the better type; this also bounds the time that BigInt takes.
    if (digits.length > 40) throw this.#wrong('the number has too many digits');
    return BigInt(digits);
  }

  #word(word: string, value: ScimValue): ScimValue {
    if (!this.#text.startsWith(word, this.#at)) throw this.#wrong('this is not a JSON value');
    this.#at += word.length;
    return value;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipBlanks(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #wrong(sentence: string, cause?: unknown): Error {
    return problem('SCIM_BODY_SYNTAX', `At character ${this.#at + 1} of the body: ${sentence}.`, {
      place: 'body',
      cause,
    });
  }
}
