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

const quote = 0x22;
const backslash = 0x5c;

/**
 * Splits a filter into tokens. A word ends at a blank, a bracket, a parenthesis or a quotation mark: URNs, `-dn-`, `$ref`, dates
 * and numbers are single words.
 * @throws SCIM_FILTER_SYNTAX for a string that is not closed or not JSON, and for U+0000 and lone surrogates, which no store keeps alike
 */
export function tokenise(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  let previousEnd = 0;
  while (at < text.length) {
    const start = at;
    const bracket = bracketAt(text, at);
    const code = text.charCodeAt(at);
    if (isBlank(code)) {
      at += 1;
      continue;
    }
    let kind: FilterToken['kind'] = 'word';
    let value: string;
    if (bracket !== undefined) {
      at += 1;
      kind = bracket;
      value = bracket;
    } else if (code === quote) {
      at = stringEnd(text, start);
      kind = 'string';
      value = decodeString(text, start, at);
    } else {
      while (at < text.length && !endsWord(text.charCodeAt(at))) at += 1;
      value = text.slice(start, at);
      checkText(value, start);
    }
    tokens.push({ kind, text: value, position: start, joined: start === previousEnd });
    previousEnd = at;
  }
  tokens.push({ kind: 'end', text: '', position: at, joined: false });
  return tokens;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function bracketAt(text: string, at: number): '(' | ')' | '[' | ']' | undefined {
  const character = text[at];
  return character === '(' || character === ')' || character === '[' || character === ']' ? character : undefined;
}

function endsWord(code: number): boolean {
  return isBlank(code) || code === quote || code === 0x28 || code === 0x29 || code === 0x5b || code === 0x5d;
}

/** The position after the closing quotation mark. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at + 1;
    else if (code < 0x20) throw filterSyntax(at, 'a string may not hold a control character; escape it');
  }
  throw filterSyntax(start, 'the string that begins here is not closed by a quotation mark');
}

function decodeString(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  const decoded = inner.includes('\\') ? unescaped(text.slice(start, end), start) : inner;
  checkText(decoded, start);
  return decoded;
}

function unescaped(literal: string, position: number): string {
  try {
    // Whatever JSON.parse makes of text between two quotation marks is a string.
    return String(JSON.parse(literal));
  } catch (cause) {
    throw filterSyntax(position, 'the string is not a JSON string: escape quotation marks and backslashes', cause);
  }
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
