import { baseOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { toText } from '../conversion/text.ts';
import { WildcardObject } from '../types/automation/operator-types.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { WildcardPattern } from './wildcard.ts';

const patterns = { cased: new Map<string, WildcardPattern>(), folded: new Map<string, WildcardPattern>() };

/** Patterns stay, as scripts use the same few again and again. */
function patternOf(text: string, ignoreCase: boolean): WildcardPattern {
  const known = ignoreCase ? patterns.folded : patterns.cased;
  let pattern = known.get(text);
  if (pattern === undefined) {
    if (known.size > 200) known.clear();
    pattern = new WildcardPattern(text, { ignoreCase });
    known.set(text, pattern);
  }
  return pattern;
}

/** `-like`, `-notlike`: of an array on the left, the texts of the items for which it holds. */
export function like(
  ignoreCase: boolean,
  isNegated: boolean,
): (left: Value, right: Value, context: OperatorContext) => Value {
  return (left, right, context) => {
    const given = baseOf(right);
    const pattern = given instanceof WildcardObject ? given.pattern : patternOf(toText(given, context), ignoreCase);
    const items = enumerable(left, context);
    if (items === undefined) return pattern.matches(toText(left, context)) !== isNegated;
    const found: Value[] = [];
    for (const item of items) {
      const text = toText(item, context);
      if (pattern.matches(text) !== isNegated) found.push(text);
    }
    return objectArray(found);
  };
}
