import type { NetRegex } from '../regex/net-regex.ts';
import type { RegexMatch } from '../regex/regex-match.ts';
import { Match, regexOf } from '../types/text/regex-objects.ts';
import type { Value } from '../values/value.ts';

/** The expression behind a `[regex]` value. */
export function regexOperand(value: Value): NetRegex | undefined {
  return regexOf(value);
}

/** A match as the script sees it: `[System.Text.RegularExpressions.Match]`. */
export function matchValue(regex: NetRegex, match: RegexMatch): Value {
  return new Match(regex, match);
}
