import { isHexDigit } from './characters.ts';
import type { Tokenizer } from './tokenizer.ts';

const simple = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** What an invalid escape stands for in the value; its error keeps the script from running. */
const invalid = '\uffff';

/** The text that a backtick and the character after it stand for. Stands at that character, which is there, and goes past it. */
export function scanEscape(tokenizer: Tokenizer): string {
  const character = tokenizer.text.charAt(tokenizer.at);
  tokenizer.at++;
  if (character === 'u') return scanUnicode(tokenizer);
  return simple.get(character) ?? character;
}

/** `` `u{…}``: one to six hex digits. */
function scanUnicode(tokenizer: Tokenizer): string {
  const backtick = tokenizer.at - 2;
  if (tokenizer.code(tokenizer.at) !== 123) {
    tokenizer.report('InvalidUnicodeEscapeSequence', backtick, tokenizer.at);
    return invalid;
  }
  const first = ++tokenizer.at;
  while (tokenizer.at - first < 6 && isHexDigit(tokenizer.code(tokenizer.at))) tokenizer.at++;
  const { at } = tokenizer;
  const next = tokenizer.code(at);
  if (next !== 125) {
    const id =
      at - first < 6
        ? 'InvalidUnicodeEscapeSequence'
        : isHexDigit(next)
          ? 'TooManyDigitsInUnicodeEscapeSequence'
          : 'MissingUnicodeEscapeSequenceTerminator';
    tokenizer.report(id, at, at + 1);
    return invalid;
  }
  tokenizer.at++;
  if (at === first) {
    tokenizer.report('InvalidUnicodeEscapeSequence', backtick, tokenizer.at);
    return invalid;
  }
  const value = Number.parseInt(tokenizer.text.slice(first, at), 16);
  if (value > 0x10ffff) {
    tokenizer.report('InvalidUnicodeEscapeSequenceValue', first, at);
    return invalid;
  }
  return String.fromCodePoint(value);
}
