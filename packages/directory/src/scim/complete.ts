import { isObject, type ResourceType, type ScimDraft, type ScimObject } from '@joinery/scim';

/** The attributes in the order of the schemas, below `schemas` and `id`; what the type does not define is left out. */
export function ordered(resource: ScimObject, type: ResourceType, id: string): ScimObject {
  const draft: ScimDraft = { schemas: [type.core.urn], id };
  for (const { attribute } of type.core.attributes) {
    const value = resource[attribute.name];
    if (value !== undefined && !Object.hasOwn(draft, attribute.name)) draft[attribute.name] = value;
  }
  const schemas: string[] = [type.core.urn];
  for (const { urn } of type.extensionSchemas) {
    const value = resource[urn];
    if (!isObject(value)) continue;
    draft[urn] = value;
    schemas.push(urn);
  }
  draft.schemas = schemas;
  return draft;
}

/**
 * What SCIM sent without the members that the directory gives a resource itself. A password is taken and dropped, here and nowhere
 * later: nothing signs in with it, and what is not kept cannot leak.
 */
export function sentAttributes(resource: ScimObject): ScimObject {
  const { schemas: _, id: __, meta: ___, password: ____, ...sent } = resource;
  return sent;
}

/** Extensions that the type does not have any more: kept with the resource, so that a definition that comes back finds them. */
export function foreignExtensions(scim: ScimObject, type: ResourceType): ScimObject {
  return Object.fromEntries(
    Object.entries(scim).filter(([name]) => /^urn:/i.test(name) && type.schemaOf(name) === undefined),
  );
}
