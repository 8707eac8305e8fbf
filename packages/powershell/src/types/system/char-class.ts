/** Unicode's general categories as .NET numbers them (`System.Globalization.UnicodeCategory`), with the short names of regular expressions. */
const categories = [
  ['UppercaseLetter', /\p{Lu}/u],
  ['LowercaseLetter', /\p{Ll}/u],
  ['TitlecaseLetter', /\p{Lt}/u],
  ['ModifierLetter', /\p{Lm}/u],
  ['OtherLetter', /\p{Lo}/u],
  ['NonSpacingMark', /\p{Mn}/u],
  ['SpacingCombiningMark', /\p{Mc}/u],
  ['EnclosingMark', /\p{Me}/u],
  ['DecimalDigitNumber', /\p{Nd}/u],
  ['LetterNumber', /\p{Nl}/u],
  ['OtherNumber', /\p{No}/u],
  ['SpaceSeparator', /\p{Zs}/u],
  ['LineSeparator', /\p{Zl}/u],
  ['ParagraphSeparator', /\p{Zp}/u],
  ['Control', /\p{Cc}/u],
  ['Format', /\p{Cf}/u],
  ['Surrogate', /\p{Cs}/u],
  ['PrivateUse', /\p{Co}/u],
  ['ConnectorPunctuation', /\p{Pc}/u],
  ['DashPunctuation', /\p{Pd}/u],
  ['OpenPunctuation', /\p{Ps}/u],
  ['ClosePunctuation', /\p{Pe}/u],
  ['InitialQuotePunctuation', /\p{Pi}/u],
  ['FinalQuotePunctuation', /\p{Pf}/u],
  ['OtherPunctuation', /\p{Po}/u],
  ['MathSymbol', /\p{Sm}/u],
  ['CurrencySymbol', /\p{Sc}/u],
  ['ModifierSymbol', /\p{Sk}/u],
  ['OtherSymbol', /\p{So}/u],
  ['OtherNotAssigned', /\p{Cn}/u],
] as const;

export const unicodeCategories: readonly string[] = categories.map(([name]) => name);

/** The number of a character's category; `text` is one code point. */
export function categoryOf(text: string): number {
  return categories.findIndex(([, pattern]) => pattern.test(text));
}

/** Questions about a character, by the name of `System.Char`'s method. */
export const charTests: Readonly<Record<string, (character: string) => boolean>> = {
  IsControl: (character) => /\p{Cc}/u.test(character),
  IsDigit: (character) => /\p{Nd}/u.test(character),
  IsLetter: (character) => /\p{L}/u.test(character),
  IsLetterOrDigit: (character) => /[\p{L}\p{Nd}]/u.test(character),
  IsLower: (character) => /\p{Ll}/u.test(character),
  IsNumber: (character) => /\p{N}/u.test(character),
  IsPunctuation: (character) => /\p{P}/u.test(character),
  IsSeparator: (character) => /\p{Z}/u.test(character),
  IsSymbol: (character) => /\p{S}/u.test(character),
  IsUpper: (character) => /\p{Lu}/u.test(character),
  IsWhiteSpace: (character) => whiteSpace.test(character),
  IsSurrogate: (character) => /[\ud800-\udfff]/.test(character),
  IsHighSurrogate: (character) => /[\ud800-\udbff]/.test(character),
  IsLowSurrogate: (character) => /[\udc00-\udfff]/.test(character),
};

/** What .NET takes for white space: unlike JavaScript's, U+0085 and not U+FEFF. */
const whiteSpace = /[\t-\r \u0085\p{Z}]/u;

export function isWhiteSpace(character: string): boolean {
  return whiteSpace.test(character);
}

const leading = /^[\t-\r \u0085\p{Z}]+/u;
const trailing = /[\t-\r \u0085\p{Z}]+$/u;

/** Text without .NET's white space at its start and end. */
export function trimSpace(text: string, ends: 'both' | 'start' | 'end' = 'both'): string {
  const from = ends === 'end' ? text : text.replace(leading, '');
  return ends === 'start' ? from : trimEnd(from);
}

function trimEnd(text: string): string {
  if (!trailing.test(text.slice(-1))) return text;
  let end = text.length;
  while (end > 0 && whiteSpace.test(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

/** One UTF-16 unit in upper case; those without an upper case of one unit stay, and the dotless i stays too. */
export function upperUnit(character: string): string {
  if (character === 'ı') return character;
  const upper = character.toUpperCase();
  return upper.length === character.length ? upper : (oneUnitUpper.get(character) ?? character);
}

/** One UTF-16 unit in lower case; the dotted capital I stays. */
export function lowerUnit(character: string): string {
  if (character === 'İ') return character;
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}

/** Greek letters with iota below: their full upper case is two letters, their simple one is one. */
const oneUnitUpper = new Map<string, string>();
for (let code = 0x1f80; code <= 0x1faf; code++) {
  if ((code & 8) === 0) oneUnitUpper.set(String.fromCharCode(code), String.fromCharCode(code + 8));
}
for (const [small, capital] of [
  [0x1fb3, 0x1fbc],
  [0x1fc3, 0x1fcc],
  [0x1ff3, 0x1ffc],
] as const) {
  oneUnitUpper.set(String.fromCharCode(small), String.fromCharCode(capital));
}

const notSimple = /[^\0-\x7f]/;

/** Text in upper case, sign by sign as .NET does it: `ß` stays. */
export function upperText(text: string): string {
  return notSimple.test(text) ? Array.from(text, upperUnit).join('') : text.toUpperCase();
}

/** Upper case where `i` keeps its dot. */
export function turkishUpper(text: string): string {
  return upperText(text.replaceAll('i', 'İ')).replaceAll('ı', 'I');
}

/** Lower case where `I` stays without a dot. */
export function turkishLower(text: string): string {
  return lowerText(text.replaceAll('I', 'ı').replaceAll('İ', 'i'));
}

/** Text in lower case, sign by sign as .NET does it: no final sigma. */
export function lowerText(text: string): string {
  return notSimple.test(text) ? Array.from(text, lowerUnit).join('') : text.toLowerCase();
}
