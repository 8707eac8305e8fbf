import { isKeyword } from '../tokenizer/keywords.ts';
import type { Token, TokenKind } from '../tokenizer/token.ts';
import type {
  AssignmentOperator,
  AssignmentStatement,
  CommandAst,
  CommandExpressionAst,
  ExpressionAst,
  PipelineAst,
  PipelineChain,
  RedirectionAst,
} from '../tree/index.ts';
import { parseCommand } from './commands.ts';
import { parseExpression } from './expressions.ts';
import type { Parser } from './parser.ts';
import { errorStatement } from './recovery.ts';
import { isRedirection, parseRedirection } from './redirections.ts';
import { parseValueStatement } from './statements.ts';

/** So many pipelines may be joined by `&&` and `||`: the tree is as deep. */
const maximumChain = 1000;

const assignmentOperators = new Map<TokenKind, AssignmentOperator>([
  ['=', '='],
  ['+=', '+='],
  ['-=', '-='],
  ['*=', '*='],
  ['/=', '/='],
  ['%=', '%='],
  ['??=', '??='],
]);

/** An assignment, or pipelines joined by `&&` and `||`. `undefined`, with nothing read, where none begins. */
export function parsePipelineChain(parser: Parser): PipelineChain | PipelineAst | AssignmentStatement | undefined {
  const { mode } = parser;
  let first: ExpressionAst | undefined;
  let assignment: Token | undefined;
  if (mayBeginExpression(parser)) {
    parser.setMode('expression');
    first = parseExpression(parser);
    // Looked at in expression mode: in command mode `=0` is one word.
    if (first !== undefined && assignmentOperators.has(parser.peek().kind)) assignment = parser.next();
    parser.setMode(mode);
  }
  if (first !== undefined && assignment !== undefined) return parseAssignment(parser, first, assignment);
  return parseChain(parser, first);
}

/** A word that begins with a letter is a command: there is no need to read it as an expression, too. */
function mayBeginExpression(parser: Parser): boolean {
  if (parser.mode !== 'command') return true;
  const { kind, value } = parser.peek();
  return !(isKeyword(kind) || kind === 'identifier' || (kind === 'generic' && /^[a-z]/i.test(value)));
}

function parseAssignment(parser: Parser, left: ExpressionAst, token: Token): AssignmentStatement {
  parser.skipNewlines();
  parser.enter();
  let right = parseValueStatement(parser);
  parser.leave();
  if (right === undefined) {
    parser.reportAfter('ExpectedValueExpression', token, token.kind);
    right = errorStatement(token.end, token.end);
  }
  return {
    kind: 'assignment',
    operator: assignmentOperators.get(token.kind) ?? '=',
    left,
    right,
    operatorStart: token.start,
    start: left.start,
    end: right.end,
  };
}

function parseChain(parser: Parser, first: ExpressionAst | undefined): PipelineChain | PipelineAst | undefined {
  let chain: PipelineChain | PipelineAst | undefined;
  let operator: Token | undefined;
  let start = first;
  for (let length = 1; ; length++) {
    if (length > maximumChain) parser.failTooDeep();
    const firstToken = start === undefined ? parser.peek() : undefined;
    const pipeline = parsePipeline(parser, start);
    start = undefined;
    if (pipeline === undefined) {
      if (chain === undefined || operator === undefined || firstToken === undefined) return undefined;
      return refuseEmptyElement(parser, chain, operator, firstToken);
    }
    const next = parser.peek();
    const background = next.kind === '&';
    if (background) {
      parser.skip();
      const behind = parser.peek();
      if (behind.kind === '&&' || behind.kind === '||') {
        parser.skip();
        parser.reportAt('BackgroundOperatorInPipelineChain', behind);
        return errorStatement((chain ?? pipeline).start, behind.end);
      }
    }
    const joined = join(chain, operator, pipeline, background);
    if (next.kind !== '&&' && next.kind !== '||') return joined;
    parser.skip();
    parser.skipNewlines();
    chain = joined;
    operator = next;
    if (parser.peek().kind === 'eof') {
      parser.reportAfter('EmptyPipelineChainElement', next);
      return chain;
    }
  }
}

function join(
  left: PipelineChain | PipelineAst | undefined,
  operator: Token | undefined,
  right: PipelineAst,
  background: boolean,
): PipelineChain | PipelineAst {
  if (left === undefined || operator === undefined) return background ? { ...right, background } : right;
  const { start } = left;
  const sign = operator.kind === '&&' ? '&&' : '||';
  return { kind: 'pipelineChain', left, operator: sign, right, background, start, end: right.end };
}

function refuseEmptyElement(
  parser: Parser,
  chain: PipelineChain | PipelineAst,
  operator: Token,
  firstToken: Token,
): PipelineAst {
  if (firstToken.kind === 'eof') {
    parser.reportAfter('EmptyPipelineChainElement', operator);
  } else if (firstToken.kind !== '.' && firstToken.kind !== '&') {
    parser.report('EmptyPipelineChainElement', operator.start, firstToken.end);
  }
  return errorStatement(chain.start, operator.end);
}

/** Commands joined by `|`; an expression may stand at the head, and was read by the caller if `head` is there. */
function parsePipeline(parser: Parser, head: ExpressionAst | undefined): PipelineAst | undefined {
  const elements: (CommandAst | CommandExpressionAst)[] = [];
  let expression = head;
  let pipe: Token | undefined;
  for (;;) {
    if (expression === undefined && mayBeginExpression(parser)) expression = parseExpression(parser);
    const element =
      expression === undefined ? parseCommand(parser) : parseExpressionElement(parser, expression, elements.length > 0);
    expression = undefined;
    if (element !== undefined) {
      elements.push(element);
    } else if (elements.length > 0 || parser.peek().kind === '|') {
      if (pipe === undefined) parser.reportAt('EmptyPipeElement', parser.peek());
      else parser.reportAfter('EmptyPipeElement', pipe);
    }
    pipe = nextPipe(parser);
    if (pipe === undefined) break;
  }
  const first = elements[0];
  if (first === undefined) return undefined;
  const end = elements.at(-1)?.end ?? first.end;
  return { kind: 'pipeline', elements, background: false, start: first.start, end };
}

/** The pipe behind an element, which may stand on the next line, if another element can follow. */
function nextPipe(parser: Parser): Token | undefined {
  let next = parser.peek();
  if (next.kind === 'newline' && parser.pipeFollows()) {
    parser.skipNewlines();
    next = parser.peek();
  }
  switch (next.kind) {
    case ';':
    case 'newline':
    case ')':
    case '}':
    case 'eof':
    case '&&':
    case '||':
    case '&':
      return undefined;
    case '|':
      parser.skip();
      parser.skipNewlines();
      if (parser.peek().kind !== 'eof') return next;
      parser.reportAfter('EmptyPipeElement', next);
      return undefined;
    default:
      parser.reportAt('UnexpectedToken', next, parser.text(next));
      return undefined;
  }
}

function parseExpressionElement(parser: Parser, expression: ExpressionAst, tooLate: boolean): CommandExpressionAst {
  if (tooLate) parser.reportAt('ExpressionsMustBeFirstInPipeline', expression);
  const redirections: RedirectionAst[] = [];
  let { end } = expression;
  while (isRedirection(parser.peek())) ({ end } = parseRedirection(parser, parser.next(), redirections));
  return { kind: 'commandExpression', expression, redirections, start: expression.start, end };
}
