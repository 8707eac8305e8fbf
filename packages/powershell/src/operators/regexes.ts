import type { RegexMatch } from '@joinery/regex';
import { Match, regexOf } from '../types/text/regex-objects.ts';
import type { ScriptRegex } from '../types/text/script-regex.ts';
import type { Value } from '../values/value.ts';

/** The expression behind a `[regex]` value. */
export function regexOperand(value: Value): ScriptRegex | undefined {
  return regexOf(value);
}

/** A match as the script sees it: `[System.Text.RegularExpressions.Match]`. */
export function matchValue(regex: ScriptRegex, match: RegexMatch): Value {
  return new Match(regex, match);
}
