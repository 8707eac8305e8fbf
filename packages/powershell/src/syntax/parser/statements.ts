import { isKeyword, withoutAttributes } from '../tokenizer/keywords.ts';
import type { Token } from '../tokenizer/token.ts';
import {
  type AttributeAst,
  type ExpressionAst,
  type Extent,
  type StatementAst,
  type StatementBlockAst,
  type TrapStatement,
  type TypeConstraint,
  typeNameText,
} from '../tree/index.ts';
import { parseAttributes } from './attributes.ts';
import { parseClass } from './classes.ts';
import { parseData } from './data.ts';
import { parseEnum } from './enums.ts';
import { parseFunction } from './functions.ts';
import { parseNameOrOperand } from './hashtables.ts';
import { parseIf } from './if.ts';
import { parseDo, parseFor, parseForEach, parseWhile } from './loops.ts';
import type { Parser } from './parser.ts';
import { parsePipelineChain } from './pipelines.ts';
import { errorStatement } from './recovery.ts';
import { parseSwitch } from './switch.ts';
import { parseTrap, parseTry } from './try.ts';
import { parseUsing } from './usings.ts';

/** Statements up to what cannot begin one. `extent` is theirs, `undefined` where there are none. */
export interface StatementList {
  readonly statements: StatementAst[];
  readonly traps: TrapStatement[];
  readonly extent: Extent | undefined;
}

export function parseStatementList(parser: Parser): StatementList {
  const statements: StatementAst[] = [];
  const traps: TrapStatement[] = [];
  let extent: Extent | undefined;
  parser.skipTerminators();
  for (;;) {
    const statement = parseStatement(parser);
    if (statement === undefined) break;
    parser.checkSignature(statement);
    if (statement.kind === 'trap') traps.push(statement);
    else statements.push(statement);
    extent = { start: extent?.start ?? statement.start, end: statement.end };
    parser.skipTerminators();
    const { kind } = parser.peek();
    if (kind === ')' || kind === '}') break;
  }
  return { statements, traps, extent };
}

/** `{ statements }`, which may begin on a later line. `undefined`, with nothing but newlines read, where no brace is. */
export function parseStatementBlock(parser: Parser): StatementBlockAst | undefined {
  parser.skipNewlines();
  const open = parser.take('{');
  if (open === undefined) return undefined;
  const { statements, traps, extent } = parseStatementList(parser);
  const close = parser.take('}');
  if (close === undefined) parser.reportAt('MissingEndCurlyBrace', open);
  const end = close?.end ?? extent?.end ?? open.end;
  return { kind: 'statementBlock', statements, traps, start: open.start, end };
}

/** A statement where its value is wanted: behind `=`. A trap has none. */
export function parseValueStatement(parser: Parser): StatementAst | undefined {
  const statement = parseStatement(parser);
  if (statement?.kind !== 'trap') return statement;
  parser.report('UnexpectedKeyword', statement.start, statement.start + 4, 'trap');
  return errorStatement(statement.start, statement.end);
}

/** One statement. `undefined`, with nothing read, where none begins. */
function parseStatement(parser: Parser): StatementAst | TrapStatement | undefined {
  parser.enter();
  const { place } = parser;
  const attributes = parseStatementAttributes(parser);
  const token = parser.next();
  const statement = parseByKeyword(parser, token, attributes);
  if (statement !== notByKeyword) {
    parser.leave();
    return statement;
  }
  // Attributes on nothing that takes them belong to an expression.
  if (attributes.length > 0) parser.goBack(place);
  else parser.unget(token);
  const pipeline = parsePipelineChain(parser);
  parser.leave();
  return pipeline;
}

/** Attributes before a class or enum; none, with nothing read, before anything else that is no error. */
function parseStatementAttributes(parser: Parser): readonly (AttributeAst | TypeConstraint)[] {
  const first = parser.peek();
  if (first.kind !== 'generic' || parser.text(first).charCodeAt(0) !== 91) return [];
  const { place } = parser;
  parser.goBack(first);
  const attributes = parseAttributes(parser, false);
  const [leading] = attributes;
  if (leading === undefined) return [];
  const { kind } = parser.peek();
  const type = attributes.find((each) => each.kind === 'typeConstraint');
  if (withoutAttributes.has(kind)) {
    if (type === undefined) {
      parser.reportAt('UnexpectedAttribute', leading, typeNameText(leading.typeName));
      return attributes;
    }
  } else if (isKeyword(kind)) {
    if (type !== undefined) parser.reportAt('TypeNotAllowedBeforeStatement', type, typeNameText(type.typeName));
    return attributes;
  }
  parser.goBack(place);
  return [];
}

const notByKeyword = Symbol('no statement that begins with a keyword');

function parseByKeyword(
  parser: Parser,
  token: Token,
  attributes: readonly (AttributeAst | TypeConstraint)[],
): StatementAst | TrapStatement | undefined | typeof notByKeyword {
  switch (token.kind) {
    case 'if':
      return parseIf(parser, token);
    case 'function':
    case 'filter':
    case 'workflow':
      return parseFunction(parser, token);
    case 'return':
    case 'throw':
    case 'exit':
      return parseLeaving(parser, token, token.kind);
    case 'break':
    case 'continue':
      return parseLoopExit(parser, token, token.kind);
    case 'trap':
      return parseTrap(parser, token);
    case 'try':
      return parseTry(parser, token);
    case 'data':
      return parseData(parser, token);
    case 'parallel':
    case 'sequence':
      return parseWorkflowBlock(parser, token);
    case 'configuration':
      parser.reportAt('ConfigurationNotSupportedInPowerShellCore', token);
      return errorStatement(token.start, token.end);
    case 'from':
    case 'define':
    case 'var':
      parser.reportAt('ReservedKeywordNotAllowed', token, token.kind);
      return errorStatement(token.start, token.end);
    case 'label':
      parser.skipNewlines();
      return parseLabelled(parser, token);
    case 'eof':
      if (attributes.length > 0) return notByKeyword;
      parser.unget(token);
      return undefined;
    case 'else':
    case 'elseif':
    case 'catch':
    case 'until':
      // Behind an error these belong to a statement that was given up; elsewhere they are commands.
      if (parser.errors.length === 0) return notByKeyword;
      parser.skipNewlines();
      return parseStatement(parser);
    case 'class':
      return parseClass(parser, token, attributes);
    case 'enum':
      return parseEnum(parser, token, attributes);
    case 'using': {
      const using = parseUsing(parser, token);
      parser.reportAt('UsingMustBeAtStartOfScript', using);
      return errorStatement(using.start, using.end);
    }
    default:
      return parseLoop(parser, token, undefined) ?? notByKeyword;
  }
}

/** The statements that a label may name. */
function parseLoop(parser: Parser, token: Token, label: Token | undefined): StatementAst | undefined {
  switch (token.kind) {
    case 'switch':
      return parseSwitch(parser, token, label);
    case 'foreach':
      return parseForEach(parser, token, label);
    case 'for':
      return parseFor(parser, token, label);
    case 'while':
      return parseWhile(parser, token, label);
    case 'do':
      return parseDo(parser, token, label);
    default:
      return undefined;
  }
}

/** A label before anything but a loop is a word. */
function parseLabelled(parser: Parser, label: Token): StatementAst | undefined {
  const loop = parseLoop(parser, parser.next(), label);
  if (loop !== undefined) return loop;
  parser.goBack(label);
  return parsePipelineChain(parser);
}

function parseLeaving(parser: Parser, word: Token, kind: 'return' | 'throw' | 'exit'): StatementAst {
  const value = parsePipelineChain(parser);
  return { kind, value, start: word.start, end: value?.end ?? word.end };
}

function parseLoopExit(parser: Parser, word: Token, kind: 'break' | 'continue'): StatementAst {
  const label: ExpressionAst | undefined = parseNameOrOperand(parser);
  return { kind, label, start: word.start, end: label?.end ?? word.end };
}

function parseWorkflowBlock(parser: Parser, word: Token): StatementAst {
  const body = parseStatementBlock(parser);
  if (body !== undefined) {
    return { kind: 'block', word: parser.text(word), body, start: word.start, end: body.end };
  }
  parser.reportAfter('MissingStatementAfterKeyword', word, parser.text(word));
  return errorStatement(word.start, word.end);
}
