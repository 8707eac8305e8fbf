import type { BinaryOperator } from '../tree/index.ts';

type CaseWord =
  | 'eq'
  | 'ne'
  | 'gt'
  | 'ge'
  | 'lt'
  | 'le'
  | 'like'
  | 'notlike'
  | 'match'
  | 'notmatch'
  | 'replace'
  | 'contains'
  | 'notcontains'
  | 'in'
  | 'notin'
  | 'split';

/** Operators written as words, with their case prefix resolved. */
export type WordOperator = Exclude<BinaryOperator, '+' | '-' | '*' | '/' | '%' | '..' | '??'> | '-not' | '-bnot';

const caseWords: readonly CaseWord[] = [
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'like',
  'notlike',
  'match',
  'notmatch',
  'replace',
  'contains',
  'notcontains',
  'in',
  'notin',
  'split',
];

const byWord = new Map<string, WordOperator>([
  ['f', '-f'],
  ['and', '-and'],
  ['or', '-or'],
  ['xor', '-xor'],
  ['band', '-band'],
  ['bor', '-bor'],
  ['bxor', '-bxor'],
  ['shl', '-shl'],
  ['shr', '-shr'],
  ['is', '-is'],
  ['isnot', '-isnot'],
  ['as', '-as'],
  ['join', '-join'],
  ['not', '-not'],
  ['bnot', '-bnot'],
]);
for (const word of caseWords) {
  byWord.set(word, `-i${word}`);
  byWord.set(`i${word}`, `-i${word}`);
  byWord.set(`c${word}`, `-c${word}`);
}

/** The operator of a word after a dash, `undefined` where it is none. */
export function wordOperator(word: string): WordOperator | undefined {
  if (word.length > 12) return undefined;
  return byWord.get(word) ?? byWord.get(word.toLowerCase());
}

const logical = 1;
const bitwise = 2;
const comparison = 3;
const coalesce = 4;
const additive = 5;
const multiplicative = 6;
const format = 7;
const range = 8;

const precedences = new Map<string, number>([
  ['-and', logical],
  ['-or', logical],
  ['-xor', logical],
  ['-band', bitwise],
  ['-bor', bitwise],
  ['-bxor', bitwise],
  ['-is', comparison],
  ['-isnot', comparison],
  ['-as', comparison],
  ['-join', comparison],
  ['-shl', comparison],
  ['-shr', comparison],
  ['??', coalesce],
  ['+', additive],
  ['-', additive],
  ['*', multiplicative],
  ['/', multiplicative],
  ['%', multiplicative],
  ['-f', format],
  ['..', range],
]);
for (const word of caseWords) {
  precedences.set(`-i${word}`, comparison);
  precedences.set(`-c${word}`, comparison);
}

/** How tightly a binary operator binds, from 1; `undefined` for tokens that are no binary operator. All are left-associative. */
export function precedenceOf(kind: string): number | undefined {
  return precedences.get(kind);
}
