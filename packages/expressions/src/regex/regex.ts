import { BoundedText } from '../values/bounded-text.ts';
import { type MatchBounds, Matcher } from './matcher.ts';
import { parsePattern } from './parse-pattern.ts';
import { compilePattern, type Program } from './program.ts';
import { StepBudget } from './step-budget.ts';
import { groupText, parseSubstitution, substitute } from './substitution.ts';

/**
 * A .NET regular expression: its syntax, its Unicode classes, its groups and replacements (engine sheet 21.6), with a hard limit
 * on the work a value may cause. Characters are code points; .NET counts UTF-16 units and can cut a pair in two.
 */
export class DotNetRegex {
  readonly #program: Program;

  /** @throws EXPRESSION_REGEX_INVALID, EXPRESSION_REGEX_UNSUPPORTED */
  constructor(pattern: string) {
    this.#program = compilePattern(parsePattern(pattern));
  }

  /** True for the name or number of a group of the pattern. */
  hasGroup(name: string): boolean {
    return this.#program.captures.has(name);
  }

  /** True when the pattern is found anywhere in the text. @throws EXPRESSION_REGEX_TOO_COSTLY */
  isMatch(text: string, budget: StepBudget = new StepBudget()): boolean {
    return new Matcher(this.#program, text, budget).search(0) !== undefined;
  }

  /** The text of a group in the first match; undefined without a match or when the group took no part. */
  extract(text: string, group: string, budget: StepBudget = new StepBudget()): string | undefined {
    const match = new Matcher(this.#program, text, budget).search(0);
    const capture = this.#program.captures.get(group);
    return match === undefined || capture === undefined ? undefined : groupText(text, match, capture);
  }

  /** Replaces every match by a .NET replacement pattern. @throws EXPRESSION_REGEX_TOO_COSTLY, EXPRESSION_VALUE_TOO_LONG */
  replace(text: string, replacement: string, budget: StepBudget = new StepBudget()): string {
    const pieces = parseSubstitution(replacement, this.#program);
    const result = new BoundedText();
    let done = 0;
    for (const match of this.#matches(text, budget)) {
      result.add(text.slice(done, match.start));
      substitute(pieces, text, match, result);
      done = match.end;
    }
    result.add(text.slice(done));
    return result.toString();
  }

  /** Replaces only what one group matched, in every match, by a text taken as it is. */
  replaceGroup(text: string, group: string, replacement: string, budget: StepBudget = new StepBudget()): string {
    const capture = this.#program.captures.get(group) ?? -1;
    const result = new BoundedText();
    let done = 0;
    for (const match of this.#matches(text, budget)) {
      const start = match.slots[capture * 2] ?? -1;
      const end = match.slots[capture * 2 + 1] ?? -1;
      // A group inside a lookbehind can lie before what was already copied.
      if (start < done || end < start) continue;
      result.add(text.slice(done, start));
      result.add(replacement);
      done = end;
    }
    result.add(text.slice(done));
    return result.toString();
  }

  /** Every match from left to right; behind an empty one the search goes on one character later, as in .NET. */
  *#matches(text: string, budget: StepBudget): Generator<MatchBounds> {
    const matcher = new Matcher(this.#program, text, budget);
    let from = 0;
    while (from <= text.length) {
      const match = matcher.search(from);
      if (match === undefined) return;
      yield match;
      from = match.end;
      if (match.end === match.start) from += (text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1;
    }
  }
}
