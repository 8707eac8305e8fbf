import { nearest } from '@joinery/runtime';
import { Arguments } from '../functions/arguments.ts';
import { CheckedCall, type Report } from '../functions/checked-call.ts';
import type { FunctionDefinition, Parameter } from '../functions/definition.ts';
import { functions } from '../functions/registry.ts';
import type { CallNode, Expression } from '../syntax/tree.ts';
import type { ExpressionFinding } from './finding.ts';
import { checkPlacement } from './placement.ts';

/**
 * Checks everything that can be said without knowing the source: functions, their arguments, constants, places.
 * @returns all findings in the order of their places, not only the first
 */
export function checkStructure(expression: Expression): ExpressionFinding[] {
  const findings: ExpressionFinding[] = [];
  const report: Report = (severity, code, detail, place, fix) => {
    findings.push({ severity, code, detail, place, ...(fix === undefined ? {} : { fix }) });
  };
  checkNode(expression, report);
  checkPlacement(expression, report);
  return findings.sort((a, b) => a.place.offset - b.place.offset);
}

function checkNode(node: Expression, report: Report): void {
  if (node.kind === 'comparison') {
    checkNode(node.left, report);
    checkNode(node.right, report);
  }
  if (node.kind !== 'call') return;
  for (const argument of node.arguments) {
    if (argument !== undefined) checkNode(argument, report);
  }
  const definition = functions.get(node.name);
  if (definition === undefined) {
    const meant = nearest(node.name, functions.keys());
    const fix = meant === undefined ? undefined : `Did you mean ${meant}? Function names are case-sensitive.`;
    report('error', 'EXPRESSION_FUNCTION_UNKNOWN', `There is no function ${node.name}.`, node.place, fix);
    return;
  }
  if (checkArguments(node, definition, report)) definition.check?.(new CheckedCall(node, definition, report));
}

/** @returns whether the arguments fit the declaration well enough for the function's own check */
function checkArguments(node: CallNode, definition: FunctionDefinition, report: Report): boolean {
  const laid = new Arguments(node, definition);
  const usage = `Its form is ${describeCall(definition.name, laid.parameters)}.`;
  let fits = true;
  const fault = (detail: string, place = node.place): void => {
    fits = false;
    report('error', 'EXPRESSION_ARGUMENT_COUNT', detail, place, usage);
  };
  const tooMany = node.arguments.find(
    (argument, index) => argument !== undefined && laid.parameterAt(index) === undefined,
  );
  if (tooMany !== undefined) fault(`${node.name} takes ${laid.parameters.length} arguments at most.`, tooMany.place);
  for (const parameter of laid.parameters) {
    if (parameter.repeating === undefined) {
      if (parameter.optional === undefined && !laid.has(parameter.name)) fault(`${node.name} needs ${parameter.name}.`);
      continue;
    }
    const given = laid.repeated(parameter.name).filter((argument) => argument !== undefined).length;
    if (given < parameter.repeating) fault(`${node.name} needs at least ${parameter.repeating} of ${parameter.name}.`);
  }
  return fits;
}

/** `Mid(source, start, length)`, optional parameters with a question mark, repeating ones with dots. */
export function describeCall(name: string, parameters: readonly Parameter[]): string {
  const words = parameters.map((parameter) => {
    const shown = parameter.aliases?.[0] ?? parameter.name;
    if (parameter.repeating !== undefined) return `${parameter.name}...`;
    return parameter.optional === undefined ? shown : `${shown}?`;
  });
  return `${name}(${words.join(', ')})`;
}
