import {
  type MatchLimit,
  NetRegex,
  type Onlooker,
  PatternError,
  type RegexMatch,
  SearchLimitError,
} from '@joinery/regex';
import { netFailure } from '../../errors/raise.ts';

/** The budget of this process's runs. Patterns are kept for all of them, and used far from any session. */
let budget: Onlooker | undefined;

/** Has a budget end searches and replacements that take too long or make too much, in this whole process. */
export function watchSearches(by: Onlooker): void {
  budget = by;
}

const onlooker: Onlooker = { look: () => budget?.look(), reserve: (bytes) => budget?.reserve(bytes) };

/** A regular expression of a script: what goes wrong with it are .NET's exceptions, as `NetFailure`. */
export class ScriptRegex extends NetRegex {
  static readonly #known = new Map<string, ScriptRegex>();

  /**
   * The compiled form of a pattern, kept while it is among the last few hundred used.
   * Throws `NetFailure` (RegexParseException).
   */
  static of(pattern: string, options = 0): ScriptRegex {
    const key = `${options}:${pattern}`;
    let regex = ScriptRegex.#known.get(key);
    if (regex === undefined) {
      regex = ScriptRegex.compile(pattern, options);
      if (ScriptRegex.#known.size >= 500) ScriptRegex.#known.clear();
      ScriptRegex.#known.set(key, regex);
    }
    return regex;
  }

  /** With a time limit of its own, in milliseconds. Throws `NetFailure` (RegexParseException). */
  static compile(pattern: string, options: number, milliseconds?: number): ScriptRegex {
    return asExceptions(() => new ScriptRegex(pattern, options, { milliseconds, onlooker }));
  }

  /** Throws `NetFailure` (RegexMatchTimeoutException), as the others do. */
  override isMatch(text: string, from?: number, limit?: MatchLimit): boolean {
    return asExceptions(() => super.isMatch(text, from, limit));
  }

  override match(text: string, from?: number, limit?: MatchLimit): RegexMatch | undefined {
    return asExceptions(() => super.match(text, from, limit));
  }

  override next(match: RegexMatch, limit?: MatchLimit): RegexMatch | undefined {
    return asExceptions(() => super.next(match, limit));
  }
}

/** Runs code of the regular expressions, whose errors become .NET's exceptions. */
export function asExceptions<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof PatternError) {
      throw netFailure('System.Text.RegularExpressions.RegexParseException', error.message, {
        details: { Offset: error.offset, Error: error.error },
      });
    }
    if (error instanceof SearchLimitError) {
      throw netFailure('System.Text.RegularExpressions.RegexMatchTimeoutException', error.message);
    }
    throw error;
  }
}
