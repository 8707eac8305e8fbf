import type { Token, TokenKind } from '../tokenizer/token.ts';
import type { ExpressionAst, Extent, StringConstant, UsingStatement } from '../tree/index.ts';
import { parseArgument } from './arguments.ts';
import type { Parser } from './parser.ts';
import { skipTo } from './recovery.ts';

type What = UsingStatement['what'];

const kinds = new Map<TokenKind, What>([
  ['namespace', 'namespace'],
  ['module', 'module'],
  ['assembly', 'assembly'],
  ['type', 'type'],
  ['command', 'command'],
]);

/** The `using` statements at the beginning of a script. */
export function parseUsings(parser: Parser): UsingStatement[] {
  const usings: UsingStatement[] = [];
  for (;;) {
    const first = parser.peek();
    if (first.kind !== 'using') {
      // What comes next may be read on trial: the token is put back for that.
      parser.goBack(first);
      return usings;
    }
    parser.skip();
    const using = parseUsing(parser, first);
    if ('kind' in using) usings.push(using);
    parser.skipTerminators();
  }
}

/** `using namespace Name`, `using module ./file.psm1` …; stands behind `using`. After an error only its extent comes back. */
export function parseUsing(parser: Parser, word: Token): UsingStatement | Extent {
  const { start } = word;
  const directive = parser.peek();
  const what = kinds.get(directive.kind);
  if (what === undefined) {
    parser.reportAfter('MissingUsingStatementDirective', word);
    return { start, end: word.end };
  }
  parser.skip();
  const first = parser.next();
  if (first.kind === 'eof' || first.kind === 'newline' || first.kind === ',' || first.kind === ';') {
    parser.reportAfter('MissingUsingItemName', directive);
    if (first.kind === 'eof') parser.unget(first);
    return { start, end: directive.end };
  }
  const item = parseItem(parser, what, first);
  if (item === undefined) return { start, end: first.end };
  const equals = item.kind === 'string' && what !== 'assembly' ? parser.take('=') : undefined;
  if (equals !== undefined) return parseAlias(parser, start, what, item, equals);
  if (what === 'type' || what === 'command') {
    parser.reportAfter('MissingEqualsInUsingAlias', first);
    return { start, end: item.end };
  }
  requireTerminator(parser);
  return {
    kind: 'usingStatement',
    what,
    name: item.kind === 'string' ? item : undefined,
    alias: undefined,
    moduleSpecification: item.kind === 'hashtable' ? item : undefined,
    start,
    end: item.end,
  };
}

/** What is used: a word, or for a module also a hashtable. */
function parseItem(parser: Parser, what: What, first: Token): ExpressionAst | undefined {
  const item = parseArgument(parser, 'argument', first);
  if (item === undefined) {
    parser.reportAt('InvalidValueForUsingItemName', first, parser.text(first));
    skipTo(parser, true, ';', 'newline');
    return undefined;
  }
  if (item.kind === 'string' || (item.kind === 'hashtable' && what === 'module')) return item;
  parser.reportAt('InvalidValueForUsingItemName', item, parser.text(item));
  return undefined;
}

/** `Name = item`: parses, but nothing of this kind is supported. */
function parseAlias(
  parser: Parser,
  start: number,
  what: What,
  item: ExpressionAst,
  equals: Token,
): UsingStatement | Extent {
  const first = parser.next();
  if (first.kind === 'eof' || first.kind === 'newline' || first.kind === ';') {
    parser.unget(first);
    parser.reportAfter('MissingNamespaceAlias', equals);
    return { start, end: equals.end };
  }
  if (first.kind === ',') {
    parser.reportAt('UnexpectedUnaryOperator', first, parser.text(first));
    return { start, end: first.end };
  }
  const alias = parseArgument(parser, 'argument', first);
  const isModule = what === 'module' && alias?.kind === 'hashtable';
  if (alias === undefined || (alias.kind !== 'string' && !isModule)) {
    parser.reportAt('InvalidValueForUsingItemName', alias ?? first, parser.text(alias ?? first));
    return { start, end: (alias ?? first).end };
  }
  requireTerminator(parser);
  const name: StringConstant | undefined = item.kind === 'string' ? item : undefined;
  const named = { kind: 'usingStatement', what, name, start, end: first.end } as const;
  return alias.kind === 'string'
    ? { ...named, alias, moduleSpecification: undefined }
    : { ...named, alias: name, moduleSpecification: alias };
}

function requireTerminator(parser: Parser): void {
  const next = parser.peek();
  if (next.kind === 'newline' || next.kind === ';') parser.skip();
  else if (next.kind !== 'eof') parser.reportAt('MissingStatementTerminator', next);
}
