import type { Token, TokenKind } from '../tokenizer/token.ts';
import {
  type AttributeAst,
  type ExpressionAst,
  type TypeConstraint,
  typeNameText,
  type UnaryOperator,
} from '../tree/index.ts';
import { parseAttributes } from './attributes.ts';
import { parseAccess } from './members.ts';
import type { Parser } from './parser.ts';
import { parsePrimary } from './primary.ts';
import { errorExpression } from './recovery.ts';

/** So many casts may stand before one operand. */
const maximumCasts = 200;

const prefixes = new Map<TokenKind, UnaryOperator>([
  [',', ','],
  ['!', '!'],
  ['+', '+'],
  ['-', '-'],
  ['++', '++'],
  ['--', '--'],
  ['-not', '-not'],
  ['-bnot', '-bnot'],
  ['-join', '-join'],
  ['-isplit', '-isplit'],
  ['-csplit', '-csplit'],
]);

/** Whether an operand may begin with this token as its operator. */
export function isPrefix(kind: TokenKind): boolean {
  return prefixes.has(kind);
}

/** An operand with its prefix operators, casts and `++` or `--`. `undefined` where none begins. */
export function parseUnary(parser: Parser, operand: boolean): ExpressionAst | undefined {
  const token = parser.peekOperand(operand);
  const operator = prefixes.get(token.kind);
  let expression: ExpressionAst | undefined;
  if (operator !== undefined) {
    if (operator === ',' && !parser.commaMakesArrays) return undefined;
    parser.skip();
    parser.skipNewlines();
    parser.enter();
    const child = parseUnary(parser, true);
    parser.leave();
    if (child === undefined) {
      parser.reportAfter('MissingExpressionAfterOperator', token, parser.text(token));
      return errorExpression(token);
    }
    expression = prefixed(token, operator, child);
  } else if (token.kind === '[') {
    parser.enter();
    expression = parseTyped(parser, token);
    parser.leave();
  } else {
    expression = parsePrimary(parser, true);
  }
  if (expression === undefined) return undefined;
  const after = parser.peek();
  if (after.kind !== '++' && after.kind !== '--') return expression;
  parser.skip();
  return {
    kind: 'unary',
    operator: after.kind === '++' ? 'post++' : 'post--',
    operand: expression,
    start: expression.start,
    end: after.end,
  };
}

function prefixed({ start }: Token, operator: UnaryOperator, child: ExpressionAst): ExpressionAst {
  const { end } = child;
  if (operator === ',') return { kind: 'arrayLiteral', elements: [child], start, end };
  return { kind: 'unary', operator, operand: child, start, end };
}

/** `[type]`, `[type]operand`, `[type]::member`, `[Attribute()]$target`. */
function parseTyped(parser: Parser, open: Token): ExpressionAst | undefined {
  const attributes = parseAttributes(parser, true);
  const last = attributes.at(-1);
  if (last === undefined) return undefined;
  if (attributes.length > maximumCasts) parser.failTooDeep();
  let expression: ExpressionAst;
  if (last.kind === 'attribute') {
    parser.skipNewlines();
    const child = parseUnary(parser, true);
    if (child === undefined) {
      parser.reportAt('UnexpectedAttribute', last, typeNameText(last.typeName));
      return errorExpression({ start: open.start, end: last.end });
    }
    expression = applied(last, child);
  } else {
    expression = parseAfterType(parser, last);
  }
  for (const attribute of attributes.slice(0, -1).reverse()) expression = applied(attribute, expression);
  return expression;
}

/** A type is a value before a member access and where no operand follows, else a cast. */
function parseAfterType(parser: Parser, type: TypeConstraint): ExpressionAst {
  const { typeName, start, end } = type;
  const value: ExpressionAst = { kind: 'type', typeName, start, end };
  const access = parser.memberAccess(false);
  if (access !== undefined) return parseAccess(parser, value, access);
  const next = parser.peek();
  if (next.kind === 'newline' || next.kind === ',') return value;
  const child = parseUnary(parser, true);
  return child === undefined ? value : applied(type, child);
}

function applied(attribute: AttributeAst | TypeConstraint, operand: ExpressionAst): ExpressionAst {
  const { start } = attribute;
  const { end } = operand;
  return attribute.kind === 'attribute'
    ? { kind: 'attributed', attribute, operand, start, end }
    : { kind: 'convert', typeName: attribute.typeName, operand, start, end };
}
