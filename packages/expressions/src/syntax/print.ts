import type { Expression } from './tree.ts';

/** A text constant with its quotes; backslash and quote are escaped (engine sheet 21.1). */
export function quoteText(value: string): string {
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

/**
 * The text of an expression in one spelling: single spaces after commas, none inside brackets, empty arguments kept.
 * Parsing the result gives the same tree, except for places.
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'attribute':
      return `[${expression.name}]`;
    case 'text':
      return quoteText(expression.value);
    case 'number':
      return expression.text;
    case 'keyword':
      return expression.name;
    case 'comparison':
      return `${printExpression(expression.left)} ${expression.operator} ${printExpression(expression.right)}`;
    case 'call': {
      const parts = expression.arguments.map((argument) => (argument === undefined ? '' : printExpression(argument)));
      return `${expression.name}(${parts.join(', ')})`;
    }
  }
}
