import { problem } from '@joinery/problems';
import { schemasOf } from '../resource/schemas-of.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import {
  isList,
  isObject,
  isUnassigned,
  member,
  type ScimDraft,
  type ScimObject,
  type ScimValue,
  sameValue,
} from '../value.ts';
import { ElementList } from './element-list.ts';
import type { AttributeChangeSet, PatchOutcome } from './outcome.ts';
import { WorkBudget } from './work-budget.ts';

/** The state of one attribute that a change has touched. */
type Touched = { readonly list: ElementList } | { readonly value: ScimValue | undefined };

/**
 * A resource while a change is applied to it. The resource itself is never written to: a change that fails half-way leaves
 * nothing behind, and what is not touched is shared.
 */
export class ResourceDraft {
  readonly #current: ScimObject;
  readonly #type: ResourceType;
  readonly #budget = new WorkBudget();
  readonly #touched = new Map<AttributePath, Touched>();

  constructor(current: ScimObject, type: ResourceType) {
    this.#current = current;
    this.#type = type;
  }

  /** The value of a single-valued attribute as it stands. */
  get(path: AttributePath): ScimValue | undefined {
    const touched = this.#touched.get(path);
    return touched !== undefined && 'value' in touched ? touched.value : this.#original(path);
  }

  /** Sets a single-valued attribute; undefined unassigns it. */
  set(path: AttributePath, value: ScimValue | undefined): void {
    this.#touched.set(path, { value: isUnassigned(value) ? undefined : value });
  }

  /** The elements of a multi-valued attribute, to be worked on in place. */
  list(path: AttributePath): ElementList {
    const touched = this.#touched.get(path);
    if (touched !== undefined && 'list' in touched) return touched.list;
    const original = this.#original(path);
    const list = new ElementList(
      path,
      isList(original) ? original : original === undefined ? [] : [original],
      this.#budget,
    );
    this.#touched.set(path, { list });
    return list;
  }

  /** @throws SCIM_REQUIRED_MISSING, SCIM_MUTABILITY when the change as a whole goes against the schema */
  finish(): PatchOutcome {
    const changes: AttributeChangeSet[] = [];
    const root: ScimDraft = { ...this.#current };
    const extensions = new Map<string, ScimDraft>();
    for (const [path, touched] of this.#touched) {
      const before = this.#original(path);
      const { after, changes: found } = settle(path, before, touched, this.#type);
      if (found.length === 0) continue;
      checkAllowed(path, before, after);
      changes.push(...found);
      const holder = path.extension === undefined ? root : this.#extension(extensions, path.extension);
      if (after === undefined) delete holder[path.attribute.name];
      else holder[path.attribute.name] = after;
    }
    if (changes.length === 0) return { resource: this.#current, changed: false, changes };
    for (const [urn, extension] of extensions) {
      if (Object.keys(extension).length === 0) delete root[urn];
      else root[urn] = extension;
    }
    if (Object.hasOwn(root, 'schemas')) root.schemas = schemasOf(root, this.#type);
    return { resource: root, changed: true, changes };
  }

  #extension(extensions: Map<string, ScimDraft>, urn: string): ScimDraft {
    const known = extensions.get(urn);
    if (known !== undefined) return known;
    const current = member(this.#current, urn);
    const draft: ScimDraft = isObject(current) ? { ...current } : {};
    extensions.set(urn, draft);
    return draft;
  }

  #original(path: AttributePath): ScimValue | undefined {
    const holder = path.extension === undefined ? this.#current : member(this.#current, path.extension);
    return isObject(holder) ? member(holder, path.attribute.name) : undefined;
  }
}

function settle(
  path: AttributePath,
  before: ScimValue | undefined,
  touched: Touched,
  type: ResourceType,
): { readonly after: ScimValue | undefined; readonly changes: readonly AttributeChangeSet[] } {
  if ('list' in touched) {
    const { removed, added } = touched.list.difference();
    const after = touched.list.elements();
    const changed = removed.length > 0 || added.length > 0;
    return {
      after: after.length === 0 ? undefined : after,
      changes: changed ? [{ kind: 'elements', path, removed, added }] : [],
    };
  }
  const after = touched.value;
  if (sameValue(before, after) || (isUnassigned(before) && after === undefined)) return { after, changes: [] };
  const bySub = path.attribute.type === 'complex';
  return { after, changes: bySub ? subChanges(path, before, after, type) : [change(path, after)] };
}

function subChanges(
  path: AttributePath,
  before: ScimValue | undefined,
  after: ScimValue | undefined,
  type: ResourceType,
): readonly AttributeChangeSet[] {
  const old = isObject(before) ? before : {};
  const fresh = isObject(after) ? after : {};
  return path.attribute.subAttributes.flatMap((sub) => {
    const subPath = type.sub(path, sub.name);
    if (subPath === undefined || sameValue(member(old, sub.name), member(fresh, sub.name))) return [];
    return [change(subPath, member(fresh, sub.name))];
  });
}

function change(path: AttributePath, value: ScimValue | undefined): AttributeChangeSet {
  return value === undefined ? { kind: 'unset', path } : { kind: 'set', path, value };
}

function checkAllowed(path: AttributePath, before: ScimValue | undefined, after: ScimValue | undefined): void {
  const { attribute, text } = path;
  if (attribute.required && (after === undefined || after === '')) {
    throw problem('SCIM_REQUIRED_MISSING', `The attribute ${attribute.name} needs a value.`, { place: text });
  }
  if (attribute.mutability === 'immutable' && !isUnassigned(before)) throw immutable(text);
  if (attribute.multiValued || !isObject(before)) return;
  for (const sub of attribute.subAttributes) {
    const old = member(before, sub.name);
    const fresh = isObject(after) ? member(after, sub.name) : undefined;
    if (sub.mutability === 'immutable' && old !== undefined && !sameValue(old, fresh))
      throw immutable(`${text}.${sub.name}`);
  }
}

function immutable(place: string): Error {
  return problem('SCIM_MUTABILITY', 'The attribute may be set once and not changed afterwards.', { place });
}
