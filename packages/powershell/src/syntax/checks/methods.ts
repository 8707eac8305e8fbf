import type { FunctionMember, PropertyMember } from '../tree/index.ts';
import { typeNameText } from '../tree/index.ts';
import type { CheckContext } from './context.ts';
import { isVoid, returnsVoid } from './flow.ts';
import { analyseMethod } from './method-flow.ts';

/** What a method may not have, and what it must: a `return` on each way through it, and values in all its variables. */
export function checkMethod(node: FunctionMember, context: CheckContext): void {
  const { body } = node;
  if (body.paramBlock !== undefined) context.report('ParamBlockNotAllowedInMethod', body.paramBlock);
  const { dynamicParamBlock, beginBlock, processBlock, cleanBlock, endBlock } = body;
  const named = dynamicParamBlock ?? beginBlock ?? processBlock ?? cleanBlock;
  if (named !== undefined || endBlock?.unnamed === false) {
    context.report('NamedBlockNotAllowedInMethod', dynamicParamBlock ?? beginBlock ?? processBlock ?? endBlock ?? body);
  }
  if (node.isConstructor && node.returnType !== undefined) {
    context.report('ConstructorCantHaveReturnType', node.returnType);
  }
  const { completes, unassigned } = analyseMethod(node);
  if (completes && !returnsVoid(node)) context.report('MethodHasCodePathNotReturn', node.nameExtent);
  for (const variable of unassigned) context.report('VariableNotLocal', variable);
}

export function checkProperty(node: PropertyMember, context: CheckContext): void {
  if (node.type !== undefined && isVoid(node.type.typeName)) {
    context.report('TypeNotAllowedForProperty', node.type, typeNameText(node.type.typeName));
  }
}
