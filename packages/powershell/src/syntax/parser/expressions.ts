import type { Token } from '../tokenizer/token.ts';
import { precedenceOf } from '../tokenizer/word-operators.ts';
import type { BinaryOperator, ExpressionAst } from '../tree/index.ts';
import type { Parser } from './parser.ts';
import { errorExpression } from './recovery.ts';
import { parseUnary } from './unary.ts';

/**
 * `condition ? a : b` and all that binds tighter. `undefined`, with nothing read, where no expression begins.
 * @param operand an expression must stand here, so that `?` and `:` end a number
 */
export function parseExpression(parser: Parser, operand = false): ExpressionAst | undefined {
  const { mode } = parser;
  parser.setMode('expression');
  const condition = parseBinary(parser, operand);
  const question = condition === undefined ? undefined : parser.take('?');
  const expression =
    condition === undefined || question === undefined ? condition : parseTernary(parser, condition, question);
  parser.setMode(mode);
  return expression;
}

function parseTernary(parser: Parser, condition: ExpressionAst, question: Token): ExpressionAst {
  parser.enter();
  parser.skipNewlines();
  const ifTrue = parseExpression(parser, true);
  if (ifTrue === undefined) parser.reportAfter('ExpectedValueExpression', question, '?');
  parser.skipNewlines();
  const colon = parser.take(':');
  if (colon === undefined) {
    const next = parser.peek();
    if (ifTrue !== undefined) parser.reportAt('MissingColonInTernaryExpression', next);
    parser.leave();
    const end = Math.max(condition.end, next.start - 1);
    return errorExpression({ start: condition.start, end }, ifTrue === undefined ? [condition] : [condition, ifTrue]);
  }
  parser.skipNewlines();
  const ifFalse = parseExpression(parser, true);
  if (ifFalse === undefined) parser.reportAfter('ExpectedValueExpression', colon, ':');
  parser.leave();
  return {
    kind: 'ternary',
    condition,
    ifTrue: ifTrue ?? errorExpression({ start: question.end, end: question.end }),
    ifFalse: ifFalse ?? errorExpression({ start: colon.end, end: colon.end }),
    start: condition.start,
    end: ifFalse?.end ?? colon.end,
  };
}

/** The binary operator of a token; `&&` and `||` belong to pipelines. */
interface Operator {
  readonly kind: BinaryOperator;
  readonly precedence: number;
  readonly start: number;
}

/** So many operators may follow each other without parentheses: the tree of `a + b + c …` is as deep. */
const maximumOperators = 1000;

/** Operands and left-associative operators between them, without recursion: scripts join hundreds of texts with `+`. */
function parseBinary(parser: Parser, operand: boolean): ExpressionAst | undefined {
  const first = parseArrayLiteral(parser, operand);
  if (first === undefined) return undefined;
  let token = parser.peek();
  if (precedenceOf(token.kind) === undefined) return refuseParameter(parser, first);
  const operands: ExpressionAst[] = [first];
  const operators: Operator[] = [];
  let count = 0;
  for (;;) {
    const precedence = precedenceOf(token.kind);
    if (precedence === undefined) break;
    while ((operators.at(-1)?.precedence ?? 0) >= precedence) reduce(operands, operators);
    operators.push({ kind: operatorOf(token), precedence, start: token.start });
    parser.skip();
    parser.skipNewlines();
    let right = parseArrayLiteral(parser, true);
    if (right === undefined) {
      parser.reportAfter('ExpectedValueExpression', token, parser.text(token));
      right = errorExpression({ start: token.end, end: token.end });
    }
    operands.push(right);
    if (++count > maximumOperators) parser.failTooDeep();
    token = parser.peek();
  }
  while (operators.length > 0) reduce(operands, operators);
  return refuseParameter(parser, operands[0] ?? first);
}

function operatorOf({ kind }: Token): BinaryOperator {
  // `precedenceOf` knows just the binary operators.
  return kind as BinaryOperator;
}

function reduce(operands: ExpressionAst[], operators: Operator[]): void {
  const operator = operators.pop();
  const right = operands.pop();
  const left = operands.pop();
  if (operator === undefined || right === undefined || left === undefined) return;
  operands.push({
    kind: 'binary',
    operator: operator.kind,
    left,
    right,
    operatorStart: operator.start,
    start: left.start,
    end: right.end,
  });
}

/** What looks like a parameter behind an operand is a misspelt operator. */
function refuseParameter(parser: Parser, expression: ExpressionAst): ExpressionAst {
  const parameter = parser.take('parameter');
  if (parameter === undefined) return expression;
  parser.reportAt('UnexpectedToken', parameter, parser.text(parameter));
  return errorExpression({ start: expression.start, end: parameter.end }, [expression]);
}

/** `a, b, c` where commas make arrays, else one operand. */
function parseArrayLiteral(parser: Parser, operand: boolean): ExpressionAst | undefined {
  const first = parseUnary(parser, operand);
  if (first === undefined || !parser.commaMakesArrays) return first;
  let comma = parser.take(',');
  if (comma === undefined) return first;
  const elements: ExpressionAst[] = [first];
  let end = first.end;
  while (comma !== undefined) {
    parser.skipNewlines();
    const element = parseUnary(parser, true);
    if (element === undefined) {
      parser.reportAfter('MissingExpressionAfterToken', comma, ',');
      elements.push(errorExpression(comma));
      ({ end } = comma);
      break;
    }
    elements.push(element);
    ({ end } = element);
    comma = parser.take(',');
  }
  return { kind: 'arrayLiteral', elements, start: first.start, end };
}
