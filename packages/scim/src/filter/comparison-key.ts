import { fold } from '../fold.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { isList, isObject, member, type ScimDraft, type ScimObject, type ScimValue } from '../value.ts';
import { instantKey } from './instant.ts';

/** What comparisons compare: the value itself, folded text, or the sortable form of an instant. */
export type ComparisonKey = string | number | bigint | boolean;

/**
 * The key of one value of an attribute: what memory compares and what a store keeps in its shadow column.
 * Text is folded unless the attribute is case-exact (RFC 7643 2.2); decimals are doubles on both sides.
 * @returns undefined for a value that is not of the attribute's type: it equals nothing
 */
export function comparisonKey(value: ScimValue, attribute: AttributeDefinition): ComparisonKey | undefined {
  switch (attribute.type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
      return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
    case 'decimal':
      return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
    case 'dateTime':
      return typeof value === 'string' ? instantKey(value) : undefined;
    case 'complex':
      return undefined;
    default:
      if (typeof value !== 'string') return undefined;
      return attribute.caseExact ? value : fold(value);
  }
}

/**
 * The shadow document of a resource: the same shape with every value replaced by its comparison key. A store that keeps it
 * beside the resource can answer every filter in SQL, see {@link predicateToSql}.
 */
export function shadowDocument(resource: ScimObject, type: ResourceType): ScimObject {
  const shadow: ScimDraft = {};
  for (const { attribute } of type.core.attributes) copyKeys(resource, shadow, attribute);
  for (const schema of type.extensionSchemas) {
    const extension = member(resource, schema.urn);
    if (!isObject(extension)) continue;
    const inner: ScimDraft = {};
    for (const { attribute } of schema.attributes) copyKeys(extension, inner, attribute);
    shadow[schema.urn] = inner;
  }
  return shadow;
}

function copyKeys(from: ScimObject, to: ScimDraft, attribute: AttributeDefinition): void {
  const value = member(from, attribute.name);
  if (value === undefined) return;
  const key = isList(value) ? value.flatMap((each) => keyOf(each, attribute) ?? []) : keyOf(value, attribute);
  if (key !== undefined) to[attribute.name] = key;
}

function keyOf(value: ScimValue, attribute: AttributeDefinition): ScimValue | undefined {
  if (attribute.type !== 'complex') return comparisonKey(value, attribute);
  if (!isObject(value)) return undefined;
  const inner: ScimDraft = {};
  for (const sub of attribute.subAttributes) copyKeys(value, inner, sub);
  return inner;
}

/** Order of two keys: text by code point, as SQLite's BINARY and PostgreSQL's "C" collation have it; undefined across types. */
export function compareKeys(a: ComparisonKey, b: ComparisonKey): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  if (typeof a === 'boolean' || typeof b === 'boolean') {
    return typeof a === typeof b ? Number(a) - Number(b) : undefined;
  }
  if (typeof a === 'string' || typeof b === 'string') return undefined;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    // Surrogates stand for code points above U+FFFF, yet lie below U+E000 as UTF-16 units.
    return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
