import { type Problem, problem } from '@joinery/problems';
import { attributeNameEnd } from './attribute-name.ts';
import { type Place, PlaceFinder, placeText } from './place.ts';
import { type ComparisonOperator, comparisonOperators, type Expression, keywords } from './tree.ts';

/** Longest expression that the service takes, in UTF-16 units (engine sheet 9.5, 21.1). */
export const maximumLength = 10_000;
/** Deepest nesting of calls. Published expressions stay below ten; the bound keeps hostile text from exhausting the stack. */
export const maximumDepth = 100;

const numberPattern = /-?[0-9]+(?:\.[0-9]+)?|&[Hh][0-9A-Fa-f]+/y;
const namePattern = /[A-Za-z_][A-Za-z0-9_]*/y;
const spacePattern = /\s*/y;
const operatorPattern = /<>|<=|>=|=|<|>/y;

/**
 * Parses an expression (engine sheet 21.1). Which functions exist and what they take is the checker's business, not the grammar's.
 * @param text at most {@link maximumLength} characters; white space and line breaks between tokens are free
 * @throws EXPRESSION_TOO_LONG, EXPRESSION_TOO_DEEP, EXPRESSION_SYNTAX, each with the place `line L, column C`
 */
export function parseExpression(text: string): Expression {
  if (text.length > maximumLength) {
    throw problem(
      'EXPRESSION_TOO_LONG',
      `The expression has ${text.length} characters; ${maximumLength} are allowed.`,
      {
        place: placeText(new PlaceFinder(text).at(maximumLength)),
      },
    );
  }
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  readonly #places: PlaceFinder;
  #offset = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#places = new PlaceFinder(text);
  }

  parse(): Expression {
    this.#skipSpace();
    if (this.#atEnd()) throw this.#fault(0, 'The expression is empty.');
    const expression = this.#expression();
    if (!this.#atEnd()) throw this.#unexpected('after the end of the expression');
    return expression;
  }

  /** `operand [ op operand ]`; leaves the offset at the next token. */
  #expression(): Expression {
    const place = this.#here();
    const left = this.#operand();
    const operator = this.#operator();
    if (operator === undefined) return left;
    const right = this.#operand();
    const second = this.#offset;
    if (this.#operator() !== undefined) {
      throw this.#fault(second, 'Comparisons cannot be chained.', 'Nest one IIF in another instead.');
    }
    return { kind: 'comparison', operator, left, right, place };
  }

  #operator(): ComparisonOperator | undefined {
    const start = this.#offset;
    const written = this.#take(operatorPattern);
    if (written === undefined) return undefined;
    if (written === '=' && this.#text[this.#offset] === '=') {
      throw this.#fault(start, '"==" is not an operator.', 'Write a single = to compare.');
    }
    this.#skipSpace();
    return comparisonOperators.find((operator) => operator === written);
  }

  #operand(): Expression {
    const place = this.#here();
    const character = this.#text[this.#offset];
    if (character === '[') return this.#attribute(place);
    if (character === '"') return this.#string(place);
    const number = this.#take(numberPattern);
    if (number !== undefined) {
      if (/[\w.]/.test(this.#text[this.#offset] ?? '')) {
        throw this.#fault(place.offset, 'A number runs into other characters.', 'Put text in "double quotes".');
      }
      this.#skipSpace();
      return { kind: 'number', text: number, place };
    }
    const name = this.#take(namePattern);
    if (name !== undefined) return this.#named(name, place);
    throw this.#unexpected('where a function, an [attribute], "text" or a number is expected');
  }

  #attribute(place: Place): Expression {
    const start = place.offset + 1;
    const end = attributeNameEnd(this.#text, start);
    if (end === -1) {
      throw this.#fault(place.offset, 'The attribute that opens here has no closing bracket.', 'Close it with ].');
    }
    if (end === start) throw this.#fault(place.offset, 'The brackets hold no attribute name.');
    this.#offset = end + 1;
    this.#skipSpace();
    return { kind: 'attribute', name: this.#text.slice(start, end), place };
  }

  #string(place: Place): Expression {
    let value = '';
    for (let offset = place.offset + 1; offset < this.#text.length; offset++) {
      const character = this.#text[offset];
      if (character === '"') {
        this.#offset = offset + 1;
        this.#skipSpace();
        return { kind: 'text', value, place };
      }
      if (character === '\\') {
        const escaped = this.#text[offset + 1];
        if (escaped !== '"' && escaped !== '\\') {
          throw this.#fault(
            offset,
            'A single backslash in a text escapes only a quote or a backslash.',
            'Write two backslashes for one, also in regular expressions: "\\\\d" is the pattern \\d.',
          );
        }
        value += escaped;
        offset++;
      } else value += character;
    }
    throw this.#fault(place.offset, 'The text that opens here has no closing quote.', 'Close it with a double quote.');
  }

  #named(name: string, place: Place): Expression {
    this.#skipSpace();
    if (this.#text[this.#offset] === '(') return this.#call(name, place);
    const keyword = keywords.find((known) => known === name);
    if (keyword !== undefined) return { kind: 'keyword', name: keyword, place };
    throw this.#fault(
      place.offset,
      `The word ${name} is neither a function call, an attribute nor a text.`,
      `Write [${name}] for the attribute, "${name}" for the text or ${name}(...) for the function.`,
    );
  }

  #call(name: string, place: Place): Expression {
    if (this.#depth === maximumDepth) {
      throw problem('EXPRESSION_TOO_DEEP', `Calls are nested more than ${maximumDepth} deep.`, {
        place: placeText(place),
      });
    }
    this.#depth++;
    const opening = this.#offset;
    const given: (Expression | undefined)[] = [];
    this.#offset++;
    this.#skipSpace();
    for (;;) {
      const next = this.#text[this.#offset];
      if (next === ')' && given.length === 0) break;
      given.push(next === ',' || next === ')' ? undefined : this.#argument(opening));
      const separator = this.#text[this.#offset];
      if (separator === ')') break;
      if (separator !== ',') {
        if (this.#atEnd()) throw this.#unclosed(opening);
        throw this.#unexpected(`between the arguments of ${name}, where a comma or ) is expected`);
      }
      this.#offset++;
      this.#skipSpace();
    }
    this.#offset++;
    this.#skipSpace();
    this.#depth--;
    return { kind: 'call', name, arguments: given, place };
  }

  #argument(opening: number): Expression {
    if (this.#atEnd()) throw this.#unclosed(opening);
    return this.#expression();
  }

  #unclosed(opening: number): Problem {
    return this.#fault(opening, 'The parenthesis that opens here is not closed.', 'Close it with ).');
  }

  /** Takes what the sticky pattern matches here; an empty match counts as none. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.#offset += found.length;
    return found;
  }

  #skipSpace(): void {
    this.#take(spacePattern);
  }

  #atEnd(): boolean {
    return this.#offset >= this.#text.length;
  }

  #here(): Place {
    return this.#places.at(this.#offset);
  }

  #unexpected(where: string): Problem {
    if (this.#atEnd()) return this.#fault(this.#offset, `The expression ends ${where}.`);
    const character = String.fromCodePoint(this.#text.codePointAt(this.#offset) ?? 0);
    return this.#fault(
      this.#offset,
      `Unexpected ${JSON.stringify(character)} ${where}.`,
      advice(this.#text, this.#offset),
    );
  }

  #fault(offset: number, detail: string, fix?: string): Problem {
    const place = placeText(this.#places.at(offset));
    return problem('EXPRESSION_SYNTAX', detail, fix === undefined ? { place } : { place, fix });
  }
}

/** What people write when they come from other languages, and what this one calls it. */
function advice(text: string, offset: number): string | undefined {
  const rest = text.slice(offset, offset + 4);
  if (/^['‘’]/.test(rest)) return 'Put text in "double quotes"; single quotes do not make a text.';
  if (/^[“”„«»]/.test(rest)) return 'Use the straight double quote "; typographic quotes come from word processors.';
  if (rest.startsWith('&') || rest.startsWith('+'))
    return 'Join texts with Append or Join; there is no operator for it.';
  if (/^(and|or)\b/i.test(rest)) return 'There is no AND or OR; nest one IIF in another.';
  if (rest.startsWith('!=')) return 'Write <> for "not equal".';
  if (rest.startsWith(']') || rest.startsWith(')')) return 'Remove it, or add what it should close.';
  return undefined;
}
