import { Arguments } from '../functions/arguments.ts';
import type { Report } from '../functions/checked-call.ts';
import { functions } from '../functions/registry.ts';
import type { CallNode, Expression } from '../syntax/tree.ts';

/** Functions that hand on one of their arguments as it is; through them a result is still the result of the whole. */
const passingOn: ReadonlySet<string> = new Set(['IIF', 'Switch', 'Coalesce', 'Redact', 'IgnoreFlowIfNullOrEmpty']);

/**
 * Checks where things stand: comparisons only as conditions (engine sheet 21.1), keywords only as the argument that takes them,
 * SelectUniqueValue only outermost, Redact and IgnoreFlowIfNullOrEmpty where they say what they do.
 */
export function checkPlacement(expression: Expression, report: Report): void {
  if (expression.kind === 'comparison') misplacedComparison(expression, report);
  walk(expression, undefined, true, report);
}

/** @param decides whether the value of the node can be the value of the whole expression */
function walk(node: Expression, parent: CallNode | undefined, decides: boolean, report: Report): void {
  if (node.kind === 'keyword' && parent === undefined) misplacedKeyword(node.name, node, report);
  if (node.kind === 'comparison') {
    walk(node.left, undefined, false, report);
    walk(node.right, undefined, false, report);
  }
  if (node.kind !== 'call') return;
  checkCallPlace(node, parent, decides, report);
  const definition = functions.get(node.name);
  const laid = definition === undefined ? undefined : new Arguments(node, definition);
  node.arguments.forEach((argument, index) => {
    if (argument === undefined) return;
    const type = laid?.parameterAt(index)?.type;
    if (argument.kind === 'comparison' && type !== 'Condition' && laid !== undefined)
      misplacedComparison(argument, report);
    if (argument.kind === 'keyword' && type !== 'Keyword' && laid !== undefined)
      misplacedKeyword(argument.name, argument, report);
    walk(argument, node, decides && passingOn.has(node.name) && type === 'Any', report);
  });
}

function checkCallPlace(node: CallNode, parent: CallNode | undefined, decides: boolean, report: Report): void {
  if (node.name === 'SelectUniqueValue' && parent !== undefined) {
    report('error', 'EXPRESSION_PLACEMENT', 'SelectUniqueValue can only be the outermost function.', node.place);
  }
  if (node.name === 'Redact' && parent !== undefined) {
    report(
      'warning',
      'EXPRESSION_PLACEMENT',
      'Redact inside another function hides the result of the whole expression, not only this part.',
      node.place,
      'Make Redact the outermost function to say what happens.',
    );
  }
  if (node.name === 'IgnoreFlowIfNullOrEmpty' && !decides) {
    report(
      'warning',
      'EXPRESSION_PLACEMENT',
      'IgnoreFlowIfNullOrEmpty takes the whole attribute out of the flow, also when other parts have a value.',
      node.place,
      'Make IgnoreFlowIfNullOrEmpty the outermost function, or leave it out.',
    );
  }
}

function misplacedComparison(node: Expression, report: Report): void {
  const detail = 'A comparison stands where a value is expected.';
  report(
    'error',
    'EXPRESSION_PLACEMENT',
    detail,
    node.place,
    'Put it into the condition of IIF, or into CBool for True or False.',
  );
}

function misplacedKeyword(name: string, node: Expression, report: Report): void {
  report(
    'error',
    'EXPRESSION_PLACEMENT',
    `${name} is no value.`,
    node.place,
    `Write "${name}" for the text or [${name}] for the attribute.`,
  );
}
