import { problem } from '@joinery/problems';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { CompiledSchema, ResourceType } from '../schema/resource-type.ts';
import { isList, isObject, isUnassigned, member, type ScimDraft, type ScimObject, type ScimValue } from '../value.ts';
import { coerceAttribute } from './coerce.ts';
import { distinctElements, onePrimary } from './elements.ts';
import { schemasOf } from './schemas-of.ts';

/**
 * Reads the body of a POST or PUT into the schema's spelling and types. What Entra sends beside the point is passed over
 * (dialect sheet 1.3): nulls and empty lists, `meta` and `id`, unknown attributes, attributes of an extension at the root,
 * and whatever `schemas` lists or forgets: the answer lists the schemas that are present.
 * @returns the resource without `id` and `meta`
 * @throws SCIM_BODY_SYNTAX, SCIM_VALUE_INVALID, SCIM_REQUIRED_MISSING
 */
export function validateResource(body: ScimValue, type: ResourceType): ScimObject {
  if (!isObject(body)) throw problem('SCIM_BODY_SYNTAX', 'The body is not a JSON object.', { place: 'body' });
  checkSchemasMember(body);
  const draft: ScimDraft = { schemas: [] };
  for (const [name, value] of Object.entries(body)) {
    const schema = type.schemaOf(name);
    if (schema?.extension === true) {
      const extension = readExtension(value, schema);
      if (extension !== undefined) assign(draft, schema.urn, extension);
    } else {
      readAttribute(draft, name, value, type.core);
    }
  }
  checkRequired(draft, type);
  draft.schemas = schemasOf(draft, type);
  return draft;
}

/** `schemas` may be absent or wrong in content, but not in kind: that is a body of something else. */
function checkSchemasMember(body: ScimObject): void {
  const schemas = member(body, 'schemas');
  if (schemas === undefined || schemas === null) return;
  if (!isList(schemas) || !schemas.every((each) => typeof each === 'string')) {
    throw problem('SCIM_BODY_SYNTAX', 'The member schemas is not a list of URNs.', { place: 'schemas' });
  }
}

function readExtension(value: ScimValue, schema: CompiledSchema): ScimObject | undefined {
  if (isUnassigned(value)) return undefined;
  if (!isObject(value)) {
    throw problem('SCIM_VALUE_INVALID', 'An extension takes an object with its attributes.', { place: schema.urn });
  }
  const draft: ScimDraft = {};
  for (const [name, each] of Object.entries(value)) readAttribute(draft, name, each, schema);
  return Object.keys(draft).length === 0 ? undefined : draft;
}

function readAttribute(draft: ScimDraft, name: string, value: ScimValue, schema: CompiledSchema): void {
  const path = schema.find(name);
  if (path === undefined || path.sub !== undefined || path.attribute.mutability === 'readOnly') return;
  const coerced = readValue(value, path);
  if (coerced !== undefined) assign(draft, path.attribute.name, coerced);
}

function readValue(value: ScimValue, path: AttributePath): ScimValue | undefined {
  const coerced = coerceAttribute(value, path.attribute, { place: path.text, emptyText: 'keep' });
  return isList(coerced) ? onePrimary(distinctElements(coerced, path.attribute)) : coerced;
}

function assign(draft: ScimDraft, name: string, value: ScimValue): void {
  if (name !== 'schemas' && Object.hasOwn(draft, name)) {
    throw problem('SCIM_BODY_SYNTAX', `The member '${name}' occurs twice, in different spellings.`, { place: name });
  }
  draft[name] = value;
}

/**
 * Refuses a resource without a required attribute (RFC 7643 2.2). Attributes of an extension are required where the
 * extension is, or where it is present.
 * @throws SCIM_REQUIRED_MISSING
 */
export function checkRequired(resource: ScimObject, type: ResourceType): void {
  for (const path of type.core.attributes) checkPresent(resource, path);
  for (const schema of type.extensionSchemas) {
    const extension = member(resource, schema.urn);
    if (!isObject(extension) && !schema.required) continue;
    for (const path of schema.attributes) checkPresent(isObject(extension) ? extension : {}, path);
  }
}

function checkPresent(holder: ScimObject, { attribute, text }: AttributePath): void {
  if (!attribute.required || attribute.mutability === 'readOnly') return;
  const value = member(holder, attribute.name);
  if (!isUnassigned(value) && value !== '') return;
  throw problem('SCIM_REQUIRED_MISSING', `The attribute ${attribute.name} needs a value.`, { place: text });
}
