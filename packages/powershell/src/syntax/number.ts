import { isDash, isDigit } from './tokenizer/characters.ts';
import { scanNumber } from './tokenizer/number-scan.ts';
import type { NumberLiteral } from './tree/index.ts';

/**
 * A number as scripts write it (sign, suffix and multiplier included), or `undefined` where the whole text is no number.
 * This is also how PowerShell turns text into a number where an operator needs one.
 */
export function parseNumber(text: string): NumberLiteral | undefined {
  const first = text.charCodeAt(0) | 0;
  const signed = first === 43 || isDash(first);
  const head = signed ? text.charCodeAt(1) | 0 : first;
  if (!isDigit(head) && !(head === 46 && (signed || isDigit(text.charCodeAt(1) | 0)))) return undefined;
  const number = scanNumber(text, 0, false, false);
  return number !== undefined && number.end === text.length ? number.literal : undefined;
}
