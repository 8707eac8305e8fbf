import { anyButLineFeed, anyUnit, unitSet } from './character-set.ts';
import { NestingError } from './errors.ts';
import { GroupTable } from './group-table.ts';
import type { Anchor, ParsedPattern, RegexNode } from './node.ts';
import { RegexOption } from './options.ts';
import { parseClass } from './parse-class.ts';
import { parseShorthand, parseUnitEscape } from './parse-escape.ts';
import { PatternReader } from './pattern-reader.ts';

/**
 * Parses a .NET pattern. It is read twice: references may stand before the groups they mean, and named groups are numbered
 * behind all others.
 * @param nesting deepest nesting of groups: keeps hostile patterns from exhausting the stack
 * @throws PatternError, NestingError
 */
export function parsePattern(pattern: string, options: number, nesting: number): ParsedPattern {
  const table = new GroupTable();
  new PatternParser(pattern, table, nesting, false).parse(options);
  table.number();
  const root = new PatternParser(pattern, table, nesting, true).parse(options);
  return { root, numbers: table.numbers, names: table.names };
}

const anchors: ReadonlyMap<string, Anchor> = new Map([
  ['A', 'textStart'],
  ['Z', 'textEndOrLastLineFeed'],
  ['z', 'textEnd'],
  ['G', 'searchStart'],
  ['b', 'wordBoundary'],
  ['B', 'noWordBoundary'],
]);

const optionBits: ReadonlyMap<string, number> = new Map([
  ['i', RegexOption.ignoreCase],
  ['m', RegexOption.multiline],
  ['n', RegexOption.explicitCapture],
  ['s', RegexOption.singleline],
  ['x', RegexOption.ignorePatternWhitespace],
]);

const empty: RegexNode = { kind: 'sequence', items: [] };

class PatternParser {
  readonly #reader: PatternReader;
  readonly #table: GroupTable;
  readonly #nesting: number;
  /** Whether the groups are known: the second reading. */
  readonly #isNumbered: boolean;
  #unnamed = 0;
  #depth = 0;

  constructor(pattern: string, table: GroupTable, nesting: number, isNumbered: boolean) {
    this.#reader = new PatternReader(pattern);
    this.#table = table;
    this.#nesting = nesting;
    this.#isNumbered = isNumbered;
  }

  parse(options: number): RegexNode {
    const root = this.#choice(options);
    if (!this.#reader.isAtEnd) {
      this.#reader.at++;
      throw this.#reader.error('InsufficientOpeningParentheses', "Too many )'s.");
    }
    return root;
  }

  #choice(start: number): RegexNode {
    const found: RegexNode[] = [];
    let options = start;
    do {
      const { node, after } = this.#sequence(options);
      found.push(node);
      // An inline option such as (?i) holds to the end of its group, behind the next bar too.
      options = after;
    } while (this.#reader.accept('|'));
    const [only] = found;
    return found.length === 1 && only !== undefined ? only : { kind: 'choice', options: found };
  }

  #sequence(start: number): { node: RegexNode; after: number } {
    const reader = this.#reader;
    const items: RegexNode[] = [];
    let options = start;
    for (;;) {
      this.#skipBlank(options);
      if (reader.isAtEnd || reader.looksAt('|') || reader.looksAt(')')) break;
      const changed = this.#inlineOptions(options);
      if (changed !== undefined) {
        options = changed;
        continue;
      }
      items.push(this.#quantified(this.#atom(options), options));
    }
    const [only] = items;
    return { node: items.length === 1 && only !== undefined ? only : { kind: 'sequence', items }, after: options };
  }

  /** Comments, and with the option x white space. */
  #skipBlank(options: number): void {
    const reader = this.#reader;
    const ignoresSpace = (options & RegexOption.ignorePatternWhitespace) !== 0;
    for (;;) {
      if (ignoresSpace && reader.match(/\s+/y) !== undefined) continue;
      if (ignoresSpace && reader.match(/#[^\n]*/y) !== undefined) continue;
      if (!reader.accept('(?#')) return;
      const end = reader.pattern.indexOf(')', reader.at);
      if (end === -1) {
        reader.at = reader.pattern.length;
        throw reader.error('UnterminatedComment', 'Unterminated (?#...) comment.');
      }
      reader.at = end + 1;
    }
  }

  #atom(options: number): RegexNode {
    const reader = this.#reader;
    const ignoreCase = (options & RegexOption.ignoreCase) !== 0;
    const sign = reader.take();
    switch (sign) {
      case '(':
        return this.#group(options);
      case '[':
        return {
          kind: 'set',
          set: parseClass(reader, {
            ignoreCase,
            ecmaScript: (options & RegexOption.ecmaScript) !== 0,
            isScan: !this.#isNumbered,
          }),
        };
      case '.':
        return { kind: 'set', set: (options & RegexOption.singleline) === 0 ? anyButLineFeed : anyUnit };
      case '^':
        return { kind: 'anchor', anchor: (options & RegexOption.multiline) === 0 ? 'textStart' : 'lineStart' };
      case '$':
        return {
          kind: 'anchor',
          anchor: (options & RegexOption.multiline) === 0 ? 'textEndOrLastLineFeed' : 'lineEnd',
        };
      case '\\':
        return this.#escape(options);
      case '*':
      case '+':
      case '?':
        throw reader.error('QuantifierAfterNothing', `Quantifier '${sign}' following nothing.`);
      case '{':
        if (quantifier.test(reader.pattern.slice(reader.at - 1))) {
          throw reader.error('QuantifierAfterNothing', "Quantifier '{' following nothing.");
        }
    }
    return { kind: 'set', set: unitSet(sign.charCodeAt(0), ignoreCase) };
  }

  #escape(options: number): RegexNode {
    const reader = this.#reader;
    const ignoreCase = (options & RegexOption.ignoreCase) !== 0;
    if (reader.isAtEnd) throw reader.error('UnescapedEndingBackslash', 'Illegal \\ at end of pattern.');
    const anchor = anchors.get(reader.peek());
    if (anchor !== undefined) {
      reader.at++;
      return { kind: 'anchor', anchor };
    }
    if (reader.peek() === 'k') return this.#namedReference(ignoreCase);
    const digits = /^[1-9]\d*/.exec(reader.pattern.slice(reader.at))?.[0];
    if (digits !== undefined) {
      const number = Number(digits);
      if (!this.#isNumbered || this.#table.has(number)) {
        if (this.#isNumbered || number <= 9) {
          reader.at += digits.length;
          return { kind: 'reference', number, ignoreCase };
        }
      } else if (number <= 9) {
        reader.at += digits.length;
        throw reader.error('UndefinedNumberedReference', `Reference to undefined group number ${number}.`);
      }
    }
    const set = parseShorthand(reader, (options & RegexOption.ecmaScript) !== 0);
    if (set !== undefined) return { kind: 'set', set };
    if (!this.#isNumbered && digits !== undefined && !/^[0-7]/.test(digits)) {
      reader.at += digits.length;
      return empty;
    }
    return { kind: 'set', set: unitSet(parseUnitEscape(reader), ignoreCase) };
  }

  #namedReference(ignoreCase: boolean): RegexNode {
    const reader = this.#reader;
    reader.at++;
    const found = reader.match(/<([^>]*)>|'([^']*)'/y);
    const name = found?.[1] ?? found?.[2];
    if (name === undefined || !/^\w+$/u.test(name)) {
      throw reader.error('MalformedNamedReference', 'Malformed \\k<...> named back reference.');
    }
    const number = this.#table.numberOf(name);
    if (this.#isNumbered && number === undefined) throw this.#undefinedName(name);
    return { kind: 'reference', number: number ?? 0, ignoreCase };
  }

  #undefinedName(name: string): Error {
    return /^\d+$/.test(name)
      ? this.#reader.error('UndefinedNumberedReference', `Reference to undefined group number ${name}.`)
      : this.#reader.error('UndefinedNamedReference', `Reference to undefined group name '${name}'.`);
  }

  /** A group behind its opening parenthesis; the closing one is read. */
  #group(options: number): RegexNode {
    if (++this.#depth > this.#nesting) {
      const { pattern, at } = this.#reader;
      throw new NestingError(pattern, at, 'Unknown', `Groups are nested more than ${this.#nesting} deep.`);
    }
    const node = this.#opened(options);
    if (!this.#reader.accept(')')) {
      throw this.#reader.error('InsufficientClosingParentheses', "Not enough )'s.");
    }
    this.#depth--;
    return node;
  }

  #opened(options: number): RegexNode {
    const reader = this.#reader;
    if (!reader.looksAt('?')) return this.#unnamedGroup(options);
    if (reader.accept('?:')) return this.#choice(options);
    if (reader.accept('?>')) return { kind: 'atomic', item: this.#choice(options) };
    if (reader.accept('?=')) return { kind: 'look', behind: false, negative: false, item: this.#choice(options) };
    if (reader.accept('?!')) return { kind: 'look', behind: false, negative: true, item: this.#choice(options) };
    if (reader.accept('?<=')) return { kind: 'look', behind: true, negative: false, item: this.#choice(options) };
    if (reader.accept('?<!')) return { kind: 'look', behind: true, negative: true, item: this.#choice(options) };
    if (reader.accept('?(')) return this.#condition(options);
    if (reader.looksAt('?<') || reader.looksAt("?'")) return this.#namedGroup(options);
    const inline = reader.match(/\?([imnsx]*)(?:-([imnsx]*))?:/y);
    if (inline !== undefined) return this.#choice(withOptions(options, inline[1] ?? '', inline[2] ?? ''));
    reader.match(/\?[imnsx-]*[^)]?/y);
    throw this.#unrecognized();
  }

  #unrecognized(): Error {
    return this.#reader.error('InvalidGroupingConstruct', 'Unrecognized grouping construct.');
  }

  #unnamedGroup(options: number): RegexNode {
    if ((options & RegexOption.explicitCapture) !== 0) return this.#choice(options);
    const number = ++this.#unnamed;
    if (!this.#isNumbered) this.#table.addUnnamed();
    return { kind: 'group', number, item: this.#choice(options) };
  }

  #namedGroup(options: number): RegexNode {
    const reader = this.#reader;
    const closing = reader.peek(1) === '<' ? '>' : "'";
    reader.at += 2;
    const name = reader.match(/\d+|[\p{L}\p{Mn}\p{Nd}\p{Pc}]*/uy)?.[0] ?? '';
    const popped = reader.accept('-') ? reader.match(/[\p{L}\p{Mn}\p{Nd}\p{Pc}]+/uy)?.[0] : undefined;
    if (reader.isAtEnd || (name === '' && popped === undefined)) {
      if (reader.isAtEnd) throw this.#unrecognized();
      throw reader.error(
        'CaptureGroupNameInvalid',
        'Invalid group name: Group names must begin with a word character.',
      );
    }
    if (!reader.accept(closing)) {
      throw reader.error(
        'CaptureGroupNameInvalid',
        'Invalid group name: Group names must begin with a word character.',
      );
    }
    if (name === '0') throw reader.error('CaptureGroupOfZero', 'Capture number cannot be zero.');
    if (!this.#isNumbered && name !== '') this.#table.addNamed(name);
    const number = name === '' ? undefined : (this.#table.numberOf(name) ?? 0);
    if (popped === undefined) return { kind: 'group', number: number ?? 0, item: this.#choice(options) };
    const target = this.#table.numberOf(popped);
    if (this.#isNumbered && target === undefined) {
      reader.at--;
      throw this.#undefinedName(popped);
    }
    return { kind: 'balance', number, popped: target ?? 0, item: this.#choice(options) };
  }

  /** `(?(` was read: a group's number or name, or a look-ahead. */
  #condition(options: number): RegexNode {
    const reader = this.#reader;
    const start = reader.at;
    const name = reader.match(/([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)\)/uy)?.[1];
    const number = name === undefined ? undefined : this.#table.numberOf(name);
    let test: number | RegexNode;
    if (name !== undefined && /^\d+$/.test(name)) {
      if (this.#isNumbered && number === undefined) {
        reader.at--;
        throw reader.error(
          'AlternationHasUndefinedReference',
          `Conditional alternation refers to an undefined group number ${name}.`,
        );
      }
      test = Number(name);
    } else if (number !== undefined) test = number;
    else {
      reader.at = start;
      test = this.#look(options);
    }
    const { yes, no } = this.#arms(options);
    return { kind: 'condition', test, yes, no };
  }

  #look(options: number): RegexNode {
    const reader = this.#reader;
    const behind = reader.looksAt('?<');
    const negative = reader.looksAt('?!') || reader.looksAt('?<!');
    const isLook = reader.match(/\?<?[=!]/y) !== undefined;
    const item = this.#choice(options);
    if (!reader.accept(')')) throw reader.error('InsufficientClosingParentheses', "Not enough )'s.");
    return { kind: 'look', behind: isLook && behind, negative: isLook && negative, item };
  }

  #arms(options: number): { yes: RegexNode; no: RegexNode } {
    const node = this.#choice(options);
    if (node.kind !== 'choice') return { yes: node, no: empty };
    const [yes = empty, no = empty, more] = node.options;
    if (more !== undefined) {
      throw this.#reader.error('AlternationHasTooManyConditions', 'Too many | in (?()|).');
    }
    return { yes, no };
  }

  #inlineOptions(options: number): number | undefined {
    const found = this.#reader.match(/\(\?([imnsx]*)(?:-([imnsx]*))?\)/y);
    return found === undefined ? undefined : withOptions(options, found[1] ?? '', found[2] ?? '');
  }

  #quantified(atom: RegexNode, options: number): RegexNode {
    const reader = this.#reader;
    this.#skipBlank(options);
    const bounds = this.#bounds();
    if (bounds === undefined) return atom;
    this.#skipBlank(options);
    const lazy = reader.accept('?');
    this.#skipBlank(options);
    const next = reader.peek();
    if (
      next === '*' ||
      next === '+' ||
      next === '?' ||
      (next === '{' && quantifier.test(reader.pattern.slice(reader.at)))
    ) {
      reader.at++;
      throw reader.error('NestedQuantifiersNotParenthesized', `Nested quantifier '${next}'.`);
    }
    return { kind: 'repeat', item: atom, least: bounds[0], most: bounds[1], lazy };
  }

  #bounds(): readonly [number, number] | undefined {
    const reader = this.#reader;
    if (reader.accept('*')) return [0, Number.POSITIVE_INFINITY];
    if (reader.accept('+')) return [1, Number.POSITIVE_INFINITY];
    if (reader.accept('?')) return [0, 1];
    // A brace that counts nothing stands for itself.
    const counted = reader.match(/\{(\d{1,10})(,(\d{1,10})?)?\}/y);
    if (counted === undefined) return undefined;
    const least = Number(counted[1]);
    const most =
      counted[2] === undefined ? least : counted[3] === undefined ? Number.POSITIVE_INFINITY : Number(counted[3]);
    if (most < least) throw reader.error('ReversedQuantifierRange', 'Illegal {x,y} with x > y.');
    return [least, most];
  }
}

const quantifier = /^\{\d{1,10}(?:,(?:\d{1,10})?)?\}/;

function withOptions(options: number, on: string, off: string): number {
  let changed = options;
  for (const letter of on) changed |= optionBits.get(letter) ?? 0;
  for (const letter of off) changed &= ~(optionBits.get(letter) ?? 0);
  return changed;
}
