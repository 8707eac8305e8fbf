import type { Token } from '../tokenizer/token.ts';
import type { ExpressionAst, TypeName } from '../tree/index.ts';
import { parseSingleArgument } from './arguments.ts';
import { parseExpression } from './expressions.ts';
import { parseSimpleName } from './names.ts';
import type { Parser } from './parser.ts';
import { parsePrimary, parseScriptBlockExpression } from './primary.ts';
import { errorExpression } from './recovery.ts';
import { parseTypeArguments } from './type-names.ts';
import { isPrefix, parseUnary } from './unary.ts';

/** Chains of members may be this long. */
const maximumChain = 1000;

/** Members, calls and indexes behind a value, from the first sign of access on, which was read already. */
export function parseAccess(parser: Parser, target: ExpressionAst, first: Token): ExpressionAst {
  let expression = target;
  let access: Token | undefined = first;
  for (let length = 0; access !== undefined; length++) {
    if (length > maximumChain) parser.failTooDeep();
    // Lines may break behind a point.
    parser.skipNewlines();
    const brackets = access.kind === '[' || access.kind === '?[';
    expression = brackets ? parseIndex(parser, expression, access) : parseMember(parser, expression, access);
    access = parser.memberAccess(true);
  }
  return expression;
}

function parseIndex(parser: Parser, target: ExpressionAst, open: Token): ExpressionAst {
  parser.skipNewlines();
  const { commaMakesArrays } = parser;
  parser.commaMakesArrays = true;
  parser.enter();
  const index = parseExpression(parser);
  parser.leave();
  parser.commaMakesArrays = commaMakesArrays;
  if (index === undefined) parser.reportAfter('MissingArrayIndexExpression', open);
  parser.skipNewlines();
  const close = parser.take(']');
  if (close === undefined && index !== undefined && index.kind !== 'errorExpression') {
    parser.reportAfter('MissingEndSquareBracket', index);
  }
  return {
    kind: 'index',
    target,
    index: index ?? errorExpression(open),
    nullConditional: open.kind === '?[',
    start: target.start,
    end: close?.end ?? index?.end ?? open.end,
  };
}

function parseMember(parser: Parser, target: ExpressionAst, access: Token): ExpressionAst {
  const isStatic = access.kind === '::';
  const nullConditional = access.kind === '?.';
  let member = parseMemberName(parser);
  if (member === undefined) {
    parser.reportAfter('MissingPropertyName', access);
    member = parseSingleArgument(parser, 'argument') ?? errorExpression({ start: target.start, end: access.end });
  } else if (!parser.hasPending) {
    const { place } = parser;
    const generic = parseGenericArguments(parser);
    const open = parser.invocation();
    if (open !== undefined) {
      const { values, end } = parseInvocationArguments(parser, open);
      const typeArguments = generic?.types ?? [];
      const { start } = target;
      return {
        kind: 'invokeMember',
        target,
        member,
        typeArguments,
        arguments: values,
        isStatic,
        nullConditional,
        start,
        end,
      };
    }
    // `$a.b[x]` without a call is an index after all.
    if (generic?.closed === true) parser.goBack(place);
  }
  return { kind: 'member', target, member, isStatic, nullConditional, start: target.start, end: member.end };
}

/** A name, a text, or any value or operator expression that computes the name. */
function parseMemberName(parser: Parser): ExpressionAst | undefined {
  const name = parseSimpleName(parser);
  if (name !== undefined) return name;
  const { kind } = parser.peek();
  if (isPrefix(kind) || kind === '[') return parseUnary(parser, false);
  return parsePrimary(parser, false);
}

/** `[type, type]` between the name of a method and its arguments; with nothing read where no type name begins. */
function parseGenericArguments(parser: Parser): { types: TypeName[]; closed: boolean } | undefined {
  const { place } = parser;
  if (parser.memberAccess(true)?.kind !== '[') {
    parser.goBack(place);
    return undefined;
  }
  const { mode } = parser;
  parser.setMode('typeName');
  parser.skipNewlines();
  const first = parser.take('identifier');
  if (first === undefined) {
    parser.setMode(mode);
    parser.goBack(place);
    return undefined;
  }
  const { types, last } = parseTypeArguments(parser, first);
  const closed = last.kind === ']';
  if (!closed) {
    parser.unget(last);
    parser.reportBefore('EndSquareBracketExpectedAtEndOfType', last);
  }
  parser.setMode(mode);
  return { types, closed };
}

/** `(a, b)` or a script block right behind the name: `.Where{ … }` is `.Where({ … })`. */
function parseInvocationArguments(parser: Parser, open: Token): { values: ExpressionAst[]; end: number } {
  if (open.kind === '(') return parseCallArguments(parser, open);
  parser.skipNewlines();
  const block = parseScriptBlockExpression(parser, open);
  return { values: [block], end: block.end };
}

/** Arguments of a method up to the closing parenthesis; the opening one was read. */
export function parseCallArguments(parser: Parser, open: Token): { values: ExpressionAst[]; end: number } {
  const { commaMakesArrays } = parser;
  parser.commaMakesArrays = false;
  parser.enter();
  const values: ExpressionAst[] = [];
  let comma: Token | undefined;
  do {
    parser.skipNewlines();
    const value = parseExpression(parser);
    if (value === undefined) {
      if (comma !== undefined) parser.reportAfter('MissingExpressionAfterToken', comma, ',');
      break;
    }
    values.push(value);
    parser.skipNewlines();
    comma = parser.take(',');
  } while (comma !== undefined);
  parser.skipNewlines();
  const close = parser.take(')');
  const last = values.at(-1) ?? open;
  if (close === undefined && comma === undefined) parser.reportAfter('MissingEndParenthesisInMethodCall', last);
  parser.leave();
  parser.commaMakesArrays = commaMakesArrays;
  return { values, end: (close ?? comma ?? last).end };
}
