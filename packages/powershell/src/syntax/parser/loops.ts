import type { Token } from '../tokenizer/token.ts';
import type { StatementAst, StatementBlockAst } from '../tree/index.ts';
import { parseSingleArgument } from './arguments.ts';
import type { Parser } from './parser.ts';
import { parsePipelineChain } from './pipelines.ts';
import { variableOf } from './primary.ts';
import { errorStatement } from './recovery.ts';
import { parseStatementBlock } from './statements.ts';

/** Whether a parameter of a statement is this one: any beginning of its name will do. */
export function isParameter({ value }: Token, name: string): boolean {
  return name.startsWith(value.toLowerCase());
}

/** `foreach ($x in pipeline) { }`; stands behind `foreach`. */
export function parseForEach(parser: Parser, word: Token, label: Token | undefined): StatementAst {
  const { start } = label ?? word;
  parser.skipNewlines();
  const flags = parseForEachFlags(parser);
  const open = parser.take('(');
  if (open === undefined) {
    parser.reportAfter('MissingOpenParenthesisAfterKeyword', word, word.kind);
    return errorStatement(start, word.end);
  }
  parser.skipNewlines();
  const variable = parser.take('variable') ?? parser.take('splatted');
  if (variable === undefined) {
    parser.reportAfter('MissingVariableNameAfterForeach', open);
    return errorStatement(start, open.end);
  }
  parser.skipNewlines();
  const inWord = parser.take('in');
  if (inWord === undefined) {
    parser.reportAfter('MissingInInForeach', variable);
    return errorStatement(start, variable.end);
  }
  parser.skipNewlines();
  const collection = parsePipelineChain(parser);
  if (collection === undefined) {
    parser.reportAfter('MissingForeachExpression', inWord);
    return errorStatement(start, inWord.end);
  }
  parser.skipNewlines();
  const close = parser.take(')');
  if (close === undefined) {
    parser.reportAfter('MissingEndParenthesisAfterForeach', collection);
    return errorStatement(start, collection.end);
  }
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    parser.reportAfter('MissingForeachStatement', close);
    return errorStatement(start, close.end);
  }
  if (flags.failedAt !== undefined) return errorStatement(start, flags.failedAt);
  const { parallel, throttleLimit } = flags;
  const { end } = body;
  return {
    kind: 'forEach',
    label: label?.value,
    variable: variableOf(variable),
    collection,
    body,
    parallel,
    throttleLimit,
    start,
    end,
  };
}

function parseForEachFlags(parser: Parser): { parallel: boolean; throttleLimit: boolean; failedAt?: number } {
  let parallel = false;
  let throttleLimit = false;
  let failedAt: number | undefined;
  for (let flag = parser.take('parameter'); flag !== undefined; flag = parser.take('parameter')) {
    if (isParameter(flag, 'parallel')) {
      parallel = true;
    } else if (isParameter(flag, 'throttlelimit')) {
      parser.skipNewlines();
      throttleLimit = true;
      if (parseSingleArgument(parser, 'argument') === undefined) parser.reportAfter('MissingThrottleLimit', flag);
    } else {
      failedAt = flag.end;
      parser.reportAt('InvalidForeachFlag', flag, flag.value);
    }
    parser.skipNewlines();
  }
  return failedAt === undefined ? { parallel, throttleLimit } : { parallel, throttleLimit, failedAt };
}

/** `for (initializer; condition; iterator) { }`; stands behind `for`. Newlines separate as semicolons do. */
export function parseFor(parser: Parser, word: Token, label: Token | undefined): StatementAst {
  const { start } = label ?? word;
  parser.skipNewlines();
  const open = parser.take('(');
  if (open === undefined) {
    parser.reportAfter('MissingOpenParenthesisAfterKeyword', word, word.kind);
    return errorStatement(start, word.end);
  }
  parser.skipNewlines();
  const initializer = parsePipelineChain(parser);
  const first = parser.take(';');
  parser.skipNewlines();
  const condition = parsePipelineChain(parser);
  const second = parser.take(';');
  parser.skipNewlines();
  const iterator = parsePipelineChain(parser);
  parser.skipNewlines();
  const close = parser.take(')');
  if (close === undefined) {
    const last = iterator ?? second ?? condition ?? first ?? initializer ?? open;
    parser.reportAfter('MissingEndParenthesisAfterStatement', last, word.kind);
    return errorStatement(start, last.end);
  }
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    parser.reportAfter('MissingLoopStatement', close, word.kind);
    return errorStatement(start, close.end);
  }
  return { kind: 'for', label: label?.value, initializer, condition, iterator, body, start, end: body.end };
}

/** `while (condition) { }`; stands behind `while`. */
export function parseWhile(parser: Parser, word: Token, label: Token | undefined): StatementAst {
  const { start } = label ?? word;
  parser.skipNewlines();
  const open = parser.take('(');
  if (open === undefined) {
    parser.reportAfter('MissingOpenParenthesisAfterKeyword', word, parser.text(word));
    return errorStatement(start, word.end);
  }
  parser.skipNewlines();
  const condition = parsePipelineChain(parser);
  if (condition === undefined) parser.reportAfter('MissingExpressionAfterKeyword', open, word.kind);
  parser.skipNewlines();
  const close = parser.take(')');
  if (close === undefined) {
    if (condition !== undefined) parser.reportAfter('MissingEndParenthesisAfterStatement', condition, word.kind);
    return errorStatement(start, condition?.end ?? open.end);
  }
  parser.skipNewlines();
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    parser.reportAfter('MissingLoopStatement', close, word.kind);
    return errorStatement(start, close.end);
  }
  const tested = condition ?? errorStatement(open.end, open.end);
  return { kind: 'while', label: label?.value, condition: tested, body, start, end: body.end };
}

/** `do { } while (condition)` and `do { } until (condition)`; stands behind `do`. */
export function parseDo(parser: Parser, word: Token, label: Token | undefined): StatementAst {
  const { start } = label ?? word;
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    parser.reportAfter('MissingLoopStatement', word, 'do');
    return errorStatement(start, word.end);
  }
  parser.skipNewlines();
  const test = parser.take('while') ?? parser.take('until');
  if (test === undefined) {
    parser.reportAfter('MissingWhileOrUntilInDoWhile', body);
    return errorStatement(start, body.end);
  }
  parser.skipNewlines();
  return parseDoCondition(parser, start, body, test, label);
}

function parseDoCondition(
  parser: Parser,
  start: number,
  body: StatementBlockAst,
  test: Token,
  label: Token | undefined,
): StatementAst {
  const open = parser.take('(');
  if (open === undefined) {
    parser.reportAfter('MissingOpenParenthesisAfterKeyword', test, test.kind);
    return errorStatement(start, test.end);
  }
  parser.skipNewlines();
  const condition = parsePipelineChain(parser);
  if (condition === undefined) parser.reportAfter('MissingExpressionAfterKeyword', open, test.kind);
  parser.skipNewlines();
  const close = parser.take(')');
  if (close === undefined && condition !== undefined) {
    parser.reportAfter('MissingEndParenthesisAfterStatement', condition, test.kind);
  }
  if (condition === undefined || close === undefined) return errorStatement(start, condition?.end ?? open.end);
  const kind = test.kind === 'until' ? 'doUntil' : 'doWhile';
  return { kind, label: label?.value, condition, body, start, end: close.end };
}
