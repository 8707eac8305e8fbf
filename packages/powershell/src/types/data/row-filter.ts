import { compareText } from '../../conversion/collation.ts';
import { toDouble } from '../../conversion/numbers/change-number.ts';
import { isNumber } from '../../conversion/numbers/number-text.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { compareDefault } from '../collections/order.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext } from '../net-type.ts';
import { dbNull } from '../system/db-null.ts';
import type { DataRow, DataTable } from './data-table.ts';
import { evaluateError, syntaxError, type Token, tokens } from './filter-tokens.ts';

/** What an expression is worth for a row. DBNull is unknown. */
type Term = (row: DataRow) => Value;

/**
 * The rows that a filter of ADO.NET keeps: comparisons, LIKE with `*` or `%` at the ends, IN, IS NULL, AND, OR, NOT,
 * arithmetic, and the functions LEN, ISNULL, IIF, TRIM and SUBSTRING. An empty filter keeps all.
 * Throws `NetFailure` (SyntaxErrorException, EvaluateException).
 */
export function rowFilter(table: DataTable, filter: string, context: CallContext): (row: DataRow) => boolean {
  if (filter.trim() === '') return () => true;
  const term = new FilterReader(table, filter, context).read();
  return (row) => {
    const answer = term(row);
    if (typeof answer === 'boolean') return answer;
    if (answer === dbNull) return false;
    throw evaluateError(`Filter expression '${filter}' does not evaluate to a Boolean term.`);
  };
}

const maxDepth = 100;

class FilterReader {
  readonly #table: DataTable;
  readonly #filter: string;
  readonly #context: CallContext;
  readonly #tokens: Token[];
  #at = 0;
  #depth = 0;

  constructor(table: DataTable, filter: string, context: CallContext) {
    this.#table = table;
    this.#filter = filter;
    this.#context = context;
    this.#tokens = tokens(filter);
  }

  read(): Term {
    const term = this.#or();
    const { kind, text } = this.#token;
    if (kind !== 'end') throw syntaxError(`Syntax error: Missing operand after '${text}' operator.`);
    return term;
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #isWord(word: string): boolean {
    return this.#token.kind === 'word' && this.#token.text.toUpperCase() === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#at++;
    return true;
  }

  #takeSign(...signs: readonly string[]): string | undefined {
    const { kind, text } = this.#token;
    if (kind !== 'sign' || !signs.includes(text)) return undefined;
    this.#at++;
    return text;
  }

  #or(): Term {
    if (++this.#depth > maxDepth) throw syntaxError('The expression has too many levels.');
    let left = this.#and();
    while (this.#takeWord('OR')) {
      const [first, second] = [left, this.#and()];
      left = (row) => {
        const [a, b] = [first(row), second(row)];
        return a === true || b === true ? true : a === dbNull || b === dbNull ? dbNull : false;
      };
    }
    this.#depth--;
    return left;
  }

  #and(): Term {
    let left = this.#not();
    while (this.#takeWord('AND')) {
      const [first, second] = [left, this.#not()];
      left = (row) => {
        const [a, b] = [first(row), second(row)];
        return a === false || b === false ? false : a === dbNull || b === dbNull ? dbNull : true;
      };
    }
    return left;
  }

  #not(): Term {
    let times = 0;
    while (this.#takeWord('NOT')) times++;
    const term = this.#comparison();
    if (times % 2 === 0) return term;
    return (row) => {
      const value = term(row);
      return value === dbNull ? dbNull : value !== true;
    };
  }

  #comparison(): Term {
    const left = this.#sum();
    if (this.#takeWord('IS')) {
      const isNegated = this.#takeWord('NOT');
      if (!this.#takeWord('NULL')) throw syntaxError('Syntax error: Invalid usage of IS operator.');
      return (row) => (left(row) === dbNull) !== isNegated;
    }
    const isNegated = this.#takeWord('NOT');
    if (this.#takeWord('LIKE')) return negated(isNegated, this.#like(left));
    if (this.#takeWord('IN')) return negated(isNegated, this.#in(left));
    const sign = this.#takeSign('=', '<>', '<=', '>=', '<', '>');
    if (sign === undefined) return left;
    const right = this.#sum();
    return (row) => {
      const [a, b] = [left(row), right(row)];
      if (a === dbNull || b === dbNull) return dbNull;
      const order = this.#compare(a, b);
      switch (sign) {
        case '=':
          return order === 0;
        case '<>':
          return order !== 0;
        case '<':
          return order < 0;
        case '>':
          return order > 0;
        case '<=':
          return order <= 0;
        default:
          return order >= 0;
      }
    };
  }

  #like(left: Term): Term {
    const pattern = this.#sum();
    return (row) => {
      const [value, wanted] = [left(row), pattern(row)];
      if (value === dbNull || wanted === dbNull) return dbNull;
      return isLike(this.#context.text(value), this.#context.text(wanted), this.#filter);
    };
  }

  #in(left: Term): Term {
    if (this.#takeSign('(') === undefined)
      throw syntaxError(
        'Syntax error: The items following the IN keyword must be separated by commas and be enclosed in parentheses.',
      );
    const terms = [this.#sum()];
    while (this.#takeSign(',') !== undefined) terms.push(this.#sum());
    this.#close();
    return (row) => {
      const value = left(row);
      if (value === dbNull) return dbNull;
      return terms.some((term) => {
        const one = term(row);
        return one !== dbNull && this.#compare(value, one) === 0;
      });
    };
  }

  #sum(): Term {
    let left = this.#product();
    for (let sign = this.#takeSign('+', '-'); sign !== undefined; sign = this.#takeSign('+', '-')) {
      const [first, second, isSum] = [left, this.#product(), sign === '+'];
      left = (row) => {
        const [a, b] = [first(row), second(row)];
        if (a === dbNull || b === dbNull) return dbNull;
        if (isSum && (typeof a === 'string' || typeof b === 'string'))
          return this.#context.text(a) + this.#context.text(b);
        return new Double(this.#number(a) + (isSum ? 1 : -1) * this.#number(b));
      };
    }
    return left;
  }

  #product(): Term {
    let left = this.#primary();
    for (let sign = this.#takeSign('*', '/', '%'); sign !== undefined; sign = this.#takeSign('*', '/', '%')) {
      const [first, second, operator] = [left, this.#primary(), sign];
      left = (row) => {
        const [a, b] = [first(row), second(row)];
        if (a === dbNull || b === dbNull) return dbNull;
        const [x, y] = [this.#number(a), this.#number(b)];
        return new Double(operator === '*' ? x * y : operator === '/' ? x / y : x % y);
      };
    }
    return left;
  }

  #primary(): Term {
    const token = this.#token;
    this.#at++;
    switch (token.kind) {
      case 'text':
        return () => token.text;
      case 'number': {
        const number = Number(token.text);
        return () => new Double(number);
      }
      case 'date': {
        const date = this.#context.convert(token.text, netTypes.dateTime);
        return () => date;
      }
      case 'name':
        return this.#column(token.text);
      case 'word':
        return this.#word(token.text);
      case 'sign':
        if (token.text === '(') {
          const term = this.#or();
          this.#close();
          return term;
        }
        if (token.text === '-') {
          const term = this.#primary();
          return (row) => {
            const value = term(row);
            return value === dbNull ? dbNull : new Double(-this.#number(value));
          };
        }
        throw syntaxError(`Syntax error: Missing operand before '${token.text}' operator.`);
      default:
        throw syntaxError('Syntax error: Missing operand after the last operator.');
    }
  }

  #word(word: string): Term {
    const upper = word.toUpperCase();
    if (this.#token.kind === 'sign' && this.#token.text === '(') return this.#call(upper);
    if (upper === 'TRUE' || upper === 'FALSE') return () => upper === 'TRUE';
    if (upper === 'NULL') return () => dbNull;
    return this.#column(word);
  }

  #column(name: string): Term {
    const column = this.#table.column(name);
    if (column === undefined) throw evaluateError(`Cannot find column [${name}].`);
    const place = column.ordinal;
    return (row) => row.at(place);
  }

  #call(name: string): Term {
    this.#at++;
    const terms = [this.#or()];
    while (this.#takeSign(',') !== undefined) terms.push(this.#or());
    this.#close();
    const [first = () => dbNull, second = () => dbNull, third = () => dbNull] = terms;
    const text = (value: Value): string => this.#context.text(value);
    switch (name) {
      case 'LEN':
        return (row) => (first(row) === dbNull ? dbNull : text(first(row)).length);
      case 'ISNULL':
        return (row) => (first(row) === dbNull ? second(row) : first(row));
      case 'IIF':
        return (row) => (first(row) === true ? second(row) : third(row));
      case 'TRIM':
        return (row) => (first(row) === dbNull ? dbNull : text(first(row)).trim());
      case 'SUBSTRING':
        return (row) => {
          const [start, length] = [this.#number(second(row)) - 1, this.#number(third(row))];
          return first(row) === dbNull ? dbNull : text(first(row)).slice(start, start + length);
        };
      default:
        throw evaluateError(`The expression contains undefined function call ${name}().`);
    }
  }

  #close(): void {
    if (this.#takeSign(')') === undefined) throw syntaxError('The expression is missing the closing parenthesis.');
  }

  #number(value: Value): number {
    if (isNumber(value)) return toDouble(value);
    const number = this.#context.convert(value, netTypes.double);
    return number instanceof Double ? number.value : Number.NaN;
  }

  /** Text without case; where one side is a number or a date, the other becomes one. */
  #compare(left: Value, right: Value): number {
    if (typeof left === 'string' && typeof right === 'string') return compareText(left, right, true);
    if (isNumber(left) || isNumber(right)) return this.#number(left) - this.#number(right);
    if (typeof right === 'string' && typeof left === 'object' && left !== null)
      return compareDefault(left, this.#context.convert(right, left.type));
    if (typeof left === 'string' && typeof right === 'object' && right !== null)
      return compareDefault(this.#context.convert(left, right.type), right);
    return compareDefault(left, right);
  }
}

function negated(isNegated: boolean, term: Term): Term {
  if (!isNegated) return term;
  return (row) => {
    const value = term(row);
    return value === dbNull ? dbNull : value !== true;
  };
}

/** `*` and `%` stand for any text at the ends of a pattern, and nowhere else. */
function isLike(value: string, pattern: string, filter: string): boolean {
  const isOpenBefore = /^[*%]/.test(pattern);
  const isOpenBehind = /[*%]$/.test(pattern.slice(isOpenBefore ? 1 : 0));
  const literal = pattern.slice(isOpenBefore ? 1 : 0, isOpenBehind ? -1 : undefined).replace(/\[([*%[\]])\]/g, '$1');
  if (/(?<!\[)[*%](?!\])/.test(pattern.slice(isOpenBefore ? 1 : 0, isOpenBehind ? -1 : undefined))) {
    throw evaluateError(`Error in Like operator: the string pattern '${pattern}' is invalid. (${filter})`);
  }
  const [text, wanted] = [value.toLowerCase(), literal.toLowerCase()];
  if (isOpenBefore && isOpenBehind) return text.includes(wanted);
  if (isOpenBefore) return text.endsWith(wanted);
  return isOpenBehind ? text.startsWith(wanted) : text === wanted;
}
