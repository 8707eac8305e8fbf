import { comparisonKey } from '../filter/comparison-key.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { isObject, member, type ScimDraft, type ScimObject, type ScimValue } from '../value.ts';
import { isReference } from './coerce.ts';

/**
 * What makes two elements of a multi-valued attribute the same one: the referenced id for references, value and type for
 * the other complex attributes that have a value, all members for the rest, the value itself for simple ones.
 */
export function elementIdentity(element: ScimValue, definition: AttributeDefinition): string {
  if (!isObject(element)) return identityOf(element, definition);
  let identity = '';
  for (const sub of identifying(element, definition)) {
    identity += `${identityOf(member(element, sub.name) ?? null, sub)}\u0000`;
  }
  return identity;
}

/** The sub-attributes that identify an element, found once for each definition. */
const identifyingByDefinition = new WeakMap<
  AttributeDefinition,
  { readonly withValue: readonly AttributeDefinition[]; readonly others: readonly AttributeDefinition[] }
>();

function identifying(element: ScimObject, definition: AttributeDefinition): readonly AttributeDefinition[] {
  let known = identifyingByDefinition.get(definition);
  if (known === undefined) {
    const subs = definition.subAttributes;
    const names = isReference(definition) ? ['value'] : ['value', 'type'];
    const withValue = subs.filter((sub) => names.includes(sub.name));
    known = { withValue, others: isReference(definition) ? withValue : subs };
    identifyingByDefinition.set(definition, known);
  }
  return Object.hasOwn(element, 'value') ? known.withValue : known.others;
}

/** Types are part of the key, so that the text `1` and the number 1 differ. */
function identityOf(value: ScimValue, definition: AttributeDefinition): string {
  if (value === null) return '-';
  const key = comparisonKey(value, definition);
  return key === undefined ? `?${JSON.stringify(value, bigintText)}` : `${typeof key}:${String(key)}`;
}

function bigintText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** The list without repeated elements; the first of each stays. */
export function distinctElements(
  elements: readonly ScimValue[],
  definition: AttributeDefinition,
): readonly ScimValue[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    const identity = elementIdentity(element, definition);
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

/**
 * The list with at most one `primary: true`: the last one named wins, the others become false (RFC 7643 2.4 allows one,
 * and clients that name two meant the newer).
 */
export function onePrimary(elements: readonly ScimValue[]): readonly ScimValue[] {
  const last = elements.findLastIndex(isPrimary);
  return elements.map((element, index) =>
    index !== last && isPrimary(element) && isObject(element) ? withPrimary(element, false) : element,
  );
}

export function isPrimary(element: ScimValue): boolean {
  return isObject(element) && member(element, 'primary') === true;
}

export function withPrimary(element: ScimObject, primary: boolean): ScimObject {
  const draft: ScimDraft = { ...element };
  draft.primary = primary;
  return draft;
}
