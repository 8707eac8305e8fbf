import { type RegexMatch, RegexOption } from '@joinery/regex';
import { baseOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { toText } from '../conversion/text.ts';
import { NetFailure, runtimeError } from '../errors/raise.ts';
import { Collector } from '../runtime/output.ts';
import { ScriptRegex } from '../types/text/script-regex.ts';
import { NetArray, objectArray } from '../values/array.ts';
import { Delegate } from '../values/delegate.ts';
import { List } from '../values/list.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { atOperator, letEscape, operatorError } from './failures.ts';
import { matchValue, regexOperand } from './regexes.ts';

/**
 * `-replace pattern, substitute`: a replacement pattern, or a script block that sees each match as `$_`. Of an array on the
 * left, every item's text replaced.
 */
export function replace(ignoreCase: boolean): (left: Value, right: Value, context: OperatorContext) => Value {
  return (left, right, context) => {
    const [pattern, substitute] = operandsOf(right, ignoreCase);
    const regex = regexOf(pattern, ignoreCase, context);
    const replacing = replacer(regex, baseOf(substitute), context);
    const items = enumerable(left, context);
    if (items === undefined) return replacing(toText(left, context));
    const replaced: Value[] = [];
    for (const item of items) replaced.push(replacing(toText(item, context)));
    return objectArray(replaced);
  };
}

function operandsOf(right: Value, ignoreCase: boolean): readonly [Value, Value] {
  const base = baseOf(right);
  if (!(base instanceof NetArray || base instanceof List)) return [base, ''];
  const { items } = base;
  if (items.length > 2) {
    const name = ignoreCase ? '-replace' : '-creplace';
    throw atOperator(
      operatorError(
        'BadReplaceArgument',
        `The ${name} operator allows only two elements to follow it, not ${items.length}.`,
      ),
    );
  }
  return [items.length > 0 ? items[0] : '', items.length > 1 ? items[1] : ''];
}

function regexOf(pattern: Value, ignoreCase: boolean, context: OperatorContext): ScriptRegex {
  const given = regexOperand(baseOf(pattern));
  if (given !== undefined) return given;
  const text = toText(pattern, context);
  try {
    return ScriptRegex.of(text, ignoreCase ? RegexOption.ignoreCase : RegexOption.none);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    throw runtimeError('InvalidRegularExpression', `The regular expression pattern ${text} is not valid.`, {
      category: 'InvalidOperation',
      inner: error.exception,
    });
  }
}

function replacer(regex: ScriptRegex, substitute: Value, context: OperatorContext): (text: string) => string {
  const evaluate = evaluator(substitute, context);
  const replacement = evaluate === undefined ? toText(substitute, context) : '';
  return (text) => {
    const make = evaluate === undefined ? replacement : (match: RegexMatch) => evaluate(matchValue(regex, match));
    const replaced = letEscape(() => regex.replace(text, make));
    if (replaced.length > 100_000) context.budget.reserve(2 * replaced.length);
    return replaced;
  };
}

/** What makes the text for a match: a script block, which runs in the current scope, or a delegate. */
function evaluator(substitute: Value, context: OperatorContext): ((match: Value) => string) | undefined {
  if (substitute instanceof Delegate) return (match) => toText(context.invoke(substitute, [match]), context);
  if (!(substitute instanceof ScriptBlock)) return undefined;
  return (match) => {
    const out = new Collector();
    context.run(substitute, { newScope: false, underscore: match, out });
    return toText(out.items.length === 1 ? out.items[0] : objectArray(out.items), context);
  };
}
