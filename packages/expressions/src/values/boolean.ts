import { readInteger } from './number.ts';

/** The boolean a text spells: `true`/`false` in any case, or a number, zero being false. Undefined for other text. */
export function readBoolean(text: string): boolean | undefined {
  const folded = text.trim().toLowerCase();
  if (folded === 'true' || folded === 'false') return folded === 'true';
  const number = readInteger(folded);
  return number === undefined ? undefined : number !== 0n;
}
