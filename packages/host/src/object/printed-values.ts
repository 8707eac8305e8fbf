import type { AttributeValue } from '@joinery/connector';
import { type Held, isHeldList } from './object-values.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what JSON has to escape is looked for
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text as JSON; undefined for one that no store and no UTF-8 holds: with U+0000 or half a surrogate pair. */
export function printText(text: string): string | undefined {
  if (!escaped.test(text)) return `"${text}"`;
  return isStorable(text) ? JSON.stringify(text) : undefined;
}

/** Whether a text can be stored. */
export function isStorable(text: string): boolean {
  return !escaped.test(text) || (!text.includes('\u0000') && text.isWellFormed());
}

/**
 * What an attribute holds, as JSON: integers with all their digits, bytes as base64.
 * @param list callers see a list; otherwise the first value alone
 */
export function printHeld(held: Exclude<Held, undefined>, list: boolean): string | undefined {
  if (!isHeldList(held)) {
    const value = printValue(held);
    return list && value !== undefined ? `[${value}]` : value;
  }
  const [first] = held;
  if (!list) return first === undefined ? undefined : printValue(first);
  let text = '';
  for (const each of held) {
    const value = printValue(each);
    if (value === undefined) return undefined;
    text += text === '' ? value : `,${value}`;
  }
  return `[${text}]`;
}

function printValue(value: AttributeValue): string | undefined {
  if (typeof value === 'string') return printText(value);
  return value instanceof Uint8Array ? `"${base64Of(value)}"` : String(value);
}

/** Bytes as base64, without a copy of them. */
export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
