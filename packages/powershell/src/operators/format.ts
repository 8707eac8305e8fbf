import { baseOf } from '../conversion/base.ts';
import { toNetText, toText } from '../conversion/text.ts';
import { NetFailure, netFailure } from '../errors/raise.ts';
import { isReference } from '../types/assignable.ts';
import type { CallContext } from '../types/net-type.ts';
import { NetArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { operatorError } from './failures.ts';

/** `format -f right`: an array of objects gives the arguments, anything else is the only one. Throws `Thrown` (`FormatError`). */
export function formatOperation(left: Value, right: Value, context: OperatorContext): string {
  const format = toText(left, context);
  const base = baseOf(right);
  const args = base instanceof NetArray && isReference(base.element) ? base.items : [right];
  try {
    return formatString(format, args, context);
  } catch (error) {
    if (!(error instanceof NetFailure) || error.exception.type.name !== 'System.FormatException') throw error;
    throw operatorError('FormatError', `Error formatting a string: ${error.exception.message}.`);
  }
}

/** How one argument is written, where a culture other than the invariant one is asked for. */
export type ArgumentText = (value: Value, format: string | undefined) => string;

/**
 * `string.Format`: `{index,width:format}` places, `{{` and `}}` for braces. The invariant culture unless `textOf` says
 * otherwise. Throws `NetFailure` (FormatException).
 */
export function formatString(
  format: string,
  args: readonly Value[],
  context: CallContext,
  textOf: ArgumentText = (value, itemFormat) => toNetText(value, itemFormat, context),
): string {
  let result = '';
  let at = 0;
  while (at < format.length) {
    const brace = nextBrace(format, at);
    result += format.slice(at, brace);
    if (brace === format.length) break;
    const next = format[brace + 1];
    if (next === format[brace]) {
      result += next;
      at = brace + 2;
      continue;
    }
    const item = readItem(format, brace);
    if (item.index >= args.length) {
      throw netFailure(
        'System.FormatException',
        'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
      );
    }
    const text = textOf(args[item.index], item.format);
    if (item.width > 10_000) context.budget.reserve(2 * item.width);
    result += item.isLeft ? text.padEnd(item.width) : text.padStart(item.width);
    at = item.end;
  }
  return result;
}

function nextBrace(format: string, from: number): number {
  let at = from;
  while (at < format.length && format[at] !== '{' && format[at] !== '}') at++;
  return at;
}

interface FormatItem {
  readonly index: number;
  readonly width: number;
  readonly isLeft: boolean;
  readonly format: string | undefined;
  readonly end: number;
}

const notClosed = 'Format item ends prematurely.';
const noDigit = 'Expected an ASCII digit.';

function malformed(offset: number, reason: string): NetFailure {
  return netFailure(
    'System.FormatException',
    `Input string was not in a correct format. Failure to parse near offset ${offset}. ${reason}`,
  );
}

function readItem(format: string, brace: number): FormatItem {
  let at = brace;
  const move = (): string => {
    at++;
    const sign = format[at];
    if (sign === undefined) throw malformed(at, notClosed);
    return sign;
  };
  const digitsFrom = (first: string): number => {
    if (!isDigit(first)) throw malformed(at, noDigit);
    let value = Number(first);
    sign = move();
    while (isDigit(sign) && value < 1_000_000) {
      value = value * 10 + Number(sign);
      sign = move();
    }
    return value;
  };
  const skipSpaces = () => {
    while (sign === ' ') sign = move();
  };
  let sign = move();
  if (format[brace] === '}') throw malformed(at, 'Unexpected closing brace without a corresponding opening brace.');
  const index = digitsFrom(sign);
  let width = 0;
  let isLeft = false;
  skipSpaces();
  if (sign === ',') {
    sign = move();
    skipSpaces();
    if (sign === '-') {
      isLeft = true;
      sign = move();
    }
    width = digitsFrom(sign);
    skipSpaces();
  }
  if (sign === '}') return { index, width, isLeft, format: undefined, end: at + 1 };
  if (sign !== ':') throw malformed(at, notClosed);
  const start = at + 1;
  do {
    sign = move();
    if (sign === '{') throw malformed(at, notClosed);
  } while (sign !== '}');
  return { index, width, isLeft, format: format.slice(start, at), end: at + 1 };
}

function isDigit(sign: string): boolean {
  return sign >= '0' && sign <= '9';
}
