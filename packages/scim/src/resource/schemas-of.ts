import type { ResourceType } from '../schema/resource-type.ts';
import type { ScimObject } from '../value.ts';

/** The URNs of the schemas that a resource has something of: the core schema and the extensions present (RFC 7643 3). */
export function schemasOf(resource: ScimObject, type: ResourceType): readonly string[] {
  const extensions = type.extensionSchemas.filter((schema) => Object.hasOwn(resource, schema.urn));
  return [type.core.urn, ...extensions.map((schema) => schema.urn)];
}
