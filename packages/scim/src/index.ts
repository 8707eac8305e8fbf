export { type Authenticate, bearerAuthentication } from './auth/bearer.ts';
export { entraTokenClaims, type OAuthTokenOptions, oauthTokenCheck, type TokenKeys } from './auth/oauth-token.ts';
export { type OpenIdKeysOptions, openIdKeys } from './auth/openid-keys.ts';
export { createScimClient, equalityFilter } from './client/client.ts';
export type {
  ScimClient,
  ScimClientOptions,
  ScimPage,
  ScimQuery,
  ScimWritten,
} from './client/client-types.ts';
export type { ScimFetch, ScimFetchAnswer, ScimFetchInit } from './client/fetch.ts';
export { type PatchDialect, type PatchInstruction, printPatch } from './client/patch-dialect.ts';
export type {
  CompareNode,
  CompareOperator,
  FilterLiteral,
  FilterNode,
  PresentNode,
  ValuePathNode,
} from './filter/ast.ts';
export { bindFilter } from './filter/bind.ts';
export { type ComparisonKey, compareKeys, comparisonKey, shadowDocument } from './filter/comparison-key.ts';
export { instantKey } from './filter/instant.ts';
export { matches } from './filter/matches.ts';
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
export {
  predicateToSql,
  type SqlColumn,
  type SqlColumns,
  type SqlCondition,
  type SqlDialect,
  type SqlLocation,
  type SqlParameter,
} from './filter/sql.ts';
export { fold } from './fold.ts';
export { parseJson } from './json/parse.ts';
export { printJson } from './json/print.ts';
export { type ListRequest, readQueryString, readSearchRequest } from './messages/list-request.ts';
export { listResponse } from './messages/list-response.ts';
export type { AttributeChangeSet, PatchOutcome, ReferenceEdit } from './patch/outcome.ts';
export { parsePatch } from './patch/parse.ts';
export { replaceWith } from './patch/replace.ts';
export { type CoerceContext, coerceAttribute } from './resource/coerce.ts';
export { type Projection, parseProjection, project } from './resource/project.ts';
export { completeResource, type ResourceMeta, serialiseResource } from './resource/serialise.ts';
export { compareSortKeys, sortKey } from './resource/sort-key.ts';
export { checkRequired, validateResource } from './resource/validate.ts';
export { type AttributeDraft, attribute, complex } from './schema/attribute.ts';
export { type AttributePath, parseAttributePath, type ResolvedPath, resolvePath } from './schema/attribute-path.ts';
export { enterpriseUserSchema, groupSchema, groupType, userSchema, userType } from './schema/core-definitions.ts';
export type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition, ScimType } from './schema/definition.ts';
export { resourceTypeDocuments, schemaDocuments, serviceProviderConfig } from './schema/discovery.ts';
export { ecmaUrn, flatGroupType, flatObjectType, flatUserType } from './schema/flat-type.ts';
export type { ScimProfile } from './schema/profile.ts';
export { type CompiledSchema, compileResourceType, type ResourceType } from './schema/resource-type.ts';
export {
  BULK_REQUEST_URN,
  BULK_RESPONSE_URN,
  ECMA_USER_URN,
  ENTERPRISE_USER_URN,
  ERROR_URN,
  GROUP_URN,
  LIST_RESPONSE_URN,
  PATCH_OP_URN,
  SEARCH_REQUEST_URN,
  USER_URN,
} from './schema/urns.ts';
export { readScimBodies } from './server/bodies.ts';
export { scimErrorHandler, sendProblem } from './server/errors.ts';
export { entityTags, sameVersion } from './server/etag.ts';
export { createScimHandler, type ScimHandler } from './server/handler.ts';
export { createInProcessFetch } from './server/in-process-fetch.ts';
export { defaultScimLimits, type ScimLimits } from './server/limits.ts';
export { MemoryStorage, type MemoryStorageOptions } from './server/memory-storage.ts';
export type { OwnResource, ScimServerOptions } from './server/options.ts';
export { pathBelow } from './server/path.ts';
export { scimServer } from './server/plugin.ts';
export { type RequestRateOptions, requestRate } from './server/request-rate.ts';
export type {
  ApplyOptions,
  ListPage,
  ListQuery,
  MaybePromise,
  ResourceChange,
  ScimCall,
  ScimStorage,
  StoredResource,
} from './server/storage.ts';
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
