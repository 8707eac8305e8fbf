import type { NumberLiteral } from './tree/index.ts';

/** A number as scripts write it (suffix and multiplier included), or `undefined` where the text is no number. */
export function parseNumber(text: string): NumberLiteral | undefined {
  return /^\d{1,9}$/.test(text) ? { type: 'System.Int32', value: Number(text) } : undefined;
}
