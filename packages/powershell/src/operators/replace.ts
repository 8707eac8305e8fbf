import { baseOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { toText } from '../conversion/text.ts';
import { NetFailure, runtimeError } from '../errors/raise.ts';
import { NetArray, objectArray } from '../values/array.ts';
import { Delegate } from '../values/delegate.ts';
import { List } from '../values/list.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { letEscape, operatorError } from './failures.ts';
import { type PreparedRegex, prepareRegex, regexOperand } from './regexes.ts';

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
    throw operatorError(
      'BadReplaceArgument',
      `The ${ignoreCase ? '-replace' : '-creplace'} operator allows only two elements to follow it, not ${items.length}.`,
    );
  }
  return [items.length > 0 ? items[0] : '', items.length > 1 ? items[1] : ''];
}

function regexOf(pattern: Value, ignoreCase: boolean, context: OperatorContext): PreparedRegex {
  const given = regexOperand(baseOf(pattern));
  if (given !== undefined) return given;
  const text = toText(pattern, context);
  try {
    return prepareRegex(text, { ignoreCase });
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    throw runtimeError('InvalidRegularExpression', `The regular expression pattern ${text} is not valid.`, {
      category: 'InvalidOperation',
      inner: error.exception,
    });
  }
}

function replacer(regex: PreparedRegex, substitute: Value, context: OperatorContext): (text: string) => string {
  if (substitute instanceof ScriptBlock) {
    const evaluate = (match: Value) => toText(context.invoke(substitute, [], match), context);
    return (text) => regex.replaceBy(text, evaluate);
  }
  if (substitute instanceof Delegate) {
    const evaluate = (match: Value) => toText(context.invoke(substitute, [match]), context);
    return (text) => regex.replaceBy(text, evaluate);
  }
  const replacement = toText(substitute, context);
  return (text) => letEscape(() => regex.replace(text, replacement));
}
