import { RegexOption } from '@joinery/regex';
import { baseOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { toText } from '../conversion/text.ts';
import { isTrue } from '../conversion/truth.ts';
import { runtimeError } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import { namedType, netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { ScriptRegex } from '../types/text/script-regex.ts';
import { NetArray } from '../values/array.ts';
import { EnumValue } from '../values/enum.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { atOperator, letEscape, operatorError } from './failures.ts';
import { convertOperand as convertPlain } from './type-tests.ts';

/** `System.Management.Automation.SplitOptions`, by bit. */
const SplitOption = {
  simpleMatch: 1,
  regexMatch: 2,
  cultureInvariant: 4,
  ignorePatternWhitespace: 8,
  multiline: 16,
  singleline: 32,
  ignoreCase: 64,
  explicitCapture: 128,
} as const;

function convertOperand(value: Value, type: NetType, context: OperatorContext): Value {
  try {
    return convertPlain(value, type, context);
  } catch (error) {
    throw error instanceof Thrown ? atOperator(error) : error;
  }
}

interface Limited {
  readonly separator: string | ScriptBlock;
  readonly limit: number;
  readonly options: number;
}

/** `text -split separator, limit, options`; the separator may be a script block that sees each sign as `$_`. */
export function split(ignoreCase: boolean): (left: Value, right: Value, context: OperatorContext) => Value {
  return (left, right, context) => {
    const { separator, limit, options } = operandsOf(right, ignoreCase, context);
    const texts = textsOf(left, context);
    if (separator instanceof ScriptBlock) {
      return strings(texts.flatMap((text) => splitByBlock(text, separator, limit, context)));
    }
    const splitting = splitter(separator, limit, options);
    return strings(texts.flatMap((text) => splitting(text)));
  };
}

/** Unary `-split`: by white space, none at the ends. */
export function splitWords(operand: Value, context: OperatorContext): Value {
  return strings(textsOf(operand, context).flatMap((text) => text.trim().split(/\s+/)));
}

function textsOf(value: Value, context: OperatorContext): string[] {
  const items = enumerable(value, context);
  return items === undefined ? [toText(value, context)] : Array.from(items, (item) => toText(item, context));
}

function strings(texts: readonly string[]): NetArray {
  return new NetArray(netTypes.string, texts.slice());
}

function operandsOf(right: Value, ignoreCase: boolean, context: OperatorContext): Limited {
  const items = enumerable(right, context);
  const args = items === undefined ? [right] : [...items];
  const [first, second, third] = args;
  if (args.length === 0) {
    throw atOperator(
      operatorError('BadOperatorArgument', "The argument to operator '-split' is not valid: System.Object[]."),
    );
  }
  const given = baseOf(first);
  const separator = given instanceof ScriptBlock ? given : toText(given, context);
  const limit = second === undefined || second === null ? 0 : convertOperand(second, netTypes.int32, context);
  const hasOptions = third !== undefined && third !== null && third !== '';
  if (!hasOptions) {
    const options = ignoreCase && args.length < 3 ? SplitOption.ignoreCase : 0;
    return { separator, limit: typeof limit === 'number' ? limit : 0, options };
  }
  const options = convertOperand(third, namedType('System.Management.Automation.SplitOptions'), context);
  if (separator instanceof ScriptBlock) {
    throw parseFailure(
      'InvalidSplitOptionWithPredicate',
      'Options are not allowed on the -split operator with a predicate.',
    );
  }
  const bits = options instanceof EnumValue ? Number(options.value) : 0;
  return {
    separator,
    limit: typeof limit === 'number' ? limit : 0,
    options: ignoreCase ? bits | SplitOption.ignoreCase : bits,
  };
}

function parseFailure(id: string, message: string) {
  return atOperator(
    runtimeError(id, message, { type: 'System.Management.Automation.ParseException', category: 'ParserError' }),
  );
}

function splitter(separator: string, limit: number, options: number): (text: string) => string[] {
  const isSimple = (options & SplitOption.simpleMatch) !== 0;
  if (isSimple && (options & ~(SplitOption.simpleMatch | SplitOption.ignoreCase)) !== 0) {
    throw parseFailure(
      'InvalidSplitOptionCombination',
      'The combination of options with the -split operator is not valid.',
    );
  }
  const pattern = isSimple ? separator.replace(/[\\*+?|{}[\]()^$.# \t\n\r\f\v]/g, '\\$&') : separator;
  const regex = letEscape(() => ScriptRegex.of(pattern, regexOptions(options, limit < 0)));
  return (text) => letEscape(() => regex.split(text, Math.abs(limit)));
}

/** Options of a split by the bits of regular expressions. */
const regexBits: readonly (readonly [number, number])[] = [
  [SplitOption.ignoreCase, RegexOption.ignoreCase],
  [SplitOption.multiline, RegexOption.multiline],
  [SplitOption.singleline, RegexOption.singleline],
  [SplitOption.ignorePatternWhitespace, RegexOption.ignorePatternWhitespace],
  [SplitOption.explicitCapture, RegexOption.explicitCapture],
  [SplitOption.cultureInvariant, RegexOption.cultureInvariant],
];

function regexOptions(options: number, isFromRight: boolean): number {
  let bits: number = isFromRight ? RegexOption.rightToLeft : RegexOption.none;
  for (const [split, regex] of regexBits) if ((options & split) !== 0) bits |= regex;
  return bits;
}

/** Errors of the block are errors of the `-split`. */
function testSign(block: ScriptBlock, text: string, at: number, context: OperatorContext): boolean {
  const { hasHandler } = context;
  context.hasHandler = true;
  try {
    return isTrue(context.invoke(block, [text, at], text[at]));
  } finally {
    context.hasHandler = hasHandler;
  }
}

/** A negative limit counts from the end. */
function splitByBlock(text: string, block: ScriptBlock, limit: number, context: OperatorContext): string[] {
  if (Math.abs(limit) === 1) return [text];
  const step = limit < 0 ? -1 : 1;
  const parts: string[] = [];
  let partStart = limit < 0 ? text.length : 0;
  for (let at = limit < 0 ? text.length - 1 : 0; at >= 0 && at < text.length; at += step) {
    const isSeparator = testSign(block, text, at, context);
    if (!isSeparator) continue;
    parts.push(limit < 0 ? text.slice(at + 1, partStart) : text.slice(partStart, at));
    partStart = limit < 0 ? at : at + 1;
    if (parts.length + 1 === Math.abs(limit)) break;
  }
  parts.push(limit < 0 ? text.slice(0, partStart) : text.slice(partStart));
  return limit < 0 ? parts.reverse() : parts;
}
