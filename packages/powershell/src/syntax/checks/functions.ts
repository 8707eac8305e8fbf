import type {
  ForEachStatement,
  FunctionDefinition,
  ParameterAst,
  ScriptBlockAst,
  SwitchStatement,
} from '../tree/index.ts';
import { typeNameText } from '../tree/index.ts';
import type { CheckContext } from './context.ts';
import { isVoid } from './flow.ts';

/** Parameters stand before the braces or in `param`, not in both. */
export function checkFunction(node: FunctionDefinition, context: CheckContext): void {
  const { paramBlock } = node.body;
  if (node.parameters !== undefined && paramBlock !== undefined) {
    context.report('OnlyOneParameterListAllowed', paramBlock);
  } else if (node.parameters !== undefined) {
    checkParameters(node.parameters, context);
  }
  if (node.isWorkflow) context.report('WorkflowNotSupportedInPowerShellCore', node);
}

export function checkParamBlock(node: ScriptBlockAst, context: CheckContext): void {
  if (node.parameters !== undefined) checkParameters(node.parameters, context);
}

function checkParameters(parameters: readonly ParameterAst[], context: CheckContext): void {
  const seen = new Set<string>();
  for (const { name, nameExtent, attributes } of parameters) {
    const folded = name.toLowerCase();
    if (seen.has(folded)) context.report('DuplicateFormalParameter', nameExtent, name);
    seen.add(folded);
    const empty = attributes.find((each) => each.kind === 'typeConstraint' && isVoid(each.typeName));
    if (empty !== undefined) context.report('VoidTypeConstraintNotAllowed', empty);
  }
}

/** `[ordered]` is no type of a parameter; a parameter of a method has one type at most. */
export function checkParameter(node: ParameterAst, context: CheckContext): void {
  const inMethod = context.path.at(-1)?.kind === 'method';
  let typed = false;
  for (const attribute of node.attributes) {
    if (attribute.kind !== 'typeConstraint') continue;
    const name = typeNameText(attribute.typeName);
    if (name.toLowerCase() === 'ordered') {
      context.report('OrderedAttributeOnlyOnHashLiteralNode', attribute, name);
    } else if (inMethod) {
      if (typed) context.report('MultipleTypeConstraintsOnMethodParam', attribute);
      typed = true;
    }
  }
}

/** What workflows had is refused by name. */
export function checkSwitchFlags(node: SwitchStatement, context: CheckContext): void {
  if (node.parallel) context.report('KeywordParameterReservedForFutureUse', node, 'switch', 'parallel');
}

export function checkForEachFlags(node: ForEachStatement, context: CheckContext): void {
  if (node.parallel) context.report('KeywordParameterReservedForFutureUse', node, 'foreach', 'parallel');
  if (node.throttleLimit) {
    // Both errors stand at the same place and have the same id: the first one counts.
    context.report('KeywordParameterReservedForFutureUse', node, 'foreach', 'throttlelimit');
    if (!node.parallel) context.report('ThrottleLimitRequiresParallelFlag', node);
  }
}
