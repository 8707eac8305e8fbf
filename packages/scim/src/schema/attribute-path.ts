import { problem } from '@joinery/problems';
import type { AttributeDefinition } from './definition.ts';
import type { ResourceType } from './resource-type.ts';

/**
 * A path that is resolved against a resource type. There is exactly one object per attribute and sub-attribute of a
 * compiled type, so storage may key its columns by identity or by {@link AttributePath.text}.
 */
export interface AttributePath {
  /** The canonical spelling: `userName`, `name.givenName`, `urn:…:User:manager.value`. */
  readonly text: string;
  /** The URN of the extension that holds the attribute; undefined for the core schema and the common attributes. */
  readonly extension: string | undefined;
  readonly attribute: AttributeDefinition;
  readonly sub: AttributeDefinition | undefined;
  /** What the path ends at: the sub-attribute where there is one. */
  readonly leaf: AttributeDefinition;
  /** The path of the whole attribute, for a sub-attribute. */
  readonly parent: AttributePath | undefined;
  /** The member names from the root of a resource to the value. */
  readonly steps: readonly string[];
}

/** What a path text names on a resource type (dialect sheet 2.5). */
export type ResolvedPath =
  | { readonly kind: 'attribute'; readonly path: AttributePath }
  /** The URN of an extension alone: its whole object. */
  | { readonly kind: 'extension'; readonly urn: string }
  /** The URN of the core schema alone: the resource itself. */
  | { readonly kind: 'resource' }
  | { readonly kind: 'unknown' };

/**
 * Resolves a path without brackets: `[URN:]attribute[.sub]`.
 * The longest registered URN is taken off first, because URNs hold both `:` and `.`; `.` follows an extension's URN in the
 * pre-2018 spelling only. An attribute that the core schema does not have but exactly one extension has is that
 * extension's (`manager`, dialect sheet 2.5 step 5). The profile `strict` knows neither of the two.
 * An attribute name is tried whole before it is split at its first dot, so that a connector's column may hold one.
 */
export function resolvePath(text: string, type: ResourceType): ResolvedPath {
  const tolerant = type.profile !== 'strict';
  const folded = text.toLowerCase();
  for (const { urn, lower } of type.urns) {
    if (!folded.startsWith(lower)) continue;
    const schema = type.schemaOf(urn);
    if (schema === undefined) continue;
    if (folded.length === lower.length) {
      return schema.extension ? { kind: 'extension', urn } : { kind: 'resource' };
    }
    const separator = folded[lower.length];
    if (separator !== ':' && !(separator === '.' && schema.extension && tolerant)) continue;
    const path = schema.find(text.slice(lower.length + 1));
    return path === undefined ? { kind: 'unknown' } : { kind: 'attribute', path };
  }
  const core = type.core.find(text);
  const own = core === undefined || !tolerant ? undefined : ownAttribute(text, type);
  if (core !== undefined) return { kind: 'attribute', path: own ?? core };
  if (!tolerant) return { kind: 'unknown' };
  const hits = type.extensionSchemas.flatMap((schema) => schema.find(text) ?? []);
  const [only] = hits;
  return only !== undefined && hits.length === 1 ? { kind: 'attribute', path: only } : { kind: 'unknown' };
}

/**
 * A required extension holds the type's own attributes (dialect sheet 7.1), and a column may be called `Id`: written in its very
 * spelling it is meant, not the core attribute `id` that only letter case tells from it.
 */
export function ownAttribute(text: string, type: ResourceType): AttributePath | undefined {
  if (type.core.find(text)?.text === text) return undefined;
  return type.extensionSchemas
    .filter(({ required }) => required)
    .flatMap((schema) => schema.find(text) ?? [])
    .find((path) => path.text === `${path.extension}:${text}`);
}

/**
 * The attribute that a path text names.
 * @throws SCIM_PATH_UNKNOWN when the type has no such attribute, or the text names a whole schema
 */
export function parseAttributePath(text: string, type: ResourceType): AttributePath {
  const resolved = resolvePath(text, type);
  if (resolved.kind === 'attribute') return resolved.path;
  throw problem('SCIM_PATH_UNKNOWN', `The type ${type.name} has no attribute '${text}'.`, { place: text });
}
