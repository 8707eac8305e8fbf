import { problem } from '@joinery/problems';
import type { Filter, OctetString } from '../filter.ts';
import { allOf, anyOf, contains, present } from './build.ts';

/** Deeper ones come from nobody who means well, and servers refuse them. */
const deepest = 100;

const blanks = /\s*/y;
// RFC 4512 2.5: a name or an OID, with options. The underscore is no part of it, but 389 and others allow it in names.
const description = /(?:[A-Za-z][\w-]*|\d+(?:\.\d+)*)(?:;[\w-]+)*/y;
const rule = /:([A-Za-z][\w-]*|\d+(?:\.\d+)*)/y;
const dnAttributes = /:dn(?=:)/iy;
const operator = /[<>~]?=|:=/y;
const valueText = /(?:[^()*\\\0]+|\\[0-9A-Fa-f]{2})*/y;

const comparisons = {
  '=': 'equality',
  '>=': 'greaterOrEqual',
  '<=': 'lessOrEqual',
  '~=': 'approximate',
} as const;

/**
 * Reads a filter (RFC 4515) without loss: options, OIDs, matching rules and octets as `\xx` arrive as they were written
 * (what ldapts' parser does not, LDAP sheet 12.1 trap 13). Blanks and line breaks may stand between the parts, and the outer
 * brackets may be missing. `(&)` and `(|)` (RFC 4526) become what is always and never true.
 * @throws LDAP_FILTER_INVALID with the position
 */
export function parseFilter(text: string): Filter {
  if (!text.isWellFormed()) throw problem('LDAP_FILTER_INVALID', 'The filter is no valid Unicode text.');
  return new FilterReader(text).whole();
}

class FilterReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Filter {
    this.#match(blanks);
    const filter = this.#text[this.#at] === '(' ? this.#bracketed(1) : this.#item();
    this.#match(blanks);
    if (this.#at < this.#text.length) throw this.#wrong('nothing more was expected');
    return filter;
  }

  #bracketed(depth: number): Filter {
    if (depth > deepest) throw this.#wrong(`brackets are nested more than ${deepest} deep`);
    this.#take('(');
    this.#match(blanks);
    const filter = this.#content(depth);
    this.#take(')');
    return filter;
  }

  #content(depth: number): Filter {
    switch (this.#text[this.#at]) {
      case '&':
        return allOf(this.#members(depth));
      case '|':
        return anyOf(this.#members(depth));
      case '!': {
        this.#at += 1;
        this.#match(blanks);
        const filter = this.#bracketed(depth + 1);
        this.#match(blanks);
        return { kind: 'not', filter };
      }
      default:
        return this.#item();
    }
  }

  #members(depth: number): Filter[] {
    this.#at += 1;
    const members: Filter[] = [];
    for (;;) {
      this.#match(blanks);
      if (this.#text[this.#at] !== '(') return members;
      members.push(this.#bracketed(depth + 1));
    }
  }

  #item(): Filter {
    const attribute = this.#match(description)?.[0];
    if (attribute === undefined || this.#text[this.#at] === ':') return this.#extensible(attribute);
    this.#match(blanks);
    const sign = this.#match(operator)?.[0];
    switch (sign) {
      case '=':
        return this.#equalityOrParts(attribute);
      case '>=':
      case '<=':
      case '~=':
        return { kind: comparisons[sign], attribute, value: this.#value() };
      default:
        throw this.#wrong('one of =, >=, <=, ~= and := was expected');
    }
  }

  #equalityOrParts(attribute: string): Filter {
    const initial = this.#value();
    if (this.#text[this.#at] !== '*') return { kind: 'equality', attribute, value: initial };
    const parts: OctetString[] = [];
    while (this.#text[this.#at] === '*') {
      this.#at += 1;
      parts.push(this.#value());
    }
    const final = parts.pop() ?? '';
    const any = parts.filter((part) => part.length > 0);
    if (initial.length === 0 && final.length === 0 && any.length === 0) return present(attribute);
    return contains(attribute, { initial, any, final });
  }

  #extensible(attribute: string | undefined): Filter {
    const dn = this.#match(dnAttributes) !== null;
    const ruleName = this.#match(rule)?.[1];
    if (attribute === undefined && ruleName === undefined) throw this.#wrong('an attribute was expected');
    if (this.#match(operator)?.[0] !== ':=') throw this.#wrong(':= was expected');
    return {
      kind: 'extensible',
      ...(attribute === undefined ? {} : { attribute }),
      ...(ruleName === undefined ? {} : { rule: ruleName }),
      value: this.#value(),
      dnAttributes: dn,
    };
  }

  #value(): OctetString {
    const text = this.#match(valueText)?.[0] ?? '';
    if (this.#text[this.#at] === '\\') throw this.#wrong('two hexadecimal digits must follow a backslash');
    return text.includes('\\') ? unescaped(text) : text;
  }

  #take(character: string): void {
    if (this.#text[this.#at] !== character) throw this.#wrong(`${character} was expected`);
    this.#at += 1;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #wrong(what: string): Error {
    return problem('LDAP_FILTER_INVALID', `At character ${this.#at + 1} of the filter ${what}.`);
  }
}

/** Text where the octets are UTF-8, else the octets: both are the same on the wire. */
function unescaped(text: string): OctetString {
  const octets = Buffer.concat(
    text
      .split(/((?:\\..)+)/)
      .map((part) => (part.startsWith('\\') ? Buffer.from(part.replaceAll('\\', ''), 'hex') : Buffer.from(part))),
  );
  const decoded = octets.toString('utf8');
  return Buffer.from(decoded).equals(octets) ? decoded : new Uint8Array(octets);
}
