import type { NumberLiteral } from '../tree/index.ts';
import { endsNumberInExpression, endsWord, isDash, isDigit, isHexDigit } from './characters.ts';
import { type NumberPieces, type NumberSuffix, numberValue } from './number-value.ts';

/** A number found in a text. `literal` is `undefined` where it looks like one but no type holds it (`300uy`). */
export interface ScannedNumber {
  readonly end: number;
  readonly literal: NumberLiteral | undefined;
}

const multipliers = new Map([
  ['k', 1024n],
  ['m', 1024n ** 2n],
  ['g', 1024n ** 3n],
  ['t', 1024n ** 4n],
  ['p', 1024n ** 5n],
]);

/**
 * Scans a number that begins at `at` with a digit, a point, or a sign before one of them.
 * @param expression in an expression operators end a number; in command mode only what ends a word does
 * @param ternary whether `?` and `:` end it, too
 * @returns `undefined` where the word is no number (`77z.exe`)
 */
export function scanNumber(text: string, at: number, expression: boolean, ternary: boolean): ScannedNumber | undefined {
  const pieces = scanPieces(text, at);
  if (pieces === undefined) return undefined;
  const next = text.charCodeAt(pieces.end) | 0;
  if (!endsWord(next) && !(expression && endsNumberInExpression(next, ternary))) return undefined;
  return { end: pieces.end, literal: numberValue(pieces) };
}

function scanPieces(text: string, start: number): (NumberPieces & { readonly end: number }) | undefined {
  let at = start;
  let sign = '';
  const first = text.charCodeAt(at) | 0;
  if (first === 43 || isDash(first)) {
    sign = first === 43 ? '+' : '-';
    at++;
  }
  const prefix = text.charCodeAt(at) === 48 ? text.slice(at + 1, at + 2).toLowerCase() : '';
  if (prefix === 'x' || prefix === 'b') {
    const from = at + 2;
    at = from;
    const isOne = prefix === 'x' ? isHexDigit : isBinaryDigit;
    while (isOne(text.charCodeAt(at) | 0)) at++;
    if (at === from && prefix === 'b' && sign === '') return undefined;
    const format = prefix === 'x' ? 'hex' : 'binary';
    return scanEnding(text, at, { format, digits: sign + text.slice(from, at), real: false });
  }
  const decimal = scanDecimal(text, at);
  if (decimal === undefined) return undefined;
  return scanEnding(text, decimal.end, { format: 'decimal', digits: sign + decimal.digits, real: decimal.real });
}

function isBinaryDigit(code: number): boolean {
  return code === 48 || code === 49;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at) | 0)) at++;
  return at;
}

function scanDecimal(text: string, start: number): { digits: string; end: number; real: boolean } | undefined {
  let at = skipDigits(text, start);
  let real = false;
  // Two points are the range operator.
  if (text.charCodeAt(at) === 46 && text.charCodeAt(at + 1) !== 46) {
    real = true;
    at = skipDigits(text, at + 1);
  }
  const mantissa = text.slice(start, at);
  if ((text.charCodeAt(at) | 32) !== 101) return { digits: mantissa, end: at, real };
  at++;
  let exponentSign = '';
  const sign = text.charCodeAt(at) | 0;
  if (sign === 43 || isDash(sign)) {
    exponentSign = sign === 43 ? '+' : '-';
    at++;
  }
  const end = skipDigits(text, at);
  if (end === at) return undefined;
  return { digits: `${mantissa}e${exponentSign}${text.slice(at, end)}`, end, real: true };
}

function scanEnding(
  text: string,
  from: number,
  head: Pick<NumberPieces, 'format' | 'digits' | 'real'>,
): (NumberPieces & { readonly end: number }) | undefined {
  let at = from;
  let suffix: NumberSuffix = '';
  const first = suffixAt(text, at);
  if (first !== '') {
    suffix = first;
    at++;
    const second = suffixAt(text, at);
    if (second !== '') {
      if (first !== 'u' || (second !== 'l' && second !== 's' && second !== 'y')) return undefined;
      suffix = `u${second}`;
      at++;
    }
  }
  let multiplier = 1n;
  const factor = multipliers.get(text.slice(at, at + 1).toLowerCase());
  if (factor !== undefined) {
    if ((text.charCodeAt(at + 1) | 32) !== 98) return undefined;
    multiplier = factor;
    at += 2;
  }
  return { ...head, suffix, multiplier, end: at };
}

function suffixAt(text: string, at: number): '' | 'd' | 'l' | 'n' | 's' | 'u' | 'y' {
  switch (text.charCodeAt(at) | 32) {
    case 100:
      return 'd';
    case 108:
      return 'l';
    case 110:
      return 'n';
    case 115:
      return 's';
    case 117:
      return 'u';
    case 121:
      return 'y';
    default:
      return '';
  }
}
