import {
  endsAssemblyName,
  endsWord,
  isDoubleQuote,
  isIdentifierPart,
  isIdentifierStart,
  isLetter,
  isLetterOrDigit,
  isSingleQuote,
  isWhitespace,
} from './characters.ts';
import { scanEscape } from './escapes.ts';
import { keyword } from './keywords.ts';
import { expands, readDoubleQuoted, readExpansion, readSingleQuoted } from './quoted.ts';
import { TextBuilder } from './text-builder.ts';
import type { Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';
import { wordOperator } from './word-operators.ts';

/** A word of command mode from `start` to what ends it; it may hold escapes, quoted pieces and what expands. */
export function scanGeneric(tokenizer: Tokenizer, start: number): Token {
  const { text } = tokenizer;
  const builder = new TextBuilder();
  let from = start;
  tokenizer.at = start;
  for (;;) {
    const { at } = tokenizer;
    const code = text.charCodeAt(at) | 0;
    if (endsWord(code) && !(code === 0 && at === start && at < text.length)) break;
    const escaped = code === 96 && at + 1 < text.length;
    const expansion = code === 36 && expands(text, at);
    if (!escaped && !expansion && !isSingleQuote(code) && !isDoubleQuote(code)) {
      tokenizer.at++;
      continue;
    }
    builder.add(text.slice(from, at));
    if (escaped) {
      tokenizer.at++;
      builder.add(scanEscape(tokenizer));
    } else if (expansion) {
      readExpansion(tokenizer, builder, false);
    } else if (isSingleQuote(code)) {
      builder.add(readSingleQuoted(tokenizer));
    } else {
      readDoubleQuoted(tokenizer, builder);
    }
    from = tokenizer.at;
  }
  builder.add(text.slice(from, tokenizer.at));
  return tokenizer.token('generic', start, builder.whole, builder.parts);
}

/** A word that begins with a letter or underscore: a name, a keyword, a type name or, in command mode, a longer word. */
export function scanIdentifier(tokenizer: Tokenizer): Token {
  const start = tokenizer.at;
  tokenizer.at++;
  while (isIdentifierPart(tokenizer.code(tokenizer.at))) tokenizer.at++;
  const { mode } = tokenizer;
  if (mode === 'typeName') return scanTypeName(tokenizer, start);
  if (!tokenizer.simpleName && mode !== 'expression') {
    if (mode === 'command' && !endsWord(tokenizer.code(tokenizer.at))) return scanGeneric(tokenizer, start);
    const kind = keyword(tokenizer.text.slice(start, tokenizer.at));
    // `inlinescript` belongs to workflows, which there are none of.
    if (kind !== undefined && kind !== 'inlinescript') {
      return tokenizer.token(kind, start, tokenizer.text.slice(start, tokenizer.at));
    }
  }
  return tokenizer.token('identifier', start, tokenizer.text.slice(start, tokenizer.at));
}

function scanTypeName(tokenizer: Tokenizer, start: number): Token {
  while (isTypeNamePart(tokenizer.code(tokenizer.at))) tokenizer.at++;
  return tokenizer.token('identifier', start, tokenizer.text.slice(start, tokenizer.at));
}

function isTypeNamePart(code: number): boolean {
  return (
    code === 46 || code === 96 || code === 95 || code === 43 || code === 35 || code === 92 || isLetterOrDigit(code)
  );
}

/**
 * What begins with a dash and a letter: an operator in an expression, else a parameter. `-name:` in command mode takes its
 * colon along.
 */
export function scanDashWord(tokenizer: Tokenizer): Token {
  const { text } = tokenizer;
  const start = tokenizer.at;
  const inCommand = tokenizer.mode === 'command';
  let at = start + 1;
  let colon = false;
  for (; ; at++) {
    const code = text.charCodeAt(at) | 0;
    if (endsWord(code) || code === 46 || code === 91) break;
    if (code === 58) {
      colon = inCommand;
      break;
    }
    if (isSingleQuote(code) || isDoubleQuote(code)) {
      if (inCommand) return scanGeneric(tokenizer, start);
      break;
    }
    // Outside of commands only ASCII letters belong to the word.
    if (!inCommand && !(isLetter(code) && code < 128)) break;
  }
  const word = text.slice(start + 1, at);
  tokenizer.at = colon ? at + 1 : at;
  if (tokenizer.mode === 'expression') {
    const operator = wordOperator(word);
    if (operator !== undefined) return tokenizer.token(operator, start, text.slice(start, at));
  }
  if (word === '') return tokenizer.token('-', start, '-');
  return tokenizer.token('parameter', start, word, colon ? { type: 'colon' } : undefined);
}

/** `:name` of a loop; stands at the colon. In command mode only. */
export function scanLabel(tokenizer: Tokenizer): Token {
  const start = tokenizer.at;
  if (!isIdentifierStart(tokenizer.code(start + 1))) {
    if (!tokenizer.atEnd(start + 1)) return scanGeneric(tokenizer, start);
    tokenizer.at = start + 1;
    return tokenizer.token('generic', start, ':');
  }
  tokenizer.at = start + 2;
  while (isIdentifierPart(tokenizer.code(tokenizer.at))) tokenizer.at++;
  if (!endsWord(tokenizer.code(tokenizer.at))) return scanGeneric(tokenizer, start);
  return tokenizer.token('label', start, tokenizer.text.slice(start + 1, tokenizer.at));
}

/** The name of an assembly behind the comma of a type name, its properties included: `Name, Version=1.0`. */
export function readAssemblyName(tokenizer: Tokenizer): string {
  const part = (): string => {
    skipWhitespace(tokenizer);
    const from = tokenizer.at;
    while (!endsAssemblyName(tokenizer.code(tokenizer.at))) tokenizer.at++;
    const text = tokenizer.text.slice(from, tokenizer.at);
    skipWhitespace(tokenizer);
    return text;
  };
  let name = part();
  while (tokenizer.code(tokenizer.at) === 44) {
    tokenizer.at++;
    name += `, ${part()}`;
    if (tokenizer.code(tokenizer.at) === 61) {
      tokenizer.at++;
      name += `=${part()}`;
    }
  }
  return name;
}

/** What follows `--%`: the rest of the line up to a pipe or `&&`, word for word. */
export function scanVerbatim(tokenizer: Tokenizer): Token {
  skipWhitespace(tokenizer);
  const start = tokenizer.at;
  let quoted = false;
  for (; !tokenizer.atEnd(tokenizer.at); tokenizer.at++) {
    const code = tokenizer.code(tokenizer.at);
    if (code === 10 || code === 13) break;
    if (isDoubleQuote(code)) quoted = !quoted;
    else if (!quoted && (code === 124 || (code === 38 && tokenizer.code(tokenizer.at + 1) === 38))) break;
  }
  return tokenizer.token('generic', start, tokenizer.text.slice(start, tokenizer.at));
}

function skipWhitespace(tokenizer: Tokenizer): void {
  while (isWhitespace(tokenizer.code(tokenizer.at))) tokenizer.at++;
}
