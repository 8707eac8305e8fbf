import type { Token } from '../tokenizer/token.ts';
import type { CatchClause, StatementAst, TrapStatement, TypeName } from '../tree/index.ts';
import { parseAttribute } from './attributes.ts';
import type { Parser } from './parser.ts';
import { errorStatement } from './recovery.ts';
import { parseStatementBlock } from './statements.ts';

/** `try { } catch [type], [type] { } finally { }`; stands behind `try`. */
export function parseTry(parser: Parser, word: Token): StatementAst {
  const { start } = word;
  parser.skipNewlines();
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    parser.reportAfter('MissingTryStatementBlock', word);
    return errorStatement(start, word.end);
  }
  const catches: CatchClause[] = [];
  let failedAt: number | undefined;
  for (let clause = parseCatch(parser); clause !== undefined; clause = parseCatch(parser)) {
    if (clause.failedAt !== undefined) ({ failedAt } = clause);
    if (clause.clause === undefined) break;
    catches.push(clause.clause);
  }
  parser.skipNewlines();
  const finallyWord = parser.take('finally');
  const last = finallyWord === undefined ? undefined : parseStatementBlock(parser);
  if (finallyWord !== undefined && last === undefined) {
    failedAt = finallyWord.end;
    parser.reportAfter('MissingFinallyStatementBlock', finallyWord, finallyWord.kind);
  }
  if (catches.length === 0 && last === undefined && failedAt === undefined) {
    failedAt = body.end;
    parser.reportAfter('MissingCatchOrFinally', body);
  }
  if (failedAt !== undefined) return errorStatement(start, failedAt);
  return { kind: 'try', body, catches, finally: last, start, end: last?.end ?? catches.at(-1)?.end ?? body.end };
}

interface CatchResult {
  readonly clause: CatchClause | undefined;
  readonly failedAt: number | undefined;
}

/** A `catch` clause, `undefined` where none begins. */
function parseCatch(parser: Parser): CatchResult | undefined {
  parser.skipNewlines();
  const word = parser.take('catch');
  if (word === undefined) return undefined;
  const types: TypeName[] = [];
  let end = word.end;
  let failedAt: number | undefined;
  let comma: Token | undefined;
  do {
    const { place } = parser;
    parser.skipNewlines();
    const type = parseAttribute(parser);
    if (type === undefined) {
      if (comma !== undefined) {
        failedAt = comma.end;
        parser.reportAfter('MissingTypeLiteralToken', comma);
      }
      break;
    }
    if (type.kind === 'attribute') {
      // It belongs to what comes after.
      parser.goBack(place);
      break;
    }
    types.push(type.typeName);
    ({ end } = type);
    parser.skipNewlines();
    comma = parser.take(',');
  } while (comma !== undefined);
  const body = parseStatementBlock(parser);
  if (body !== undefined) {
    return { clause: { kind: 'catch', types, body, start: word.start, end: body.end }, failedAt };
  }
  if (failedAt === undefined) {
    failedAt = end;
    parser.report('MissingCatchHandlerBlock', end, end);
  }
  return { clause: undefined, failedAt };
}

/** `trap [type] { }`; stands behind `trap`. */
export function parseTrap(parser: Parser, word: Token): TrapStatement | StatementAst {
  const { start } = word;
  const { place } = parser;
  parser.skipNewlines();
  let type = parseAttribute(parser);
  if (type?.kind === 'attribute') {
    parser.goBack(place);
    type = undefined;
  }
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    const last = type ?? word;
    parser.reportAfter('MissingTrapStatement', last);
    return errorStatement(start, last.end);
  }
  return { kind: 'trap', type: type?.typeName, body, start, end: body.end };
}
