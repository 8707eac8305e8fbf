import type { Token } from '../tokenizer/token.ts';
import type { ExpressionAst, UsingExpression, VariableExpression } from '../tree/index.ts';
import { variablePath } from '../variable-path.ts';
import { parseHashtable } from './hashtables.ts';
import { parseAccess } from './members.ts';
import type { Parser } from './parser.ts';
import { parsePipelineChain } from './pipelines.ts';
import { errorStatement } from './recovery.ts';
import { parseScriptBlock } from './script-blocks.ts';
import { parseStatementList } from './statements.ts';
import { expandableExpression } from './strings.ts';

/**
 * A value and, if wanted, its members, calls and indexes. `undefined`, with nothing read, where none begins: then the next
 * token stays to be looked at.
 */
export function parsePrimary(parser: Parser, withAccess: boolean): ExpressionAst | undefined {
  const token = parser.next();
  const expression = parseValue(parser, token, withAccess);
  if (expression === undefined) {
    parser.unget(token);
    return undefined;
  }
  if (!withAccess) return expression;
  const access = parser.memberAccess(true);
  return access === undefined ? expression : parseAccess(parser, expression, access);
}

function parseValue(parser: Parser, token: Token, withAccess: boolean): ExpressionAst | undefined {
  const { start, end, value, detail } = token;
  switch (token.kind) {
    case 'variable':
    case 'splatted':
      return parseVariable(parser, token, withAccess);
    case 'number':
      if (detail === undefined || !('value' in detail || 'mantissa' in detail)) return undefined;
      return { kind: 'constant', value: detail, text: value, start, end };
    case 'string':
      return { kind: 'string', value, quotes: 'single', start, end };
    case 'hereString':
      return { kind: 'string', value, quotes: 'singleHere', start, end };
    case 'expandable':
      return expandableExpression(parser, token, 'double');
    case 'hereExpandable':
      return expandableExpression(parser, token, 'doubleHere');
    case '(':
      return parseParentheses(parser, token);
    case '@(':
    case '$(':
      return parseSubExpression(parser, token);
    case '@{':
      return parseHashtable(parser, token);
    case '{':
      return parseScriptBlockExpression(parser, token);
    default:
      return undefined;
  }
}

/** A variable of a text or of an expression; `$using:name` takes its members along in an expression. */
export function parseVariable(parser: Parser, token: Token, withAccess = false): VariableExpression | UsingExpression {
  const variable = variableOf(token);
  if (variable.scope !== 'using' || variable.name === '') return variable;
  const { start, end, splatted, name: path } = variable;
  const inner: VariableExpression = { kind: 'variable', path, ...variablePath(path), splatted, start, end };
  const access = withAccess ? parser.memberAccess(true) : undefined;
  const expression = access === undefined ? inner : parseAccess(parser, inner, access);
  return { kind: 'using', expression, start: expression.start, end: expression.end };
}

export function variableOf(token: Token): VariableExpression {
  const { scope, name } = variablePath(token.value);
  const { start, end, value: path } = token;
  return { kind: 'variable', path, scope, name, splatted: token.kind === 'splatted', start, end };
}

/** `( pipeline )` */
function parseParentheses(parser: Parser, open: Token): ExpressionAst {
  const { mode, commaMakesArrays } = parser;
  parser.enter();
  parser.setMode('command');
  parser.commaMakesArrays = true;
  parser.skipNewlines();
  let pipeline = parsePipelineChain(parser);
  if (pipeline === undefined) {
    parser.reportAfter('ExpectedExpression', open);
    pipeline = errorStatement(open.end, open.end);
  }
  parser.skipNewlines();
  const close = parser.take(')');
  if (close === undefined) parser.reportAfter('MissingEndParenthesisInExpression', pipeline);
  parser.commaMakesArrays = commaMakesArrays;
  parser.setMode(mode);
  parser.leave();
  return { kind: 'paren', pipeline, start: open.start, end: close?.end ?? pipeline.end };
}

/** `$( statements )` or `@( statements )` */
function parseSubExpression(parser: Parser, open: Token): ExpressionAst {
  const { mode, commaMakesArrays } = parser;
  parser.enter();
  parser.setMode('command');
  parser.commaMakesArrays = true;
  parser.skipNewlines();
  const { statements, traps, extent } = parseStatementList(parser);
  parser.skipNewlines();
  const close = parser.take(')');
  if (close === undefined) parser.reportAt('MissingEndParenthesisInSubexpression', parser.peek());
  parser.commaMakesArrays = commaMakesArrays;
  parser.setMode(mode);
  parser.leave();
  const inside = extent ?? { start: open.end, end: open.end };
  const body = { kind: 'statementBlock', statements, traps, start: inside.start, end: inside.end } as const;
  const end = close?.end ?? extent?.end ?? open.end;
  return { kind: open.kind === '$(' ? 'subExpression' : 'arrayExpression', body, start: open.start, end };
}

/** `{ … }` as a value; stands behind its brace. */
export function parseScriptBlockExpression(parser: Parser, open: Token): ExpressionAst {
  const { mode, commaMakesArrays } = parser;
  parser.enter();
  parser.setMode('command');
  parser.commaMakesArrays = true;
  parser.skipNewlines();
  const body = parseScriptBlock(parser, open, false);
  parser.commaMakesArrays = commaMakesArrays;
  parser.setMode(mode);
  parser.leave();
  return { kind: 'scriptBlockExpression', body, start: body.start, end: body.end };
}
