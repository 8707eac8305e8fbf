import { attribute } from './attribute.ts';
import { groupSchema } from './core-definitions.ts';
import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from './definition.ts';
import { ECMA_URN_PREFIX, USER_URN } from './urns.ts';

/** The flat extension of a resource, e.g. `urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User`. */
export function ecmaUrn(resource: string): string {
  return ECMA_URN_PREFIX + resource;
}

/**
 * The resource type of a connector host (host sheet 3.4, 3.5): all attributes of the connector live in one flat extension
 * with their own names, `-dn-` among them; of the core schema only `active` is known, and no `userName` is demanded.
 * @param attributes the connector's attributes, in the order to publish
 */
export function flatUserType(attributes: readonly AttributeDefinition[]): ResourceTypeDefinition {
  const schema: SchemaDefinition = {
    id: USER_URN,
    name: 'User',
    description: 'User Account',
    attributes: [attribute('active', { type: 'boolean', description: 'False while the account is disabled.' })],
  };
  return flatType('User', schema, attributes);
}

/**
 * Groups of a connector host: the core Group with the name and, where the connector has them, the members; the rest is flat.
 * Microsoft's clients look for the two in the core schema (dialect sheet 1.4); the original host has no groups.
 */
export function flatGroupType(
  attributes: readonly AttributeDefinition[],
  { members }: { readonly members: boolean },
): ResourceTypeDefinition {
  const core = groupSchema.attributes.filter(({ name }) => members || name !== 'members');
  return flatType('Group', { ...groupSchema, attributes: core }, attributes);
}

/** Any other object type: there is no core schema for it, so its own is empty and everything is in the flat extension. */
export function flatObjectType(resource: string, attributes: readonly AttributeDefinition[]): ResourceTypeDefinition {
  const schema: SchemaDefinition = {
    id: `${ECMA_URN_PREFIX}Object:${resource}`,
    name: resource,
    description: 'Object of the connected system',
    attributes: [],
  };
  return flatType(resource, schema, attributes);
}

function flatType(
  resource: string,
  schema: SchemaDefinition,
  attributes: readonly AttributeDefinition[],
): ResourceTypeDefinition {
  return {
    name: resource,
    endpoint: `/${resource}s`,
    description: 'Objects of the connected system',
    schema,
    extensions: [
      {
        schema: {
          id: ecmaUrn(resource),
          name: resource,
          description: 'Attributes of the connected system',
          attributes,
        },
        required: true,
      },
    ],
  };
}
