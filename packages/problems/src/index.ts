export type { ProblemDefinition, ProblemKind, Retry, ScimType } from './definition.ts';
export { isProblem, Problem, type ProblemOptions, problem, toProblem } from './problem.ts';
export { type GraphErrorBody, type GraphErrorContext, toGraphError } from './render/graph.ts';
export { type JsonError, toJsonError } from './render/json.ts';
export { errorsPage } from './render/page.ts';
export { type ScimErrorBody, toScimError } from './render/scim.ts';
export { toSentence } from './render/sentence.ts';
export { type ProblemCode, problemTable } from './table.ts';
