import { parsePath } from '../filter/parse.ts';
import { type AttributePath, resolvePath } from '../schema/attribute-path.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { isList, isObject, isUnassigned, member, type ScimDraft, type ScimObject, type ScimValue } from '../value.ts';

/** Which attributes an answer holds (RFC 7644 3.9), resolved against the type. */
export interface Projection {
  readonly mode: 'only' | 'without';
  /** Canonical texts of whole attributes, e.g. `name` or `urn:…:User:manager`. */
  readonly attributes: ReadonlySet<string>;
  /** Canonical texts of sub-attributes, e.g. `name.givenName`. */
  readonly subAttributes: ReadonlySet<string>;
}

/**
 * Resolves the `attributes` or `excludedAttributes` of a request. Names that the type does not have are passed over, and
 * `emails[type eq "work"]` counts as `emails` (dialect sheet 4).
 */
export function parseProjection(mode: Projection['mode'], names: readonly string[], type: ResourceType): Projection {
  const attributes = new Set<string>();
  const subAttributes = new Set<string>();
  const addSchema = (paths: readonly AttributePath[]): void => {
    for (const path of paths) attributes.add(path.text);
  };
  for (const name of names) {
    const text = name.includes('[') ? parsePath(name).attribute : name;
    const resolved = resolvePath(text.trim(), type);
    if (resolved.kind === 'extension') addSchema(type.schemaOf(resolved.urn)?.attributes ?? []);
    else if (resolved.kind === 'resource') addSchema(type.core.attributes);
    else if (resolved.kind === 'attribute') {
      (resolved.path.sub === undefined ? attributes : subAttributes).add(resolved.path.text);
    }
  }
  return { mode, attributes, subAttributes };
}

/**
 * The part of a resource that the request asks for. `id` and `schemas` are always there, `never` attributes never, and
 * `request` attributes only when named.
 */
export function project(resource: ScimObject, type: ResourceType, projection: Projection | undefined): ScimObject {
  const draft: ScimDraft = {};
  for (const [name, value] of Object.entries(resource)) {
    const schema = type.schemaOf(name);
    if (schema?.extension === true && isObject(value)) {
      const inner = projectMembers(value, (each) => schema.find(each), projection);
      if (!isUnassigned(inner)) draft[schema.urn] = inner;
    } else {
      const path = type.core.find(name);
      const kept = path === undefined ? undefined : projectValue(value, path, projection);
      if (kept !== undefined) draft[name] = kept;
    }
  }
  return draft;
}

function projectMembers(
  object: ScimObject,
  find: (name: string) => AttributePath | undefined,
  projection: Projection | undefined,
): ScimObject {
  const draft: ScimDraft = {};
  for (const [name, value] of Object.entries(object)) {
    const path = find(name);
    const kept = path === undefined ? undefined : projectValue(value, path, projection);
    if (kept !== undefined) draft[name] = kept;
  }
  return draft;
}

function projectValue(
  value: ScimValue,
  path: AttributePath,
  projection: Projection | undefined,
): ScimValue | undefined {
  const { attribute, text } = path;
  if (attribute.returned === 'never') return undefined;
  if (attribute.returned === 'always') return value;
  const whole = projection?.attributes.has(text) === true;
  if (projection?.mode === 'without' && whole) return undefined;
  if (projection?.mode === 'only' && !whole && !someSub(path, projection)) return undefined;
  if (projection?.mode !== 'only' && attribute.returned === 'request') return undefined;
  if (attribute.type !== 'complex') return value;
  const keep = (sub: AttributeDefinition): boolean => keepsSub(sub, `${text}.${sub.name}`, whole, projection);
  return projectSubs(value, attribute, keep);
}

function keepsSub(sub: AttributeDefinition, text: string, whole: boolean, projection: Projection | undefined): boolean {
  if (sub.returned === 'never') return false;
  if (sub.returned === 'always') return true;
  const named = projection?.subAttributes.has(text) === true;
  if (projection?.mode === 'without' && named) return false;
  if (projection?.mode === 'only' && !whole) return named;
  return sub.returned !== 'request' || named;
}

function someSub({ attribute, text }: AttributePath, projection: Projection): boolean {
  return attribute.subAttributes.some((sub) => projection.subAttributes.has(`${text}.${sub.name}`));
}

function projectSubs(
  value: ScimValue,
  attribute: AttributeDefinition,
  keep: (sub: AttributeDefinition) => boolean,
): ScimValue | undefined {
  if (isList(value)) {
    const list = value.flatMap((each) => projectSubs(each, attribute, keep) ?? []);
    return list.length === 0 && value.length > 0 ? undefined : list;
  }
  if (!isObject(value)) return value;
  const draft: ScimDraft = {};
  for (const sub of attribute.subAttributes) {
    const each = member(value, sub.name);
    if (each !== undefined && keep(sub)) draft[sub.name] = each;
  }
  return Object.keys(draft).length === 0 ? undefined : draft;
}

/** What an answer with this projection does not show of any resource, for the store that reads it. */
export function hiding(
  projection: Projection | undefined,
): { readonly hides: (path: AttributePath) => boolean } | undefined {
  if (projection === undefined) return undefined;
  const { mode, attributes } = projection;
  return {
    hides: (path) =>
      mode === 'without' ? attributes.has(path.text) : !attributes.has(path.text) && !someSub(path, projection),
  };
}

/** An answer without a body shows nothing. */
export const hidingAll = { hides: () => true } as const;
