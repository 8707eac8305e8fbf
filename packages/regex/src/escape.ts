import { PatternError } from './errors.ts';

const escaped: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\f', '\\f'],
]);

/** `Regex.Escape`: signs that mean something in a pattern get a backslash. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*+?|{[()^$.# \n\r\t\f]/g, (sign) => escaped.get(sign) ?? `\\${sign}`);
}

const units: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** `Regex.Unescape`. @throws PatternError for an escape that means nothing. */
export function unescapePattern(text: string): string {
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|c([A-Za-z@[\]^_])|([0-7]{1,3})|([\s\S]))|\\$/g,
    (all, ...found) => {
      const [hexadecimal, unicode, control, octal, sign]: (string | undefined)[] = found;
      const at = typeof found[5] === 'number' ? found[5] : 0;
      const digits = hexadecimal ?? unicode;
      if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
      if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) - 64);
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (sign === undefined) {
        throw new PatternError(text, at + all.length, 'UnescapedEndingBackslash', 'Illegal \\ at end of pattern.');
      }
      const known = units.get(sign);
      if (known !== undefined) return known;
      if (/[\p{L}\p{Nd}_]/u.test(sign)) {
        throw new PatternError(text, at + all.length, 'UnrecognizedEscape', `Unrecognized escape sequence \\${sign}.`);
      }
      return sign;
    },
  );
}
