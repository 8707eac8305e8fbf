import { type RegexMatch, RegexOption } from '@joinery/regex';
import { baseOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { toText } from '../conversion/text.ts';
import { Hashtable } from '../types/collections/hashtable.ts';
import { ScriptRegex } from '../types/text/script-regex.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { letEscape } from './failures.ts';
import { regexOperand } from './regexes.ts';

/**
 * `-match`, `-notmatch`: of an array on the left, the items for which it holds; of anything else the answer, and the
 * groups of the match in `$Matches`.
 */
export function match(
  ignoreCase: boolean,
  isNegated: boolean,
): (left: Value, right: Value, context: OperatorContext) => Value {
  return (left, right, context) => {
    const regex = regexOf(right, ignoreCase, context);
    const items = enumerable(left, context);
    if (items !== undefined) {
      const found: Value[] = [];
      for (const item of items) {
        const text = toText(item, context);
        if (letEscape(() => regex.isMatch(text)) !== isNegated) found.push(item);
      }
      return objectArray(found);
    }
    const text = toText(left, context);
    const found = letEscape(() => regex.match(text));
    if (found !== undefined) context.setMatches(matchesOf(regex, found));
    return (found !== undefined) !== isNegated;
  };
}

/** The regular expression of an operand. Throws `Thrown` for a pattern that is none. */
export function regexOf(pattern: Value, ignoreCase: boolean, context: OperatorContext): ScriptRegex {
  const given = regexOperand(baseOf(pattern));
  if (given !== undefined) return given;
  const text = toText(pattern, context);
  return letEscape(() => ScriptRegex.of(text, ignoreCase ? RegexOption.ignoreCase : RegexOption.none));
}

/** `$Matches`: the groups that took part, by number or name. */
function matchesOf(regex: ScriptRegex, match: RegexMatch): Hashtable {
  const table = new Hashtable();
  for (const number of regex.groupNumbers) {
    const text = match.group(number);
    const name = regex.nameOf(number) ?? String(number);
    if (text !== undefined) table.set(name === String(number) ? number : name, text);
  }
  return table;
}
