import { type Problem, problem } from '@joinery/problems';
import { anyButLineFeed, anyCharacter, buildSet, type CharacterSet } from './character-set.ts';
import { parseClass } from './parse-class.ts';
import { parseEscape } from './parse-escape.ts';
import { PatternReader } from './pattern-reader.ts';
import type { Pattern, PatternNode } from './pattern-tree.ts';

/** Longest pattern, in UTF-16 units: as long as the longest expression. */
const maximumPattern = 10_000;
/** Deepest nesting of groups; keeps hostile patterns from exhausting the stack. */
const maximumNesting = 100;

interface Options {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly singleLine: boolean;
  readonly explicitCapture: boolean;
  readonly ignoreSpace: boolean;
}

const noOptions: Options = {
  ignoreCase: false,
  multiline: false,
  singleLine: false,
  explicitCapture: false,
  ignoreSpace: false,
};

const optionNames: ReadonlyMap<string, keyof Options> = new Map([
  ['i', 'ignoreCase'],
  ['m', 'multiline'],
  ['s', 'singleLine'],
  ['n', 'explicitCapture'],
  ['x', 'ignoreSpace'],
]);

/**
 * Parses a .NET regular expression (engine sheet 21.6).
 * @throws EXPRESSION_REGEX_INVALID for what .NET refuses too, EXPRESSION_REGEX_UNSUPPORTED for what only Joinery refuses
 */
export function parsePattern(text: string): Pattern {
  return new PatternParser(text).parse();
}

class PatternParser {
  readonly #reader: PatternReader;
  readonly #captures: (string | undefined)[] = [];
  #nesting = 0;

  constructor(text: string) {
    if (text.length > maximumPattern) {
      throw problem(
        'EXPRESSION_REGEX_UNSUPPORTED',
        `A pattern of ${text.length} characters; ${maximumPattern} are allowed.`,
      );
    }
    this.#reader = new PatternReader(text);
  }

  parse(): Pattern {
    const root = this.#choice(noOptions);
    if (!this.#reader.atEnd()) throw this.#reader.invalid('there are more ) than (');
    return { root, captures: this.#captures };
  }

  #choice(options: Options): PatternNode {
    const found: PatternNode[] = [];
    let current = options;
    for (;;) {
      const [node, after] = this.#sequence(current);
      found.push(node);
      // An inline option such as (?i) holds to the end of its group, also behind the next bar.
      current = after;
      if (!this.#reader.accept('|')) break;
    }
    const [only] = found;
    return found.length === 1 && only !== undefined ? only : { kind: 'choice', options: found };
  }

  #sequence(start: Options): [PatternNode, Options] {
    const items: PatternNode[] = [];
    let options = start;
    while (!this.#reader.atEnd() && !this.#reader.looksAt('|') && !this.#reader.looksAt(')')) {
      if (options.ignoreSpace && this.#reader.skipSpaceAndComment()) continue;
      const changed = this.#inlineOptions(options);
      if (changed !== undefined) {
        options = changed;
        continue;
      }
      const atom = this.#atom(options);
      if (atom !== undefined) items.push(this.#quantified(atom, options));
    }
    return [{ kind: 'sequence', items }, options];
  }

  #atom(options: Options): PatternNode | undefined {
    const reader = this.#reader;
    if (reader.accept('(?#')) {
      if (reader.takeUntil(')') === undefined) throw reader.invalid('a comment is not closed');
      return undefined;
    }
    if (reader.looksAt('(')) return this.#group(options);
    if (reader.accept('[')) return { kind: 'set', set: parseClass(reader, options.ignoreCase) };
    if (reader.accept('.')) return { kind: 'set', set: options.singleLine ? anyCharacter : anyButLineFeed };
    if (reader.accept('^')) return { kind: 'anchor', anchor: options.multiline ? 'lineStart' : 'textStart' };
    if (reader.accept('$')) return { kind: 'anchor', anchor: options.multiline ? 'lineEnd' : 'textEndOrLastLineFeed' };
    if (reader.accept('\\')) return parseEscape(reader, options.ignoreCase);
    if (reader.looksAt('*') || reader.looksAt('+') || reader.looksAt('?')) {
      throw reader.invalid('a quantifier follows nothing that it could repeat');
    }
    return { kind: 'set', set: literal(reader.take(), options.ignoreCase) };
  }

  #group(options: Options): PatternNode {
    const reader = this.#reader;
    if (this.#nesting === maximumNesting) {
      throw reader.unsupported(`groups are nested more than ${maximumNesting} deep`);
    }
    this.#nesting++;
    const node = this.#opened(options);
    if (!reader.accept(')')) throw reader.invalid('there are more ( than )');
    this.#nesting--;
    return node;
  }

  #opened(options: Options): PatternNode {
    const reader = this.#reader;
    if (reader.accept('(?:')) return this.#choice(options);
    for (const [opening, behind, negative] of lookarounds) {
      if (reader.accept(opening)) return { kind: 'look', behind, negative, item: this.#choice(options) };
    }
    if (reader.looksAt('(?>')) throw reader.unsupported('atomic groups (?>...)', 'Use (?:...) instead.');
    if (reader.looksAt('(?(')) throw reader.unsupported('conditions (?(...)...)', 'Use alternatives (a|b) instead.');
    for (const [opening, closing] of [
      ['(?<', '>'],
      ["(?'", "'"],
    ] as const) {
      if (reader.accept(opening)) return this.#capture(this.#name(closing), options);
    }
    const inline = reader.match(/\(\?([imnsx]*)(?:-([imnsx]*))?:/y);
    if (inline !== undefined) return this.#choice(withOptions(options, inline[1] ?? '', inline[2] ?? ''));
    if (reader.looksAt('(?')) throw reader.invalid(`(?${reader.peek(2)} opens no known group`);
    reader.accept('(');
    return options.explicitCapture ? this.#choice(options) : this.#capture(undefined, options);
  }

  #name(closing: string): string {
    const name = this.#reader.takeUntil(closing);
    if (name === undefined) throw this.#reader.invalid('the name of a group is not closed');
    if (/^[\w]*-[\w]*$/u.test(name)) {
      throw this.#reader.unsupported('balancing groups (?<a-b>...)', 'Name the group with one name.');
    }
    if (!/^[\p{L}\p{Mn}\p{Nd}\p{Pc}]+$/u.test(name))
      throw this.#reader.invalid(`${JSON.stringify(name)} cannot name a group`);
    return name;
  }

  #capture(name: string | undefined, options: Options): PatternNode {
    const known = name === undefined ? -1 : this.#captures.indexOf(name);
    const capture = known === -1 ? this.#captures.push(name) - 1 : known;
    return { kind: 'group', capture, item: this.#choice(options) };
  }

  #inlineOptions(options: Options): Options | undefined {
    const found = this.#reader.match(/\(\?([imnsx]*)(?:-([imnsx]*))?\)/y);
    return found === undefined ? undefined : withOptions(options, found[1] ?? '', found[2] ?? '');
  }

  #quantified(atom: PatternNode, options: Options): PatternNode {
    const reader = this.#reader;
    while (options.ignoreSpace && reader.skipSpaceAndComment());
    const bounds = this.#bounds();
    if (bounds === undefined) return atom;
    const lazy = reader.accept('?');
    if (reader.looksAt('*') || reader.looksAt('+') || reader.looksAt('?')) {
      throw reader.invalid('a quantifier follows another; possessive quantifiers do not exist in .NET');
    }
    return { kind: 'repeat', item: atom, least: bounds[0], most: bounds[1], lazy };
  }

  #bounds(): readonly [number, number] | undefined {
    const reader = this.#reader;
    if (reader.accept('*')) return [0, Number.POSITIVE_INFINITY];
    if (reader.accept('+')) return [1, Number.POSITIVE_INFINITY];
    if (reader.accept('?')) return [0, 1];
    const counted = reader.match(/\{([0-9]{1,9})(,([0-9]{1,9})?)?\}/y);
    // A brace that counts nothing stands for itself.
    if (counted === undefined) return undefined;
    const least = Number(counted[1]);
    const most =
      counted[2] === undefined ? least : counted[3] === undefined ? Number.POSITIVE_INFINITY : Number(counted[3]);
    if (most < least) throw this.#reversed(least, most);
    return [least, most];
  }

  #reversed(least: number, most: number): Problem {
    return this.#reader.invalid(`{${least},${most}} counts backwards`);
  }
}

const lookarounds = [
  ['(?=', false, false],
  ['(?!', false, true],
  ['(?<=', true, false],
  ['(?<!', true, true],
] as const;

function withOptions(options: Options, on: string, off: string): Options {
  const changed: { -readonly [name in keyof Options]: boolean } = { ...options };
  for (const [letters, value] of [
    [on, true],
    [off, false],
  ] as const) {
    for (const letter of letters) {
      const name = optionNames.get(letter);
      if (name !== undefined) changed[name] = value;
    }
  }
  return changed;
}

function literal(codePoint: number, ignoreCase: boolean): CharacterSet {
  return buildSet({ ranges: [[codePoint, codePoint]], classes: [], negated: false, without: undefined, ignoreCase });
}
