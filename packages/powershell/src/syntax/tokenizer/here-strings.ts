import { isDoubleQuote, isNewline, isSingleQuote, isWhitespace } from './characters.ts';
import { scanEscape } from './escapes.ts';
import { expands, readExpansion } from './quoted.ts';
import { TextBuilder } from './text-builder.ts';
import type { Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';

/** `@'` or `@"` to the closing quote and `@` at the beginning of a line; stands at the first `@`. */
export function scanHereString(tokenizer: Tokenizer): Token {
  const start = tokenizer.at;
  const doubled = isDoubleQuote(tokenizer.code(start + 1));
  const kind = doubled ? 'hereExpandable' : 'hereString';
  tokenizer.at += 2;
  if (!readHeader(tokenizer, start, doubled)) return tokenizer.token(kind, start, '');
  const builder = new TextBuilder();
  readBody(tokenizer, start, doubled, builder);
  return tokenizer.token(kind, start, builder.whole, builder.parts);
}

/** Nothing but white space may follow the opening on its line. */
function readHeader(tokenizer: Tokenizer, start: number, doubled: boolean): boolean {
  while (isWhitespace(tokenizer.code(tokenizer.at))) tokenizer.at++;
  if (tokenizer.atEnd(tokenizer.at)) {
    tokenizer.report('TerminatorExpectedAtEndOfString', start, tokenizer.at, doubled ? '"@' : "'@");
    return false;
  }
  const code = tokenizer.code(tokenizer.at);
  if (isNewline(code)) {
    tokenizer.at += code === 13 && tokenizer.code(tokenizer.at + 1) === 10 ? 2 : 1;
    return true;
  }
  tokenizer.report('UnexpectedCharactersAfterHereStringHeader', tokenizer.at, tokenizer.at + 1);
  skipToCloseOnLine(tokenizer, doubled ? 34 : 39);
  return false;
}

function skipToCloseOnLine(tokenizer: Tokenizer, quote: number): void {
  for (; !tokenizer.atEnd(tokenizer.at); tokenizer.at++) {
    const code = tokenizer.code(tokenizer.at);
    if (isNewline(code)) return;
    if (code === quote && tokenizer.code(tokenizer.at + 1) === 64) {
      tokenizer.at += 2;
      return;
    }
  }
}

function readBody(tokenizer: Tokenizer, start: number, doubled: boolean, builder: TextBuilder): void {
  const { text } = tokenizer;
  const isQuote = doubled ? isDoubleQuote : isSingleQuote;
  const closes = (at: number): boolean => isQuote(tokenizer.code(at)) && tokenizer.code(at + 1) === 64;
  let from = tokenizer.at;
  if (closes(from)) {
    tokenizer.at += 2;
    return;
  }
  let indentedClose = -1;
  const noteIndentedClose = (lineStart: number): void => {
    let first = lineStart;
    while (isWhitespace(tokenizer.code(first))) first++;
    if (indentedClose < 0 && first > lineStart && closes(first)) indentedClose = first;
  };
  noteIndentedClose(from);
  while (tokenizer.at < text.length) {
    const { at } = tokenizer;
    const code = text.charCodeAt(at);
    if (isNewline(code)) {
      const next = at + (code === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1);
      if (closes(next)) {
        // The end of the line before the closing quote is no part of the text.
        builder.add(text.slice(from, at));
        tokenizer.at = next + 2;
        return;
      }
      tokenizer.at = next;
      noteIndentedClose(next);
    } else if (doubled && ((code === 36 && expands(text, at)) || (code === 96 && at + 1 < text.length))) {
      builder.add(text.slice(from, at));
      if (code === 36) {
        readExpansion(tokenizer, builder, true);
      } else {
        tokenizer.at++;
        builder.add(scanEscape(tokenizer));
      }
      from = tokenizer.at;
    } else {
      tokenizer.at++;
    }
  }
  builder.add(text.slice(from));
  tokenizer.at = text.length;
  if (indentedClose >= 0) tokenizer.report('WhitespaceBeforeHereStringFooter', indentedClose, tokenizer.at);
  else tokenizer.report('TerminatorExpectedAtEndOfString', start, tokenizer.at, doubled ? '"@' : "'@");
}
