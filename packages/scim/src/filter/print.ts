import type { CompareNode, FilterLiteral, FilterNode, PresentNode } from './ast.ts';
import { wordLiteral } from './parse.ts';

/** Prints a filter; {@link parseFilter} of the result is the same tree. */
export function printFilter(node: FilterNode): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands.map((operand) => printOperand(operand, node.kind)).join(` ${node.kind} `);
    case 'not':
      return `not (${printFilter(node.operand)})`;
    case 'valuePath': {
      const bracket = `${node.path}[${printFilter(node.filter)}]`;
      return node.condition === undefined ? bracket : `${bracket}.${printComparison(node.condition)}`;
    }
    default:
      return printComparison(node);
  }
}

/** A filter value as a JSON string; the escaping that keeps a value from becoming syntax. */
export function printLiteral(literal: FilterLiteral): string {
  return literal.kind === 'string' || wordLiteral(literal.text).kind !== literal.kind
    ? JSON.stringify(literal.text)
    : literal.text;
}

function printOperand(operand: FilterNode, parent: 'and' | 'or'): string {
  const grouped = operand.kind === parent || (parent === 'and' && operand.kind === 'or');
  return grouped ? `(${printFilter(operand)})` : printFilter(operand);
}

function printComparison(node: PresentNode | CompareNode): string {
  return node.kind === 'present' ? `${node.path} pr` : `${node.path} ${node.operator} ${printLiteral(node.value)}`;
}
