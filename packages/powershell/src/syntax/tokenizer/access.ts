import { isNewline, isWhitespace } from './characters.ts';
import { scanBlockComment, scanLineComment } from './comments.ts';
import type { Sign, Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';

/*
 * Signs that count only where they stand right behind what they belong to: no white space may be between. Each function
 * answers `undefined`, and moves nothing but past comments, where no such sign stands.
 */

function take(tokenizer: Tokenizer, kind: Sign): Token {
  const { at } = tokenizer;
  tokenizer.at = at + kind.length;
  return tokenizer.token(kind, at, kind);
}

/** `.`, `::`, `?.`, and with `brackets` also `[` and `?[`. */
export function memberAccess(tokenizer: Tokenizer, brackets: boolean): Token | undefined {
  while (tokenizer.code(tokenizer.at) === 60 && tokenizer.code(tokenizer.at + 1) === 35) scanBlockComment(tokenizer);
  const { at } = tokenizer;
  const next = tokenizer.code(at + 1);
  switch (tokenizer.code(at)) {
    case 46:
      return next === 46 || endsArgument(tokenizer, next) ? undefined : take(tokenizer, '.');
    case 58:
      return next !== 58 || endsArgument(tokenizer, tokenizer.code(at + 2)) ? undefined : take(tokenizer, '::');
    case 63:
      if (next === 46) return take(tokenizer, '?.');
      return next === 91 && brackets ? take(tokenizer, '?[') : undefined;
    case 91:
      return brackets ? take(tokenizer, '[') : undefined;
    default:
      return undefined;
  }
}

/** In command mode a point before a blank belongs to no member. */
function endsArgument(tokenizer: Tokenizer, code: number): boolean {
  return tokenizer.mode === 'command' && (code === 0 || isNewline(code) || isWhitespace(code));
}

/** `(` or `{` right behind the name of a method. */
export function invocation(tokenizer: Tokenizer): Token | undefined {
  const code = tokenizer.code(tokenizer.at);
  if (code === 40) return take(tokenizer, '(');
  return code === 123 ? take(tokenizer, '{') : undefined;
}

/**
 * The `[` of an attribute or type, after blanks and comments: in command mode a plain scan would take a whole word. Before
 * a member access the place is put back, since blanks decide there.
 */
export function attributeStart(tokenizer: Tokenizer): Token | undefined {
  const start = tokenizer.at;
  let blanks = false;
  for (;;) {
    const { at } = tokenizer;
    const code = tokenizer.code(at);
    if (code === 91) return take(tokenizer, '[');
    if (isWhitespace(code)) {
      blanks = true;
      tokenizer.at++;
    } else if (code === 35) {
      blanks = true;
      scanLineComment(tokenizer);
    } else if (code === 60 && tokenizer.code(at + 1) === 35) {
      blanks = false;
      scanBlockComment(tokenizer);
    } else {
      if (blanks && (code === 46 || code === 58)) tokenizer.at = start;
      return undefined;
    }
  }
}

/**
 * Whether, from the beginning of a line, the first thing that is neither blank nor comment is a pipe. An empty line ends
 * the search, a line with a comment does not.
 */
export function pipeFollows(text: string, lineStart: number): boolean {
  let at = lineStart;
  let blankLine = true;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isWhitespace(code)) {
      at++;
    } else if (isNewline(code)) {
      if (blankLine) return false;
      blankLine = true;
      at += code === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
    } else if (code === 35) {
      blankLine = false;
      while (at < text.length && !isNewline(text.charCodeAt(at))) at++;
    } else if (code === 60 && text.charCodeAt(at + 1) === 35) {
      blankLine = false;
      const close = text.indexOf('#>', at + 2);
      at = close < 0 ? text.length : close + 2;
    } else {
      return code === 124;
    }
  }
  return false;
}
