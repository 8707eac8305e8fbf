import { netFailure } from '../../errors/raise.ts';
import type { Prefixes } from './xpath.ts';

const token =
  /\s+|("[^"]*"|'[^']*')|(\d+(?:\.\d*)?|\.\d+)|(\.\.|::|\/\/|!=|<=|>=|[()[\].@,/|+\-=<>*$:])|([\p{L}_][\p{L}\p{N}\p{M}._-]*)|(.)/gsu;

/** The fewest and the most arguments of the functions of XPath 1.0. */
const functions: Readonly<Record<string, readonly [number, number]>> = {
  last: [0, 0],
  position: [0, 0],
  count: [1, 1],
  id: [1, 1],
  'local-name': [0, 1],
  'namespace-uri': [0, 1],
  name: [0, 1],
  string: [0, 1],
  concat: [2, Number.POSITIVE_INFINITY],
  'starts-with': [2, 2],
  contains: [2, 2],
  'substring-before': [2, 2],
  'substring-after': [2, 2],
  substring: [2, 3],
  'string-length': [0, 1],
  'normalize-space': [0, 1],
  translate: [3, 3],
  boolean: [1, 1],
  not: [1, 1],
  true: [0, 0],
  false: [0, 0],
  lang: [1, 1],
  number: [0, 1],
  sum: [1, 1],
  floor: [1, 1],
  ceiling: [1, 1],
  round: [1, 1],
};

const nodeTests = new Set(['node', 'text', 'comment', 'processing-instruction']);
const operators = new Set(['and', 'or', 'div', 'mod']);

interface OpenBracket {
  readonly kind: string;
  /** The function whose arguments stand in it. */
  readonly called: string | undefined;
  commas: number;
  isEmpty: boolean;
}

/**
 * Finds what .NET refuses in an expression before it is evaluated, and says it as .NET does: what an operand is missing for
 * is no node-set, what stands too much is an invalid token.
 * Throws `NetFailure` (XPathException).
 */
export function checkXPath(path: string, prefixes: Prefixes): void {
  const tokens = [...path.matchAll(token)].filter(([text]) => text.trim() !== '');
  const open: OpenBracket[] = [];
  let wantsOperand = true;
  for (let at = 0; at < tokens.length; at++) {
    const [text = '', quoted, number, sign, name] = tokens[at] ?? [];
    const next = tokens[at + 1]?.[0];
    const around = open.at(-1);
    if (text === '"' || text === "'") throw failure('This is an unclosed string.');
    const isName = name !== undefined && (wantsOperand || !operators.has(name));
    if (around !== undefined && text !== ')') around.isEmpty = false;
    if (wantsOperand && sign === ')' && around?.kind === '(' && around.isEmpty && around.called !== undefined) {
      closeCall(open, path);
      wantsOperand = false;
    } else if (wantsOperand && (quoted !== undefined || number !== undefined || sign === '.' || sign === '..')) {
      wantsOperand = false;
    } else if (wantsOperand && sign === '*') wantsOperand = false;
    else if (isName && wantsOperand) {
      at = readName(tokens, at, path, prefixes, open);
      wantsOperand = tokens[at]?.[0] === '::' || tokens[at]?.[0] === '(';
    } else if (wantsOperand && (sign === '@' || sign === '-')) continue;
    else if (wantsOperand && sign === '$') throw needsContext(prefixes);
    else if (wantsOperand && sign === '(') open.push(bracket('(', undefined));
    else if (wantsOperand && (sign === '/' || sign === '//') && isPathStart(tokens[at - 1]?.[0])) {
      wantsOperand = sign === '//' || (next !== undefined && startsStep(next));
    } else if (wantsOperand) throw noNodeSet();
    else if (sign === ')' && around?.kind === '(') closeCall(open, path);
    else if (sign === ']' && around?.kind === '[') open.pop();
    else if (sign === '[') {
      open.push(bracket('[', undefined));
      wantsOperand = true;
    } else if (sign === ',' && around?.called !== undefined) {
      around.commas++;
      wantsOperand = true;
    } else if (operators.has(text) || /^(?:\/\/|!=|<=|>=|[/|+\-=<>*])$/.test(text)) wantsOperand = true;
    else throw invalidToken(path);
  }
  if (wantsOperand) throw noNodeSet();
  if (open.length > 0) throw invalidToken(path);
}

function bracket(kind: string, called: string | undefined): OpenBracket {
  return { kind, called, commas: 0, isEmpty: true };
}

/** A slash may begin a path only where an operand may stand on its own. */
function isPathStart(before: string | undefined): boolean {
  return before === undefined || /^(?:[([,|+\-=<>*]|!=|<=|>=|and|or|div|mod)$/.test(before);
}

function startsStep(next: string): boolean {
  return /^(?:\.\.?|@|\*|[\p{L}_].*)$/su.test(next) && !operators.has(next);
}

/** Reads a name with its prefix, an axis, a function and its bracket. Answers the place of the last token that belongs to it. */
function readName(
  tokens: readonly RegExpExecArray[],
  at: number,
  path: string,
  prefixes: Prefixes,
  open: OpenBracket[],
): number {
  const text = (place: number): string | undefined => tokens[place]?.[0];
  const name = text(at) ?? '';
  if (text(at + 1) === '::') {
    if (!axes.has(name)) throw invalidToken(path);
    return at + 1;
  }
  if (text(at + 1) === ':') {
    const local = text(at + 2);
    if (local === undefined || !/^(?:\*|[\p{L}_].*)$/su.test(local)) {
      throw failure(`'${path}' has an invalid qualified name.`);
    }
    if (text(at + 3) === '(' || prefixes === undefined) throw needsContext(prefixes);
    if (prefixes(name) === undefined) throw failure(`Namespace prefix '${name}' is not defined.`);
    return at + 2;
  }
  if (text(at + 1) !== '(') return at;
  if (!nodeTests.has(name) && functions[name] === undefined) throw needsContext(prefixes);
  open.push(bracket('(', name));
  return at + 1;
}

const axes = new Set([
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'child',
  'descendant',
  'descendant-or-self',
  'following',
  'following-sibling',
  'namespace',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
]);

function closeCall(open: OpenBracket[], path: string): void {
  const closed = open.pop();
  const range = closed?.called === undefined ? undefined : functions[closed.called];
  if (closed === undefined || range === undefined) return;
  const count = closed.isEmpty ? 0 : closed.commas + 1;
  if (count < range[0] || count > range[1]) {
    throw failure(`Function '${closed.called}' in '${path}' has an invalid number of arguments.`);
  }
}

function failure(message: string): Error {
  return netFailure('System.Xml.XPath.XPathException', message);
}

const noNodeSet = (): Error => failure('Expression must evaluate to a node-set.');
const invalidToken = (path: string): Error => failure(`'${path}' has an invalid token.`);

function needsContext(prefixes: Prefixes): Error {
  return failure(
    prefixes === undefined
      ? 'Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.'
      : 'XsltContext is needed for this query because of an unknown function.',
  );
}
