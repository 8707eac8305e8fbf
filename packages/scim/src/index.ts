export type {
  ScimClient,
  ScimClientOptions,
  ScimPage,
  ScimQuery,
  ScimWritten,
} from './client/client-types.ts';
export type { ScimFetch, ScimFetchAnswer, ScimFetchInit } from './client/fetch.ts';
export type { PatchDialect, PatchInstruction } from './client/patch-dialect.ts';
export type {
  CompareNode,
  CompareOperator,
  FilterLiteral,
  FilterNode,
  PresentNode,
  ValuePathNode,
} from './filter/ast.ts';
export { filterLimits, type PathText, parseFilter, parsePath } from './filter/parse.ts';
export {
  allOf,
  always,
  anyOf,
  equality,
  negate,
  never,
  type Operand,
  type Predicate,
  type PredicateOperator,
} from './filter/predicate.ts';
export { printFilter, printLiteral } from './filter/print.ts';
export { fold } from './fold.ts';
export type { AttributeChangeSet, PatchOutcome } from './patch/outcome.ts';
export { type AttributeDraft, attribute, complex } from './schema/attribute.ts';
export { type AttributePath, parseAttributePath, type ResolvedPath, resolvePath } from './schema/attribute-path.ts';
export { enterpriseUserSchema, groupSchema, groupType, userSchema, userType } from './schema/core-definitions.ts';
export type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition, ScimType } from './schema/definition.ts';
export { flatUserType } from './schema/flat-type.ts';
export { type CompiledSchema, compileResourceType, type ResourceType } from './schema/resource-type.ts';
export {
  ECMA_USER_URN,
  ENTERPRISE_USER_URN,
  ERROR_URN,
  GROUP_URN,
  LIST_RESPONSE_URN,
  PATCH_OP_URN,
  SEARCH_REQUEST_URN,
  USER_URN,
} from './schema/urns.ts';
export { defaultScimLimits, type ScimLimits } from './server/limits.ts';
export type { ScimServerOptions } from './server/options.ts';
export type { ListPage, ListQuery, ResourceChange, ScimCall, ScimStorage, StoredResource } from './server/storage.ts';
export {
  isList,
  isObject,
  isUnassigned,
  member,
  type ScimDraft,
  type ScimObject,
  type ScimValue,
  sameValue,
} from './value.ts';
