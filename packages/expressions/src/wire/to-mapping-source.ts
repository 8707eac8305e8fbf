import { Arguments } from '../functions/arguments.ts';
import { functions } from '../functions/registry.ts';
import { printExpression, quoteText } from '../syntax/print.ts';
import type { CallNode, Expression } from '../syntax/tree.ts';
import { comparisonKeys, keyOf, type MappingSource, type MappingSourceParameter } from './mapping-source.ts';
import { normaliseExpression } from './normalise.ts';

/**
 * The wire form of an expression whose functions and argument counts have been checked.
 * Omitted arguments have no entry; numbers are constants whose text is quoted (engine sheet 9.1).
 */
export function toMappingSource(expression: Expression): MappingSource {
  switch (expression.kind) {
    case 'attribute':
      return { type: 'Attribute', name: expression.name, expression: printExpression(expression), parameters: [] };
    case 'text':
      return constant(expression.value, printExpression(expression));
    case 'number':
      return constant(expression.text, quoteText(expression.text));
    case 'keyword':
      return constant(expression.name, expression.name);
    case 'comparison':
      return {
        type: 'Function',
        name: expression.operator,
        expression: printExpression(normaliseExpression(expression)),
        parameters: [expression.left, expression.right].map((side, index) => ({
          key: comparisonKeys[index] ?? '',
          value: toMappingSource(side),
        })),
      };
    case 'call':
      return {
        type: 'Function',
        name: expression.name,
        expression: printExpression(normaliseExpression(expression)),
        parameters: callParameters(expression),
      };
  }
}

function constant(name: string, expression: string): MappingSource {
  return { type: 'Constant', name, expression, parameters: [] };
}

function callParameters(node: CallNode): MappingSourceParameter[] {
  const definition = functions.get(node.name);
  // An unknown function keeps its arguments under their numbers; the checker has already said that it is unknown.
  const laid = definition === undefined ? undefined : new Arguments(node, definition);
  const seen = new Map<string, number>();
  const found: MappingSourceParameter[] = [];
  for (const [index, argument] of node.arguments.entries()) {
    if (argument === undefined) continue;
    const parameter = laid?.parameterAt(index);
    const occurrence = parameter === undefined ? index : (seen.get(parameter.name) ?? 0);
    if (parameter !== undefined) seen.set(parameter.name, occurrence + 1);
    const key = parameter === undefined ? `argument${index + 1}` : keyOf(parameter, occurrence);
    found.push({ key, value: toMappingSource(argument) });
  }
  return found;
}
