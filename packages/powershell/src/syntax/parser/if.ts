import type { Token } from '../tokenizer/token.ts';
import type { IfStatement, StatementAst } from '../tree/index.ts';
import type { Parser } from './parser.ts';
import { parsePipelineChain } from './pipelines.ts';
import { errorStatement } from './recovery.ts';
import { parseStatementBlock } from './statements.ts';

/** `if ( ) { } elseif ( ) { } else { }`; stands behind `if`. */
export function parseIf(parser: Parser, first: Token): StatementAst {
  const { start } = first;
  const clauses: IfStatement['clauses'][number][] = [];
  let word = first;
  for (;;) {
    const clause = parseClause(parser, word);
    if ('failedAt' in clause) return errorStatement(start, clause.failedAt);
    clauses.push(clause);
    // Newlines behind the last clause end an entry of a hashtable: they are not read.
    const { place } = parser;
    parser.skipNewlines();
    const next = parser.peek();
    if (next.kind === 'elseif') {
      parser.skip();
      word = next;
    } else if (next.kind === 'else') {
      parser.skip();
      parser.skipNewlines();
      const otherwise = parseStatementBlock(parser);
      if (otherwise !== undefined) return { kind: 'if', clauses, otherwise, start, end: otherwise.end };
      parser.reportAfter('MissingStatementBlockAfterElse', next);
      return errorStatement(start, next.end);
    } else {
      parser.goBack(place);
      return { kind: 'if', clauses, otherwise: undefined, start, end: clause.body.end };
    }
  }
}

function parseClause(parser: Parser, word: Token): IfStatement['clauses'][number] | { readonly failedAt: number } {
  parser.skipNewlines();
  const open = parser.take('(');
  if (open === undefined) {
    parser.reportAfter('MissingOpenParenthesisInIfStatement', word, parser.text(word));
    return { failedAt: word.end };
  }
  parser.skipNewlines();
  const condition = parsePipelineChain(parser);
  if (condition === undefined) parser.reportAfter('IfStatementMissingCondition', open, parser.text(word));
  parser.skipNewlines();
  const close = parser.take(')');
  if (close === undefined) {
    const next = parser.peek();
    if (condition !== undefined) parser.reportAt('MissingEndParenthesisAfterStatement', next, parser.text(word));
    return { failedAt: Math.max(open.end, next.start - 1) };
  }
  parser.skipNewlines();
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    parser.reportAt('MissingStatementBlock', close, parser.text(word));
    return { failedAt: close.end };
  }
  return { condition: condition ?? errorStatement(open.end, open.end), body };
}
