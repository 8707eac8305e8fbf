/**
 * What single UTF-16 units mean to the tokenizer. Code 0 stands for the end of the text: it ends every token, as it does
 * in PowerShell.
 */

const whitespace = 1;
const identifierStart = 2;
const digit = 4;
const variableStart = 8;
const endsToken = 16;
const endsNumber = 32;
const endsAssemblyPart = 64;
const hexDigit = 128;

const traits = new Uint8Array(128);

function mark(characters: string, trait: number): void {
  for (const character of characters) traits[character.charCodeAt(0)] = (traits[character.charCodeAt(0)] ?? 0) | trait;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
mark('\t\v\f ', whitespace | endsToken | endsAssemblyPart);
mark('\0\n\r', endsToken | endsAssemblyPart);
mark(`${lower}${lower.toUpperCase()}_`, identifierStart | variableStart);
mark('0123456789', digit | variableStart | hexDigit);
mark('abcdefABCDEF', hexDigit);
mark('$:?^', variableStart);
mark('&(),;{|}', endsToken);
mark(',', endsAssemblyPart);
mark('!#%*+-./<=>]', endsNumber);
mark('=]', endsAssemblyPart);

function has(code: number, trait: number): boolean {
  return code < 128 && ((traits[code] ?? 0) & trait) !== 0;
}

const letter = /^\p{L}$/u;
const letterOrDigit = /^[\p{L}\p{Nd}]$/u;
const separator = /^\p{Z}$/u;

/** `char.IsLetter`: half a surrogate pair is none. */
export function isLetter(code: number): boolean {
  if (code < 128) return has(code, identifierStart) && code !== 95;
  return letter.test(String.fromCharCode(code));
}

export function isLetterOrDigit(code: number): boolean {
  if (code < 128) return has(code, identifierStart | digit) && code !== 95;
  return letterOrDigit.test(String.fromCharCode(code));
}

/** White space inside a line; ends of lines are not. */
export function isWhitespace(code: number): boolean {
  if (code < 128) return has(code, whitespace);
  if (code <= 256) return code === 0x85 || code === 0xa0;
  return separator.test(String.fromCharCode(code));
}

/** Hyphen, en dash, em dash, horizontal bar: texts from word processors parse. */
export function isDash(code: number): boolean {
  return code === 45 || code === 0x2013 || code === 0x2014 || code === 0x2015;
}

export function isSingleQuote(code: number): boolean {
  return code === 39 || (code >= 0x2018 && code <= 0x201b);
}

export function isDoubleQuote(code: number): boolean {
  return code === 34 || (code >= 0x201c && code <= 0x201e);
}

export function isNewline(code: number): boolean {
  return code === 10 || code === 13;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isHexDigit(code: number): boolean {
  return has(code, hexDigit);
}

export function isVariableStart(code: number): boolean {
  return code < 128 ? has(code, variableStart) : isLetterOrDigit(code);
}

export function isIdentifierStart(code: number): boolean {
  return code < 128 ? has(code, identifierStart) : isLetter(code);
}

export function isIdentifierPart(code: number): boolean {
  return code < 128 ? has(code, identifierStart | digit) : isLetterOrDigit(code);
}

/** True for what ends a word in every mode: `a#b` is one word, `a{` two. */
export function endsWord(code: number): boolean {
  return code < 128 ? has(code, endsToken) : isWhitespace(code);
}

/** True for what ends a number in an expression, beyond what ends a word. `ternary` adds `?` and `:`. */
export function endsNumberInExpression(code: number, ternary: boolean): boolean {
  if (code >= 128) return isDash(code);
  return has(code, endsNumber) || (ternary && (code === 63 || code === 58));
}

export function endsAssemblyName(code: number): boolean {
  return code < 128 ? has(code, endsAssemblyPart) : isWhitespace(code);
}
