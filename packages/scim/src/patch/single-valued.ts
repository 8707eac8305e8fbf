import { problem } from '@joinery/problems';
import { elementMatches } from '../filter/matches.ts';
import { fold } from '../fold.ts';
import { coerceAttribute, coerceComplex, isReference } from '../resource/coerce.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import {
  isCleared,
  isList,
  isObject,
  isUnassigned,
  member,
  type ScimDraft,
  type ScimObject,
  type ScimValue,
  sameValue,
} from '../value.ts';
import type { ResourceDraft } from './draft.ts';
import type { PatchOperation } from './message.ts';
import type { PatchStep } from './step.ts';
import { type AttributeTarget, coerceContext } from './target.ts';

type Edit = (draft: ResourceDraft) => void;

/** An operation on a single-valued attribute, or on a sub-attribute of a complex one. */
export function planSingleValued({ op, value }: PatchOperation, target: AttributeTarget): PatchStep {
  const { path, where } = target;
  const edit = op === 'remove' ? planRemove(value, target) : planSet(value ?? null, target, op);
  if (where === undefined) return { path, run: edit };
  const run: Edit = (draft) => {
    const current = draft.get(path);
    if (current !== undefined && elementMatches(where.predicate, current, path.steps.length)) edit(draft);
    else if (op !== 'remove') {
      throw problem('SCIM_NO_TARGET', 'The value does not match the filter of the path.', { place: path.text });
    }
  };
  return { path, run };
}

function planSet(value: ScimValue, target: AttributeTarget, op: 'add' | 'replace'): Edit {
  const { path, sub } = target;
  if (sub !== undefined) return planSubSet(value, target, sub, op);
  if (path.attribute.type !== 'complex') {
    const coerced = coerceAttribute(value, path.attribute, coerceContext(target));
    return (draft) => draft.set(path, coerced);
  }
  const tolerant = target.profile !== 'strict';
  const single = isList(value) && value.length <= 1 && tolerant ? (value[0] ?? null) : value;
  if (isCleared(single) || (single === '' && tolerant)) return (draft) => draft.set(path, undefined);
  const { fields, cleared } = coerceComplex(single, path.attribute, coerceContext(target));
  // A new reference replaces the old one whole: the old `$ref` and name would speak of somebody else.
  if (isReference(path.attribute) && Object.hasOwn(fields, 'value')) {
    return (draft) => draft.set(path, keepIfSame(draft.get(path), fields));
  }
  return (draft) => draft.set(path, merge(draft.get(path), fields, cleared, path));
}

function planSubSet(value: ScimValue, target: AttributeTarget, sub: AttributePath, op: 'add' | 'replace'): Edit {
  const { path } = target;
  const coerced = coerceAttribute(value, sub.leaf, coerceContext(target));
  const name = sub.leaf.name;
  if (coerced === undefined) return (draft) => draft.set(path, merge(draft.get(path), {}, [name], path));
  if (name === 'value' && isReference(path.attribute)) {
    return (draft) => draft.set(path, keepIfSame(draft.get(path), { value: coerced }));
  }
  return (draft) => {
    const current = draft.get(path);
    const old = isObject(current) ? member(current, name) : undefined;
    const both = op === 'add' && isList(coerced) && isList(old) ? [...old, ...missing(coerced, old)] : coerced;
    draft.set(path, merge(current, { [name]: both }, [], path));
  };
}

function missing(added: readonly ScimValue[], present: readonly ScimValue[]): readonly ScimValue[] {
  return added.filter((each) => !present.some((other) => sameValue(each, other)));
}

/** The same reference again leaves what stands beside its id, e.g. the manager's name. */
function keepIfSame(current: ScimValue | undefined, fields: ScimObject): ScimObject {
  return isObject(current) && current.value === fields.value ? { ...current, ...fields } : fields;
}

/** RFC 7644 3.5.2.3: the sub-attributes named are replaced, the others stay. */
function merge(
  current: ScimValue | undefined,
  fields: ScimObject,
  cleared: readonly string[],
  path: AttributePath,
): ScimObject | undefined {
  const draft: ScimDraft = { ...(isObject(current) ? current : {}), ...fields };
  for (const name of cleared) delete draft[name];
  if (cleared.includes('value') && isReference(path.attribute)) return undefined;
  return Object.keys(draft).length === 0 ? undefined : draft;
}

/**
 * A remove with a value clears only what equals it without regard to case; another value is left alone (dialect sheet 13a.2).
 */
function planRemove(value: ScimValue | undefined, target: AttributeTarget): Edit {
  const { path, sub } = target;
  const leaf = sub?.leaf ?? path.attribute;
  const clear: Edit = (draft) =>
    draft.set(path, sub === undefined ? undefined : merge(draft.get(path), {}, [leaf.name], path));
  if (value === undefined || value === '' || isUnassigned(value)) return clear;
  const coerced = coerceAttribute(value, leaf, coerceContext(target));
  return (draft) => {
    const whole = draft.get(path);
    const current = sub === undefined ? whole : isObject(whole) ? member(whole, leaf.name) : undefined;
    if (meansSame(current, coerced)) clear(draft);
  };
}

function meansSame(current: ScimValue | undefined, given: ScimValue | undefined): boolean {
  if (current === undefined || given === undefined) return given === undefined;
  if (isObject(current) && isObject(given)) {
    return Object.entries(given).every(([name, each]) => meansSame(member(current, name), each));
  }
  if (isList(current) && isList(given)) {
    return current.length === given.length && current.every((each, index) => meansSame(each, given[index]));
  }
  return fold(String(current)) === fold(String(given));
}
