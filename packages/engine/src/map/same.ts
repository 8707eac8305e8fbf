import { fold, isList, isObject, type ScimValue } from '@joinery/scim';
import type { AttributeDefinition } from '../job/schema.ts';

/**
 * Whether the target already has the value (engine sheet 13): by `caseExact`, booleans as booleans, numbers as numbers,
 * moments as moments, the values of a multi-valued attribute in any order.
 */
export function sameTargetValue(
  definition: AttributeDefinition,
  mapped: ScimValue,
  current: ScimValue | undefined,
): boolean {
  if (current === undefined) return mapped === '';
  if (!isList(mapped) && !isList(current)) return keyOf(definition, mapped) === keyOf(definition, current);
  const wanted = new Set(asList(mapped).map((value) => keyOf(definition, value)));
  const actual = new Set(asList(current).map((value) => keyOf(definition, value)));
  return wanted.size === actual.size && [...wanted].every((key) => actual.has(key));
}

/** The mapped values that the target's list does not have yet. */
export function missingValues(
  definition: AttributeDefinition,
  mapped: ScimValue,
  current: ScimValue | undefined,
): readonly ScimValue[] {
  const actual = new Set(asList(current).map((value) => keyOf(definition, value)));
  return asList(mapped).filter((value) => !actual.has(keyOf(definition, value)));
}

function asList(value: ScimValue | undefined): readonly ScimValue[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

function keyOf(definition: AttributeDefinition, value: ScimValue): string {
  // A reference or an element arrives as an object with its `value` (dialect sheet 2.6).
  if (isObject(value))
    return 'value' in value && value.value !== undefined ? keyOf(definition, value.value) : JSON.stringify(value);
  const text = String(value);
  switch (definition.type) {
    case 'Boolean':
      return text.toLowerCase();
    case 'Integer':
      return /^[+-]?\d+$/.test(text) ? String(BigInt(text.replace(/^\+/, ''))) : text;
    case 'DateTime':
      return Number.isNaN(Date.parse(text)) ? text : String(Date.parse(text));
    default:
      return definition.caseExact ? text : fold(text);
  }
}
