import type { Token } from '../tokenizer/token.ts';
import type { ExpressionAst, HashtableExpression, HashtablePair } from '../tree/index.ts';
import { parseSimpleName } from './names.ts';
import type { Parser } from './parser.ts';
import { errorStatement, skipTo } from './recovery.ts';
import { parseValueStatement } from './statements.ts';
import { parseUnary } from './unary.ts';

/** `@{ key = statement … }`; stands behind `@{`. */
export function parseHashtable(parser: Parser, open: Token): HashtableExpression {
  parser.enter();
  parser.skipNewlines();
  const pairs: HashtablePair[] = [];
  for (;;) {
    const pair = parsePair(parser);
    if (pair === undefined) break;
    pairs.push(pair);
    const { kind } = parser.peek();
    if (kind !== 'newline' && kind !== ';') break;
    parser.skipTerminators();
  }
  const close = parser.take('}');
  if (close === undefined) parser.reportAfter('MissingEndCurlyBrace', open);
  parser.leave();
  const end = close?.end ?? Math.max(0, parser.peek().start - 1);
  return { kind: 'hashtable', pairs, start: open.start, end };
}

function parsePair(parser: Parser): HashtablePair | undefined {
  const { mode } = parser;
  parser.setMode('expression');
  const key = parseNameOrOperand(parser);
  if (key === undefined) {
    parser.setMode(mode);
    return undefined;
  }
  const equals = parser.take('=');
  if (equals === undefined) parser.peek();
  parser.setMode(mode);
  if (equals === undefined) {
    parser.reportAfter('MissingEqualsInHashLiteral', key);
    skipTo(parser, false, '}', ';', 'newline');
    return { key, value: errorStatement(key.end, key.end) };
  }
  parser.setMode('command');
  parser.skipNewlines();
  let value = parseValueStatement(parser);
  if (value === undefined) {
    parser.reportAfter('MissingStatementInHashLiteral', equals);
    value = errorStatement(equals.end, equals.end);
  }
  parser.setMode(mode);
  return { key, value };
}

/** A key, or the label of a `break`: a bare word or an operand on the same line. */
export function parseNameOrOperand(parser: Parser): ExpressionAst | undefined {
  const name = parseSimpleName(parser);
  if (name !== undefined) return name;
  const { kind } = parser.peek();
  if (kind === 'newline' || kind === ';') return undefined;
  const { commaMakesArrays } = parser;
  parser.commaMakesArrays = false;
  const operand = parseUnary(parser, false);
  parser.commaMakesArrays = commaMakesArrays;
  return operand;
}
