export { type AttributeShape, type AttributeType, type CheckOptions, checkExpression } from './check/check.ts';
export { type ExpressionFinding, findingProblem } from './check/finding.ts';
export { formatIso } from './dates/format.ts';
export { readDate } from './dates/read-date.ts';
export { type CompiledExpression, compileExpression, type Outcome } from './evaluation/compile.ts';
export type { EvaluationContext } from './evaluation/context.ts';
export { selectUniqueValue } from './evaluation/select-unique-value.ts';
export type { FunctionDefinition, Parameter, ParameterType } from './functions/definition.ts';
export { functions } from './functions/registry.ts';
export { DotNetRegex } from './patterns/dot-net-regex.ts';
export { StepBudget } from './patterns/step-budget.ts';
export { maximumLength, parseExpression } from './syntax/parse.ts';
export { type Place, placeText } from './syntax/place.ts';
export { printExpression } from './syntax/print.ts';
export type { Expression } from './syntax/tree.ts';
export { printValue } from './values/print.ts';
export {
  type DateValue,
  isDate,
  isEmpty,
  isList,
  isReference,
  isRole,
  type ReferenceValue,
  type RoleValue,
  type SingleValue,
  type SourceAttributes,
  toItems,
  type Value,
} from './values/value.ts';
export { fromMappingSource } from './wire/from-mapping-source.ts';
export type { MappingSource, MappingSourceParameter } from './wire/mapping-source.ts';
export { normaliseExpression } from './wire/normalise.ts';
export { toMappingSource } from './wire/to-mapping-source.ts';
