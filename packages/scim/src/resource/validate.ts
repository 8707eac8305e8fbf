import { problem } from '@joinery/problems';
import { type AttributePath, ownAttribute } from '../schema/attribute-path.ts';
import type { ScimProfile } from '../schema/profile.ts';
import type { CompiledSchema, ResourceType } from '../schema/resource-type.ts';
import { isList, isObject, isUnassigned, member, type ScimDraft, type ScimObject, type ScimValue } from '../value.ts';
import { coerceAttribute } from './coerce.ts';
import { distinctElements, isPrimary, onePrimary } from './elements.ts';
import { schemasOf } from './schemas-of.ts';

/**
 * Reads the body of a POST or PUT into the schema's spelling and types. What Entra sends beside the point is passed over
 * (dialect sheet 1.3): nulls and empty lists, `meta` and `id`, unknown attributes, attributes of an extension at the root,
 * and whatever `schemas` lists or forgets: the answer lists the schemas that are present. A body that has attributes of a required
 * extension at the root and nowhere else is refused: a PUT that passed them over would clear them all. The profile `strict` wants
 * `schemas` as RFC 7643 3 has it.
 * @returns the resource without `id` and `meta`
 * @throws SCIM_BODY_SYNTAX, SCIM_VALUE_INVALID, SCIM_REQUIRED_MISSING
 */
export function validateResource(body: ScimValue, type: ResourceType): ScimObject {
  if (!isObject(body)) throw problem('SCIM_BODY_SYNTAX', 'The body is not a JSON object.', { place: 'body' });
  checkSchemasMember(body);
  if (type.profile === 'strict') checkSchemasListed(body, type);
  const draft: ScimDraft = { schemas: [] };
  for (const [name, value] of Object.entries(body)) {
    const schema = type.schemaOf(name);
    if (schema?.extension === true) {
      const extension = readExtension(value, schema, type.profile);
      if (extension !== undefined) assign(draft, schema.urn, extension);
    } else {
      readAttribute(draft, name, value, type.core, type.profile);
    }
  }
  if (type.profile !== 'strict') checkNotBare(body, draft, type);
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

/**
 * RFC 7643 3: `schemas` lists the schemas of the resource type that the body uses, and no others.
 * @throws SCIM_BODY_SYNTAX
 */
function checkSchemasListed(body: ScimObject, type: ResourceType): void {
  const schemas = member(body, 'schemas');
  const listed = new Set(isList(schemas) ? schemas.map((urn) => type.schemaOf(String(urn))) : []);
  const used = Object.keys(body).flatMap((name) => type.schemaOf(name) ?? []);
  const missing = [type.core, ...used].find((schema) => !listed.has(schema));
  if (missing === undefined && !listed.has(undefined)) return;
  const sentence =
    missing === undefined ? `lists a schema that ${type.name} does not have` : `does not list ${missing.urn}`;
  throw problem('SCIM_BODY_SYNTAX', `The member schemas ${sentence}.`, { place: 'schemas' });
}

/** @throws SCIM_VALUE_INVALID for an attribute of a required extension that the body has no member for */
function checkNotBare(body: ScimObject, draft: ScimDraft, type: ResourceType): void {
  for (const [name, value] of Object.entries(body)) {
    const own = isUnassigned(value) ? undefined : ownAttribute(name, type);
    if (own?.extension === undefined || Object.hasOwn(draft, own.extension)) continue;
    throw problem('SCIM_VALUE_INVALID', `The attribute ${name} has to stand within ${own.extension}.`, { place: name });
  }
}

function readExtension(value: ScimValue, schema: CompiledSchema, profile: ScimProfile): ScimObject | undefined {
  if (isUnassigned(value)) return undefined;
  if (!isObject(value)) {
    throw problem('SCIM_VALUE_INVALID', 'An extension takes an object with its attributes.', { place: schema.urn });
  }
  const draft: ScimDraft = {};
  for (const [name, each] of Object.entries(value)) readAttribute(draft, name, each, schema, profile);
  return Object.keys(draft).length === 0 ? undefined : draft;
}

function readAttribute(
  draft: ScimDraft,
  name: string,
  value: ScimValue,
  schema: CompiledSchema,
  profile: ScimProfile,
): void {
  const path = schema.find(name);
  if (path === undefined || path.sub !== undefined || path.attribute.mutability === 'readOnly') return;
  const coerced = readValue(value, path, profile);
  if (coerced !== undefined) assign(draft, path.attribute.name, coerced);
}

function readValue(value: ScimValue, path: AttributePath, profile: ScimProfile): ScimValue | undefined {
  const coerced = coerceAttribute(value, path.attribute, { place: path.text, emptyText: 'keep', profile });
  if (profile === 'strict' && isList(coerced) && coerced.filter(isPrimary).length > 1) {
    throw problem('SCIM_VALUE_INVALID', 'At most one element may be primary.', { place: path.text });
  }
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
