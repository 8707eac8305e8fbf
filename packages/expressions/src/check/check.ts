import { nearest } from '@joinery/runtime';
import { readDate } from '../dates/read-date.ts';
import { Arguments } from '../functions/arguments.ts';
import { functions } from '../functions/registry.ts';
import type { Expression } from '../syntax/tree.ts';
import { visit } from '../syntax/visit.ts';
import { readBoolean } from '../values/boolean.ts';
import { readInteger } from '../values/number.ts';
import type { ExpressionFinding } from './finding.ts';
import { checkStructure } from './structure.ts';

/** The types of attribute definitions (engine sheet 9.5). */
export type AttributeType = 'String' | 'Integer' | 'Reference' | 'Binary' | 'Boolean' | 'DateTime';

export interface AttributeShape {
  readonly type: AttributeType;
  readonly multivalued: boolean;
}

export interface CheckOptions {
  /** The source's attributes by name; without them names are not checked. */
  readonly attributes?: ReadonlyMap<string, AttributeShape>;
  /** The attribute that the result goes to; without it the result is not checked. */
  readonly target?: AttributeShape;
}

/**
 * Checks an expression before it is saved.
 * @returns every finding in the order of its place; an expression with errors cannot be compiled or would not work on this source
 */
export function checkExpression(expression: Expression, options: CheckOptions = {}): ExpressionFinding[] {
  const findings = [...checkStructure(expression)];
  if (options.attributes !== undefined) findings.push(...checkAttributes(expression, options.attributes));
  if (options.target !== undefined) findings.push(...checkResult(expression, options.target, options.attributes));
  return findings.sort((a, b) => a.place.offset - b.place.offset);
}

function* checkAttributes(
  expression: Expression,
  attributes: ReadonlyMap<string, AttributeShape>,
): Generator<ExpressionFinding> {
  for (const node of visit(expression)) {
    if (node.kind === 'attribute' && !attributes.has(node.name)) {
      const meant = nearest(node.name, attributes.keys());
      yield {
        severity: 'error',
        code: 'EXPRESSION_ATTRIBUTE_UNKNOWN',
        detail: `The source has no attribute ${node.name}.`,
        place: node.place,
        ...(meant === undefined ? {} : { fix: `Did you mean [${meant}]?` }),
      };
    }
    if (node.kind === 'call') yield* checkMultivalued(node, attributes);
  }
}

/** A list reaching a function that takes one value fails for every object that has two: better said before. */
function* checkMultivalued(
  node: Extract<Expression, { kind: 'call' }>,
  attributes: ReadonlyMap<string, AttributeShape>,
): Generator<ExpressionFinding> {
  const definition = functions.get(node.name);
  if (definition === undefined) return;
  const laid = new Arguments(node, definition);
  for (const [index, argument] of node.arguments.entries()) {
    if (argument?.kind !== 'attribute' || attributes.get(argument.name)?.multivalued !== true) continue;
    const type = laid.parameterAt(index)?.type;
    if (type === 'List' || type === 'Any' || type === undefined) continue;
    yield {
      severity: 'warning',
      code: 'EXPRESSION_VALUE_TYPE',
      detail: `${argument.name} is multi-valued, and ${node.name} takes one value here.`,
      place: argument.place,
      fix: 'Choose one value with Item, or make one text of them with Join.',
    };
  }
}

function* checkResult(
  expression: Expression,
  target: AttributeShape,
  attributes: ReadonlyMap<string, AttributeShape> | undefined,
): Generator<ExpressionFinding> {
  const refuse = (detail: string): ExpressionFinding => ({
    severity: 'error',
    code: 'EXPRESSION_RESULT_TYPE',
    detail,
    place: expression.place,
  });
  const list =
    expression.kind === 'call'
      ? functions.get(expression.name)?.result === 'List'
      : expression.kind === 'attribute' && attributes?.get(expression.name)?.multivalued === true;
  if (list && !target.multivalued) yield refuse('The result is a list, and the target attribute takes one value.');
  if (expression.kind === 'text' && !readable(expression.value, target.type)) {
    yield refuse(`The constant ${JSON.stringify(expression.value)} is no ${target.type}.`);
  }
}

function readable(text: string, type: AttributeType): boolean {
  switch (type) {
    case 'Boolean':
      return readBoolean(text) !== undefined;
    case 'Integer':
      return readInteger(text) !== undefined;
    case 'DateTime':
      return readDate(text) !== undefined;
    default:
      return true;
  }
}
