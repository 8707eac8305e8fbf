import type { NetRegex } from '../regex/net-regex.ts';
import type { RegexMatch } from '../regex/regex-match.ts';
import type { Value } from '../values/value.ts';

/** The expression behind a `[regex]` value. */
export function regexOperand(value: Value): NetRegex | undefined {
  void value;
  return undefined;
}

/** A match as the script sees it: `[System.Text.RegularExpressions.Match]`. */
export function matchValue(regex: NetRegex, match: RegexMatch): Value {
  void regex;
  return match.group(0);
}
