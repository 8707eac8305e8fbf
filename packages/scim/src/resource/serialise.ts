import { printJson } from '../json/print.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { isList, isObject, member, type ScimDraft, type ScimObject, type ScimValue } from '../value.ts';
import { schemasOf } from './schemas-of.ts';

/** What storage knows about a resource beside its attributes. */
export interface ResourceMeta {
  /** RFC 3339 times in UTC. */
  readonly created: string;
  readonly lastModified: string;
  /** The ETag, e.g. `W/"3f"`. */
  readonly version: string;
}

/**
 * The text that storage keeps, in the form that {@link StoredResource} asks for: `schemas` and `id` first, `meta` last and
 * without `location`, and no attribute that is never returned (RFC 7643 7, `returned`).
 * @param resource in the schema's spelling, with its `id`
 */
export function serialiseResource(resource: ScimObject, type: ResourceType, meta: ResourceMeta): string {
  return printJson(completeResource(resource, type, meta));
}

/** The resource as a client may see it, with `meta`, in the member order of {@link serialiseResource}. */
export function completeResource(resource: ScimObject, type: ResourceType, meta: ResourceMeta): ScimObject {
  const { schemas: _, id, meta: __, ...rest } = resource;
  const { created, lastModified, version } = meta;
  return {
    schemas: schemasOf(resource, type),
    ...(id === undefined ? {} : { id }),
    ...withoutSecrets(rest, type),
    meta: { resourceType: type.name, created, lastModified, version },
  };
}

function withoutSecrets(resource: ScimObject, type: ResourceType): ScimObject {
  let visible = resource;
  for (const path of neverReturned(type)) visible = without(visible, path.steps);
  return visible;
}

const secretPaths = new WeakMap<ResourceType, readonly AttributePath[]>();

/** The attributes and sub-attributes with `returned: never`, found once per type. */
function neverReturned(type: ResourceType): readonly AttributePath[] {
  const known = secretPaths.get(type);
  if (known !== undefined) return known;
  const found = [type.core, ...type.extensionSchemas].flatMap((schema) =>
    schema.attributes.flatMap((path) => {
      if (path.attribute.returned === 'never') return [path];
      return path.attribute.subAttributes
        .filter((sub) => sub.returned === 'never')
        .flatMap((sub) => type.sub(path, sub.name) ?? []);
    }),
  );
  secretPaths.set(type, found);
  return found;
}

/** The value without what the steps lead to; what is not touched is shared. */
function without(object: ScimObject, steps: readonly string[]): ScimObject {
  const [step, ...rest] = steps;
  if (step === undefined || !Object.hasOwn(object, step)) return object;
  const draft: ScimDraft = { ...object };
  const value = member(object, step);
  if (rest.length === 0) delete draft[step];
  else if (value !== undefined) draft[step] = withoutBelow(value, rest);
  return draft;
}

function withoutBelow(value: ScimValue, steps: readonly string[]): ScimValue {
  if (isList(value)) return value.map((each) => withoutBelow(each, steps));
  return isObject(value) ? without(value, steps) : value;
}
