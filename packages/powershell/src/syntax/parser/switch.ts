import type { ParseErrorId } from '../messages.ts';
import type { Token } from '../tokenizer/token.ts';
import type { ExpressionAst, StatementAst, StatementBlockAst, SwitchStatement } from '../tree/index.ts';
import { parseSingleArgument } from './arguments.ts';
import { isParameter } from './loops.ts';
import type { Parser } from './parser.ts';
import { parsePipelineChain } from './pipelines.ts';
import { errorStatement } from './recovery.ts';
import { parseStatementBlock } from './statements.ts';

/** What was read of a `switch` so far. */
interface Progress {
  mode: SwitchStatement['mode'];
  caseSensitive: boolean;
  file: boolean;
  parallel: boolean;
  condition: StatementAst | undefined;
  readonly clauses: SwitchStatement['clauses'][number][];
  otherwise: StatementBlockAst | undefined;
  /** Where what was read without doubt ends: errors are placed behind it. */
  end: number;
  failed: boolean;
  /** An error at the end of the script was reported: those that follow from it are not. */
  cutOff: boolean;
}

/** `switch -flags (condition) { clauses }`; stands behind `switch`. */
export function parseSwitch(parser: Parser, word: Token, label: Token | undefined): StatementAst {
  const { start, end } = label ?? word;
  const progress: Progress = {
    mode: 'exact',
    caseSensitive: false,
    file: false,
    parallel: false,
    condition: undefined,
    clauses: [],
    otherwise: undefined,
    end,
    failed: false,
    cutOff: false,
  };
  parser.skipNewlines();
  parseFlags(parser, progress);
  parseCondition(parser, progress);
  parser.skipNewlines();
  parseBody(parser, progress);
  const { condition, mode, caseSensitive, file, parallel, clauses, otherwise } = progress;
  if (progress.failed || condition === undefined) return errorStatement(start, progress.end);
  return {
    kind: 'switch',
    label: label?.value,
    mode,
    caseSensitive,
    file,
    parallel,
    condition,
    clauses,
    otherwise,
    start,
    end: progress.end,
  };
}

function fail(parser: Parser, progress: Progress, id: ParseErrorId, at = progress.end): void {
  progress.failed = true;
  progress.cutOff = parser.onlyBlanksAfter(at);
  parser.report(id, at, at);
}

function parseFlags(parser: Parser, progress: Progress): void {
  for (let flag = parser.take('parameter'); flag !== undefined; flag = parser.take('parameter')) {
    progress.end = flag.end;
    if (isParameter(flag, 'regex')) progress.mode = 'regex';
    else if (isParameter(flag, 'wildcard')) progress.mode = 'wildcard';
    else if (isParameter(flag, 'exact')) progress.mode = 'exact';
    else if (isParameter(flag, 'casesensitive')) progress.caseSensitive = true;
    else if (isParameter(flag, 'parallel')) progress.parallel = true;
    else if (isParameter(flag, 'file')) parseFile(parser, progress);
    else {
      progress.failed = true;
      parser.reportAt('InvalidSwitchFlag', flag, flag.value);
    }
  }
}

function parseFile(parser: Parser, progress: Progress): void {
  progress.file = true;
  parser.skipNewlines();
  const name = parseSingleArgument(parser, 'single');
  if (name === undefined) {
    fail(parser, progress, 'MissingFilenameOption');
    return;
  }
  const { start, end } = name;
  progress.end = end;
  const element = { kind: 'commandExpression', expression: name, redirections: [], start, end } as const;
  progress.condition = { kind: 'pipeline', elements: [element], background: false, start, end };
}

/** `( pipeline )`, unless `-file` named what to read. */
function parseCondition(parser: Parser, progress: Progress): void {
  const open = parser.take('(');
  if (open === undefined) {
    if (progress.condition === undefined && !progress.file) fail(parser, progress, 'PipelineValueRequired');
    return;
  }
  progress.end = open.end;
  if (progress.file) {
    progress.failed = true;
    parser.reportAt('PipelineValueRequired', open);
  }
  parser.skipNewlines();
  progress.condition = parsePipelineChain(parser);
  if (progress.condition === undefined) fail(parser, progress, 'PipelineValueRequired');
  else progress.end = progress.condition.end;
  parser.skipNewlines();
  const close = parser.take(')');
  if (close !== undefined) progress.end = close.end;
  else if (!progress.cutOff) fail(parser, progress, 'MissingEndParenthesisInSwitchStatement');
}

function parseBody(parser: Parser, progress: Progress): void {
  const open = parser.take('{');
  if (open === undefined) {
    if (!progress.cutOff) fail(parser, progress, 'MissingCurlyBraceInSwitchStatement');
    return;
  }
  progress.end = open.end;
  parser.skipNewlines();
  while (parseClause(parser, progress)) {
    parser.skipTerminators();
    const close = parser.take('}');
    if (close !== undefined) {
      progress.end = close.end;
      return;
    }
    if (parser.peek().kind === 'eof') {
      if (!progress.cutOff) {
        progress.failed = true;
        parser.reportAt('MissingEndCurlyBrace', open);
      }
      return;
    }
  }
}

/** One test with its block. False where none begins, which ends the body. */
function parseClause(parser: Parser, progress: Progress): boolean {
  const word = parser.take('default');
  const test: ExpressionAst | undefined =
    word === undefined
      ? parseSingleArgument(parser, 'single')
      : { kind: 'string', value: word.value, quotes: 'bare', start: word.start, end: word.end };
  if (test === undefined) {
    fail(parser, progress, 'MissingSwitchConditionExpression');
    parser.take('}');
    return false;
  }
  progress.end = test.end;
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    fail(parser, progress, 'MissingSwitchStatementClause');
    return true;
  }
  progress.end = body.end;
  if (word === undefined) {
    progress.clauses.push({ test, body });
    return true;
  }
  if (progress.otherwise !== undefined) {
    progress.failed = true;
    parser.reportAt('MultipleSwitchDefaultClauses', test);
  }
  progress.otherwise = body;
  return true;
}
