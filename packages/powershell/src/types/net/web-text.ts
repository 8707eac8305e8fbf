import { htmlNames } from './html-names.ts';

function percent(bytes: Uint8Array, upper: boolean): string {
  return [...bytes]
    .map((byte) => {
      const hexadecimal = byte.toString(16).padStart(2, '0');
      return `%${upper ? hexadecimal.toUpperCase() : hexadecimal}`;
    })
    .join('');
}

const encoder = new TextEncoder();

/** Form encoding: a blank is `+`. WebUtility writes `%C3`, HttpUtility `%c3`. */
export function urlEncode(
  value: string,
  upper: boolean,
  bytesOf: (run: string) => Uint8Array = (run) => encoder.encode(run),
): string {
  return value
    .replace(/[^A-Za-z0-9\-_.!*()\s]+|[^\S ]+/g, (found) => percent(bytesOf(found), upper))
    .replaceAll(' ', '+');
}

/** Bytes of a form-encoded text; `%u00fc` counts where `unicode` says so. A percent sign that begins no escape stays. */
export function urlDecode(
  value: string,
  unicode: boolean,
  decode = (bytes: Uint8Array) => decoder.decode(bytes),
): string {
  const spaced = value.replaceAll('+', ' ');
  return spaced.replace(/(?:%[0-9A-Fa-f]{2})+|%u([0-9A-Fa-f]{4})/g, (run: string, unit: string | undefined) => {
    if (unit !== undefined) return unicode ? String.fromCharCode(Number.parseInt(unit, 16)) : run;
    return decode(Uint8Array.from(run.match(/[0-9A-Fa-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16)));
  });
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const htmlSigns: ReadonlyMap<string, string> = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['&', '&amp;'],
]);

/** Signs of HTML, the upper half of Latin-1 and what is outside the basic plane. */
export function htmlEncode(value: string): string {
  return value.replace(
    /[<>"'&\u00a0-\u00ff]|[\u{10000}-\u{10ffff}]/gu,
    (sign) => htmlSigns.get(sign) ?? `&#${sign.codePointAt(0)};`,
  );
}

/** Reads names and numbers of characters; what is none stays. */
export function htmlDecode(value: string): string {
  return value.replace(/&(?:#(\d+)|#[xX]([0-9A-Fa-f]+)|(\w+));/g, (all, decimal, hexadecimal, name) => {
    if (name !== undefined) return htmlNames.get(name) ?? all;
    const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : all;
  });
}
