declare global {
  interface JSON {
    /** A value that `JSON.stringify` writes as this very text (ECMAScript 2026); TypeScript's library does not list it yet. */
    rawJSON(text: string): object;
  }
}

/** Digits in a row that a double may not hold exactly; texts without such a run take the fast way. */
const LONG_NUMBER = /\d{16}/;

/** Parses JSON; integers outside the safe range become bigint instead of losing digits. */
export function parseJson(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    const source = context?.source ?? '';
    return /^-?\d+$/.test(source) ? BigInt(source) : value;
  });
}

/** Writes JSON; a bigint becomes a JSON number with all its digits. */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? JSON.rawJSON(String(part)) : part));
}
