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
  const names = identifyingNames(element, definition);
  return definition.subAttributes
    .filter((sub) => names === undefined || names.includes(sub.name))
    .map((sub) => identityOf(member(element, sub.name) ?? null, sub))
    .join('\u0000');
}

function identifyingNames(element: ScimObject, definition: AttributeDefinition): readonly string[] | undefined {
  if (isReference(definition)) return ['value'];
  return Object.hasOwn(element, 'value') ? ['value', 'type'] : undefined;
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
