/** The URNs of RFC 7643 and RFC 7644, and those that Microsoft's clients send beside them. */
export const USER_URN = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE_USER_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** The flat extensions that a connector host publishes begin with this; the resource follows (host sheet 3.4). */
export const ECMA_URN_PREFIX = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:';
export const ECMA_USER_URN = `${ECMA_URN_PREFIX}User`;

export const SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
export const RESOURCE_TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
export const SERVICE_PROVIDER_CONFIG_URN = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';

export const PATCH_OP_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const LIST_RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const BULK_REQUEST_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
export const BULK_RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
export const SEARCH_REQUEST_URN = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/**
 * Other spellings of a URN, in lower case: the pre-2018 prefixes and the misprint of the documentation's example, all of
 * them seen on the wire (dialect sheet 1.3, 2.2).
 */
export const urnAliases: ReadonlyMap<string, string> = new Map([
  ['urn:scim:schemas:extension:enterprise:1.0', ENTERPRISE_USER_URN],
  ['urn:scim:schemas:extension:enterprise:2.0', ENTERPRISE_USER_URN],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0user', ENTERPRISE_USER_URN],
  ['urn:scim:schemas:core:1.0', USER_URN],
]);
