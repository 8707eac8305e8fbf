import type { AttributeAst } from '../tree/index.ts';
import { isConstant } from './constants.ts';
import { type CheckContext, memberAround } from './context.ts';

/** Arguments of attributes are constants; each name stands once. */
export function checkAttribute(node: AttributeAst, context: CheckContext): void {
  const around = context.path.at(-1)?.kind;
  const classMember =
    around === 'typeDefinition' ||
    around === 'property' ||
    around === 'method' ||
    (around === 'parameterDefinition' && memberAround(context.path)?.kind === 'method');
  const place = { attribute: true, classMember };
  const id = classMember
    ? 'ParameterAttributeArgumentNeedsToBeConstant'
    : 'ParameterAttributeArgumentNeedsToBeConstantOrScriptBlock';
  const seen = new Set<string>();
  for (const argument of node.named) {
    const name = argument.name.toLowerCase();
    if (seen.has(name)) context.report('DuplicateNamedArgument', argument, argument.name);
    else if (!argument.omitted && !isConstant(argument.value, place)) context.report(id, argument.value);
    seen.add(name);
  }
  for (const argument of node.positional) if (!isConstant(argument, place)) context.report(id, argument);
}
