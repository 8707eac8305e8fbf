import type { ExpressionAst, StatementAst, UnaryOperator } from '../tree/index.ts';
import { typeNameText } from '../tree/index.ts';
import { pureExpression } from './assignments.ts';

const constants = new Set(['true', 'false', 'null']);
const foldable = new Set(['*', '/', '%', '+', '-', '-and', '-or', '-xor', '-band', '-bor', '-bxor', '-shl', '-shr']);
const foldableUnary = new Set<UnaryOperator>(['!', '+', '-', '-not', '-bnot']);

/** Types whose casts of constants are constants. */
const primitives =
  /^(?:system\.)?(?:bool|boolean|char|sbyte|byte|int16|short|uint16|ushort|int32|int|uint32|uint|int64|long|uint64|ulong|single|float|double|decimal|string|datetime|bigint|numerics\.biginteger)$/i;

/** Where a constant is asked for. */
export interface ConstantPlace {
  /** In an argument of an attribute lists, types and script blocks are constants, too. */
  readonly attribute: boolean;
  /** On or in a class script blocks are not. */
  readonly classMember: boolean;
}

/** Whether an expression can be computed before the script runs. */
export function isConstant(expression: ExpressionAst, place: ConstantPlace): boolean {
  const inside = (inner: ExpressionAst): boolean => isConstant(inner, place);
  switch (expression.kind) {
    case 'constant':
    case 'string':
    case 'type':
      return true;
    case 'variable':
      return constants.has(expression.name.toLowerCase());
    case 'using':
      return inside(expression.expression);
    case 'paren':
      return isConstantStatement(expression.pipeline, place);
    case 'subExpression': {
      const { statements, traps } = expression.body;
      const [only] = statements;
      return traps.length === 0 && statements.length === 1 && only !== undefined && isConstantStatement(only, place);
    }
    case 'ternary':
      return inside(expression.condition) && inside(expression.ifTrue) && inside(expression.ifFalse);
    case 'binary':
      return foldable.has(expression.operator) && inside(expression.left) && inside(expression.right);
    case 'unary':
      return foldableUnary.has(expression.operator) && inside(expression.operand);
    case 'convert':
      return primitives.test(typeNameText(expression.typeName)) && inside(expression.operand);
    case 'arrayLiteral':
      return place.attribute && expression.elements.every(inside);
    case 'scriptBlockExpression':
      return place.attribute && !place.classMember;
    case 'member':
      // A label of an enum or a constant of a class: which one it is shows when it runs.
      return expression.isStatic && expression.target.kind === 'type' && expression.member.kind === 'string';
    default:
      return false;
  }
}

function isConstantStatement(statement: StatementAst, place: ConstantPlace): boolean {
  const expression = pureExpression(statement);
  return expression !== undefined && isConstant(expression, place);
}
