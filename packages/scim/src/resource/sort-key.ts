import { type ComparisonKey, compareKeys, comparisonKey } from '../filter/comparison-key.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import { isList, isObject, member, type ScimObject, type ScimValue } from '../value.ts';
import { isPrimary } from './elements.ts';

/** What a resource sorts by: of a multi-valued attribute the primary value, else the first (RFC 7644 3.4.2.3). */
export function sortKey(resource: ScimObject, path: AttributePath): ComparisonKey | undefined {
  let value: ScimValue | undefined = resource;
  for (const step of path.steps) {
    if (isList(value)) value = value.find(isPrimary) ?? value[0];
    value = isObject(value) ? member(value, step) : undefined;
  }
  if (isList(value)) value = value[0];
  return value === undefined ? undefined : comparisonKey(value, path.leaf);
}

/** Compares two sort keys; a missing one comes last ascending and first descending (RFC 7644 3.4.2.3). */
export function compareSortKeys(
  a: ComparisonKey | undefined,
  b: ComparisonKey | undefined,
  descending: boolean,
): number {
  const direction = descending ? -1 : 1;
  if (a === undefined || b === undefined) return direction * (Number(a === undefined) - Number(b === undefined));
  return direction * (compareKeys(a, b) ?? 0);
}
