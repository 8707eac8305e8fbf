import { type AttributeDraft, attribute, complex } from './attribute.ts';
import type { AttributeDefinition, SchemaDefinition } from './definition.ts';
import { RESOURCE_TYPE_URN, SCHEMA_URN, SERVICE_PROVIDER_CONFIG_URN } from './urns.ts';

const readOnly: AttributeDraft = { mutability: 'readOnly' };
const required: AttributeDraft = { mutability: 'readOnly', required: true };
const supported = attribute('supported', { ...required, type: 'boolean', description: 'Whether it is offered.' });

const serviceProviderConfigSchema: SchemaDefinition = {
  id: SERVICE_PROVIDER_CONFIG_URN,
  name: 'Service Provider Configuration',
  description: 'What the server offers',
  attributes: [
    attribute('documentationUri', { ...readOnly, type: 'reference', referenceTypes: ['external'] }),
    complex('patch', [supported], required),
    complex(
      'bulk',
      [
        supported,
        attribute('maxOperations', { ...required, type: 'integer' }),
        attribute('maxPayloadSize', { ...required, type: 'integer' }),
      ],
      required,
    ),
    complex('filter', [supported, attribute('maxResults', { ...required, type: 'integer' })], required),
    complex('changePassword', [supported], required),
    complex('sort', [supported], required),
    complex('etag', [supported], required),
    complex(
      'authenticationSchemes',
      [
        attribute('type', {
          ...required,
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        }),
        attribute('name', required),
        attribute('description', required),
        attribute('specUri', { ...readOnly, type: 'reference', referenceTypes: ['external'] }),
        attribute('documentationUri', { ...readOnly, type: 'reference', referenceTypes: ['external'] }),
        attribute('primary', { ...readOnly, type: 'boolean' }),
      ],
      { ...required, multiValued: true },
    ),
  ],
};

const resourceTypeSchema: SchemaDefinition = {
  id: RESOURCE_TYPE_URN,
  name: 'ResourceType',
  description: 'A type of resource',
  attributes: [
    attribute('name', required),
    attribute('description', readOnly),
    attribute('endpoint', { ...required, type: 'reference', referenceTypes: ['uri'] }),
    attribute('schema', { ...required, type: 'reference', referenceTypes: ['uri'] }),
    complex(
      'schemaExtensions',
      [
        attribute('schema', { ...required, type: 'reference', referenceTypes: ['uri'] }),
        attribute('required', { ...required, type: 'boolean' }),
      ],
      { ...readOnly, multiValued: true },
    ),
  ],
};

/** What describes an attribute; a sub-attribute has the same members except sub-attributes of its own. */
const attributeMembers: readonly AttributeDefinition[] = [
  attribute('name', { ...required, caseExact: true }),
  attribute('type', {
    ...required,
    canonicalValues: ['string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'],
  }),
  attribute('multiValued', { ...required, type: 'boolean' }),
  attribute('description', readOnly),
  attribute('required', { ...required, type: 'boolean' }),
  attribute('canonicalValues', { ...readOnly, multiValued: true }),
  attribute('caseExact', { ...readOnly, type: 'boolean' }),
  attribute('mutability', { ...readOnly, canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'] }),
  attribute('returned', { ...readOnly, canonicalValues: ['always', 'never', 'default', 'request'] }),
  attribute('uniqueness', { ...readOnly, canonicalValues: ['none', 'server', 'global'] }),
  attribute('referenceTypes', { ...readOnly, multiValued: true, caseExact: true }),
];

const schemaSchema: SchemaDefinition = {
  id: SCHEMA_URN,
  name: 'Schema',
  description: 'A schema',
  attributes: [
    attribute('name', required),
    attribute('description', readOnly),
    complex(
      'attributes',
      [...attributeMembers, complex('subAttributes', attributeMembers, { ...readOnly, multiValued: true })],
      { ...required, multiValued: true },
    ),
  ],
};

/** The schemas of the discovery documents (RFC 7643 8.7.2), which conformance suites ask for beside the types' own. */
export const discoverySchemas: readonly SchemaDefinition[] = [
  serviceProviderConfigSchema,
  resourceTypeSchema,
  schemaSchema,
];
