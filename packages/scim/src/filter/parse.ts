import { problem } from '@joinery/problems';
import type { ScimProfile } from '../schema/profile.ts';
import type { CompareNode, CompareOperator, FilterLiteral, FilterNode, PresentNode } from './ast.ts';
import { type FilterToken, filterSyntax, tokenise } from './tokens.ts';

/** Bounds on a filter: what the parser accepts, the evaluators and SQL can bear. */
export const filterLimits = { length: 8192, depth: 32, terms: 256 } as const;

const operators: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Parses a SCIM filter (RFC 7644 3.4.2.2, figure 1), and beyond it what Microsoft's clients send: unquoted values,
 * operators and literals in any case, `not` without parentheses, and `emails[type eq "work"].value eq "x"`.
 * The profile `strict` takes the RFC's grammar alone.
 * @throws SCIM_FILTER_SYNTAX with the position and what was expected; SCIM_FILTER_LIMIT
 */
export function parseFilter(text: string, profile: ScimProfile = 'entra'): FilterNode {
  const parser = new FilterParser(text, profile);
  const node = parser.or(0);
  parser.expectEnd();
  return node;
}

/** A PATCH path: `attribute`, `attribute.sub`, `attribute[filter]`, `attribute[filter].sub`, each with a URN in front. */
export interface PathText {
  /** URN, attribute and, without a filter, the sub-attribute: as written. */
  readonly attribute: string;
  readonly filter: FilterNode | undefined;
  /** The sub-attribute after a filter. */
  readonly sub: string | undefined;
}

/**
 * Parses a PATCH path (RFC 7644 figure 7). The path is not yet resolved against a schema.
 * @throws SCIM_PATH_SYNTAX for the path itself, SCIM_FILTER_SYNTAX and SCIM_FILTER_LIMIT for the filter inside
 */
export function parsePath(text: string, profile: ScimProfile = 'entra'): PathText {
  const parser = new FilterParser(text, profile);
  return parser.path();
}

class FilterParser {
  readonly #text: string;
  readonly #strict: boolean;
  readonly #tokens: readonly FilterToken[];
  #at = 0;
  #terms = 0;

  constructor(text: string, profile: ScimProfile) {
    if (text.length > filterLimits.length) {
      throw limit(`it has ${text.length} characters, at most ${filterLimits.length} are read`);
    }
    this.#text = text;
    this.#strict = profile === 'strict';
    this.#tokens = tokenise(text);
  }

  or(depth: number): FilterNode {
    return this.#chain('or', depth, () => this.#and(depth));
  }

  #and(depth: number): FilterNode {
    return this.#chain('and', depth, () => this.#unary(depth));
  }

  #chain(kind: 'and' | 'or', depth: number, operand: () => FilterNode): FilterNode {
    if (depth > filterLimits.depth) throw limit(`it nests deeper than ${filterLimits.depth} levels`);
    const first = operand();
    if (!this.#isWord(kind)) return first;
    const operands = [first];
    while (this.#isWord(kind)) {
      this.#at += 1;
      operands.push(operand());
    }
    return { kind, operands };
  }

  #unary(depth: number): FilterNode {
    // `not` is a name where an operator follows it, so that an attribute may be called so.
    if (this.#isWord('not') && !this.#startsComparison()) {
      if (depth >= filterLimits.depth) throw limit(`it nests deeper than ${filterLimits.depth} levels`);
      this.#at += 1;
      if (this.#strict && this.#peek().kind !== '(') throw this.#unexpected('an opening parenthesis after "not"');
      return { kind: 'not', operand: this.#unary(depth + 1) };
    }
    if (this.#peek().kind === '(') {
      this.#at += 1;
      const inner = this.or(depth + 1);
      this.#expect(')', 'a closing parenthesis');
      return inner;
    }
    return this.#term(depth);
  }

  #term(depth: number): FilterNode {
    const token = this.#peek();
    if (token.kind !== 'word') throw this.#unexpected('an attribute name, "not" or an opening parenthesis');
    this.#terms += 1;
    if (this.#terms > filterLimits.terms) throw limit(`it has more than ${filterLimits.terms} terms`);
    this.#at += 1;
    if (this.#peek().kind !== '[') return this.#comparison(token.text);
    this.#at += 1;
    const filter = this.or(depth + 1);
    this.#expect(']', 'a closing bracket');
    const next = this.#peek();
    if (next.kind !== 'word' || !next.joined)
      return { kind: 'valuePath', path: token.text, filter, condition: undefined };
    if (this.#strict) throw this.#unexpected('"and", "or" or the end');
    this.#at += 1;
    return { kind: 'valuePath', path: token.text, filter, condition: this.#comparison(subName(next)) };
  }

  #comparison(path: string): PresentNode | CompareNode {
    const token = this.#peek();
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    if (word === 'pr') {
      this.#at += 1;
      return { kind: 'present', path };
    }
    if (!isOperator(word)) throw this.#unexpected('an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)');
    this.#at += 1;
    return { kind: 'compare', path, operator: word, value: this.#literal() };
  }

  #literal(): FilterLiteral {
    const token = this.#peek();
    if (token.kind !== 'string' && token.kind !== 'word') throw this.#unexpected('a value to compare with');
    const literal: FilterLiteral =
      token.kind === 'string' ? { kind: 'string', text: token.text } : wordLiteral(token.text);
    if (this.#strict && token.kind === 'word' && literal.kind === 'string') throw this.#unexpected('a value of JSON');
    this.#at += 1;
    return literal;
  }

  path(): PathText {
    const first = this.#peek();
    if (first.kind !== 'word') throw pathSyntax(this.#text, 'it does not begin with an attribute name');
    this.#at += 1;
    if (this.#peek().kind === 'end') return { attribute: first.text, filter: undefined, sub: undefined };
    if (this.#peek().kind !== '[')
      throw pathSyntax(this.#text, `'${this.#peek().text}' is not expected after '${first.text}'`);
    this.#at += 1;
    const filter = this.or(1);
    this.#expect(']', 'a closing bracket');
    const next = this.#peek();
    if (next.kind === 'end') return { attribute: first.text, filter, sub: undefined };
    this.#at += 1;
    if (next.kind !== 'word' || !next.text.startsWith('.') || next.text.length < 2 || this.#peek().kind !== 'end') {
      throw pathSyntax(this.#text, 'only .sub-attribute may follow the closing bracket');
    }
    return { attribute: first.text, filter, sub: next.text.slice(1) };
  }

  expectEnd(): void {
    if (this.#peek().kind !== 'end') throw this.#unexpected('"and", "or" or the end');
  }

  #expect(kind: FilterToken['kind'], expected: string): void {
    if (this.#peek().kind !== kind) throw this.#unexpected(expected);
    this.#at += 1;
  }

  #startsComparison(): boolean {
    const next = this.#tokens[this.#at + 1];
    const word = next?.kind === 'word' ? next.text.toLowerCase() : '';
    return next?.kind === '[' || word === 'pr' || isOperator(word);
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === 'word' && token.text.toLowerCase() === word;
  }

  #peek(): FilterToken {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw filterSyntax(this.#text.length, 'the filter ends too early');
    return token;
  }

  #unexpected(expected: string): Error {
    const token = this.#peek();
    const found = token.kind === 'end' ? 'the filter ends' : `there is '${token.text}'`;
    return filterSyntax(token.position, `expected ${expected}, but ${found}`);
  }
}

/** The literal that an unquoted word stands for: a word of JSON, a number, or a text whose quotation marks are missing. */
export function wordLiteral(text: string): FilterLiteral {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return { kind: 'boolean', text };
  if (lower === 'null') return { kind: 'null', text };
  return { kind: number.test(text) ? 'number' : 'string', text };
}

function isOperator(word: string): word is CompareOperator {
  return operators.has(word);
}

function subName(token: FilterToken): string {
  if (token.text.startsWith('.') && token.text.length > 1) return token.text.slice(1);
  throw filterSyntax(token.position, `expected .sub-attribute after the closing bracket, but there is '${token.text}'`);
}

function limit(sentence: string): Error {
  return problem('SCIM_FILTER_LIMIT', `The filter is refused: ${sentence}.`, { place: 'filter' });
}

function pathSyntax(text: string, sentence: string): Error {
  return problem('SCIM_PATH_SYNTAX', `The path cannot be read: ${sentence}.`, { place: text.slice(0, 200) });
}
