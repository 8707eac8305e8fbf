import { netFailure } from '../errors/raise.ts';
import { Matcher, type MatchLimit } from './matcher.ts';
import type { ParsedPattern } from './node.ts';
import { RegexOption } from './options.ts';
import { parsePattern } from './parse-pattern.ts';
import { compileProgram, type Program } from './program.ts';
import type { RegexCapture, RegexMatch } from './regex-match.ts';
import { parseSubstitution, type SubstitutionPiece } from './substitution.ts';
import { groupOrder, javaScriptSource, openLoops } from './to-javascript.ts';

/** Steps of one search where no time limit is given: some seconds of a pattern that runs away. */
const defaultSteps = 150_000_000;
/** Texts longer than this meet JavaScript's engine only under patterns with at most one open loop. */
const longText = 5_000;

const notAscii = /[^\0-\x7f]/;

/**
 * A .NET regular expression. Patterns that mean the same in JavaScript and cannot run away there are run by its engine;
 * all others by a backtracking matcher of .NET's rules that counts its steps.
 */
export class NetRegex {
  readonly pattern: string;
  readonly options: number;
  readonly #parsed: ParsedPattern;
  readonly #loops: number;
  readonly #order: readonly number[] | undefined;
  readonly #byName = new Map<string, number>();
  readonly #milliseconds: number | undefined;
  #program: Program | undefined;
  /** JavaScript's form for texts of ASCII and for all texts; `null` where there is none. */
  #ascii: RegExp | null | undefined;
  #wide: RegExp | null | undefined;

  /**
   * @param milliseconds how long a search may take; a number of steps where absent
   * Throws `NetFailure` (RegexParseException).
   */
  constructor(pattern: string, options = 0, milliseconds?: number) {
    this.pattern = pattern;
    this.options = options;
    this.#milliseconds = milliseconds;
    this.#parsed = parsePattern(pattern, options);
    this.#loops = openLoops(this.#parsed.root);
    this.#order = groupOrder(this.#parsed.root);
    for (const [number, name] of this.#parsed.names) this.#byName.set(name, number);
  }

  static readonly #known = new Map<string, NetRegex>();

  /** The compiled form of a pattern, kept while it is among the last few hundred used. */
  static of(pattern: string, options = 0): NetRegex {
    const key = `${options}:${pattern}`;
    let regex = NetRegex.#known.get(key);
    if (regex === undefined) {
      regex = new NetRegex(pattern, options);
      if (NetRegex.#known.size >= 500) NetRegex.#known.clear();
      NetRegex.#known.set(key, regex);
    }
    return regex;
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

  isMatch(text: string, from = this.#start(text)): boolean {
    const regExp = this.#javaScript(text);
    if (regExp === undefined) return this.#search(text, from, from) !== undefined;
    regExp.lastIndex = from;
    return regExp.test(text);
  }

  /** The first match at or behind `from`. Throws `NetFailure` (RegexMatchTimeoutException). */
  match(text: string, from = this.#start(text)): RegexMatch | undefined {
    return this.#matchAt(text, from, from);
  }

  /** The match behind another: after an empty one the search goes on one unit later. */
  next(match: RegexMatch): RegexMatch | undefined {
    const end = this.isRightToLeft ? match.start : match.end;
    if (match.end > match.start) return this.#matchAt(match.text, end, end);
    const from = this.isRightToLeft ? end - 1 : end + 1;
    if (from < 0 || from > match.text.length) return undefined;
    return this.#matchAt(match.text, from, end);
  }

  *matches(text: string, from = this.#start(text)): Generator<RegexMatch, void> {
    for (let match = this.match(text, from); match !== undefined; match = this.next(match)) yield match;
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
    const make =
      typeof replacement === 'function' ? replacement : this.#substitution(parseSubstitution(replacement, this));
    const pieces: string[] = [];
    const ordered = this.#take(text, count, from);
    if (ordered.length === 0) return text;
    let done = 0;
    // From the right, texts are made in the order of matching but stand in the order of the text.
    const made = ordered.map((match) => ({ match, made: make(match) }));
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
    return this.#substitution(parseSubstitution(replacement, this))(match);
  }

  #substitution(pieces: readonly SubstitutionPiece[]): (match: RegexMatch) => string {
    const [only] = pieces;
    if (only === undefined) return () => '';
    if (pieces.length === 1 && only.kind === 'text') return () => only.text;
    return (match) => pieces.map((piece) => this.#pieceText(piece, match)).join('');
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

  #matchAt(text: string, from: number, searchStart: number): RegexMatch | undefined {
    const regExp = this.#javaScript(text);
    if (regExp === undefined) return this.#search(text, from, searchStart);
    regExp.lastIndex = from;
    const found = regExp.exec(text);
    return found === null ? undefined : new JavaScriptMatch(regExp, found, text, this.#order ?? []);
  }

  #search(text: string, from: number, searchStart: number): RegexMatch | undefined {
    this.#program ??= compileProgram(this.#parsed, this.isRightToLeft);
    const matcher = new Matcher(this.#program, text, this.#limit());
    const found = matcher.search(from, this.isRightToLeft, searchStart);
    return found === undefined ? undefined : new MatcherMatch(text, found);
  }

  #limit(): MatchLimit {
    const end = this.#milliseconds === undefined ? undefined : performance.now() + this.#milliseconds;
    let left = defaultSteps;
    return {
      spend: (steps) => {
        left -= steps;
        if (left < 0 || (end !== undefined && performance.now() > end)) throw timedOut();
      },
    };
  }

  #javaScript(text: string): RegExp | undefined {
    if (this.#ascii === null || this.isRightToLeft) return undefined;
    if (text.length > longText && this.#loops > 1) return undefined;
    if (notAscii.test(text)) {
      this.#wide ??= this.#translated(false);
      return this.#wide ?? undefined;
    }
    this.#ascii ??= this.#translated(true);
    return this.#ascii ?? undefined;
  }

  #translated(asciiOnly: boolean): RegExp | null {
    if (this.#order === undefined || this.#milliseconds !== undefined) return null;
    const source = javaScriptSource(this.#parsed, asciiOnly);
    return source === undefined ? null : new RegExp(source, 'g');
  }
}

function timedOut(): Error {
  return netFailure(
    'System.Text.RegularExpressions.RegexMatchTimeoutException',
    'The Regex engine has timed out while trying to match a pattern to an input string. This can occur for many reasons, including very large inputs or excessive backtracking caused by nested quantifiers, back-references and other factors.',
  );
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
  readonly start: number;
  readonly end: number;
  readonly #captures: ReadonlyMap<number, readonly number[]>;

  constructor(text: string, found: { start: number; end: number; captures: ReadonlyMap<number, readonly number[]> }) {
    this.text = text;
    this.start = found.start;
    this.end = found.end;
    this.#captures = found.captures;
  }

  group(number: number): string | undefined {
    if (number === 0) return this.text.slice(this.start, this.end);
    const list = this.#captures.get(number);
    const start = list?.at(-2);
    const end = list?.at(-1);
    return start === undefined || end === undefined ? undefined : this.text.slice(start, end);
  }

  captures(number: number): readonly RegexCapture[] {
    if (number === 0) return [{ start: this.start, end: this.end }];
    const list = this.#captures.get(number) ?? [];
    return Array.from({ length: list.length / 2 }, (_, index) => ({
      start: list[index * 2] ?? 0,
      end: list[index * 2 + 1] ?? 0,
    }));
  }
}
