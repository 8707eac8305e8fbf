import { problem } from '@joinery/problems';
import { type ComplexValue, coerceComplex, coerceElement, coerceElements, isReference } from '../resource/coerce.ts';
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
import { type ElementList, referencedValues } from './element-list.ts';
import type { PatchOperation } from './message.ts';
import type { ReferenceEdit } from './outcome.ts';
import type { PatchStep } from './step.ts';
import { type AttributeTarget, coerceContext, type ElementSelection } from './target.ts';

/** An operation on a multi-valued attribute, on elements that a filter chooses, or on a sub-attribute of elements. */
export function planMultiValued(operation: PatchOperation, target: AttributeTarget): PatchStep {
  const { where, sub } = target;
  if (sub !== undefined) return planSub(operation, target, sub);
  if (where !== undefined) return planElements(operation, target, where);
  return operation.op === 'remove' ? planRemove(operation.value, target) : planWhole(operation, target);
}

function planWhole({ op, value }: PatchOperation, target: AttributeTarget): PatchStep {
  const { path } = target;
  const elements = coerceElements(value ?? null, path.attribute, coerceContext(target));
  if (op === 'replace') {
    return step(path, (list) => list.replaceAll(elements), { kind: 'replace', elements: objects(elements) });
  }
  return step(
    path,
    (list) => {
      for (const element of elements) list.add(element);
    },
    { kind: 'add', elements: objects(elements) },
  );
}

/**
 * `remove` with a value takes out what the value lists: the legacy form of a membership removal. A server that ignores the
 * value would empty the group. The empty list names nothing and removes nothing (dialect sheet 2.4).
 */
function planRemove(value: ScimValue | undefined, target: AttributeTarget): PatchStep {
  const { path } = target;
  if (value === undefined || value === null) {
    return step(path, (list) => list.replaceAll([]), { kind: 'replace', elements: [] });
  }
  const wanted = coerceElements(value, path.attribute, coerceContext(target));
  const values = objects(wanted).flatMap((each) => (typeof each.value === 'string' ? [each.value] : []));
  return step(
    path,
    (list) => {
      for (const each of wanted) for (const position of list.like(each)) list.remove(position);
    },
    { kind: 'remove', values },
  );
}

/** `emails[type eq "home"]`: remove drops the matches, add and replace merge into them or create one. */
function planElements({ op, value }: PatchOperation, target: AttributeTarget, where: ElementSelection): PatchStep {
  const { path } = target;
  const tolerant = target.profile !== 'strict';
  const single = isList(value) && value.length === 1 && tolerant ? value[0] : value;
  if (op === 'remove' || isCleared(single) || (single === '' && tolerant)) {
    const values = referencedValues(where.predicate);
    const run = (list: ElementList): void => {
      for (const position of list.where(where.predicate)) list.remove(position);
    };
    return step(path, run, values === undefined ? undefined : { kind: 'remove', values });
  }
  if (path.attribute.type !== 'complex') {
    const coerced = coerceElement(single, path.attribute, coerceContext(target));
    return step(path, (list) => {
      const positions = chosen(list, where);
      if (positions.length === 0) throw noTarget(path);
      for (const position of positions) if (coerced !== undefined) list.update(position, coerced);
    });
  }
  const complex = coerceComplex(single, path.attribute, coerceContext(target));
  return step(path, (list) => mergeInto(list, path, where, complex));
}

function mergeInto(list: ElementList, path: AttributePath, where: ElementSelection, complex: ComplexValue): void {
  const positions = chosen(list, where);
  if (positions.length === 0) {
    const created: ScimDraft = { ...template(where, path), ...complex.fields };
    for (const name of complex.cleared) delete created[name];
    if (!isUnassigned(complex.fields)) create(list, path, created);
  }
  for (const position of positions) {
    const element = list.get(position);
    if (!isObject(element)) continue;
    const draft: ScimDraft = { ...element, ...complex.fields };
    for (const name of complex.cleared) delete draft[name];
    checkImmutable(element, draft, path);
    if (isUnassigned(draft)) list.remove(position);
    else list.update(position, draft);
  }
}

function planSub({ op, value }: PatchOperation, target: AttributeTarget, sub: AttributePath): PatchStep {
  const { path, where } = target;
  const name = sub.leaf.name;
  // Read as an element of one member, so that what an element means is decided in one place.
  const element: ScimObject = op === 'remove' ? {} : { [name]: value ?? null };
  const { fields } = coerceComplex(element, path.attribute, { ...coerceContext(target), place: path.text });
  if (!Object.hasOwn(fields, name)) {
    return step(path, (list) => {
      for (const position of chosen(list, where)) unsetSub(list, position, name, path, where);
    });
  }
  return step(path, (list) => mergeSub(list, path, where, fields));
}

function mergeSub(
  list: ElementList,
  path: AttributePath,
  where: ElementSelection | undefined,
  fields: ScimObject,
): void {
  const positions = chosen(list, where);
  if (positions.length === 0) {
    create(list, path, { ...(where === undefined ? {} : template(where, path)), ...fields });
    return;
  }
  for (const position of positions) {
    const element = list.get(position);
    if (!isObject(element)) continue;
    const merged = { ...element, ...fields };
    checkImmutable(element, merged, path);
    list.update(position, merged);
  }
}

/**
 * An element of which only the filter's attributes and the primary mark are left says nothing any more and goes
 * (dialect sheet 2.3); so does a reference without its id.
 */
function unsetSub(
  list: ElementList,
  position: number,
  name: string,
  path: AttributePath,
  where: ElementSelection | undefined,
): void {
  const element = list.get(position);
  if (!isObject(element) || !Object.hasOwn(element, name)) return;
  const draft: ScimDraft = { ...element };
  delete draft[name];
  const left = Object.keys(draft).filter((each) => each !== 'primary' && where?.names.has(each) !== true);
  if (left.length === 0 || (name === 'value' && isReference(path.attribute))) list.remove(position);
  else {
    checkImmutable(element, draft, path);
    list.update(position, draft);
  }
}

/** A reference that nobody has cannot be described: without its id it would point at nothing. */
function create(list: ElementList, path: AttributePath, element: ScimObject): void {
  if (isReference(path.attribute) && member(element, 'value') === undefined) throw noTarget(path);
  list.add(element);
}

function chosen(list: ElementList, where: ElementSelection | undefined): readonly number[] {
  return where === undefined ? list.all() : list.where(where.predicate);
}

function template(where: ElementSelection, path: AttributePath): ScimObject {
  if (where.template === undefined) throw noTarget(path);
  return where.template;
}

function checkImmutable(before: ScimObject, after: ScimObject, path: AttributePath): void {
  for (const sub of path.attribute.subAttributes) {
    const old = member(before, sub.name);
    if (sub.mutability !== 'immutable' || old === undefined || sameValue(old, member(after, sub.name))) continue;
    throw problem('SCIM_MUTABILITY', 'The attribute may be set once and not changed afterwards.', {
      place: `${path.text}.${sub.name}`,
    });
  }
}

function step(path: AttributePath, edit: (list: ElementList) => void, reference?: ReferenceEdit): PatchStep {
  const run = (draft: ResourceDraft): void => edit(draft.list(path));
  return reference !== undefined && isReference(path.attribute) ? { path, run, edit: reference } : { path, run };
}

function objects(elements: readonly ScimValue[]): readonly ScimObject[] {
  return elements.filter(isObject);
}

function noTarget(path: AttributePath): Error {
  return problem('SCIM_NO_TARGET', 'No element matches the filter of the path, and the filter does not describe one.', {
    place: path.text,
  });
}
