import { type Problem, problem } from '@joinery/problems';
import { NestingError, NetRegex, PatternError, type RegexMatch } from '@joinery/regex';
import { BoundedText } from '../values/bounded-text.ts';
import { StepBudget } from './step-budget.ts';

/** Longest pattern, in UTF-16 units: as long as the longest expression. */
const maximumPattern = 10_000;
/** Deepest nesting of groups; keeps hostile patterns from exhausting the stack. */
const maximumNesting = 100;

/**
 * A .NET regular expression of a mapping or a scope, with a hard limit on the work that a value may cause (engine sheet
 * 21.6). It matches UTF-16 units, as .NET does; but half a character never leaves it.
 */
export class DotNetRegex {
  readonly #regex: NetRegex;

  /** @throws EXPRESSION_REGEX_INVALID for what .NET refuses too, EXPRESSION_REGEX_UNSUPPORTED for what is too large */
  constructor(pattern: string) {
    this.#regex = parse(pattern);
  }

  /** True for the name or number of a group of the pattern. */
  hasGroup(name: string): boolean {
    return this.#regex.numberOf(name) !== undefined;
  }

  /** True when the pattern is found anywhere in the text. @throws EXPRESSION_REGEX_TOO_COSTLY */
  isMatch(text: string, budget: StepBudget = new StepBudget()): boolean {
    return this.#regex.isMatch(text, 0, budget);
  }

  /** The text of a group in the first match; undefined without a match or when the group took no part. */
  extract(text: string, group: string, budget: StepBudget = new StepBudget()): string | undefined {
    const number = this.#regex.numberOf(group);
    const match = this.#regex.match(text, 0, budget);
    const found = number === undefined ? undefined : match?.group(number);
    return found === undefined ? undefined : wholeCharacters(found);
  }

  /** Replaces every match by a .NET replacement pattern. @throws EXPRESSION_REGEX_TOO_COSTLY, EXPRESSION_VALUE_TOO_LONG */
  replace(text: string, replacement: string, budget: StepBudget = new StepBudget()): string {
    const substitute = this.#regex.substitution(replacement);
    const result = new BoundedText();
    let done = 0;
    for (const match of this.#regex.matches(text, 0, budget)) {
      result.add(text.slice(done, match.start));
      for (const piece of substitute(match)) result.add(piece);
      done = match.end;
    }
    result.add(text.slice(done));
    return wholeCharacters(result.toString());
  }

  /** Replaces only what one group matched, in every match, by a text taken as it is. */
  replaceGroup(text: string, group: string, replacement: string, budget: StepBudget = new StepBudget()): string {
    const number = this.#regex.numberOf(group);
    const result = new BoundedText();
    let done = 0;
    for (const match of this.#regex.matches(text, 0, budget)) {
      const captured = spanOf(match, number);
      // A group inside a lookbehind can lie before what was already copied.
      if (captured === undefined || captured.start < done) continue;
      result.add(text.slice(done, captured.start));
      result.add(replacement);
      done = captured.end;
    }
    result.add(text.slice(done));
    return wholeCharacters(result.toString());
  }
}

function spanOf(match: RegexMatch, group: number | undefined): { start: number; end: number } | undefined {
  return group === undefined ? undefined : match.captures(group).at(-1);
}

/** Directories and databases take no text with half a pair in it: what a pattern cut in two is left out. */
function wholeCharacters(text: string): string {
  return text.isWellFormed() ? text : text.replace(/\p{Cs}/gu, '');
}

function parse(pattern: string): NetRegex {
  if (pattern.length > maximumPattern) {
    throw problem(
      'EXPRESSION_REGEX_UNSUPPORTED',
      `A pattern of ${pattern.length} characters; ${maximumPattern} are allowed.`,
    );
  }
  try {
    return new NetRegex(pattern, 0, { nesting: maximumNesting });
  } catch (error) {
    throw error instanceof PatternError ? refused(pattern, error) : error;
  }
}

function refused(pattern: string, error: PatternError): Problem {
  const shown = pattern.length > 200 ? `${pattern.slice(0, 200)}...` : pattern;
  const code = error instanceof NestingError ? 'EXPRESSION_REGEX_UNSUPPORTED' : 'EXPRESSION_REGEX_INVALID';
  return problem(code, `The pattern ${shown} is refused at offset ${error.offset}: ${error.reason}`);
}
