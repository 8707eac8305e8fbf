import type { NumberLiteral, StreamName } from '../tree/index.ts';
import type { Keyword } from './keywords.ts';
import type { WordOperator } from './word-operators.ts';

/** Punctuation and sign operators, named by their text. */
export type Sign =
  | '('
  | ')'
  | '{'
  | '}'
  | '['
  | ']'
  | '@('
  | '@{'
  | '$('
  | ';'
  | ','
  | '&&'
  | '||'
  | '&'
  | '|'
  | '--'
  | '++'
  | '..'
  | '::'
  | '.'
  | '!'
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '='
  | '+='
  | '-='
  | '*='
  | '/='
  | '%='
  | '??='
  | '??'
  | '?'
  | ':'
  | '?.'
  | '?['
  | '<';

/** `generic` is a word of command mode; `eof` the end of the text, one beyond its last character. */
export type TokenKind =
  | Sign
  | WordOperator
  | Keyword
  | 'variable'
  | 'splatted'
  | 'parameter'
  | 'number'
  | 'label'
  | 'identifier'
  | 'generic'
  | 'string'
  | 'expandable'
  | 'hereString'
  | 'hereExpandable'
  | 'redirection'
  | 'newline'
  | 'unknown'
  | 'eof';

/**
 * One token.
 * @property start,end offsets in the source
 * @property at where it begins in the text that is being scanned (another one inside of strings): scanning goes back there
 * @property value the content of strings and words, unescaped; the name of variables, parameters and labels
 */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly at: number;
  readonly value: string;
  readonly detail: TokenDetail | undefined;
}

export type TokenDetail = NumberLiteral | StringParts | Redirection | ParameterColon;

/** The parts of a text that expands. Sub-expressions are parsed when the parser comes to the string. */
export interface StringParts {
  readonly type: 'parts';
  readonly parts: readonly StringPart[];
}

export type StringPart = string | Token | SubExpressionText;

/** `$( … )` inside a string, as text of its own. */
export interface SubExpressionText {
  readonly kind: 'subExpressionText';
  readonly text: string;
  /** Offset of its `$` in the source. */
  readonly base: number;
  /** Where a character of the source is left out of `text` (of `""` only one stays), as indexes into `text`, ascending. */
  readonly omitted: readonly number[];
}

/** `to` is absent for a file. */
export interface Redirection {
  readonly type: 'redirection';
  readonly from: StreamName;
  readonly to: StreamName | undefined;
  readonly append: boolean;
}

export interface ParameterColon {
  readonly type: 'colon';
}

/** Kinds that are the same token in every mode: they need not be scanned anew when the mode changes. */
export const sameInEveryMode: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'newline',
  'eof',
  'string',
  'expandable',
  'hereString',
  'hereExpandable',
  '(',
  ')',
  '{',
  '}',
  ']',
  '@(',
  '@{',
  '$(',
  ';',
  '&&',
  '||',
  '&',
  '|',
  ',',
  '<',
]);
