import { problem } from '@joinery/problems';
import type { FilterNode } from '../filter/ast.ts';
import { bindElementFilter } from '../filter/bind.ts';
import { parsePath } from '../filter/parse.ts';
import type { Predicate } from '../filter/predicate.ts';
import { type CoerceContext, coerceComplex } from '../resource/coerce.ts';
import { type AttributePath, resolvePath } from '../schema/attribute-path.ts';
import type { ScimProfile } from '../schema/profile.ts';
import type { CompiledSchema, ResourceType } from '../schema/resource-type.ts';
import type { ScimDraft, ScimObject } from '../value.ts';

/** The filter in the brackets of a path. */
export interface ElementSelection {
  readonly predicate: Predicate;
  /** The element that the filter's eq clauses describe; undefined when the filter is more than a conjunction of them. */
  readonly template: ScimObject | undefined;
  /** The sub-attributes that the filter speaks of. */
  readonly names: ReadonlySet<string>;
}

/** What an operation is about (dialect sheet 2.3, 2.5). */
export type PatchTarget =
  | { readonly kind: 'resource' }
  | { readonly kind: 'extension'; readonly schema: CompiledSchema }
  | {
      readonly kind: 'attribute';
      /** The whole attribute. */
      readonly path: AttributePath;
      readonly where: ElementSelection | undefined;
      readonly sub: AttributePath | undefined;
      readonly profile: ScimProfile;
    };

export type AttributeTarget = Extract<PatchTarget, { kind: 'attribute' }>;

/**
 * Resolves the path of an operation.
 * @throws SCIM_PATH_SYNTAX, SCIM_PATH_UNKNOWN, SCIM_MUTABILITY for what is read-only, and the filter's own problems
 */
export function resolveTarget(text: string, type: ResourceType): PatchTarget {
  // A connector's column may hold blanks; only brackets need the parser.
  const { attribute, filter, sub } = text.includes('[')
    ? parsePath(text, type.profile)
    : { attribute: text, filter: undefined, sub: undefined };
  const resolved = resolvePath(attribute, type);
  if (resolved.kind === 'attribute') return attributeTarget(resolved.path, filter, sub, { text, type });
  if (filter !== undefined || resolved.kind === 'unknown') throw unknown(text, type);
  if (resolved.kind === 'resource') return { kind: 'resource' };
  const schema = type.schemaOf(resolved.urn);
  if (schema === undefined) throw unknown(text, type);
  return { kind: 'extension', schema };
}

/** The target of a path that is already resolved. @throws SCIM_MUTABILITY */
export function targetOf(path: AttributePath, { profile }: ResourceType): AttributeTarget {
  checkWritable(path);
  return path.parent === undefined
    ? { kind: 'attribute', path, where: undefined, sub: undefined, profile }
    : { kind: 'attribute', path: path.parent, where: undefined, sub: path, profile };
}

/** How the value of an operation on the target is read. */
export function coerceContext({ path, sub, profile }: AttributeTarget): CoerceContext {
  return { place: sub?.text ?? path.text, emptyText: profile === 'strict' ? 'keep' : 'unassign', profile };
}

function attributeTarget(
  path: AttributePath,
  filter: FilterNode | undefined,
  subName: string | undefined,
  { text, type }: { readonly text: string; readonly type: ResourceType },
): AttributeTarget {
  if (filter === undefined) return targetOf(path, type);
  checkWritable(path);
  const simpleList = path.leaf.type !== 'complex' && path.leaf.multiValued;
  if (path.parent !== undefined || (path.leaf.type !== 'complex' && !simpleList)) {
    throw problem('SCIM_PATH_SYNTAX', `'${path.text}' has no elements that a filter could choose.`, { place: text });
  }
  const sub = subName === undefined ? undefined : type.sub(path, subName);
  if (subName !== undefined && sub === undefined) throw unknown(text, type);
  if (sub !== undefined) checkWritable(sub);
  const where: ElementSelection = {
    predicate: bindElementFilter(filter, type, path),
    // The strict profile follows the RFC: no match, no target.
    template: type.profile === 'strict' ? undefined : templateOf(filter, path, type),
    names: namesIn(filter, path, type),
  };
  return { kind: 'attribute', path, where, sub, profile: type.profile };
}

function checkWritable(path: AttributePath): void {
  if (path.leaf.mutability !== 'readOnly' && path.attribute.mutability !== 'readOnly') return;
  throw problem('SCIM_MUTABILITY', `The attribute ${path.text} is read-only.`, { place: path.text });
}

/**
 * The element to create where nothing matches: Entra writes to elements that it believes should exist
 * (`emails[type eq "work"].value`). RFC 7644 3.5.2.3 would answer noTarget.
 */
function templateOf(filter: FilterNode, path: AttributePath, type: ResourceType): ScimObject | undefined {
  const clauses = filter.kind === 'and' ? filter.operands : [filter];
  const draft: ScimDraft = {};
  for (const clause of clauses) {
    if (clause.kind !== 'compare' || clause.operator !== 'eq' || clause.value.kind === 'null') return undefined;
    const sub = type.sub(path, clause.path);
    if (sub === undefined) return undefined;
    draft[sub.leaf.name] = clause.value.text;
  }
  return coerceComplex(draft, path.attribute, { place: path.text, emptyText: 'unassign', profile: 'entra' }).fields;
}

function namesIn(filter: FilterNode, path: AttributePath, type: ResourceType): ReadonlySet<string> {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return new Set(filter.operands.flatMap((operand) => [...namesIn(operand, path, type)]));
    case 'not':
      return namesIn(filter.operand, path, type);
    default:
      return new Set([type.sub(path, filter.path)?.leaf.name ?? filter.path]);
  }
}

function unknown(text: string, type: ResourceType): Error {
  return problem('SCIM_PATH_UNKNOWN', `The type ${type.name} has no attribute '${text.slice(0, 200)}'.`, {
    place: text.slice(0, 200),
  });
}
