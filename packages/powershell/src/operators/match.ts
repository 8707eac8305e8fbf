import { baseOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { toText } from '../conversion/text.ts';
import { Hashtable } from '../types/collections/hashtable.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { letEscape } from './failures.ts';
import { type PreparedRegex, prepareRegex, regexOperand } from './regexes.ts';

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
        if ((regex.find(toText(item, context)) !== undefined) !== isNegated) found.push(item);
      }
      return objectArray(found);
    }
    const groups = letEscape(() => regex.find(toText(left, context)));
    if (groups !== undefined) context.setMatches(matchesOf(groups));
    return (groups !== undefined) !== isNegated;
  };
}

function regexOf(pattern: Value, ignoreCase: boolean, context: OperatorContext): PreparedRegex {
  return regexOperand(baseOf(pattern)) ?? letEscape(() => prepareRegex(toText(pattern, context), { ignoreCase }));
}

/** `$Matches`: groups that took part, by number or name. */
export function matchesOf(groups: readonly { readonly name: string; readonly text: string | undefined }[]): Hashtable {
  const table = new Hashtable();
  for (const { name, text } of groups) {
    if (text !== undefined) table.set(/^\d+$/.test(name) ? Number(name) : name, text);
  }
  return table;
}
