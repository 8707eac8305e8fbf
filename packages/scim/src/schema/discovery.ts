import type { ScimLimits } from '../server/limits.ts';
import type { ScimDraft, ScimObject } from '../value.ts';
import type { AttributeDefinition, SchemaDefinition } from './definition.ts';
import { discoverySchemas } from './discovery-schemas.ts';
import type { ResourceType } from './resource-type.ts';
import { RESOURCE_TYPE_URN, SCHEMA_URN, SERVICE_PROVIDER_CONFIG_URN } from './urns.ts';

/** The documents of `/Schemas` (RFC 7643 7): every schema of the types, and those of the discovery documents themselves. */
export function schemaDocuments(types: readonly ResourceType[], base: string): readonly ScimObject[] {
  const byUrn = new Map<string, SchemaDefinition>();
  for (const type of types) {
    for (const schema of [type.core, ...type.extensionSchemas]) byUrn.set(schema.urn, schema.definition);
  }
  for (const schema of discoverySchemas) byUrn.set(schema.id, schema);
  return [...byUrn.values()].map((schema) => ({
    schemas: [SCHEMA_URN],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(attributeDocument),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${schema.id}` },
  }));
}

/** No member is null, and lists are left out where they say nothing (S-131). */
function attributeDocument(definition: AttributeDefinition): ScimObject {
  const { name, type, multiValued, description, required, mutability, returned } = definition;
  const draft: ScimDraft = { name, type };
  if (definition.subAttributes.length > 0) draft.subAttributes = definition.subAttributes.map(attributeDocument);
  Object.assign(draft, { multiValued, description, required });
  if (definition.canonicalValues.length > 0) draft.canonicalValues = definition.canonicalValues;
  if (type !== 'boolean' && type !== 'complex') draft.caseExact = definition.caseExact;
  Object.assign(draft, { mutability, returned });
  if (type !== 'boolean') draft.uniqueness = definition.uniqueness;
  if (definition.referenceTypes.length > 0) draft.referenceTypes = definition.referenceTypes;
  return draft;
}

/** The documents of `/ResourceTypes` (RFC 7643 6). */
export function resourceTypeDocuments(types: readonly ResourceType[], base: string): readonly ScimObject[] {
  return types.map((type) => ({
    schemas: [RESOURCE_TYPE_URN],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: type.definition.description,
    schema: type.core.urn,
    ...extensionsOf(type),
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${type.name}` },
  }));
}

/** The document of `/ServiceProviderConfig` (RFC 7643 5). */
export function serviceProviderConfig(
  limits: ScimLimits,
  base: string,
  documentationUri: string | undefined,
): ScimObject {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_URN],
    ...(documentationUri === undefined ? {} : { documentationUri }),
    patch: { supported: true },
    bulk: {
      supported: limits.bulkOperations > 0,
      maxOperations: limits.bulkOperations,
      maxPayloadSize: limits.bulkOperations > 0 ? limits.bodyBytes : 0,
    },
    filter: { supported: true, maxResults: limits.maxCount },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'A bearer token in the Authorization header, as in RFC 6750.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

function extensionsOf({ extensionSchemas }: ResourceType): ScimObject {
  if (extensionSchemas.length === 0) return {};
  return { schemaExtensions: extensionSchemas.map(({ urn, required }) => ({ schema: urn, required })) };
}
