import { problem } from '@joinery/problems';

/** One token of a filter; `position` counts UTF-16 units from 0. */
export interface FilterToken {
  readonly kind: 'word' | 'string' | '(' | ')' | '[' | ']' | 'end';
  /** A word as written, or the decoded text of a string. */
  readonly text: string;
  readonly position: number;
  /** True when nothing stands between this token and the one before: `].value` belongs to the bracket, `] .value` does not. */
  readonly joined: boolean;
}

const blank = /[ \t\r\n]/;
/** A word ends at a blank, a bracket, a parenthesis or a quote; URNs, `-dn-`, `$ref`, dates and numbers are single words. */
const wordEnd = /[ \t\r\n()[\]"]/;

/**
 * Splits a filter into tokens.
 * @throws SCIM_FILTER_SYNTAX for a string that is not closed or not JSON, and for U+0000 and lone surrogates, which no store keeps alike
 */
export function tokenise(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  let previousEnd = 0;
  const push = (kind: FilterToken['kind'], value: string, start: number): void => {
    tokens.push({ kind, text: value, position: start, joined: start === previousEnd });
    previousEnd = at;
  };
  while (at < text.length) {
    const start = at;
    const character = text.charAt(at);
    if (blank.test(character)) {
      at += 1;
    } else if (character === '(' || character === ')' || character === '[' || character === ']') {
      at += 1;
      push(character, character, start);
    } else if (character === '"') {
      at = stringEnd(text, start);
      push('string', decodeString(text.slice(start, at), start), start);
    } else {
      while (at < text.length && !wordEnd.test(text.charAt(at))) at += 1;
      const word = text.slice(start, at);
      checkText(word, start);
      push('word', word, start);
    }
  }
  push('end', '', at);
  return tokens;
}

/** The position after the closing quote. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '"') return at + 1;
  }
  throw filterSyntax(start, 'the string that begins here is not closed by a quotation mark');
}

function decodeString(literal: string, position: number): string {
  let decoded: unknown;
  try {
    decoded = JSON.parse(literal);
  } catch (cause) {
    throw filterSyntax(position, 'the string is not a JSON string: escape quotation marks and backslashes', cause);
  }
  // Whatever JSON.parse makes of text between two quotation marks is a string.
  const text = String(decoded);
  checkText(text, position);
  return text;
}

function checkText(text: string, position: number): void {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw filterSyntax(position, 'the text holds a character that cannot be stored');
  }
}

/** SCIM_FILTER_SYNTAX at a position, counted from 1 for people. */
export function filterSyntax(position: number, sentence: string, cause?: unknown): Error {
  return problem('SCIM_FILTER_SYNTAX', `At character ${position + 1} of the filter: ${sentence}.`, {
    place: 'filter',
    cause,
  });
}
