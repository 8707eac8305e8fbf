import type { StreamName } from '../tree/index.ts';
import { endsWord, isDash, isDigit, isDoubleQuote, isLetter, isSingleQuote, isVariableStart } from './characters.ts';
import { scanHereString } from './here-strings.ts';
import { scanNumber } from './number-scan.ts';
import { scanDoubleQuoted, scanSingleQuoted } from './quoted.ts';
import type { Sign, Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';
import { scanVariable } from './variables.ts';
import { scanDashWord, scanGeneric, scanIdentifier, scanLabel } from './words.ts';

const streams: readonly StreamName[] = ['all', 'output', 'error', 'warning', 'verbose', 'debug', 'information'];

/** The token at the current place, where no blank and not the end of the text is. */
export function scanToken(tokenizer: Tokenizer): Token {
  const { at } = tokenizer;
  const code = tokenizer.code(at);
  const next = tokenizer.code(at + 1);
  const inExpression = tokenizer.mode === 'expression';
  switch (code) {
    case 10:
      return sign(tokenizer, 'newline', 1);
    case 13:
      return sign(tokenizer, 'newline', next === 10 ? 2 : 1);
    case 33:
      return scanExclamation(tokenizer, next);
    case 36:
      return next === 40 ? sign(tokenizer, '$(', 2) : scanVariable(tokenizer, false);
    case 37:
      return next === 61 ? signOrWord(tokenizer, '%=') : signOrWord(tokenizer, '%');
    case 38:
      return next === 38 ? sign(tokenizer, '&&', 2) : sign(tokenizer, '&', 1);
    case 40:
      return sign(tokenizer, '(', 1);
    case 41:
      return sign(tokenizer, ')', 1);
    case 42:
      if (next === 61) return signOrWord(tokenizer, '*=');
      return next === 62 ? scanRedirection(tokenizer, 0, 1) : signOrWord(tokenizer, '*');
    case 43:
      if (next === 43) return signOrWord(tokenizer, '++');
      if (next === 61) return signOrWord(tokenizer, '+=');
      return beginsSignedNumber(tokenizer, next) ? scanNumberOrWord(tokenizer) : signOrWord(tokenizer, '+');
    case 44:
      return sign(tokenizer, ',', 1);
    case 46:
      return scanPoint(tokenizer, next);
    case 47:
      return next === 61 ? signOrWord(tokenizer, '/=') : signOrWord(tokenizer, '/');
    case 58:
      return scanColon(tokenizer, next);
    case 59:
      return sign(tokenizer, ';', 1);
    case 60:
      return sign(tokenizer, '<', 1);
    case 61:
      return signOrWord(tokenizer, '=');
    case 62:
      return scanRedirection(tokenizer, 1, 0);
    case 63:
      if (!inExpression) return scanGeneric(tokenizer, at);
      if (next !== 63) return sign(tokenizer, '?', 1);
      return tokenizer.code(at + 2) === 61 ? sign(tokenizer, '??=', 3) : sign(tokenizer, '??', 2);
    case 64:
      return scanAt(tokenizer, next);
    case 91:
      return signOrWord(tokenizer, '[');
    case 93:
      return sign(tokenizer, ']', 1);
    case 123:
      return sign(tokenizer, '{', 1);
    case 124:
      return next === 124 ? sign(tokenizer, '||', 2) : sign(tokenizer, '|', 1);
    case 125:
      return sign(tokenizer, '}', 1);
  }
  if (code === 95 || isLetter(code)) return scanIdentifier(tokenizer);
  if (isDigit(code)) {
    if (next === 62 && code >= 49 && code <= 54 && (!inExpression || mergesAt(tokenizer, at + 2))) {
      return scanRedirection(tokenizer, code - 48, 1);
    }
    return scanNumberOrWord(tokenizer);
  }
  if (isSingleQuote(code)) return scanSingleQuoted(tokenizer);
  if (isDoubleQuote(code)) return scanDoubleQuoted(tokenizer);
  if (isDash(code)) return scanDash(tokenizer, next);
  return scanGeneric(tokenizer, at);
}

function sign(tokenizer: Tokenizer, kind: Sign | 'newline', length: number): Token {
  const { at } = tokenizer;
  tokenizer.at = at + length;
  return tokenizer.token(kind, at, kind);
}

/** In command mode a sign with more characters right behind it begins a word. */
function signOrWord(tokenizer: Tokenizer, kind: Sign): Token {
  if (tokenizer.mode === 'command' && !endsWord(tokenizer.code(tokenizer.at + kind.length))) {
    return scanGeneric(tokenizer, tokenizer.at);
  }
  return sign(tokenizer, kind, kind.length);
}

function beginsSignedNumber(tokenizer: Tokenizer, next: number): boolean {
  return tokenizer.signedNumbers && (isDigit(next) || next === 46);
}

function scanDash(tokenizer: Tokenizer, next: number): Token {
  if (isDash(next)) return signOrWord(tokenizer, '--');
  if (next === 61) return signOrWord(tokenizer, '-=');
  if (isLetter(next) || next === 95 || next === 63) return scanDashWord(tokenizer);
  return beginsSignedNumber(tokenizer, next) ? scanNumberOrWord(tokenizer) : signOrWord(tokenizer, '-');
}

function scanNumberOrWord(tokenizer: Tokenizer): Token {
  const { at, text } = tokenizer;
  const inExpression = tokenizer.mode === 'expression';
  const number = scanNumber(text, at, inExpression, tokenizer.ternaryEndsNumber);
  if (number === undefined || (number.literal === undefined && !inExpression)) return scanGeneric(tokenizer, at);
  tokenizer.at = number.end;
  const written = text.slice(at, number.end);
  if (number.literal === undefined) tokenizer.report('BadNumericConstant', at, number.end, written);
  return tokenizer.token('number', at, written, number.literal ?? { type: 'System.Int32', value: 0 });
}

/** The streams are numbered 1 to 6. `2>&1` redirects everywhere, `2>` in an expression is the number 2 and a sign. */
function mergesAt(tokenizer: Tokenizer, at: number): boolean {
  const target = tokenizer.code(at + 1);
  return tokenizer.code(at) === 38 && (target === 49 || target === 50);
}

/** `> >> n> n>> n>&1 *>`; `skip` characters name the stream. */
function scanRedirection(tokenizer: Tokenizer, stream: number, skip: number): Token {
  const start = tokenizer.at;
  const from = streams[stream] ?? 'output';
  tokenizer.at = start + skip + 1;
  if (tokenizer.code(tokenizer.at) === 62) {
    tokenizer.at++;
    return tokenizer.token('redirection', start, '', { type: 'redirection', from, to: undefined, append: true });
  }
  const target = tokenizer.code(tokenizer.at + 1);
  if (skip > 0 && tokenizer.code(tokenizer.at) === 38 && (target === 49 || (target === 50 && stream > 0))) {
    tokenizer.at += 2;
    const to = target === 49 ? 'output' : 'error';
    return tokenizer.token('redirection', start, '', { type: 'redirection', from, to, append: false });
  }
  return tokenizer.token('redirection', start, '', { type: 'redirection', from, to: undefined, append: false });
}

function scanExclamation(tokenizer: Tokenizer, next: number): Token {
  const { at, mode } = tokenizer;
  if (mode === 'command' && !endsWord(next)) return scanGeneric(tokenizer, at);
  if (mode === 'expression') {
    if (isLetter(next) || next === 95) return scanGeneric(tokenizer, at);
    if (isDigit(next) || next === 46) {
      const number = scanNumber(tokenizer.text, at + 1, true, tokenizer.ternaryEndsNumber);
      if (number === undefined) return scanGeneric(tokenizer, at);
    }
  }
  return sign(tokenizer, '!', 1);
}

function scanPoint(tokenizer: Tokenizer, next: number): Token {
  const { at } = tokenizer;
  const inCommand = tokenizer.mode === 'command';
  if (next === 46) {
    return inCommand && !endsWord(tokenizer.code(at + 2)) ? scanGeneric(tokenizer, at) : sign(tokenizer, '..', 2);
  }
  if (isDigit(next)) return scanNumberOrWord(tokenizer);
  // `.$name` and `."name"` run a command in the current scope; `.name` is a word.
  if (inCommand && !endsWord(next) && next !== 36 && next !== 34 && next !== 39) return scanGeneric(tokenizer, at);
  return sign(tokenizer, '.', 1);
}

function scanColon(tokenizer: Tokenizer, next: number): Token {
  const { at } = tokenizer;
  const inCommand = tokenizer.mode === 'command';
  if (next === 58) {
    if (inCommand && !tokenizer.simpleName && !endsWord(tokenizer.code(at + 2))) return scanGeneric(tokenizer, at);
    return sign(tokenizer, '::', 2);
  }
  return inCommand ? scanLabel(tokenizer) : sign(tokenizer, ':', 1);
}

function scanAt(tokenizer: Tokenizer, next: number): Token {
  if (next === 123) return sign(tokenizer, '@{', 2);
  if (next === 40) return sign(tokenizer, '@(', 2);
  if (isSingleQuote(next) || isDoubleQuote(next)) return scanHereString(tokenizer);
  if (isVariableStart(next)) return scanVariable(tokenizer, false);
  const start = tokenizer.at;
  tokenizer.at++;
  tokenizer.report('UnrecognizedToken', start, start + 1);
  return tokenizer.token('unknown', start, '@');
}
