import { SearchLimitError } from './errors.ts';
import { type Found, Matcher, type MatchLimit } from './matcher.ts';
import type { ParsedPattern } from './node.ts';
import { RegexOption } from './options.ts';
import { parsePattern } from './parse-pattern.ts';
import { compileProgram } from './program.ts';
import type { RegexCapture, RegexMatch } from './regex-match.ts';
import { parseSubstitution, type SubstitutionPiece } from './substitution.ts';
import { boundedWays, groupOrder, javaScriptSource, openLoops } from './to-javascript.ts';

/** Steps of one search where no time limit is given: some seconds of a pattern that runs away. */
const defaultSteps = 300_000_000;
/** How many ways through a text JavaScript's engine may have to try, about a second: it cannot be stopped. */
const uncountedWays = 500_000_000;

/** Deepest nesting of groups where nothing else is said. */
const defaultNesting = 250;

/** Matches between two looks of who looks on. */
const matchesPerLook = 256;
/** Units of text that are added before who looks on is asked again. */
const unitsPerReserve = 2 ** 19;

/** Who looks on while a pattern is at work, and ends that by throwing. */
export interface Onlooker {
  /** Called every few thousand steps, and every few hundred matches. */
  look(): void;
  /** A text of this many bytes is being made. */
  reserve(bytes: number): void;
}

/**
 * @property milliseconds how long a search may take; a number of steps where absent
 * @property nesting how deep groups may be nested
 * @property onlooker nobody where absent
 */
export interface RegexLimits {
  readonly milliseconds?: number | undefined;
  readonly nesting?: number | undefined;
  readonly onlooker?: Onlooker | undefined;
}

const notAscii = /[^\0-\x7f]/;

/**
 * A .NET regular expression. Patterns that mean the same in JavaScript and cannot run away there are run by its engine;
 * all others by a backtracking matcher of .NET's rules that counts its steps.
 */
export class NetRegex {
  readonly pattern: string;
  readonly options: number;
  readonly #parsed: ParsedPattern;
  /** The longest text that JavaScript's engine may see. */
  readonly #longest: number;
  readonly #order: readonly number[] | undefined;
  readonly #byName = new Map<string, number>();
  readonly #milliseconds: number | undefined;
  readonly #onlooker: Onlooker | undefined;
  #known: Matcher | undefined;
  /** JavaScript's form for texts of ASCII and for all texts; `null` where there is none. */
  #ascii: RegExp | null | undefined;
  #wide: RegExp | null | undefined;
  #seen = '';
  #seenIsWide = false;

  /**
   * @param options bits of {@link RegexOption}
   * @throws PatternError, NestingError
   */
  constructor(pattern: string, options = 0, { milliseconds, nesting = defaultNesting, onlooker }: RegexLimits = {}) {
    this.pattern = pattern;
    this.options = options;
    this.#milliseconds = milliseconds;
    this.#onlooker = onlooker;
    this.#parsed = parsePattern(pattern, options, nesting);
    this.#longest = longestText(openLoops(this.#parsed.root), boundedWays(this.#parsed.root));
    this.#order = groupOrder(this.#parsed.root);
    for (const [number, name] of this.#parsed.names) this.#byName.set(name, number);
  }

  /** Numbers of the groups, 0 for the whole match first. */
  get groupNumbers(): readonly number[] {
    return this.#parsed.numbers;
  }

  /** The name of a group, which is its digits where it has no other; `undefined` where there is no such group. */
  nameOf(number: number): string | undefined {
    return this.#parsed.names.get(number);
  }

  numberOf(name: string): number | undefined {
    return this.#byName.get(name);
  }

  get isRightToLeft(): boolean {
    return (this.options & RegexOption.rightToLeft) !== 0;
  }

  /**
   * Whether the pattern is found at or behind `from`.
   * @param limit counts the steps of this search instead of the limits given with the pattern. JavaScript's engine, whose
   *   steps nobody counts, is left out then.
   * @throws SearchLimitError, or what `limit` throws
   */
  isMatch(text: string, from = this.#start(text), limit?: MatchLimit): boolean {
    const regExp = this.#javaScript(text, limit);
    if (regExp === undefined) return this.#matcher.test(text, from, this.isRightToLeft, limit ?? this.#limit());
    regExp.lastIndex = from;
    return regExp.test(text);
  }

  /** The first match at or behind `from`; `limit` as with {@link isMatch}. @throws SearchLimitError, or what `limit` throws */
  match(text: string, from = this.#start(text), limit?: MatchLimit): RegexMatch | undefined {
    return this.#matchAt(text, from, from, limit);
  }

  /** The match behind another: after an empty one the search goes on one unit later. */
  next(match: RegexMatch, limit?: MatchLimit): RegexMatch | undefined {
    const end = this.isRightToLeft ? match.start : match.end;
    if (match.end > match.start) return this.#matchAt(match.text, end, end, limit);
    const from = this.isRightToLeft ? end - 1 : end + 1;
    if (from < 0 || from > match.text.length) return undefined;
    return this.#matchAt(match.text, from, end, limit);
  }

  *matches(text: string, from = this.#start(text), limit?: MatchLimit): Generator<RegexMatch, void> {
    let count = 0;
    for (let match = this.match(text, from, limit); match !== undefined; match = this.next(match, limit)) {
      if (++count % matchesPerLook === 0) this.#onlooker?.look();
      yield match;
    }
  }

  /**
   * Replaces matches.
   * @param replacement a replacement pattern, or what makes the text for each match
   * @param count at most so many; all where negative
   */
  replace(
    text: string,
    replacement: string | ((match: RegexMatch) => string),
    count = -1,
    from = this.#start(text),
  ): string {
    const make = typeof replacement === 'function' ? replacement : this.#replacing(replacement);
    const pieces: string[] = [];
    const ordered = this.#take(text, count, from);
    if (ordered.length === 0) return text;
    let done = 0;
    let length = text.length;
    let reserved = length;
    // From the right, texts are made in the order of matching but stand in the order of the text.
    const made = ordered.map((match) => {
      const inserted = make(match);
      length += inserted.length - (match.end - match.start);
      if (length > reserved + unitsPerReserve) {
        this.#onlooker?.reserve(2 * length);
        reserved = length;
      }
      return { match, made: inserted };
    });
    for (const { match, made: inserted } of this.isRightToLeft ? made.reverse() : made) {
      pieces.push(text.slice(done, match.start), inserted);
      done = match.end;
    }
    pieces.push(text.slice(done));
    return pieces.join('');
  }

  /** The texts between matches, captured groups among them. `count` limits the pieces; 0 does not. */
  split(text: string, count = 0, from = this.#start(text)): string[] {
    if (count === 1) return [text];
    const found = this.#take(text, count === 0 ? -1 : count - 1, from);
    const pieces: string[] = [];
    let done = 0;
    for (const match of this.isRightToLeft ? found.reverse() : found) {
      pieces.push(text.slice(done, match.start));
      done = match.end;
      for (const number of this.groupNumbers) {
        const group = number === 0 ? undefined : match.group(number);
        if (group !== undefined) pieces.push(group);
      }
    }
    pieces.push(text.slice(done));
    return pieces;
  }

  #take(text: string, count: number, from: number): RegexMatch[] {
    const found: RegexMatch[] = [];
    if (count === 0) return found;
    for (const match of this.matches(text, from)) {
      found.push(match);
      if (found.length === count) break;
    }
    return found;
  }

  /** The text that a replacement pattern makes of one match. */
  result(match: RegexMatch, replacement: string): string {
    return this.#replacing(replacement)(match);
  }

  #replacing(replacement: string): (match: RegexMatch) => string {
    const substitute = this.substitution(replacement);
    return (match) => substitute(match).join('');
  }

  /** The pieces of text that a replacement pattern makes of each match; together they may be longer than any text. */
  substitution(replacement: string): (match: RegexMatch) => readonly string[] {
    const pieces = parseSubstitution(replacement, this);
    const texts = pieces.flatMap((piece) => (piece.kind === 'text' ? piece.text : []));
    if (texts.length === pieces.length) return () => texts;
    return (match) => pieces.map((piece) => this.#pieceText(piece, match));
  }

  #pieceText(piece: SubstitutionPiece, match: RegexMatch): string {
    switch (piece.kind) {
      case 'text':
        return piece.text;
      case 'group':
        return match.group(piece.number) ?? '';
      case 'before':
        return match.text.slice(0, match.start);
      case 'behind':
        return match.text.slice(match.end);
      case 'whole':
        return match.text;
      case 'lastGroup':
        return match.group(this.groupNumbers.at(-1) ?? 0) ?? '';
    }
  }

  #start(text: string): number {
    return this.isRightToLeft ? text.length : 0;
  }

  #matchAt(text: string, from: number, searchStart: number, limit?: MatchLimit): RegexMatch | undefined {
    const regExp = this.#javaScript(text, limit);
    if (regExp === undefined) return this.#search(text, from, searchStart, limit);
    regExp.lastIndex = from;
    const found = regExp.exec(text);
    return found === null ? undefined : new JavaScriptMatch(regExp, found, text, this.#order ?? []);
  }

  #search(text: string, from: number, searchStart: number, limit = this.#limit()): RegexMatch | undefined {
    const found = this.#matcher.search(text, from, this.isRightToLeft, searchStart, limit);
    return found === undefined ? undefined : new MatcherMatch(text, found, this.groupNumbers);
  }

  get #matcher(): Matcher {
    this.#known ??= new Matcher(compileProgram(this.#parsed, this.isRightToLeft));
    return this.#known;
  }

  #limit(): MatchLimit {
    const end = this.#milliseconds === undefined ? undefined : performance.now() + this.#milliseconds;
    let left = defaultSteps;
    return {
      spend: (steps) => {
        this.#onlooker?.look();
        left -= steps;
        if (left < 0 || (end !== undefined && performance.now() > end)) throw new SearchLimitError();
      },
    };
  }

  #javaScript(text: string, limit?: MatchLimit): RegExp | undefined {
    if (limit !== undefined || this.#ascii === null || this.isRightToLeft) return undefined;
    if (text.length > this.#longest) return undefined;
    if (this.#isWide(text)) {
      this.#wide ??= this.#translated(false);
      return this.#wide ?? undefined;
    }
    this.#ascii ??= this.#translated(true);
    return this.#ascii ?? undefined;
  }

  /** Looks at a text once, however many matches are asked of it. */
  #isWide(text: string): boolean {
    if (text !== this.#seen) {
      this.#seen = text;
      this.#seenIsWide = notAscii.test(text);
    }
    return this.#seenIsWide;
  }

  #translated(asciiOnly: boolean): RegExp | null {
    if (this.#order === undefined || this.#milliseconds !== undefined) return null;
    const source = javaScriptSource(this.#parsed, asciiOnly);
    return source === undefined ? null : new RegExp(source, 'g');
  }
}

const none: readonly RegexCapture[] = [];

/** A match of JavaScript's engine; where its groups lie is worked out when asked for. */
class JavaScriptMatch implements RegexMatch {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly #regExp: RegExp;
  readonly #found: RegExpExecArray;
  readonly #order: readonly number[];
  #indices: RegExpIndicesArray | undefined;

  constructor(regExp: RegExp, found: RegExpExecArray, text: string, order: readonly number[]) {
    this.#regExp = regExp;
    this.#found = found;
    this.#order = order;
    this.text = text;
    this.start = found.index;
    this.end = found.index + found[0].length;
  }

  group(number: number): string | undefined {
    return this.#found[this.#place(number)];
  }

  captures(number: number): readonly RegexCapture[] {
    if (number === 0) return [{ start: this.start, end: this.end }];
    const place = this.#place(number);
    if (this.#found[place] === undefined) return none;
    this.#indices ??= this.#findIndices();
    const [start, end] = this.#indices?.[place] ?? [0, 0];
    return [{ start, end }];
  }

  /** JavaScript's number of a group; -1 is none. */
  #place(number: number): number {
    return number === 0 ? 0 : this.#order.indexOf(number) + 1 || -1;
  }

  #findIndices(): RegExpIndicesArray | undefined {
    const again = new RegExp(this.#regExp.source, 'dy');
    again.lastIndex = this.start;
    return again.exec(this.text)?.indices;
  }
}

class MatcherMatch implements RegexMatch {
  readonly text: string;
  readonly #found: Found;
  readonly #numbers: readonly number[];

  constructor(text: string, found: Found, numbers: readonly number[]) {
    this.text = text;
    this.#found = found;
    this.#numbers = numbers;
  }

  get start(): number {
    return this.#found.start;
  }

  get end(): number {
    return this.#found.end;
  }

  group(number: number): string | undefined {
    if (number === 0) return this.text.slice(this.start, this.end);
    const list = this.#listOf(number);
    const start = list[list.length - 2];
    return start === undefined ? undefined : this.text.slice(start, list[list.length - 1]);
  }

  captures(number: number): readonly RegexCapture[] {
    if (number === 0) return [{ start: this.start, end: this.end }];
    const list = this.#listOf(number);
    return Array.from({ length: list.length / 2 }, (_, index) => ({
      start: list[index * 2] ?? 0,
      end: list[index * 2 + 1] ?? 0,
    }));
  }

  #listOf(number: number): readonly number[] {
    return this.#found.captures[this.#numbers.indexOf(number)] ?? [];
  }
}

/**
 * Loops without bound, one after the other, have n^(loops + 1) / (loops + 1)! ways through n units, the start of the match
 * included; each of them as often as there are other ways.
 */
function longestText(loops: number, otherWays: number): number {
  let ways = uncountedWays / otherWays;
  for (let factor = 2; factor <= loops + 1; factor++) ways *= factor;
  return ways ** (1 / (loops + 1));
}
