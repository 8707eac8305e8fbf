import { isDoubleQuote, isSingleQuote, isVariableStart } from './characters.ts';
import { scanEscape } from './escapes.ts';
import { TextBuilder } from './text-builder.ts';
import type { SubExpressionText, Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';
import { scanVariable } from './variables.ts';

/** `'text'`; stands at the opening quote. */
export function scanSingleQuoted(tokenizer: Tokenizer): Token {
  const start = tokenizer.at;
  return tokenizer.token('string', start, readSingleQuoted(tokenizer));
}

/** The text between single quotes; stands at the opening quote and goes past the closing one. */
export function readSingleQuoted(tokenizer: Tokenizer): string {
  const { text } = tokenizer;
  const open = tokenizer.at;
  let value = '';
  let from = open + 1;
  for (let at = from; at < text.length; at++) {
    if (!isSingleQuote(text.charCodeAt(at))) continue;
    if (!isSingleQuote(text.charCodeAt(at + 1))) {
      tokenizer.at = at + 1;
      return value + text.slice(from, at);
    }
    value += text.slice(from, at);
    from = ++at;
  }
  tokenizer.at = text.length;
  tokenizer.report('TerminatorExpectedAtEndOfString', open, tokenizer.at, "'");
  return value + text.slice(from);
}

/** `"text"`; stands at the opening quote. */
export function scanDoubleQuoted(tokenizer: Tokenizer): Token {
  const start = tokenizer.at;
  const builder = new TextBuilder();
  readDoubleQuoted(tokenizer, builder);
  return tokenizer.token('expandable', start, builder.whole, builder.parts);
}

/** Adds the text between double quotes; stands at the opening quote and goes past the closing one. */
export function readDoubleQuoted(tokenizer: Tokenizer, builder: TextBuilder): void {
  const { text } = tokenizer;
  const open = tokenizer.at;
  let from = open + 1;
  tokenizer.at = from;
  while (tokenizer.at < text.length) {
    const { at } = tokenizer;
    const code = text.charCodeAt(at);
    if (isDoubleQuote(code)) {
      builder.add(text.slice(from, at));
      if (!isDoubleQuote(text.charCodeAt(at + 1))) {
        tokenizer.at++;
        return;
      }
      from = at + 1;
      tokenizer.at += 2;
    } else if ((code === 36 && expands(text, at)) || (code === 96 && at + 1 < text.length)) {
      builder.add(text.slice(from, at));
      if (code === 36) {
        readExpansion(tokenizer, builder, false);
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
  tokenizer.report('TerminatorExpectedAtEndOfString', open, tokenizer.at, '"');
}

/** Whether the `$` at an index begins something that expands; otherwise it is a character like any other. */
export function expands(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1) | 0;
  return next === 40 || next === 123 || isVariableStart(next);
}

/** Adds a variable or `$( … )`; stands at its `$`. */
export function readExpansion(tokenizer: Tokenizer, builder: TextBuilder, inHereString: boolean): void {
  const start = tokenizer.at;
  const { mode } = tokenizer;
  tokenizer.mode = 'expression';
  const part =
    tokenizer.code(start + 1) === 40 ? scanSubExpression(tokenizer, inHereString) : scanVariable(tokenizer, true);
  tokenizer.mode = mode;
  builder.addExpansion(part, tokenizer.text.slice(start, tokenizer.at));
}

/**
 * The text of `$( … )` up to the parenthesis that closes it: parentheses are counted, whatever they stand in. In a
 * double-quoted string two quotes (or a backtick and a quote) are one; in a here-string all stays as it is.
 */
function scanSubExpression(tokenizer: Tokenizer, inHereString: boolean): SubExpressionText {
  const { text } = tokenizer;
  const start = tokenizer.at;
  let value = '';
  let from = start;
  let depth = 1;
  const omitted: number[] = [];
  let at = start + 2;
  for (; at < text.length && depth > 0; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) depth++;
    else if (code === 41) depth--;
    else if (!inHereString && (code === 96 || isDoubleQuote(code)) && isDoubleQuote(text.charCodeAt(at + 1))) {
      value += text.slice(from, at);
      omitted.push(value.length);
      from = ++at;
    }
  }
  tokenizer.at = at;
  if (depth > 0) tokenizer.report('IncompleteDollarSubexpressionReference', start, at);
  const inherited = tokenizer.omittedWithin(start, at);
  // A left-out quote before an inherited place moves it.
  const moved = inherited.map((place) => place - omitted.filter((own, count) => own + count < place).length);
  const all = moved.length === 0 ? omitted : [...omitted, ...moved].sort((left, right) => left - right);
  return {
    kind: 'subExpressionText',
    text: value + text.slice(from, at),
    base: tokenizer.offset(start),
    omitted: all,
  };
}
