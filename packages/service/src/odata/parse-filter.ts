import type { CompareOperator, FilterLiteral, FilterNode } from '@joinery/scim';
import { filterSyntax, type Token, tokenise } from './tokens.ts';

const comparisons: readonly CompareOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
/** OData's functions and the operators of the common filter tree that mean the same. */
const functions: ReadonlyMap<string, CompareOperator> = new Map([
  ['startswith', 'sw'],
  ['endswith', 'ew'],
  ['contains', 'co'],
]);
const deepest = 30;
const mostTerms = 200;

/**
 * Parses `$filter` (graph sheet 10) into the filter tree that every collection compiles from. Paths keep their letter case and
 * their `/`; which exist and what they may be compared with is for the collection to say.
 * @throws SERVICE_FILTER_SYNTAX with the position counted from 1
 */
export function parseODataFilter(text: string): FilterNode {
  const parser = new Parser(tokenise(text));
  const filter = parser.either(0);
  parser.end();
  return filter;
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #terms = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  either(depth: number): FilterNode {
    return this.#chain('or', () => this.#chain('and', () => this.#negation(depth)));
  }

  end(): void {
    const token = this.#peek();
    if (token.kind !== 'end') throw filterSyntax('Something is left over', token.at);
  }

  #chain(kind: 'and' | 'or', operand: () => FilterNode): FilterNode {
    const first = operand();
    const operands = [first];
    while (this.#takeWord(kind)) operands.push(operand());
    return operands.length === 1 ? first : { kind, operands };
  }

  #negation(depth: number): FilterNode {
    if (depth > deepest) throw filterSyntax(`The filter is nested more than ${deepest} deep`, this.#peek().at);
    if (this.#takeWord('not')) return { kind: 'not', operand: this.#negation(depth + 1) };
    if (this.#takeSymbol('(')) {
      const inner = this.either(depth + 1);
      this.#expectSymbol(')');
      return inner;
    }
    return this.#term();
  }

  #term(): FilterNode {
    this.#terms += 1;
    const name = this.#take();
    if (this.#terms > mostTerms) throw filterSyntax(`The filter has more than ${mostTerms} terms`, name.at);
    if (name.kind !== 'word') throw filterSyntax('A property is due', name.at);
    if (this.#takeSymbol('(')) return this.#call(name.text, name.at);
    const operator = this.#take();
    if (operator.kind === 'word' && operator.text.toLowerCase() === 'in') return this.#membership(name.text);
    const comparison =
      operator.kind === 'word' ? comparisons.find((known) => known === operator.text.toLowerCase()) : undefined;
    if (comparison === undefined) throw filterSyntax('One of eq, ne, gt, ge, lt, le, in is due', operator.at);
    return { kind: 'compare', path: name.text, operator: comparison, value: this.#literal() };
  }

  #call(name: string, at: number): FilterNode {
    const operator = functions.get(name.toLowerCase());
    if (operator === undefined) throw filterSyntax(`There is no function '${name.slice(0, 50)}'`, at);
    const path = this.#take();
    if (path.kind !== 'word') throw filterSyntax('A property is due', path.at);
    this.#expectSymbol(',');
    const value = this.#literal();
    this.#expectSymbol(')');
    return { kind: 'compare', path: path.text, operator, value };
  }

  /** `name in ('a', 'b')` is `name eq 'a' or name eq 'b'`. */
  #membership(path: string): FilterNode {
    this.#expectSymbol('(');
    const operands: FilterNode[] = [];
    do {
      this.#terms += 1;
      if (this.#terms > mostTerms) throw filterSyntax(`The filter has more than ${mostTerms} terms`, this.#peek().at);
      operands.push({ kind: 'compare', path, operator: 'eq', value: this.#literal() });
    } while (this.#takeSymbol(','));
    this.#expectSymbol(')');
    const [only] = operands;
    return only !== undefined && operands.length === 1 ? only : { kind: 'or', operands };
  }

  #literal(): FilterLiteral {
    const token = this.#take();
    if (token.kind === 'string') return { kind: 'string', text: token.text };
    if (token.kind !== 'word') throw filterSyntax('A value is due', token.at);
    const lower = token.text.toLowerCase();
    if (lower === 'true' || lower === 'false') return { kind: 'boolean', text: lower };
    if (lower === 'null') return { kind: 'null', text: lower };
    if (/^-?\d+(\.\d+)?$/.test(token.text)) return { kind: 'number', text: token.text };
    // A date and time or a GUID stands without quotes in OData.
    if (
      /^\d{4}-\d{2}-\d{2}([Tt][\d:.]+([Zz]|[+-]\d{2}:\d{2})?)?$/.test(token.text) ||
      /^[0-9a-f-]{36}$/i.test(token.text)
    ) {
      return { kind: 'string', text: token.text };
    }
    throw filterSyntax('A value is due; a text stands in single quotes', token.at);
  }

  #peek(): Token {
    // The list ends with the end token, which is never passed.
    return this.#tokens[this.#next] ?? { kind: 'end', at: 0 };
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#next += 1;
    return token;
  }

  #takeWord(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'word' || token.text.toLowerCase() !== text) return false;
    this.#next += 1;
    return true;
  }

  #takeSymbol(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.text !== text) return false;
    this.#next += 1;
    return true;
  }

  #expectSymbol(text: string): void {
    if (!this.#takeSymbol(text)) throw filterSyntax(`'${text}' is due`, this.#peek().at);
  }
}
